extension TermGrid {
    /// What is known of a term in a block of 64 documents. An empty block has mask and bound 0.
    @frozen
    public struct Block {
        /// The documents of the block that have the term.
        public let mask: UInt64
        /// Where the packed postings start, behind their header.
        @usableFromInline let offset: UInt32
        /// Upper bound of the score part, in 255ths.
        public let bound: UInt8
        /// The header of the packed postings.
        @usableFromInline let header: UInt8

        @usableFromInline
        init(mask: UInt64, offset: UInt32, bound: UInt8, header: UInt8) {
            self.mask = mask
            self.offset = offset
            self.bound = bound
            self.header = header
        }

        /// A block without postings.
        public static var empty: Block { Block(mask: 0, offset: 0, bound: 0, header: 0) }
    }

    /// Which of 64 blocks of a segment are not empty.
    @frozen
    public struct Word {
        /// Bit `i` stands for block `i` of the 64.
        public internal(set) var bits: UInt64
        /// Number of blocks before them that are not empty.
        @usableFromInline var first: UInt32

        /// 64 empty blocks.
        public static var empty: Word { Word(bits: 0, first: 0) }
    }

    /// See ``TermGrid/view``.
    @frozen
    public struct View {
        @usableFromInline let words: UnsafePointer<Word>
        @usableFromInline let blocks: UnsafePointer<Block>
        @usableFromInline let postings: UnsafePointer<UInt8>
        @usableFromInline let blockCount: Int
        /// Number of blocks that are not empty, which is the index of one that is.
        @usableFromInline let empty: UInt32

        init(
            words: UnsafePointer<Word>, blocks: UnsafePointer<Block>, postings: UnsafePointer<UInt8>, blockCount: Int,
            empty: UInt32
        ) {
            self.words = words
            self.blocks = blocks
            self.postings = postings
            self.blockCount = blockCount
            self.empty = empty
        }

        /// Number of blocks that are not empty.
        @inlinable @inline(__always)
        public var count: Int { Int(empty) }

        /// The 64 blocks from `64 * number` on.
        @inlinable @inline(__always)
        public func word(_ number: Int) -> Word {
            // Safety: there is a word for every 64 blocks, and the caller stays below the number of blocks.
            assert(number >= 0 && number * 64 < blockCount)
            return words[number]
        }

        /// Where in memory the block at `place` (0 to 63) of a word is; that of an empty one if it has no postings.
        ///
        /// Without a branch, so that the processor can fetch many blocks at once.
        @inlinable @inline(__always)
        public func address(_ place: UInt64, in word: Word) -> UnsafePointer<Block> {
            let index = word.first &+ UInt32(truncatingIfNeeded: (word.bits & (1 &<< place &- 1)).nonzeroBitCount)
            let isThere = 0 &- UInt32(truncatingIfNeeded: word.bits &>> place & 1)
            // Safety: index is below the number of blocks when the bit is set, and `empty` is that number.
            return blocks + Int(empty &+ (index &- empty) & isThere)
        }

        /// Index of the block at an address among those that are not empty; their number for an empty one.
        @inlinable @inline(__always)
        public func index(of address: UnsafePointer<Block>) -> Int { address - blocks }

        /// Index of the block at `place` (0 to 63) of a word, which has postings, among those that have any.
        @inlinable @inline(__always)
        public func index(_ place: UInt64, in word: Word) -> UInt32 {
            assert(word.bits &>> place & 1 == 1)
            return word.first &+ UInt32(truncatingIfNeeded: (word.bits & (1 &<< place &- 1)).nonzeroBitCount)
        }

        /// Where in memory the non-empty block at an index is.
        @inlinable @inline(__always)
        public func address(at index: UInt32) -> UnsafePointer<Block> {
            // Safety: the caller stays below the number of non-empty blocks.
            assert(index < empty)
            return blocks + Int(index)
        }

        /// A block of the segment.
        @inlinable @inline(__always)
        public func block(_ number: Int) -> Block {
            address(UInt64(number & 63), in: word(number >> 6)).pointee
        }

        /// Index of a block of the segment among those that are not empty; -1 for an empty one.
        @inlinable @inline(__always)
        public func index(ofBlock block: Int) -> Int {
            let word = word(block >> 6)
            let bit: UInt64 = 1 << UInt64(block & 63)
            guard word.bits & bit != 0 else { return -1 }
            return Int(word.first) + (word.bits & (bit &- 1)).nonzeroBitCount
        }

        /// Number of non-empty blocks before a block of the segment.
        public func count(before block: Int) -> Int {
            let word = word(block >> 6)
            return Int(word.first) + (word.bits & ((1 << UInt64(block & 63)) &- 1)).nonzeroBitCount
        }

        /// The postings of a block of this grid.
        @inlinable @inline(__always)
        public func postings(of block: Block) -> PostingBlockReader {
            // Safety: the initialiser of the grid has validated every block.
            assert(block.mask != 0)
            return PostingBlockReader(header: block.header, mask: block.mask, start: postings + Int(block.offset))
        }

        /// Where the postings of a block of this grid are in memory.
        @inlinable @inline(__always)
        public func address(ofPostings block: Block) -> UnsafeRawPointer {
            UnsafeRawPointer(postings + Int(block.offset))
        }

        /// The postings of the non-empty block at an index.
        @inlinable @inline(__always)
        public func postings(at index: Int) -> PostingBlockReader {
            // Safety: the caller stays below the number of non-empty blocks.
            assert(index >= 0 && index < empty)
            return postings(of: blocks[index])
        }

        /// Calls `body` with the number and the bound of each block that is not empty, ascending.
        @inlinable @inline(__always)
        public func forEachBound(_ body: (_ block: Int, _ bound: UInt8) -> Void) {
            var index = 0
            for number in 0..<(blockCount + 63) >> 6 {
                var rest = words[number].bits
                while rest != 0 {
                    // Safety: there are as many blocks as bits.
                    body(number << 6 + rest.trailingZeroBitCount, blocks[index].bound)
                    rest &= rest &- 1
                    index &+= 1
                }
            }
        }
    }
}
