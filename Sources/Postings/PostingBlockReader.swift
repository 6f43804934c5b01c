/// A packed block of postings in memory; see ``PostingBlockFormat``.
///
/// A block has to be validated once, by ``measure(_:available:)``, before it is read through this view: what can be corrupt
/// is found there, and here only debug builds check that callers ask for what the block has. Behind the block there must be ``padding`` readable bytes: codes are loaded as whole words.
@frozen
public struct PostingBlockReader {
    /// Bytes that must be readable behind a block.
    public static let padding = 32

    /// The documents of the block that have a posting.
    public let mask: UInt64
    /// What stands behind the header.
    @usableFromInline let start: UnsafePointer<UInt8>
    @usableFromInline let header: UInt8

    /// Looks at a valid block.
    @inlinable @inline(__always)
    public init(_ block: UnsafePointer<UInt8>) {
        start = block + 1
        header = block[0]
        let count = PostingBlockFormat.count(header)
        // Safety: `measure` has found a bitmap or `count` bytes of a list behind the header.
        if count >= PostingBlockFormat.bitmapMinimum {
            mask = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self).littleEndian
        } else {
            var mask: UInt64 = 0
            for index in 0..<count { mask |= 1 << UInt64(start[index] & PostingBlockFormat.documentMask) }
            self.mask = mask
        }
        assert(mask.nonzeroBitCount == count, "\(mask.nonzeroBitCount) documents, but \(count) postings")
    }

    /// Looks at a valid block of which header and mask are known and `start` is what follows the header.
    @inlinable @inline(__always)
    init(header: UInt8, mask: UInt64, start: UnsafePointer<UInt8>) {
        self.header = header
        self.mask = mask
        self.start = start
        assert(mask.nonzeroBitCount == count, "\(mask.nonzeroBitCount) documents, but \(count) postings")
    }

    /// Number of postings.
    @inlinable @inline(__always)
    public var count: Int { PostingBlockFormat.count(header) }

    /// Hands out the frequencies of the documents in `wanted`, ascending.
    ///
    /// - Parameters:
    ///   - wanted: Documents of the block; those without a posting are passed over.
    ///   - body: Is given the document in the block and a value: a code (index into ``frequencies(ofCode:)``), or
    ///     ``PostingBlockFormat/exceptionCode`` and the frequencies themselves.
    /// - Complexity: O(documents in both), and a little more with exceptions.
    @inlinable @inline(__always)
    public func forEach(
        in wanted: UInt64, _ body: (_ document: Int, _ code: Int, _ title: UInt32, _ bodyFrequency: UInt32) -> Void
    ) {
        if count < PostingBlockFormat.bitmapMinimum {
            forEachInList(wanted, body)
        } else if header & PostingBlockFormat.nibbleFlag == 0 {
            forEachInPairs(wanted, body)
        } else {
            forEachInNibbles(wanted, body)
        }
    }

    /// The frequencies of one document that has a posting: a code, or ``PostingBlockFormat/exceptionCode`` and the
    /// frequencies themselves.
    @inlinable @inline(__always)
    public func posting(of document: Int) -> (code: Int, title: UInt32, body: UInt32) {
        // Safety: the document has a posting, so that its rank is below the number of codes.
        assert((0..<PostingBlockFormat.blockLength).contains(document) && mask >> UInt64(document) & 1 == 1)
        let rank = (mask & ((1 &<< UInt64(truncatingIfNeeded: document)) &- 1)).nonzeroBitCount
        let exception: (title: UInt32, body: UInt32)
        if count < PostingBlockFormat.bitmapMinimum {
            let code = start[rank] >> PostingBlockFormat.listCodeShift
            if code < PostingBlockFormat.pairEscape { return (Int(code), 0, 0) }
            exception = exceptionFrequencies(at: start + count, listExceptions(before: rank))
        } else if header & PostingBlockFormat.nibbleFlag == 0 {
            let code = pairCode(rank)
            if code < PostingBlockFormat.pairEscape { return (Int(code), 0, 0) }
            exception = exceptionFrequencies(
                at: codes + PostingBlockFormat.pairBytes(count), pairExceptions(before: rank))
        } else {
            let code = nibbleCode(rank)
            if code < PostingBlockFormat.nibbleEscape { return (Int(code), 0, 0) }
            exception = exceptionFrequencies(
                at: codes + PostingBlockFormat.nibbleBytes(count), nibbleExceptions(before: rank))
        }
        return (PostingBlockFormat.exceptionCode, exception.title, exception.body)
    }

    /// The codes of a block with a bitmap.
    @inlinable @inline(__always)
    var codes: UnsafePointer<UInt8> { start + PostingBlockFormat.bitmapSize }

    /// The code of two bits of the posting at `rank`.
    @inlinable @inline(__always)
    func pairCode(_ rank: Int) -> UInt8 {
        // Safety: there are four codes in a byte, and `count` of them.
        assert(rank >= 0 && rank < count)
        return codes[rank >> 2] >> UInt8(truncatingIfNeeded: (rank & 3) << 1) & PostingBlockFormat.pairEscape
    }

    /// The code of four bits of the posting at `rank`.
    @inlinable @inline(__always)
    func nibbleCode(_ rank: Int) -> UInt8 {
        // Safety: there are two codes in a byte, and `count` of them.
        assert(rank >= 0 && rank < count)
        return codes[rank >> 1] >> UInt8(truncatingIfNeeded: (rank & 1) << 2) & PostingBlockFormat.nibbleEscape
    }

    @inlinable @inline(__always)
    func forEachInList(_ wanted: UInt64, _ body: (Int, Int, UInt32, UInt32) -> Void) {
        var rest = wanted & mask
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            rest &= rest &- 1
            // Safety: the document is in the mask, so that its rank is below the number of entries.
            let rank = (mask & ((1 << UInt64(document)) &- 1)).nonzeroBitCount
            let code = start[rank] >> PostingBlockFormat.listCodeShift
            if code == PostingBlockFormat.pairEscape {
                let frequencies = exceptionFrequencies(at: start + count, listExceptions(before: rank))
                body(document, PostingBlockFormat.exceptionCode, frequencies.title, frequencies.body)
            } else {
                body(document, Int(code), 0, 0)
            }
        }
    }

    /// Number of entries of a list that are escapes among the first `rank`.
    @inlinable @inline(__always)
    func listExceptions(before rank: Int) -> Int {
        assert(rank >= 0 && rank <= count && count < PostingBlockFormat.bitmapMinimum)
        var total = 0
        // Safety: rank <= count, the number of entries.
        for index in 0..<rank where start[index] >> PostingBlockFormat.listCodeShift == PostingBlockFormat.pairEscape {
            total += 1
        }
        return total
    }

    @inlinable @inline(__always)
    func forEachInPairs(_ wanted: UInt64, _ body: (Int, Int, UInt32, UInt32) -> Void) {
        var rest = wanted & mask
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            rest &= rest &- 1
            let rank = (mask & ((1 << UInt64(document)) &- 1)).nonzeroBitCount
            let code = pairCode(rank)
            if code == PostingBlockFormat.pairEscape {
                let exception = pairExceptions(before: rank)
                let frequencies = exceptionFrequencies(at: codes + PostingBlockFormat.pairBytes(count), exception)
                body(document, PostingBlockFormat.exceptionCode, frequencies.title, frequencies.body)
            } else {
                body(document, Int(code), 0, 0)
            }
        }
    }

    @inlinable @inline(__always)
    func forEachInNibbles(_ wanted: UInt64, _ body: (Int, Int, UInt32, UInt32) -> Void) {
        var rest = wanted & mask
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            rest &= rest &- 1
            let rank = (mask & ((1 << UInt64(document)) &- 1)).nonzeroBitCount
            let code = nibbleCode(rank)
            if code == PostingBlockFormat.nibbleEscape {
                let exception = nibbleExceptions(before: rank)
                let frequencies = exceptionFrequencies(at: codes + PostingBlockFormat.nibbleBytes(count), exception)
                body(document, PostingBlockFormat.exceptionCode, frequencies.title, frequencies.body)
            } else {
                body(document, Int(code), 0, 0)
            }
        }
    }

    /// Number of codes of two bits that are escapes among the first `rank`.
    @inlinable @inline(__always)
    func pairExceptions(before rank: Int) -> Int {
        // Safety: at most 16 or 32 bytes of codes are read, in whole words; `padding` keeps what is behind them readable.
        assert(rank >= 0 && rank <= count)
        let words = UnsafeRawPointer(codes)
        var total = 0
        var left = rank
        var offset = 0
        while left > 0 {
            let word = words.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
            let wanted: UInt64 = left >= 32 ? .max : (1 << UInt64(2 * left)) &- 1
            total += (word & (word >> 1) & 0x5555_5555_5555_5555 & wanted).nonzeroBitCount
            left -= 32
            offset += 8
        }
        return total
    }

    /// Number of codes of four bits that are escapes among the first `rank`.
    @inlinable @inline(__always)
    func nibbleExceptions(before rank: Int) -> Int {
        // Safety: at most 16 or 32 bytes of codes are read, in whole words; `padding` keeps what is behind them readable.
        assert(rank >= 0 && rank <= count)
        let words = UnsafeRawPointer(codes)
        var total = 0
        var left = rank
        var offset = 0
        while left > 0 {
            let word = words.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
            let wanted: UInt64 = left >= 16 ? .max : (1 << UInt64(4 * left)) &- 1
            let pairs = word & (word >> 1)
            total += (pairs & (pairs >> 2) & 0x1111_1111_1111_1111 & wanted).nonzeroBitCount
            left -= 16
            offset += 8
        }
        return total
    }

    @inlinable @inline(__always)
    func exceptionFrequencies(at exceptions: UnsafePointer<UInt8>, _ index: Int) -> (title: UInt32, body: UInt32) {
        // Safety: `measure` has found as many exceptions as there are codes for them, one of which the caller has.
        assert(index >= 0 && index < count)
        if header & PostingBlockFormat.wideFlag == 0 {
            return (
                UInt32(exceptions[index] & PostingBlockFormat.narrowTitleMask),
                UInt32(exceptions[index] >> PostingBlockFormat.narrowBodyShift)
            )
        }
        let wide = UnsafeRawPointer(exceptions + PostingBlockFormat.exceptionSize(header) * index)
        return (
            wide.loadUnaligned(as: UInt32.self).littleEndian,
            wide.loadUnaligned(fromByteOffset: 4, as: UInt32.self).littleEndian
        )
    }

    /// Title and body frequency for a code below ``PostingBlockFormat/exceptionCode``.
    public static func frequencies(ofCode code: Int) -> (title: UInt32, body: UInt32) {
        PostingBlockFormat.codeFrequencies[code]
    }

    /// The length in bytes and the documents of the block at `start`; nil when there is no valid block of at most `available`
    /// bytes.
    ///
    /// - Parameter available: Bytes from `start` on that may belong to the block; ``padding`` more must be readable.
    /// - Complexity: O(1) for a bitmap, O(postings) for a list.
    @inlinable
    public static func measure(_ start: UnsafePointer<UInt8>, available: Int) -> (length: Int, mask: UInt64)? {
        guard available > 0 else { return nil }
        // Safety: available > 0; `padding` bytes are readable behind what is available.
        let header = start[0]
        let count = PostingBlockFormat.count(header)
        var length: Int
        var mask: UInt64 = 0
        var exceptions = 0
        if count < PostingBlockFormat.bitmapMinimum {
            guard header & PostingBlockFormat.nibbleFlag == 0, available > count else { return nil }
            for index in 1...count {
                let byte = start[index]
                let document: UInt64 = 1 << UInt64(byte & PostingBlockFormat.documentMask)
                guard document > mask else { return nil }
                mask |= document
                exceptions += byte >> PostingBlockFormat.listCodeShift == PostingBlockFormat.pairEscape ? 1 : 0
            }
            length = 1 + count
        } else {
            // Safety: with padding, the bitmap and at most 32 bytes of codes are readable wherever the block starts.
            let isPairs = header & PostingBlockFormat.nibbleFlag == 0
            let codes = isPairs ? PostingBlockFormat.pairBytes(count) : PostingBlockFormat.nibbleBytes(count)
            length = 1 + PostingBlockFormat.bitmapSize + codes
            guard available >= length else { return nil }
            mask = UnsafeRawPointer(start + 1).loadUnaligned(as: UInt64.self).littleEndian
            guard mask.nonzeroBitCount == count else { return nil }
            let block = PostingBlockReader(header: header, mask: mask, start: start + 1)
            exceptions = isPairs ? block.pairExceptions(before: count) : block.nibbleExceptions(before: count)
        }
        length += exceptions * PostingBlockFormat.exceptionSize(header)
        return length <= available ? (length, mask) : nil
    }
}
