/// A packed block of postings in memory; see ``PostingBlockFormat``.
///
/// A block has to be validated once, by ``measure(_:)``, before it is read through this view, which checks nothing but in
/// debug builds. Behind the block there must be ``padding`` readable bytes: codes are loaded as whole words.
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
        let count = Int(header & 63) + 1
        if count >= 11 {
            mask = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self).littleEndian
        } else {
            var mask: UInt64 = 0
            for index in 0..<count { mask |= 1 << UInt64(start[index] & 63) }
            self.mask = mask
        }
    }

    /// Looks at a valid block of which header and mask are known and `start` is what follows the header.
    @inlinable @inline(__always)
    init(header: UInt8, mask: UInt64, start: UnsafePointer<UInt8>) {
        self.header = header
        self.mask = mask
        self.start = start
    }

    /// Number of postings.
    @inlinable @inline(__always)
    public var count: Int { Int(header & 63) + 1 }

    /// Hands out the frequencies of the documents in `wanted`, ascending.
    ///
    /// - Parameters:
    ///   - wanted: Documents of the block; those without a posting are passed over.
    ///   - body: Is given the document in the block and a value: below 15 a code (index into ``frequencies(ofCode:)``), or
    ///     15 and the frequencies themselves.
    /// - Complexity: O(documents in both), and a little more with exceptions.
    @inlinable @inline(__always)
    public func forEach(
        in wanted: UInt64, _ body: (_ document: Int, _ code: Int, _ title: UInt32, _ bodyFrequency: UInt32) -> Void
    ) {
        if count < 11 {
            forEachInList(wanted, body)
        } else if header & 0x40 == 0 {
            forEachInPairs(wanted, body)
        } else {
            forEachInNibbles(wanted, body)
        }
    }

    /// The frequencies of one document that has a posting: a code below 15, or 15 and the frequencies themselves.
    @inlinable @inline(__always)
    public func posting(of document: Int) -> (code: Int, title: UInt32, body: UInt32) {
        let rank = (mask & ((1 &<< UInt64(truncatingIfNeeded: document)) &- 1)).nonzeroBitCount
        let exception: (title: UInt32, body: UInt32)
        if count < 11 {
            let code = Int(start[rank] >> 6)
            if code < 3 { return (code, 0, 0) }
            exception = exceptionFrequencies(at: start + count, listExceptions(before: rank))
        } else if header & 0x40 == 0 {
            let codes = start + 8
            let code = Int(codes[rank >> 2] >> UInt8(truncatingIfNeeded: (rank & 3) << 1)) & 3
            if code < 3 { return (code, 0, 0) }
            exception = exceptionFrequencies(at: codes + (count + 3) >> 2, pairExceptions(before: rank))
        } else {
            let codes = start + 8
            let code = Int(codes[rank >> 1] >> UInt8(truncatingIfNeeded: (rank & 1) << 2)) & 15
            if code < 15 { return (code, 0, 0) }
            exception = exceptionFrequencies(at: codes + (count + 1) >> 1, nibbleExceptions(before: rank))
        }
        return (15, exception.title, exception.body)
    }

    @inlinable @inline(__always)
    func forEachInList(_ wanted: UInt64, _ body: (Int, Int, UInt32, UInt32) -> Void) {
        var rest = wanted & mask
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            rest &= rest &- 1
            let rank = (mask & ((1 << UInt64(document)) &- 1)).nonzeroBitCount
            let code = Int(start[rank] >> 6)
            if code == 3 {
                let frequencies = exceptionFrequencies(at: start + count, listExceptions(before: rank))
                body(document, 15, frequencies.title, frequencies.body)
            } else {
                body(document, code, 0, 0)
            }
        }
    }

    /// Number of entries of a list that are escapes among the first `rank`.
    @inlinable @inline(__always)
    func listExceptions(before rank: Int) -> Int {
        var total = 0
        for index in 0..<rank where start[index] >> 6 == 3 { total += 1 }
        return total
    }

    @inlinable @inline(__always)
    func forEachInPairs(_ wanted: UInt64, _ body: (Int, Int, UInt32, UInt32) -> Void) {
        let codes = start + 8
        var rest = wanted & mask
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            rest &= rest &- 1
            let rank = (mask & ((1 << UInt64(document)) &- 1)).nonzeroBitCount
            let code = Int(codes[rank >> 2] >> UInt8((rank & 3) << 1)) & 3
            if code == 3 {
                let exception = pairExceptions(before: rank)
                let frequencies = exceptionFrequencies(at: codes + (count + 3) >> 2, exception)
                body(document, 15, frequencies.title, frequencies.body)
            } else {
                body(document, code, 0, 0)
            }
        }
    }

    @inlinable @inline(__always)
    func forEachInNibbles(_ wanted: UInt64, _ body: (Int, Int, UInt32, UInt32) -> Void) {
        let codes = start + 8
        var rest = wanted & mask
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            rest &= rest &- 1
            let rank = (mask & ((1 << UInt64(document)) &- 1)).nonzeroBitCount
            let code = Int(codes[rank >> 1] >> UInt8((rank & 1) << 2)) & 15
            if code == 15 {
                let exception = nibbleExceptions(before: rank)
                let frequencies = exceptionFrequencies(at: codes + (count + 1) >> 1, exception)
                body(document, 15, frequencies.title, frequencies.body)
            } else {
                body(document, code, 0, 0)
            }
        }
    }

    /// Number of codes of two bits that are escapes among the first `rank`.
    @inlinable @inline(__always)
    func pairExceptions(before rank: Int) -> Int {
        let words = UnsafeRawPointer(start + 8)
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
        let words = UnsafeRawPointer(start + 8)
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
        if header & 0x80 == 0 {
            return (UInt32(exceptions[index] & 3), UInt32(exceptions[index] >> 2))
        }
        let wide = UnsafeRawPointer(exceptions + 8 * index)
        return (
            wide.loadUnaligned(as: UInt32.self).littleEndian,
            wide.loadUnaligned(fromByteOffset: 4, as: UInt32.self).littleEndian
        )
    }

    /// Title and body frequency for a code below 15.
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
        let header = start[0]
        let count = Int(header & 63) + 1
        var length: Int
        var mask: UInt64 = 0
        var exceptions = 0
        if count < 11 {
            guard header & 0x40 == 0, available > count else { return nil }
            for index in 1...count {
                let byte = start[index]
                let document: UInt64 = 1 << UInt64(byte & 63)
                guard document > mask else { return nil }
                mask |= document
                exceptions += byte >> 6 == 3 ? 1 : 0
            }
            length = 1 + count
        } else {
            // Safety: with padding, the bitmap and at most 32 bytes of codes are readable wherever the block starts.
            length = 9 + (header & 0x40 == 0 ? (count + 3) >> 2 : (count + 1) >> 1)
            guard available >= length else { return nil }
            let block = PostingBlockReader(start)
            mask = block.mask
            guard mask.nonzeroBitCount == count else { return nil }
            exceptions =
                header & 0x40 == 0 ? block.pairExceptions(before: count) : block.nibbleExceptions(before: count)
        }
        length += exceptions * (header & 0x80 == 0 ? 1 : 8)
        return length <= available ? (length, mask) : nil
    }
}
