/// Finds the words of a layer that are near one, in the blocks as they are stored (``WordListFormat``): of most words no more is
/// read than how many bytes they share with the one before.
///
/// Equivalent to: ``NearWordWalk/distance(to:shared:)`` of every word of every ``WordBlock``.
struct WordLayerWalk<Bits: FixedWidthInteger & UnsignedInteger> {
    private let walk: NearWordWalk<Bits>
    /// The last word that was put together, and as much of it as later ones have in common with it; room for the longest and a step
    /// of copying.
    private var word = [UInt8](repeating: 0, count: WordListFormat.maximumWordLength + step)
    private var length = 0

    /// Bytes that are copied at once.
    private static var step: Int { 16 }

    /// - Parameter walk: A new one.
    init(_ walk: NearWordWalk<Bits>) { self.walk = walk }

    /// Hands the near words to `body`, each with its distance and number of documents.
    mutating func forEachNear(
        in layer: WordListReader.Layer, of reader: WordListReader,
        _ body: (_ word: [UInt8], _ distance: Int, _ documents: Int) throws -> Void
    ) throws {
        let firsts = try reader.firstWords(of: layer)
        for number in 0..<layer.blocks {
            let row = WordListFormat.id(layer: layer.number, block: number)
            if number + 1 < layer.blocks, try isHopeless(from: firsts[number], to: firsts[number + 1], row: row) {
                continue
            }
            try forEachNear(in: try reader.packedBlock(number, of: layer), row: row, body)
        }
    }

    /// Whether no word between two others is near, by what these begin with alike.
    private mutating func isHopeless(from first: [UInt8], to next: [UInt8], row: Int64) throws -> Bool {
        var common = Self.common(first, next)
        // Not within a scalar.
        while common > 0, common < first.count, first[common] & 0xC0 == 0x80 { common -= 1 }
        let shared = Self.common(word[..<length], first[..<common])
        try first.withUnsafeBytes { _ = try distance(sharing: shared, with: $0, shared..<common, by: walk, row: row) }
        return walk.isHopeless(sharing: common)
    }

    private static func common(_ one: some Sequence<UInt8>, _ other: some Sequence<UInt8>) -> Int {
        var count = 0
        for (left, right) in zip(one, other) {
            guard left == right else { break }
            count += 1
        }
        return count
    }

    /// The distance of the word that goes on with a range of `content` after `shared` bytes of the last one, and is the last one
    /// then.
    @inline(__always)
    private mutating func distance(
        sharing shared: Int, with content: UnsafeRawBufferPointer, _ range: Range<Int>, by walk: NearWordWalk<Bits>,
        row: Int64
    ) throws -> Int? {
        guard shared <= length else { throw WordListError(row: row, reason: "a word shares more than there is") }
        guard range.count <= WordListFormat.maximumWordLength - shared else {
            throw WordListError(row: row, reason: "a word is too long")
        }
        length = shared + range.count
        return word.withUnsafeMutableBytes { word in
            // Safety: behind the longest word there is room for a step.
            if range.count <= Self.step, range.lowerBound + Self.step <= content.count {
                let bytes = content.loadUnaligned(fromByteOffset: range.lowerBound, as: SIMD16<UInt8>.self)
                word.storeBytes(of: bytes, toByteOffset: shared, as: SIMD16<UInt8>.self)
            } else {
                UnsafeMutableRawBufferPointer(rebasing: word[shared...]).copyBytes(from: content[range])
            }
            return walk.distance(to: UnsafeRawBufferPointer(rebasing: word[..<length]), shared: shared)
        }
    }

    /// The same in one block, which follows the one before.
    mutating func forEachNear(
        in block: PackedWordBlock, row: Int64,
        _ body: (_ word: [UInt8], _ distance: Int, _ documents: Int) throws -> Void
    ) throws {
        let walk = walk
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
                if let distance = try distance(
                    sharing: shared, with: content, block.bytes(of: index), by: walk, row: row)
                {
                    try body(Array(word[..<length]), distance, block.documents(of: index))
                }
            }
        }
    }
}
