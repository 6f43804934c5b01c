/// A heading of a text with mark-up.
package struct MarkupHeading: Sendable, Hashable {
    /// 1 for the highest.
    package let level: Int
    /// What it says, as it stands in the plain text.
    package let text: String

    init(level: Int, text: String) {
        self.level = level
        self.text = text
    }

    /// The headings of a text, in order: of HTML if it has an end tag of a heading or paragraph, else of Markdown.
    ///
    /// - Complexity: O(n).
    package static func all(of markup: String) -> [MarkupHeading] {
        var markup = markup
        return markup.withUTF8(hasEndTag) ? ofHTML(markup) : MarkdownText(markup, listsHeadings: true).headings
    }

    /// Whether there is a `</h1` to `</h6`, or a `</p>`.
    private static func hasEndTag(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = bytes[...]
        while let tag = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = bytes[(tag + 1)...]
            guard tag + 3 < bytes.count, bytes[tag + 1] == UInt8(ascii: "/") else { continue }
            let (name, next) = (bytes[tag + 2] | 0x20, bytes[tag + 3])
            if name == UInt8(ascii: "h"), (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(next) { return true }
            if name == UInt8(ascii: "p"), next == UInt8(ascii: ">") { return true }
        }
        return false
    }

    private static func ofHTML(_ markup: String) -> [MarkupHeading] {
        var headings: [MarkupHeading] = []
        let bytes = Array(markup.utf8)
        /// The heading that is open: its level, and where its content begins.
        var open: (level: Int, start: Int)?
        var place = 0
        while let tag = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
            let isEnd = tag + 1 < bytes.count && bytes[tag + 1] == UInt8(ascii: "/")
            let name = tag + (isEnd ? 2 : 1)
            place = tag + 1
            guard name + 1 < bytes.count, bytes[name] | 0x20 == UInt8(ascii: "h"),
                (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(bytes[name + 1]),
                let close = bytes[name...].firstIndex(of: UInt8(ascii: ">"))
            else { continue }
            let level = Int(bytes[name + 1] - UInt8(ascii: "0"))
            place = close + 1
            if !isEnd {
                open = (level, place)
            } else if let begun = open {
                let content = String(decoding: bytes[begun.start..<tag], as: UTF8.self)
                let text = TextMarkup.html.plainText(of: content)
                if !text.isEmpty { headings.append(MarkupHeading(level: begun.level, text: text)) }
                open = nil
            }
        }
        return headings
    }
}
