/// Markdown brought to plain text for matching: what a reader sees, without the marks.
///
/// Block structure is read line by line after CommonMark 0.31 with GitHub's tables, footnotes and task lists: quote,
/// list and heading marks go, link definitions and HTML comments go, code keeps its text. It is no full CommonMark parser:
/// a search index needs the words, not the tree. Linear in the text, and total.
struct MarkdownText {
    private var output: [UInt8] = []
    private var paragraph: [UInt8] = []
    private var fence: Fence?
    private var skipsUntil: [UInt8]?
    private var isInList = false
    private var isAfterBlank = true

    /// An open code block.
    private struct Fence {
        var mark: UInt8
        var length: Int
        /// Whether it stands in a quotation, whose marks its lines bear and with which it ends.
        var isQuoted: Bool
    }

    /// The text of Markdown without front matter.
    static func plain(_ source: String) -> String {
        var text = MarkdownText()
        text.output.reserveCapacity(source.utf8.count)
        var source = source
        source.withUTF8 { bytes in
            for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
                text.take(Array(line.last == 0x0D ? line.dropLast() : line))
            }
        }
        text.endParagraph()
        while text.output.last == 0x0A { text.output.removeLast() }
        return String(decoding: text.output, as: UTF8.self)
    }

    /// The text of the first ATX or setext heading outside code, or nil.
    static func firstHeading(in source: String) -> String? {
        var fence: (mark: UInt8, length: Int)?
        var previous: [UInt8] = []
        for line in source.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let bytes = Array(line.drop { $0 == 0x20 })
            if let mark = MarkdownLine.fence(bytes) {
                if let open = fence {
                    if mark.mark == open.mark, mark.length >= open.length { fence = nil }
                } else {
                    fence = (mark.mark, mark.length)
                }
                previous = []
            } else if fence == nil {
                if let heading = MarkdownLine.heading(bytes) { return plain(String(decoding: heading, as: UTF8.self)) }
                if MarkdownLine.isSetextUnderline(bytes), MarkdownLine.isPlain(previous) {
                    return plain(String(decoding: previous, as: UTF8.self))
                }
                previous = bytes
            }
        }
        return nil
    }

    private mutating func take(_ full: [UInt8]) {
        if let end = skipsUntil {
            if full.range(of: end, from: 0) != nil { skipsUntil = nil }
            return
        }
        let line = full[(full.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? full.count)...]
        if let open = fence {
            if !open.isQuoted { return takeCode(full, in: open) }
            if line.first == UInt8(ascii: ">") { return takeCode(Self.unquoted(line), in: open) }
            fence = nil
        }
        if line.isEmpty {
            endParagraph()
            isAfterBlank = true
            return
        }
        defer { isAfterBlank = false }
        let indent = MarkdownLine.indent(full)
        // An indented list item is code to CommonMark, but its author meant a list.
        if indent >= 4, isAfterBlank, paragraph.isEmpty, !isInList, MarkdownLine.listItem(Array(line)) == nil {
            output += line
            output.append(0x0A)
            return
        }
        takeBlock(Array(line), indent: indent)
    }

    private mutating func takeCode(_ line: [UInt8], in open: Fence) {
        let mark = MarkdownLine.fence(Array(line.drop { $0 <= 0x20 }))
        if let mark, mark.mark == open.mark, mark.length >= open.length, mark.isBare {
            fence = nil
        } else {
            output += line
        }
        output.append(0x0A)
    }

    /// A quotation's line without its marks.
    private static func unquoted(_ line: ArraySlice<UInt8>) -> [UInt8] {
        var rest = line
        while rest.first == UInt8(ascii: ">") {
            rest = rest.dropFirst()
            if rest.first == 0x20 { rest = rest.dropFirst() }
        }
        return Array(rest)
    }

    private mutating func takeBlock(_ line: [UInt8], indent: Int, isQuoted: Bool = false) {
        if line[0] == UInt8(ascii: ">") {
            if paragraph.isEmpty == false, isAfterBlank { endParagraph() }
            return takeQuoted(line)
        }
        if let mark = MarkdownLine.fence(line) {
            endParagraph()
            fence = Fence(mark: mark.mark, length: mark.length, isQuoted: isQuoted)
            return
        }
        if let heading = MarkdownLine.heading(line) {
            endParagraph()
            isInList = false
            paragraph = heading
            return endParagraph()
        }
        if MarkdownLine.isSetextUnderline(line) || MarkdownLine.isRule(line) { return endParagraph() }
        if MarkdownLine.isTableRule(line) || MarkdownLine.isLinkDefinition(line)
            || line.starts(with: [0x3A, 0x3A, 0x3A])
        {
            return
        }
        if let end = MarkdownLine.unclosedElement(line) {
            endParagraph()
            skipsUntil = end
            return
        }
        if let item = MarkdownLine.listItem(line) {
            endParagraph(tight: true)
            isInList = true
            if !item.isEmpty { takeBlock(item, indent: 0, isQuoted: isQuoted) }
            return
        }
        if indent == 0, isAfterBlank { isInList = false }
        if let note = MarkdownLine.footnote(line) {
            endParagraph()
            appendToParagraph(note)
        } else if line[0] == UInt8(ascii: "|") {
            endParagraph(tight: true)
            appendToParagraph(MarkdownLine.tableCells(line))
            endParagraph(tight: true)
        } else {
            appendToParagraph(line)
        }
    }

    private mutating func takeQuoted(_ line: [UInt8]) {
        var rest = Self.unquoted(line[...]).drop { $0 <= 0x20 }
        // GitHub's and Obsidian's call-outs: [!NOTE].
        if rest.starts(with: [0x5B, 0x21]), let end = rest.firstIndex(of: 0x5D) {
            rest = rest[(end + 1)...].drop { $0 == 0x20 || $0 == 0x2B || $0 == 0x2D }
        }
        if rest.isEmpty { return endParagraph() }
        takeBlock(Array(rest), indent: 0, isQuoted: true)
    }

    private mutating func appendToParagraph(_ line: [UInt8]) {
        if !paragraph.isEmpty { paragraph.append(0x0A) }
        paragraph += line
        while paragraph.last == 0x20 || paragraph.last == 0x5C { paragraph.removeLast() }
    }

    private mutating func endParagraph(tight: Bool = false) {
        guard !paragraph.isEmpty else {
            if !tight, output.last == 0x0A, output.dropLast().last != 0x0A { output.append(0x0A) }
            return
        }
        var inline = MarkdownInline(paragraph)
        let text = inline.plain()
        paragraph.removeAll(keepingCapacity: true)
        if text.allSatisfy({ $0 <= 0x20 }) { return }
        output += text
        output.append(0x0A)
        if !tight { output.append(0x0A) }
    }
}
