import Foundation

/// Links that lead to a passage of a web page: `https://example.org/post#:~:text=first%20words,last%20words`
/// (https://wicg.github.io/scroll-to-text-fragment).
enum TextFragment {
    /// A passage of up to so many words is named whole, a longer one by its beginning and end. A page's line may hold fewer.
    private static let wholeWords = 10
    private static let endWords = 5

    /// An URL of the web with what may not stand in one percent-encoded, behind its host; others as they are.
    static func encoded(_ url: String) -> String {
        let lower = url.lowercased()
        guard lower.hasPrefix("http://") || lower.hasPrefix("https://") else { return url }
        var slashes = 0
        return url.map { character in
            if character == "/" { slashes += 1 }
            let isPlain = character.isASCII && !character.isWhitespace && !"<>\"{}|\\^`".contains(character)
            return isPlain || slashes < 3 && !character.isWhitespace
                ? String(character) : PercentEncoding.text(String(character))
        }.joined()
    }

    /// `url` with a fragment that names `quote`. An URL of something that is no page of text stays as it is.
    static func link(to quote: String, at url: String) -> String {
        let lines = quote.split(whereSeparator: \.isNewline).map { words(of: $0) }.filter { !$0.isEmpty }
        let lower = url.lowercased()
        guard lower.hasPrefix("http://") || lower.hasPrefix("https://"), let first = lines.first, let last = lines.last,
            !lower.split(separator: "?")[0].hasSuffix(".pdf")
        else { return Self.encoded(url) }
        // The words that an address names already are another passage.
        let address = Self.encoded(url.range(of: ":~:").map { String(url[..<$0.lowerBound]) } ?? url)
        func text(_ words: some Collection<Substring>) -> String {
            PercentEncoding.text(
                words.joined(separator: " "), leaving: PercentEncoding.unreserved.subtracting([UInt8(ascii: "-")]))
        }
        let directive: String
        if lines.count == 1, first.count <= wholeWords {
            directive = text(first)
        } else {
            // A text is looked for within one block of the page, so that both ends stay within their lines.
            directive =
                text(first.prefix(endWords)) + ","
                + text(last.suffix(lines.count == 1 ? min(endWords, first.count - endWords) : endWords))
        }
        return address + (address.contains("#") ? "" : "#") + ":~:text=" + directive
    }

    /// The words of a line as a page shows them: marks of lists, headings and emphasis, and where links lead, are Markdown, which is
    /// not in it.
    private static func words(of line: Substring) -> [Substring] {
        var words = shown(line).split(whereSeparator: \.isWhitespace)
        func isMark(_ word: Substring) -> Bool {
            ["-", "*", "+", ">", "•"].contains(word) || word.allSatisfy { $0 == "#" }
                || word.last.map { $0 == "." || $0 == ")" } == true && !word.dropLast().isEmpty
                    && word.dropLast().allSatisfy { $0.isASCII && $0.isNumber } && word.count <= 3
        }
        while words.count > 1, isMark(words[0]) { words.removeFirst() }
        return words.map { word in
            let bare = word.drop { "*_`".contains($0) }
            var end = bare
            while let last = end.last, "*_`".contains(last) { end.removeLast() }
            return end
        }.filter { !$0.isEmpty }
    }

    /// `words` of `[words](https://…)`.
    private static func shown(_ line: Substring) -> Substring {
        var text = ""
        var rest = line
        while let middle = rest.range(of: "]("), let open = rest[..<middle.lowerBound].lastIndex(of: "["),
            let close = rest[middle.upperBound...].firstIndex(of: ")")
        {
            text += rest[..<open] + rest[rest.index(after: open)..<middle.lowerBound]
            rest = rest[rest.index(after: close)...]
        }
        return text.isEmpty ? line : text + rest
    }
}

/// Text in places where only some characters may stand (RFC 3986).
enum PercentEncoding {
    /// Letters, digits and `-._~`.
    static let unreserved = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

    static func text(_ text: String, leaving plain: Set<UInt8> = unreserved) -> String {
        var result = ""
        for byte in text.utf8 {
            if plain.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }

    /// The text that was encoded; nil if it is no encoding of one.
    static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
