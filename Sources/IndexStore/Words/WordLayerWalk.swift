/// Finds the words of a layer that are near one, in the blocks as they are stored (``WordListFormat``): of most words no more is
/// read than how many bytes they share with the one before.
///
/// Equivalent to: ``NearWordWalk/distance(to:shared:)`` of every word of every ``WordBlock``.
struct WordLayerWalk {
    private let reader: WordListReader
    private var walk: NearWordWalk
    /// The last word that was put together, and as much of it as later ones have in common with it.
    private var word: [UInt8] = []

    init(_ reader: WordListReader, _ walk: NearWordWalk) {
        self.reader = reader
        self.walk = walk
    }

    /// Hands the near words to `body`, each with its distance and number of documents.
    mutating func forEachNear(
        in layer: WordListReader.Layer, _ body: (_ word: [UInt8], _ distance: Int, _ documents: Int) throws -> Void
    ) throws {
        let firsts = try reader.firstWords(of: layer)
        for number in 0..<layer.blocks {
            if number + 1 < layer.blocks, isHopeless(from: firsts[number], to: firsts[number + 1]) { continue }
            let row = WordListFormat.id(layer: layer.number, block: number)
            try forEachNear(in: try reader.packedBlock(number, of: layer), row: row, body)
        }
    }

    /// Whether no word between two others is near, by what these begin with alike.
    private mutating func isHopeless(from first: [UInt8], to next: [UInt8]) -> Bool {
        var length = Self.common(first, next)
        // Not within a scalar.
        while length > 0, length < first.count, first[length] & 0xC0 == 0x80 { length -= 1 }
        let beginning = first[..<length]
        _ = walk.distance(to: beginning.key, shared: Self.common(word, beginning))
        word.removeAll(keepingCapacity: true)
        word.append(contentsOf: beginning)
        return walk.isHopeless(sharing: beginning.count)
    }

    private static func common(_ one: some Sequence<UInt8>, _ other: some Sequence<UInt8>) -> Int {
        var count = 0
        for (left, right) in zip(one, other) {
            guard left == right else { break }
            count += 1
        }
        return count
    }

    private mutating func forEachNear(
        in block: PackedWordBlock, row: Int64,
        _ body: (_ word: [UInt8], _ distance: Int, _ documents: Int) throws -> Void
    ) throws {
        try block.content.withUnsafeBytes { content in
            var index = 0
            while index < block.count {
                defer { index += 1 }
                if index > 0, let hopeless = walk.hopelessFrom {
                    index = block.next(from: index, sharingLessThan: hopeless)
                    guard index < block.count else { return }
                }
                let shared = index == 0 ? 0 : block.share(of: index)
                if walk.isHopeless(sharing: shared) { continue }
                guard shared <= word.count else {
                    throw WordListError(row: row, reason: "a word shares more than there is")
                }
                word.removeLast(word.count - shared)
                word.append(contentsOf: UnsafeRawBufferPointer(rebasing: content[block.bytes(of: index)]))
                if let distance = walk.distance(to: word[...].key, shared: shared) {
                    try body(word, distance, block.documents(of: index))
                }
            }
        }
    }
}
