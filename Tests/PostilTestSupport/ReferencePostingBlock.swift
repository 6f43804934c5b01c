import Postings

/// Packs the postings of a block as ``PostingBlockFormat`` says, one after another.
public enum ReferencePostingBlock {
    /// The packed block.
    ///
    /// - Parameter postings: 1 to 64, documents ascending.
    public static func packed(_ postings: [BlockPosting]) -> [UInt8] {
        let pairs = postings.map { min(3, nibble($0)) }
        let nibbles = postings.map(nibble)
        let pairExceptions = postings.filter { nibble($0) >= 3 }
        let nibbleExceptions = postings.filter { nibble($0) == 15 }
        let isWide = nibbleExceptions.contains { $0.titleFrequency > 3 || $0.bodyFrequency > 63 }
        let width = isWide ? 8 : 1
        let isList = postings.count < 11
        let usesNibbles =
            !isList
            && (postings.count + 1) / 2 + nibbleExceptions.count * width
                < (postings.count + 3) / 4 + pairExceptions.count * width
        var bytes = [UInt8(postings.count - 1) | (usesNibbles ? 0x40 : 0) | (isWide ? 0x80 : 0)]
        if isList {
            for (posting, code) in zip(postings, pairs) { bytes.append(posting.document + 64 * code) }
        } else {
            let bitmap = postings.reduce(UInt64(0)) { $0 | 1 << UInt64($1.document) }
            for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: bitmap >> UInt64(8 * index))) }
            let perByte = usesNibbles ? 2 : 4
            for start in stride(from: 0, to: postings.count, by: perByte) {
                var byte: UInt8 = 0
                for index in start..<min(start + perByte, postings.count) {
                    let code = usesNibbles ? nibbles[index] : pairs[index]
                    byte |= code << UInt8((index - start) * 8 / perByte)
                }
                bytes.append(byte)
            }
        }
        for posting in usesNibbles ? nibbleExceptions : pairExceptions {
            if isWide {
                for number in [posting.titleFrequency, posting.bodyFrequency] {
                    for index in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(8 * index))) }
                }
            } else {
                bytes.append(UInt8(posting.titleFrequency + 4 * posting.bodyFrequency))
            }
        }
        return bytes
    }

    /// The code of four bits.
    private static func nibble(_ posting: BlockPosting) -> UInt8 {
        switch (posting.titleFrequency, posting.bodyFrequency) {
        case (0, 1...11): UInt8(posting.bodyFrequency - 1)
        case (1, 0...3): UInt8(11 + posting.bodyFrequency)
        default: 15
        }
    }
}

/// A posting inside a block of 64 documents.
public struct BlockPosting: Hashable, Sendable {
    /// Document in the block, 0 to 63.
    public var document: UInt8
    /// Occurrences in the title.
    public var titleFrequency: UInt32
    /// Occurrences in the body.
    public var bodyFrequency: UInt32

    /// Creates a posting; one of the frequencies must not be 0.
    public init(document: UInt8, titleFrequency: UInt32, bodyFrequency: UInt32) {
        self.document = document
        self.titleFrequency = titleFrequency
        self.bodyFrequency = bodyFrequency
    }
}
