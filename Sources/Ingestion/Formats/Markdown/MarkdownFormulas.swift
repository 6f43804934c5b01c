/// Finds `$x_1$` and `$$x_1$$`.
///
/// The rules are pandoc's: the opening `$` has no blank behind it, the closing one none before it and no digit behind it, so
/// that "$5 and 7$" may be one and "$20,000 and $30,000" is none. There is no formula across a blank line, a code span or
/// fence, the target of a link, an HTML comment or attribute, or the beginning of another block. Where the search from one
/// place ends is kept for the next, so that all of them together look at each byte twice at most.
struct MarkdownFormulas {
    /// Where the search for the end of a formula came to an end, and whether it found one there.
    private var inline = Stop(), display = Stop()

    private struct Stop {
        var from = 0
        var place = -1
        var isEnd = false
    }

    /// An inline formula is no longer than this, so that two prices far apart are none.
    private static let longestInline = 1000

    /// The formula that begins with the `$` at a place. Places are asked for in order.
    mutating func formula(at start: Int, in bytes: [UInt8]) -> Range<Int>? {
        guard start + 1 < bytes.count else { return nil }
        if bytes[start + 1] == UInt8(ascii: "$") {
            if display.place < start + 2 || display.from > start {
                display = Self.stop(from: start + 2, in: bytes, isDisplay: true)
            }
            return display.isEnd ? start..<display.place + 2 : nil
        }
        guard bytes[start + 1] > 0x20 else { return nil }
        if inline.place < start + 2 || inline.from > start {
            inline = Self.stop(from: start + 1, in: bytes, isDisplay: false)
        }
        guard inline.isEnd, inline.place - start <= Self.longestInline else { return nil }
        return start..<inline.place + 1
    }

    private static func stop(from start: Int, in bytes: [UInt8], isDisplay: Bool) -> Stop {
        func has(_ text: StaticString, at place: Int) -> Bool {
            text.withUTF8Buffer { text in
                place + text.count <= bytes.count && bytes[place..<place + text.count].elementsEqual(text)
            }
        }
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "`"):
                guard let end = quotationEnd(from: index, in: bytes) else { return Stop(from: start, place: index) }
                index = end
            case UInt8(ascii: "$"):
                let isDouble = has("$$", at: index)
                if isDisplay {
                    if isDouble { return Stop(from: start, place: index, isEnd: index > start) }
                } else if isDouble {
                    return Stop(from: start, place: index)
                } else if bytes[index - 1] > 0x20, index > start {
                    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
                    if !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) {
                        return Stop(from: start, place: index, isEnd: true)
                    }
                }
            case UInt8(ascii: "]"):
                if has("](h", at: index) || has("](/", at: index) || has("](#", at: index) || has("](.", at: index) {
                    return Stop(from: start, place: index)
                }
            case UInt8(ascii: "<"):
                if has("<!--", at: index) || has("</", at: index) { return Stop(from: start, place: index) }
            case UInt8(ascii: "-"):
                if has("-->", at: index) { return Stop(from: start, place: index) }
            case UInt8(ascii: "="):
                if has("=\"", at: index) { return Stop(from: start, place: index) }
            case 0x0A:
                var next = index + 1
                while next < bytes.count, bytes[next] == 0x20 || bytes[next] == 0x09 { next += 1 }
                guard next < bytes.count, bytes[next] != 0x0A, !has("~~~", at: next),
                    isDisplay || !beginsBlock(bytes[next])
                else { return Stop(from: start, place: index) }
            default: break
            }
            index += 1
        }
        return Stop(from: start, place: bytes.count)
    }

    /// The last byte of LaTeX's quotation ``like this'', which is short and on one line; nil when there is none.
    private static func quotationEnd(from start: Int, in bytes: [UInt8]) -> Int? {
        let end = min(bytes.count, start + 100)
        guard start + 3 < end, bytes[start + 1] == UInt8(ascii: "`"), bytes[start + 2] != UInt8(ascii: "`") else {
            return nil
        }
        for index in start + 3..<end {
            switch bytes[index] {
            case UInt8(ascii: "`"), UInt8(ascii: "$"), 0x0A: return nil
            case UInt8(ascii: "'"):
                if bytes[index - 1] == UInt8(ascii: "'") { return index }
            default: break
            }
        }
        return nil
    }

    /// Whether a line that begins so may be no more of the paragraph.
    private static func beginsBlock(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "#"), UInt8(ascii: ">"),
            UInt8(ascii: "|"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
