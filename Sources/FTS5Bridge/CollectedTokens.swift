/// The tokens of one text, kept until FTS5's tokenizer returns: no Swift error may pass through its frames.
struct CollectedTokens {
    struct Entry {
        let term: Range<Int>
        let start: Int
        let end: Int
        let position: Int
        let isColocated: Bool
    }

    private(set) var bytes: [UInt8] = []
    private(set) var tokens: [Entry] = []
    private var position = -1

    mutating func append(_ term: UnsafeRawBufferPointer, start: Int, end: Int, isColocated: Bool) {
        let isColocated = isColocated && position >= 0
        if !isColocated { position += 1 }
        let range = bytes.count..<bytes.count + term.count
        bytes.append(contentsOf: term)
        tokens.append(Entry(term: range, start: start, end: end, position: position, isColocated: isColocated))
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        tokens.removeAll(keepingCapacity: true)
        position = -1
    }
}
