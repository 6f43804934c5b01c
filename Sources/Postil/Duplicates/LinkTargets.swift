import TextAnalysis

/// Tells the words of where links lead to from the words of a text, as the words come one by one.
///
///     See [Paul's post](https://example.org/paul "Paul") at https://example.org/list, or <a href="/x">here</a>
///
/// has the words *See Paul's post at or here*. A text that was copied with its links, and one without, are the same for a reader.
///
/// Only what stands between words is looked at. What looks like a link and does not end is none.
struct LinkTargets {
    /// What a word is.
    enum Word {
        case text, target
        /// The first word of an address, and the word before it was its scheme.
        case targetBehindScheme
    }

    /// A target in Markdown or a tag of HTML that does not end within so many bytes is none: addresses that browsers send on
    /// have up to 2,000.
    private static let longest = 2_048

    /// Where the last word ended.
    private var end = 0
    /// Where the last target ends.
    private var targetEnd = 0

    /// What the next word is.
    ///
    /// - Parameters:
    ///   - token: A word behind all words before.
    ///   - text: The text, UTF-8.
    mutating func word(_ token: Token, in text: UnsafeBufferPointer<UInt8>) -> Word {
        /// Where an address ends that begins right behind the last word.
        var addressEnd = 0
        var place = max(end, targetEnd)
        // Safety: the analyzer's tokens lie in the text.
        assert(token.start <= token.end && token.end <= text.count)
        while place < token.start {
            switch text[place] {
            case UInt8(ascii: "("):
                if place > 0, text[place - 1] == UInt8(ascii: "]"), let close = Self.closing(place, in: text) {
                    targetEnd = close
                }
            case UInt8(ascii: "<"):
                if let close = Self.tagEnd(place, in: text) { targetEnd = close }
            case UInt8(ascii: ":"):
                if place == end, place > 0, place + 2 < text.count, text[place + 1] == UInt8(ascii: "/"),
                    text[place + 2] == UInt8(ascii: "/")
                {
                    addressEnd = Self.addressEnd(place, in: text)
                    targetEnd = addressEnd
                }
            default: break
            }
            place = max(place + 1, targetEnd)
        }
        end = max(end, token.end)
        if token.start < addressEnd { return .targetBehindScheme }
        return token.start < targetEnd ? .target : .text
    }

    /// Behind the bracket that closes one; nil if a line without words comes before.
    private static func closing(_ open: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        var depth = 0
        for place in open..<min(text.count, open + longest) {
            switch text[place] {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return place + 1 }
            case UInt8(ascii: "\n"): if place + 1 < text.count, text[place + 1] == UInt8(ascii: "\n") { return nil }
            default: break
            }
        }
        return nil
    }

    /// Behind the end of `<a href="…">` and `</a>`; nil for a sign that is no beginning of a tag.
    private static func tagEnd(_ open: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        var place = open + 1
        if place < text.count, text[place] == UInt8(ascii: "/") { place += 1 }
        guard place < text.count, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(text[place] | 0x20) else {
            return nil
        }
        for place in place..<min(text.count, open + longest) {
            switch text[place] {
            case UInt8(ascii: ">"): return place + 1
            case UInt8(ascii: "<"): return nil
            case UInt8(ascii: "\n"): if place + 1 < text.count, text[place + 1] == UInt8(ascii: "\n") { return nil }
            default: break
            }
        }
        return nil
    }

    /// Where an address ends: at white space, or at what is around it.
    private static func addressEnd(_ start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
        text[start...].firstIndex { byte in
            switch byte {
            case 0...0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: "]"),
                UInt8(ascii: "|"),
                UInt8(ascii: "\""), UInt8(ascii: "`"):
                true
            default: false
            }
        } ?? text.count
    }
}
