/// The stored form of a ``TermGrid``: one term's postings in one FTS5 segment, with score bounds.
///
///     term grid = documents , deletions , blocks , layout , where , bounds , postings
///     documents = varint: number of postings
///     deletions = varint: number of delete markers that the segment has for the term
///     blocks    = varint: number of blocks that are not empty
///     layout    = 1 byte: 0 or 1
///     where     = layout 0: a bitmap over all blocks of the segment, 8 to a byte, first in the low bit
///                 layout 1: for each block that is not empty a varint, its distance from the one before (the first: from -1)
///     bounds    = 1 byte for each block that is not empty: upper bound of the term's score part there, in 255ths
///     postings  = the packed blocks one after another, see ``PostingBlockFormat``
///
/// Varints are little-endian groups of 7 bits, high bit set in all but the last byte. Blocks are numbered from the
/// segment's first. The score part is that of the BM25 formula without its weight, for the parameters the grid was built
/// for.
///
/// Example, a segment of 16 blocks: documents 7 and 11 of block 2, each in the body once and three times, both in
/// documents so long that the parts are 0.2 and 0.4:
/// `02 00 01 01 03 66 01 07 8B` — two postings, no deletions, one block, layout 1, at distance 3 from -1,
/// bound 102/255 = 0.4, and the block.
public enum TermGridFormat {
    static let bitmapLayout: UInt8 = 0
    static let distanceLayout: UInt8 = 1

    /// Greatest value of a bound, standing for a score part of 1.
    public static let boundScale = 255

    /// Where the bounds stand in the bytes of a grid; nil when they are none.
    public static func bounds(in bytes: UnsafeRawBufferPointer, blockCount: Int) -> Range<Int>? {
        var offset = 0
        func varint() -> Int? {
            var value = 0
            for shift in stride(from: 0, to: 56, by: 7) where offset < bytes.count {
                let byte = Int(bytes[offset])
                offset += 1
                value |= (byte & 0x7F) << shift
                if byte < 0x80 { return value }
            }
            return nil
        }
        guard varint() != nil, varint() != nil, let count = varint(), count <= blockCount, offset < bytes.count else {
            return nil
        }
        let layout = bytes[offset]
        offset += 1
        if layout == bitmapLayout {
            offset += (blockCount + 7) / 8
        } else {
            for _ in 0..<count { guard varint() != nil else { return nil } }
        }
        return offset + count <= bytes.count ? offset..<offset + count : nil
    }

    static func appendVarint(_ value: Int, to bytes: inout [UInt8]) {
        var rest = UInt(value)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
