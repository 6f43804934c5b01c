/// Collects one term's postings in one segment into the stored form of a ``TermGrid``.
///
/// Equivalent to: grouping the postings by `document / 64`, packing each group with ``PostingBlockWriter`` and keeping the
/// greatest score part of each.
public struct TermGridWriter {
    private let firstBlock: Int
    private let blockCount: Int
    private var documents = 0
    private var deletions = 0
    private var block = -1
    private var greatestPart: Float = 0
    private var pending: [BlockPosting] = []
    private var blocks: [UInt32] = []
    private var bounds: [UInt8] = []
    private var postings: [UInt8] = []

    /// Starts a term in a segment whose documents lie in blocks `firstBlock ..< firstBlock + blockCount`.
    public init(firstBlock: Int, blockCount: Int) {
        self.firstBlock = firstBlock
        self.blockCount = blockCount
        pending.reserveCapacity(PostingBlockFormat.blockLength)
    }

    /// Number of postings so far.
    public var count: Int { documents }

    /// Adds a posting. Documents must ascend and lie in the segment's blocks.
    ///
    /// - Parameter part: The posting's score part, from 0 to 1.
    public mutating func append(document: Int64, titleFrequency: UInt32, bodyFrequency: UInt32, part: Float) {
        let number = Int(document >> 6) - firstBlock
        if number != block {
            precondition(number > block && number < blockCount, "block \(number) behind \(block), of \(blockCount)")
            flush()
            block = number
        }
        documents += 1
        greatestPart = max(greatestPart, part)
        pending.append(
            BlockPosting(
                document: UInt8(document & 63), titleFrequency: titleFrequency, bodyFrequency: bodyFrequency))
    }

    /// Counts a delete marker of the segment.
    public mutating func countDeletion() { deletions += 1 }

    /// The stored form. The writer is then ready for the next term.
    public mutating func finish() -> [UInt8] {
        flush()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16 + blocks.count + bounds.count + postings.count + PostingBlockReader.padding)
        TermGridFormat.appendVarint(documents, to: &bytes)
        TermGridFormat.appendVarint(deletions, to: &bytes)
        TermGridFormat.appendVarint(blocks.count, to: &bytes)
        // A distance takes a byte or two, a bitmap an eighth of a byte for every block of the segment.
        if blocks.count * 8 < blockCount {
            bytes.append(TermGridFormat.distanceLayout)
            var last = -1
            for block in blocks {
                TermGridFormat.appendVarint(Int(block) - last, to: &bytes)
                last = Int(block)
            }
        } else {
            bytes.append(TermGridFormat.bitmapLayout)
            let start = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: (blockCount + 7) / 8))
            for block in blocks { bytes[start + Int(block >> 3)] |= 1 << UInt8(block & 7) }
        }
        bytes.append(contentsOf: bounds)
        bytes.append(contentsOf: postings)
        discard()
        return bytes
    }

    /// Forgets the term. The writer is then ready for the next one.
    public mutating func discard() {
        documents = 0
        deletions = 0
        block = -1
        greatestPart = 0
        pending.removeAll(keepingCapacity: true)
        blocks.removeAll(keepingCapacity: true)
        bounds.removeAll(keepingCapacity: true)
        postings.removeAll(keepingCapacity: true)
    }

    /// The bound for a score part, rounded up; at least 1, so that 0 can stand for an empty block.
    public static func bound(_ part: Float) -> UInt8 {
        UInt8(max(1, min(Float(TermGridFormat.boundScale), (part * Float(TermGridFormat.boundScale)).rounded(.up))))
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        blocks.append(UInt32(block))
        bounds.append(TermGridWriter.bound(greatestPart))
        PostingBlockWriter.append(pending[...], to: &postings)
        pending.removeAll(keepingCapacity: true)
        greatestPart = 0
    }
}
