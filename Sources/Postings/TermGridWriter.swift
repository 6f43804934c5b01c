/// Collects one term's postings in one segment into the stored form of a ``TermGrid``.
///
/// Equivalent to: grouping the postings by `document / 64`, packing each group with ``PostingBlockWriter`` and keeping the
/// greatest score part of each.
public struct TermGridWriter: ~Copyable {
    @usableFromInline let firstBlock: Int
    private let blockCount: Int
    /// Postings of the finished blocks.
    private var documents = 0
    private var deletions = 0
    @usableFromInline var block = -1
    @usableFromInline var greatestPart: Float = 0
    @usableFromInline var pending = PostingBlockWriter()
    /// Numbers and bounds of the finished blocks, each at most once.
    private let blocks: UnsafeMutablePointer<UInt32>
    private let bounds: UnsafeMutablePointer<UInt8>
    private var finishedCount = 0
    private var postings: UnsafeMutableRawPointer
    private var postingsCapacity = 1 << 12
    private var postingsSize = 0

    /// Starts a term in a segment whose documents lie in blocks `firstBlock ..< firstBlock + blockCount`.
    public init(firstBlock: Int, blockCount: Int) {
        self.firstBlock = firstBlock
        self.blockCount = blockCount
        blocks = .allocate(capacity: blockCount)
        bounds = .allocate(capacity: blockCount)
        postings = .allocate(byteCount: postingsCapacity, alignment: 8)
    }

    deinit {
        blocks.deallocate()
        bounds.deallocate()
        postings.deallocate()
    }

    /// Number of postings so far.
    public var count: Int { documents + pending.count }

    /// Adds a posting. Documents must ascend and lie in the segment's blocks.
    ///
    /// - Parameter part: The posting's score part, from 0 to 1.
    @inlinable @inline(__always)
    public mutating func append(document: Int64, titleFrequency: UInt32, bodyFrequency: UInt32, part: Float) {
        let number = Int(document >> 6) &- firstBlock
        if number != block { begin(block: number) }
        greatestPart = part > greatestPart ? part : greatestPart
        pending.append(document: Int(document & 63), titleFrequency: titleFrequency, bodyFrequency: bodyFrequency)
    }

    /// Counts a delete marker of the segment.
    public mutating func countDeletion() { deletions += 1 }

    /// The stored form. The writer is then ready for the next term.
    public mutating func finish() -> [UInt8] {
        flush()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16 + blockCount / 8 + 2 * finishedCount + postingsSize)
        TermGridFormat.appendVarint(documents, to: &bytes)
        TermGridFormat.appendVarint(deletions, to: &bytes)
        TermGridFormat.appendVarint(finishedCount, to: &bytes)
        // A distance takes a byte or two, a bitmap an eighth of a byte for every block of the segment.
        if finishedCount * 8 < blockCount {
            bytes.append(TermGridFormat.distanceLayout)
            var last = -1
            for index in 0..<finishedCount {
                let block = Int(blocks[index])
                TermGridFormat.appendVarint(block - last, to: &bytes)
                last = block
            }
        } else {
            bytes.append(TermGridFormat.bitmapLayout)
            let start = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: (blockCount + 7) / 8))
            for index in 0..<finishedCount {
                let block = Int(blocks[index])
                bytes[start + block >> 3] |= 1 << UInt8(block & 7)
            }
        }
        bytes.append(contentsOf: UnsafeBufferPointer(start: bounds, count: finishedCount))
        bytes.append(contentsOf: UnsafeRawBufferPointer(start: postings, count: postingsSize))
        discard()
        return bytes
    }

    /// Forgets the term. The writer is then ready for the next one.
    public mutating func discard() {
        documents = 0
        deletions = 0
        block = -1
        greatestPart = 0
        pending.discard()
        finishedCount = 0
        postingsSize = 0
    }

    /// The bound for a score part, rounded up; at least 1, so that 0 can stand for an empty block.
    public static func bound(_ part: Float) -> UInt8 {
        let scaled = max(1, min(Float(TermGridFormat.boundScale), part * Float(TermGridFormat.boundScale)))
        let whole = UInt8(scaled)
        return Float(whole) < scaled ? whole + 1 : whole
    }

    /// Finishes the block before and begins another one.
    @usableFromInline @inline(never)
    mutating func begin(block number: Int) {
        precondition(number > block && number < blockCount, "block \(number) behind \(block), of \(blockCount)")
        flush()
        block = number
    }

    private mutating func flush() {
        guard pending.count > 0 else { return }
        if postingsCapacity - postingsSize < PostingBlockWriter.maximumSize { grow() }
        // Safety: blocks ascend and are below blockCount, so there are no more than blockCount of them; room was made.
        assert(finishedCount < blockCount)
        blocks[finishedCount] = UInt32(block)
        bounds[finishedCount] = TermGridWriter.bound(greatestPart)
        finishedCount += 1
        documents += pending.count
        postingsSize += pending.finish(into: postings + postingsSize)
        greatestPart = 0
    }

    private mutating func grow() {
        let larger = UnsafeMutableRawPointer.allocate(byteCount: 2 * postingsCapacity, alignment: 8)
        larger.copyMemory(from: postings, byteCount: postingsSize)
        postings.deallocate()
        postings = larger
        postingsCapacity *= 2
    }
}
