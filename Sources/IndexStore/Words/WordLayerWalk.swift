import Postings

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
            try forEachNear(in: try reader.content(ofBlock: number, of: layer), row: row, body)
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
        in content: [UInt8], row: Int64, _ body: (_ word: [UInt8], _ distance: Int, _ documents: Int) throws -> Void
    ) throws {
        let damage = WordListError(row: row, reason: "it breaks off")
        try content.withUnsafeBytes { content in
            var shares = 0
            guard let count = Varint.read(content, at: &shares), count <= UInt64(content.count) else { throw damage }
            // The columns stand one behind the other.
            var lengths = shares
            for _ in 0..<count { guard Varint.read(content, at: &lengths) != nil else { throw damage } }
            var numbers = lengths
            for _ in 0..<count { guard Varint.read(content, at: &numbers) != nil else { throw damage } }
            var bytes = numbers
            for _ in 0..<count { guard Varint.read(content, at: &bytes) != nil else { throw damage } }
            for index in 0..<count {
                // Each of them was read above.
                guard let share = Varint.read(content, at: &shares), let length = Varint.read(content, at: &lengths),
                    let documents = Varint.read(content, at: &numbers), length <= UInt64(content.count - bytes),
                    share <= UInt64(WordListFormat.maximumWordLength)
                else { throw damage }
                defer { bytes += Int(length) }
                let shared = index == 0 ? 0 : Int(share)
                if walk.isHopeless(sharing: shared) { continue }
                guard shared <= word.count else { throw damage }
                word.removeLast(word.count - shared)
                // Safety: as many bytes are left, checked above.
                word.append(contentsOf: UnsafeRawBufferPointer(rebasing: content[bytes..<bytes + Int(length)]))
                if let distance = walk.distance(to: word[...].key, shared: shared) {
                    try body(word, distance, WordListFormat.number(ofZigzag: documents))
                }
            }
        }
    }
}
