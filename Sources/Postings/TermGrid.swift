/// One term's postings in one segment, in blocks of 64 documents with score bounds, ready to be evaluated.
///
/// - Invariant: `blocks` ascend and lie below `blockCount`; block `i` of them has the packed postings from `offsets[i]` to
///   `offsets[i + 1]`, valid by ``PostingBlockReader/measure(_:available:)``; behind the last there is padding.
public final class TermGrid {
    /// First block of the segment, in units of 64 documents from document 0.
    public let firstBlock: Int
    /// Blocks of the segment.
    public let blockCount: Int
    /// Number of postings.
    public let documentCount: Int
    /// Number of delete markers for the term in the segment.
    public let deletionCount: Int
    /// Number of blocks that are not empty.
    public let count: Int
    /// The blocks that are not empty, from the segment's first.
    public let blocks: UnsafeMutablePointer<UInt32>
    /// For each of them the upper bound of the score part, in 255ths.
    public let bounds: UnsafeMutablePointer<UInt8>
    /// For each block of the segment its bound, 0 for an empty one; nil for a term in few of them.
    public let denseBounds: UnsafeMutablePointer<UInt8>?
    /// Greatest bound of any block.
    public let greatestBound: UInt8
    /// Bytes of memory.
    public let memory: Int

    private let offsets: UnsafeMutablePointer<UInt32>
    private let postings: UnsafeMutablePointer<UInt8>
    /// One bit for each block of the segment, and for each word the number of bits before it.
    private let presence: UnsafeMutablePointer<UInt64>
    private let ranks: UnsafeMutablePointer<UInt32>

    /// What is wrong with a stored term grid.
    public struct Damage: Error, Hashable, Sendable {
        /// Offset of the byte at which it shows.
        public let offset: Int
        /// Why, for users.
        public let reason: String
    }

    /// From this share of non-empty blocks on (one in so many), bounds are also laid out for all blocks, so that they can be
    /// summed without looking where they belong.
    static let denseShare = 4

    /// Reads the stored form; see ``TermGridFormat``. Everything is checked here, so that evaluation need not.
    ///
    /// - Complexity: O(bytes + blocks of the segment).
    /// - Throws: ``Damage`` for bytes that are no term grid of such a segment.
    public init(_ bytes: UnsafeRawBufferPointer, firstBlock: Int, blockCount: Int) throws(Damage) {
        var reader = TermGridReader(bytes)
        let documentCount = try reader.varint()
        let deletionCount = try reader.varint()
        let count = try reader.varint()
        guard count <= blockCount, documentCount >= count, documentCount <= 64 * count else {
            throw Damage(offset: 0, reason: "\(documentCount) postings in \(count) of \(blockCount) blocks")
        }
        let layout = try reader.byte()
        let words = (blockCount + 63) / 64
        blocks = .allocate(capacity: count)
        bounds = .allocate(capacity: count)
        offsets = .allocate(capacity: count + 1)
        presence = .allocate(capacity: words + 1)
        ranks = .allocate(capacity: words + 1)
        presence.initialize(repeating: 0, count: words + 1)
        ranks.initialize(repeating: 0, count: words + 1)
        self.firstBlock = firstBlock
        self.blockCount = blockCount
        self.documentCount = documentCount
        self.deletionCount = deletionCount
        self.count = count
        let isDense = count * TermGrid.denseShare >= blockCount && count > 0
        denseBounds = isDense ? .allocate(capacity: blockCount) : nil
        var failure: Damage?
        do throws(Damage) {
            try reader.readBlocks(layout: layout, count: count, blockCount: blockCount, into: blocks)
            try reader.readBytes(count, into: bounds)
        } catch { failure = error }
        let size = failure == nil ? reader.remaining : 0
        postings = .allocate(capacity: size + PostingBlockReader.padding)
        postings.initialize(repeating: 0, count: size + PostingBlockReader.padding)
        if size > 0 { reader.copyRest(into: postings) }
        var greatest: UInt8 = 0
        if failure == nil {
            var offset = 0
            var total = 0
            for index in 0..<count {
                offsets[index] = UInt32(truncatingIfNeeded: offset)
                guard let length = PostingBlockReader.measure(postings + offset, available: size - offset),
                    bounds[index] > 0
                else {
                    failure = Damage(offset: bytes.count - size + offset, reason: "block \(blocks[index]) is not valid")
                    break
                }
                total += Int(postings[offset] & 63) + 1
                offset += length
                greatest = max(greatest, bounds[index])
                presence[Int(blocks[index] >> 6)] |= 1 << UInt64(blocks[index] & 63)
            }
            offsets[count] = UInt32(truncatingIfNeeded: offset)
            if failure == nil, offset != size || total != documentCount || size > Int(UInt32.max) {
                failure = Damage(offset: bytes.count, reason: "\(total) postings in \(offset) of \(size) bytes")
            }
        }
        greatestBound = greatest
        memory = count * 9 + words * 12 + size + (isDense ? blockCount : 0) + 200
        if let failure { throw failure }
        var rank: UInt32 = 0
        for word in 0...words {
            ranks[word] = rank
            rank += UInt32(presence[word].nonzeroBitCount)
        }
        if let denseBounds {
            denseBounds.initialize(repeating: 0, count: blockCount)
            for index in 0..<count { denseBounds[Int(blocks[index])] = bounds[index] }
        }
    }

    deinit {
        blocks.deallocate()
        bounds.deallocate()
        offsets.deallocate()
        postings.deallocate()
        presence.deallocate()
        ranks.deallocate()
        denseBounds?.deallocate()
    }

    /// The grid as plain pointers, for loops that cannot afford reference counting.
    ///
    /// Valid while the grid is alive.
    public var view: View {
        View(
            bounds: bounds, offsets: offsets, postings: postings, presence: presence, ranks: ranks,
            blockCount: blockCount)
    }

    /// See ``TermGrid/view``.
    @frozen
    public struct View {
        @usableFromInline let bounds: UnsafePointer<UInt8>
        @usableFromInline let offsets: UnsafePointer<UInt32>
        @usableFromInline let postings: UnsafePointer<UInt8>
        @usableFromInline let presence: UnsafePointer<UInt64>
        @usableFromInline let ranks: UnsafePointer<UInt32>
        @usableFromInline let blockCount: Int

        init(
            bounds: UnsafePointer<UInt8>, offsets: UnsafePointer<UInt32>, postings: UnsafePointer<UInt8>,
            presence: UnsafePointer<UInt64>, ranks: UnsafePointer<UInt32>, blockCount: Int
        ) {
            self.bounds = bounds
            self.offsets = offsets
            self.postings = postings
            self.presence = presence
            self.ranks = ranks
            self.blockCount = blockCount
        }

        /// Which of the 64 blocks from `64 * word` on are not empty.
        @inlinable @inline(__always)
        public func presence(word: Int) -> UInt64 {
            // Safety: word is below the number of words, ensured by the caller.
            assert(word >= 0 && word * 64 < blockCount)
            return presence[word]
        }

        /// Index of a block of the segment among those that are not empty; -1 for an empty one.
        @inlinable @inline(__always)
        public func index(ofBlock block: Int) -> Int {
            // Safety: block < blockCount, so its word exists.
            assert(block >= 0 && block < blockCount)
            let word = presence[block >> 6]
            let bit: UInt64 = 1 << UInt64(block & 63)
            guard word & bit != 0 else { return -1 }
            return Int(ranks[block >> 6]) + (word & (bit &- 1)).nonzeroBitCount
        }

        /// Upper bound of the score part in the non-empty block at an index, in 255ths.
        @inlinable @inline(__always)
        public func bound(at index: Int) -> UInt8 { bounds[index] }

        /// The postings of the non-empty block at an index.
        @inlinable @inline(__always)
        public func postings(at index: Int) -> PostingBlockReader {
            // Safety: the initialiser of the grid has validated every block.
            PostingBlockReader(postings + Int(offsets[index]))
        }
    }
}
