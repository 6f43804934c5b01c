/// Packs the postings of a block; see ``PostingBlockFormat``.
public enum PostingBlockWriter {
    /// The most bytes that a block takes: 64 wide exceptions.
    private static let maximumSize = 1 + 8 + 32 + 8 * PostingBlockFormat.blockLength

    /// Appends a packed block to `bytes`.
    ///
    /// - Parameter postings: 1 to 64 postings, documents ascending.
    /// - Complexity: O(postings).
    public static func append(_ postings: ArraySlice<BlockPosting>, to bytes: inout [UInt8]) {
        precondition((1...PostingBlockFormat.blockLength).contains(postings.count), "\(postings.count) postings")
        postings.withUnsafeBufferPointer { postings in
            withUnsafeTemporaryAllocation(byteCount: maximumSize, alignment: 8) { room in
                let count = pack(postings, into: room)
                bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: room[..<count]))
            }
        }
    }

    /// Packs a block into `room`, which has ``maximumSize`` bytes, and gives the number of bytes it takes.
    private static func pack(
        _ postings: UnsafeBufferPointer<BlockPosting>, into room: UnsafeMutableRawBufferPointer
    ) -> Int {
        let count = postings.count
        // Safety: at most maximumSize bytes are written, checked by the buffer's own subscript in debug builds.
        assert(room.count >= maximumSize && count <= PostingBlockFormat.blockLength)
        let isList = count < PostingBlockFormat.bitmapMinimum
        var exceptions = 0
        var nibbleExceptions = 0
        var isWide = false
        for posting in postings {
            let title = posting.titleFrequency
            let body = posting.bodyFrequency
            if PostingBlockFormat.pairCode(title: title, body: body) == PostingBlockFormat.pairEscape {
                exceptions += 1
                if PostingBlockFormat.nibbleCode(title: title, body: body) == PostingBlockFormat.nibbleEscape {
                    nibbleExceptions += 1
                    if title > PostingBlockFormat.narrowTitle || body > PostingBlockFormat.narrowBody { isWide = true }
                }
            }
        }
        let exceptionSize = isWide ? 8 : 1
        let usesNibbles =
            !isList && (count + 1) / 2 + nibbleExceptions * exceptionSize < (count + 3) / 4 + exceptions * exceptionSize
        room[0] =
            UInt8(count - 1) | (usesNibbles ? PostingBlockFormat.nibbleFlag : 0)
            | (isWide ? PostingBlockFormat.wideFlag : 0)
        var end = 1
        if isList {
            for posting in postings {
                let code = PostingBlockFormat.pairCode(title: posting.titleFrequency, body: posting.bodyFrequency)
                room[end] = posting.document | code << 6
                end += 1
            }
        } else {
            end = packBitmap(postings, usesNibbles: usesNibbles, into: room)
        }
        guard (usesNibbles ? nibbleExceptions : exceptions) > 0 else { return end }
        for posting in postings where isException(posting, usesNibbles: usesNibbles) {
            if isWide {
                room.storeBytes(of: posting.titleFrequency.littleEndian, toByteOffset: end, as: UInt32.self)
                room.storeBytes(of: posting.bodyFrequency.littleEndian, toByteOffset: end + 4, as: UInt32.self)
                end += 8
            } else {
                room[end] = UInt8(truncatingIfNeeded: posting.titleFrequency | posting.bodyFrequency << 2)
                end += 1
            }
        }
        return end
    }

    private static func packBitmap(
        _ postings: UnsafeBufferPointer<BlockPosting>, usesNibbles: Bool, into room: UnsafeMutableRawBufferPointer
    ) -> Int {
        var bitmap: UInt64 = 0
        var end = 9
        let width: UInt8 = usesNibbles ? 4 : 2
        var pending: UInt8 = 0
        var filled: UInt8 = 0
        for posting in postings {
            bitmap |= 1 << UInt64(posting.document & 63)
            let code =
                usesNibbles
                ? PostingBlockFormat.nibbleCode(title: posting.titleFrequency, body: posting.bodyFrequency)
                : PostingBlockFormat.pairCode(title: posting.titleFrequency, body: posting.bodyFrequency)
            pending |= code &<< filled
            filled &+= width
            if filled == 8 {
                room[end] = pending
                end += 1
                pending = 0
                filled = 0
            }
        }
        if filled > 0 {
            room[end] = pending
            end += 1
        }
        room.storeBytes(of: bitmap.littleEndian, toByteOffset: 1, as: UInt64.self)
        return end
    }

    private static func isException(_ posting: BlockPosting, usesNibbles: Bool) -> Bool {
        usesNibbles
            ? PostingBlockFormat.nibbleCode(title: posting.titleFrequency, body: posting.bodyFrequency)
                == PostingBlockFormat.nibbleEscape
            : PostingBlockFormat.pairCode(title: posting.titleFrequency, body: posting.bodyFrequency)
                == PostingBlockFormat.pairEscape
    }
}
