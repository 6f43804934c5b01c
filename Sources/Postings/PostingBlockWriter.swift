/// Packs the postings of a block; see ``PostingBlockFormat``.
public enum PostingBlockWriter {
    /// Appends a packed block to `bytes`.
    ///
    /// - Parameter postings: 1 to 64 postings, documents ascending.
    /// - Complexity: O(postings).
    public static func append(_ postings: ArraySlice<BlockPosting>, to bytes: inout [UInt8]) {
        precondition((1...PostingBlockFormat.blockLength).contains(postings.count), "\(postings.count) postings")
        var exceptions = 0
        var nibbleExceptions = 0
        var isWide = false
        for posting in postings {
            let title = posting.titleFrequency
            let body = posting.bodyFrequency
            if PostingBlockFormat.pairCode(title: title, body: body) == PostingBlockFormat.pairEscape {
                exceptions += 1
            }
            if PostingBlockFormat.nibbleCode(title: title, body: body) == PostingBlockFormat.nibbleEscape {
                nibbleExceptions += 1
            }
            if title > 255 || body > 255 { isWide = true }
        }
        let count = postings.count
        let exceptionSize = isWide ? 8 : 2
        let isList = count < PostingBlockFormat.bitmapMinimum
        let usesNibbles =
            !isList && (count + 1) / 2 + nibbleExceptions * exceptionSize < (count + 3) / 4 + exceptions * exceptionSize
        bytes.append(
            UInt8(count - 1) | (usesNibbles ? PostingBlockFormat.nibbleFlag : 0)
                | (isWide ? PostingBlockFormat.wideFlag : 0))
        if isList {
            for posting in postings {
                let code = PostingBlockFormat.pairCode(title: posting.titleFrequency, body: posting.bodyFrequency)
                bytes.append(posting.document | code << 6)
            }
        } else {
            appendBitmap(postings, usesNibbles: usesNibbles, to: &bytes)
        }
        for posting in postings where isException(posting, usesNibbles: usesNibbles) {
            append(posting.titleFrequency, isWide: isWide, to: &bytes)
            append(posting.bodyFrequency, isWide: isWide, to: &bytes)
        }
    }

    private static func appendBitmap(_ postings: ArraySlice<BlockPosting>, usesNibbles: Bool, to bytes: inout [UInt8]) {
        let bitmap = postings.reduce(UInt64(0)) { $0 | 1 << UInt64($1.document) }
        for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: bitmap >> UInt64(8 * shift))) }
        let width = usesNibbles ? 4 : 2
        var pending: UInt8 = 0
        var filled = 0
        for posting in postings {
            let code =
                usesNibbles
                ? PostingBlockFormat.nibbleCode(title: posting.titleFrequency, body: posting.bodyFrequency)
                : PostingBlockFormat.pairCode(title: posting.titleFrequency, body: posting.bodyFrequency)
            pending |= code << UInt8(filled)
            filled += width
            if filled == 8 {
                bytes.append(pending)
                pending = 0
                filled = 0
            }
        }
        if filled > 0 { bytes.append(pending) }
    }

    private static func isException(_ posting: BlockPosting, usesNibbles: Bool) -> Bool {
        usesNibbles
            ? PostingBlockFormat.nibbleCode(title: posting.titleFrequency, body: posting.bodyFrequency)
                == PostingBlockFormat.nibbleEscape
            : PostingBlockFormat.pairCode(title: posting.titleFrequency, body: posting.bodyFrequency)
                == PostingBlockFormat.pairEscape
    }

    private static func append(_ frequency: UInt32, isWide: Bool, to bytes: inout [UInt8]) {
        guard isWide else { return bytes.append(UInt8(frequency)) }
        for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: frequency >> UInt32(8 * shift))) }
    }
}
