/// One term's postings in one segment, in blocks of 64 documents with score bounds, ready to be evaluated.
///
/// All of it lies in one piece of memory. What a visit to a block needs of a term (which documents, the bound, where the
/// postings are) lies in one ``Block`` of 16 bytes, so that it costs one cache line, and the packed postings are touched only
/// for documents that matter.
///
/// - Invariant: the blocks' bits in `words` are `count` ones below `blockCount`; block `i` of them is `blocks[i]`, whose packed
///   postings are valid by ``PostingBlockReader/measure(_:available:)``; `blocks[count]` is an empty block; behind the last
///   posting there is padding.
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
    /// For each block of the segment its bound, 0 for an empty one; nil for a term in few of them.
    public let denseBounds: UnsafePointer<UInt8>?
    /// Greatest bound of any block.
    public let greatestBound: UInt8
    /// Bytes of memory.
    public let memory: Int
    /// The grid as plain pointers, for loops that cannot afford reference counting. Valid while the grid is alive.
    public let view: View

    private let storage: UnsafeMutableRawPointer

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
        guard count <= blockCount, documentCount >= count, documentCount <= 64 * count, bytes.count <= Int(UInt32.max)
        else {
            throw Damage(offset: 0, reason: "\(documentCount) postings in \(count) of \(blockCount) blocks")
        }
        let layout = try reader.byte()
        // Room for all bytes of the stored form is a little more than the postings among them take.
        let isDense = count * TermGrid.denseShare >= blockCount && count > 0
        let room = Layout(blockCount: blockCount, count: count, isDense: isDense, postings: bytes.count)
        storage = .allocate(byteCount: room.size, alignment: 64)
        storage.initializeMemory(as: UInt8.self, repeating: 0, count: room.size)
        // Safety: `room` has made room for each of these.
        let words = (storage + room.words).assumingMemoryBound(to: Word.self)
        let blocks = (storage + room.blocks).assumingMemoryBound(to: Block.self)
        let bounds = (storage + room.bounds).assumingMemoryBound(to: UInt8.self)
        let postings = (storage + room.postings).assumingMemoryBound(to: UInt8.self)
        view = View(words: words, blocks: blocks, postings: postings, blockCount: blockCount, empty: UInt32(count))
        denseBounds = isDense ? UnsafePointer(bounds) : nil
        self.firstBlock = firstBlock
        self.blockCount = blockCount
        self.documentCount = documentCount
        self.deletionCount = deletionCount
        self.count = count
        memory = room.size + 200
        do throws(Damage) {
            try reader.readBlocks(layout: layout, count: count, blockCount: blockCount, into: words)
            let boundsStart = try reader.skip(count)
            reader.copyRest(into: postings)
            greatestBound = try TermGrid.fill(
                blocks, words, room: room, bounds: isDense ? bounds : nil, postings: postings, size: reader.remaining,
                documentCount: documentCount
            ) { bytes[boundsStart + $0] }
        } catch {
            storage.deallocate()
            throw error
        }
    }

    deinit { storage.deallocate() }

    /// Number of postings of some documents.
    ///
    /// - Parameter documents: Which of the 64 documents of a block, counted from document 0 on, are asked for.
    /// - Complexity: O(blocks of the segment / 64 + blocks that are not empty).
    public func count(_ documents: (_ block: Int) throws -> UInt64) rethrows -> Int {
        var found = 0
        var index = 0
        for number in 0..<(blockCount + 63) / 64 {
            var rest = view.word(number).bits
            while rest != 0 {
                let block = firstBlock + number * 64 + rest.trailingZeroBitCount
                rest &= rest &- 1
                // Safety: the words' bits are as many as there are blocks; see the invariant.
                assert(index < count)
                found += (view.blocks[index].mask & (try documents(block))).nonzeroBitCount
                index += 1
            }
        }
        return found
    }

    /// Writes down each block; the greatest bound.
    private static func fill(
        _ blocks: UnsafeMutablePointer<Block>, _ words: UnsafeMutablePointer<Word>, room: Layout,
        bounds: UnsafeMutablePointer<UInt8>?, postings: UnsafePointer<UInt8>, size: Int, documentCount: Int,
        bound: (Int) -> UInt8
    ) throws(Damage) -> UInt8 {
        var greatest: UInt8 = 0
        var offset = 0
        var total = 0
        var index = 0
        for word in 0..<room.wordCount {
            words[word].first = UInt32(truncatingIfNeeded: index)
            var rest = words[word].bits
            while rest != 0 {
                let number = word * 64 + rest.trailingZeroBitCount
                rest &= rest &- 1
                let bound = bound(index)
                guard bound > 0, let block = PostingBlockReader.measure(postings + offset, available: size - offset)
                else { throw Damage(offset: offset, reason: "block \(number) is not valid") }
                // Safety: the bits are `count` ones below `blockCount`, which is what there is room for.
                assert(index < room.count && number < room.blockCount)
                blocks[index] = Block(
                    mask: block.mask, offset: UInt32(truncatingIfNeeded: offset + 1),
                    bound: bound, header: postings[offset])
                bounds?[number] = bound
                total += PostingBlockFormat.count(postings[offset])
                offset += block.length
                greatest = max(greatest, bound)
                index += 1
            }
        }
        guard offset == size, total == documentCount else {
            throw Damage(offset: offset, reason: "\(total) postings in \(offset) of \(size) bytes")
        }
        return greatest
    }

    /// Where the parts of a grid lie in its memory.
    private struct Layout {
        let blockCount: Int
        let count: Int
        let wordCount: Int
        let words = 0
        let blocks: Int
        let bounds: Int
        let postings: Int
        let size: Int

        init(blockCount: Int, count: Int, isDense: Bool, postings length: Int) {
            self.blockCount = blockCount
            self.count = count
            wordCount = (blockCount + 63) / 64
            blocks = wordCount * MemoryLayout<Word>.stride
            bounds = blocks + (count + 1) * MemoryLayout<Block>.stride
            postings = bounds + (isDense ? blockCount : 0)
            size = postings + length + PostingBlockReader.padding
        }
    }
}
