/// Collects the postings of a block and packs them; see ``PostingBlockFormat``.
///
/// Codes are found when a posting comes, and packed eight at a time. Equivalent to: `ReferencePostingBlock`.
public struct PostingBlockWriter: ~Copyable {
    /// The most bytes that a block takes: 64 wide exceptions.
    public static let maximumSize =
        1 + PostingBlockFormat.bitmapSize + PostingBlockFormat.nibbleBytes(PostingBlockFormat.blockLength)
        + PostingBlockFormat.exceptionSize(PostingBlockFormat.wideFlag) * PostingBlockFormat.blockLength

    /// A posting that has no code of two bits.
    private struct Exception {
        var code: UInt8
        var title: UInt32
        var body: UInt32
    }

    /// Postings so far.
    @usableFromInline var count = 0
    @usableFromInline var bitmap: UInt64 = 0
    private var exceptionCount = 0
    /// Those that have no code of four bits either.
    private var nibbleExceptionCount = 0
    private var isWide = false
    /// Codes of four bits.
    @usableFromInline let codes: UnsafeMutablePointer<UInt8>
    private let exceptions: UnsafeMutablePointer<Exception>

    /// An empty block.
    public init() {
        codes = .allocate(capacity: PostingBlockFormat.blockLength)
        codes.initialize(repeating: 0, count: PostingBlockFormat.blockLength)
        exceptions = .allocate(capacity: PostingBlockFormat.blockLength)
    }

    deinit {
        codes.deallocate()
        exceptions.deallocate()
    }

    /// Adds a posting; one of the frequencies is not 0.
    ///
    /// - Parameter document: Document in the block, 0 to 63; greater than the one before.
    @inlinable @inline(__always)
    public mutating func append(document: Int, titleFrequency: UInt32, bodyFrequency: UInt32) {
        precondition(count < PostingBlockFormat.blockLength, "more postings than a block has documents")
        assert((0..<PostingBlockFormat.blockLength).contains(document) && bitmap >> UInt64(document) == 0)
        assert(titleFrequency > 0 || bodyFrequency > 0)
        // Safety: count < blockLength, checked.
        bitmap |= 1 &<< UInt64(truncatingIfNeeded: document)
        if titleFrequency == 0 && bodyFrequency <= 3 {
            codes[count] = UInt8(truncatingIfNeeded: bodyFrequency &- 1)
        } else {
            codes[count] = addException(title: titleFrequency, body: bodyFrequency)
        }
        count &+= 1
    }

    /// Notes a posting without a code of two bits and gives its code of four.
    @usableFromInline @inline(never)
    mutating func addException(title: UInt32, body: UInt32) -> UInt8 {
        let code = PostingBlockFormat.nibbleCode(title: title, body: body)
        // Safety: there are no more exceptions than postings.
        exceptions[exceptionCount] = Exception(code: code, title: title, body: body)
        exceptionCount += 1
        if code == PostingBlockFormat.nibbleEscape {
            nibbleExceptionCount += 1
            if title > PostingBlockFormat.narrowTitle || body > PostingBlockFormat.narrowBody { isWide = true }
        }
        return code
    }

    /// Packs the block into `room`, gives the number of bytes it takes, and begins the next one.
    ///
    /// - Parameter room: Has ``maximumSize`` bytes.
    /// - Complexity: O(postings).
    public mutating func finish(into room: UnsafeMutableRawPointer) -> Int {
        precondition(count > 0, "a block without postings")
        let isList = count < PostingBlockFormat.bitmapMinimum
        let wideFlag = isWide ? PostingBlockFormat.wideFlag : 0
        let exceptionSize = PostingBlockFormat.exceptionSize(wideFlag)
        let pairBytes = PostingBlockFormat.pairBytes(count)
        let nibbleBytes = PostingBlockFormat.nibbleBytes(count)
        let usesNibbles =
            !isList && nibbleBytes + nibbleExceptionCount * exceptionSize < pairBytes + exceptionCount * exceptionSize
        let header =
            UInt8(truncatingIfNeeded: count - 1) | (usesNibbles ? PostingBlockFormat.nibbleFlag : 0) | wideFlag
        // Safety: header, bitmap, codes and exceptions of 64 postings take at most `maximumSize` bytes; words of codes are
        // read and written whole, with room for the exceptions behind them.
        room.storeBytes(of: header, as: UInt8.self)
        var end = 1
        if isList {
            var rest = bitmap
            for index in 0..<count {
                let code = min(codes[index], PostingBlockFormat.pairEscape)
                let document = UInt8(truncatingIfNeeded: rest.trailingZeroBitCount)
                room.storeBytes(
                    of: document | code &<< PostingBlockFormat.listCodeShift, toByteOffset: end, as: UInt8.self)
                rest &= rest &- 1
                end += 1
            }
        } else {
            room.storeBytes(of: bitmap.littleEndian, toByteOffset: 1, as: UInt64.self)
            end = 1 + PostingBlockFormat.bitmapSize
            if usesNibbles { packNibbles(into: room + end) } else { packPairs(into: room + end) }
            end += usesNibbles ? nibbleBytes : pairBytes
        }
        if usesNibbles ? nibbleExceptionCount > 0 : exceptionCount > 0 {
            end = packExceptions(usesNibbles: usesNibbles, into: room, at: end)
        }
        assert(end <= Self.maximumSize)
        discard()
        return end
    }

    /// Forgets the postings.
    public mutating func discard() {
        count = 0
        bitmap = 0
        exceptionCount = 0
        nibbleExceptionCount = 0
        isWide = false
    }

    /// The codes of eight postings from `index` on, one a byte, zeros behind the last posting.
    @inline(__always)
    private func word(at index: Int) -> UInt64 {
        // Safety: index is a multiple of eight below count, and there are 64 codes.
        assert(index % 8 == 0 && index < count)
        let word = UInt64(littleEndian: UnsafeRawPointer(codes).loadUnaligned(fromByteOffset: index, as: UInt64.self))
        return count - index >= 8 ? word : word & ~(~0 << UInt64(8 * (count - index)))
    }

    /// Packs codes of two bits, 64 of which take 16 bytes.
    private func packPairs(into room: UnsafeMutableRawPointer) {
        for index in stride(from: 0, to: count, by: 8) {
            let codes = word(at: index)
            // Codes from 3 on become 3: whatever has one of the high bits gets both low ones.
            let isAbove = (codes >> 2 | codes >> 3) & 0x0101_0101_0101_0101
            var packed = (codes | isAbove | isAbove << 1) & 0x0303_0303_0303_0303
            packed = (packed | packed >> 6) & 0x000F_000F_000F_000F
            packed = (packed | packed >> 12) & 0x0000_00FF_0000_00FF
            packed |= packed >> 24
            // Safety: two bytes for each word of eight codes.
            room.storeBytes(
                of: UInt16(truncatingIfNeeded: packed).littleEndian, toByteOffset: index / 4, as: UInt16.self)
        }
    }

    /// Packs codes of four bits, 64 of which take 32 bytes.
    private func packNibbles(into room: UnsafeMutableRawPointer) {
        for index in stride(from: 0, to: count, by: 8) {
            var packed = word(at: index)
            packed = (packed | packed >> 4) & 0x00FF_00FF_00FF_00FF
            packed = (packed | packed >> 8) & 0x0000_FFFF_0000_FFFF
            packed |= packed >> 16
            // Safety: four bytes for each word of eight codes.
            room.storeBytes(
                of: UInt32(truncatingIfNeeded: packed).littleEndian, toByteOffset: index / 2, as: UInt32.self)
        }
    }

    /// Packs what has no code, and gives where it ends.
    private func packExceptions(usesNibbles: Bool, into room: UnsafeMutableRawPointer, at start: Int) -> Int {
        var end = start
        for index in 0..<exceptionCount {
            // Safety: index < exceptionCount, and `finish` has room for as many as there are postings.
            let exception = exceptions[index]
            if usesNibbles && exception.code != PostingBlockFormat.nibbleEscape { continue }
            if isWide {
                room.storeBytes(of: exception.title.littleEndian, toByteOffset: end, as: UInt32.self)
                room.storeBytes(of: exception.body.littleEndian, toByteOffset: end + 4, as: UInt32.self)
                end += 8
            } else {
                room.storeBytes(
                    of: UInt8(
                        truncatingIfNeeded: exception.title | exception.body
                            << UInt32(PostingBlockFormat.narrowBodyShift)),
                    toByteOffset: end, as: UInt8.self)
                end += 1
            }
        }
        return end
    }
}
