/// Something that takes any bytes: it may refuse them, but must not trap, hang, or take a gigabyte.
struct FuzzTarget {
    /// Inputs from which others are made.
    let seeds: [[UInt8]]
    /// Takes one input.
    let test: (UnsafeBufferPointer<UInt8>) -> Void

    init(seeds: [[UInt8]], test: @escaping (UnsafeBufferPointer<UInt8>) -> Void) {
        self.seeds = seeds
        self.test = test
    }

    /// All targets, by name. What each needs is made when it is first asked for.
    static var all: [String: FuzzTarget] {
        [
            "index": wholeIndex, "records": records, "grids": grids, "chunks": chunks, "frames": frames,
            "words": words, "query": query, "search": search, "analyzer": analyzer, "formats": formats,
            "profile": profile,
        ]
    }
}

/// Says what is wrong with an answer, and ends the process so that libFuzzer keeps the input.
func fail(_ message: String) -> Never { fatalError(message) }
