/// Jupyter notebooks: one document of all cells in their order, with the text that running them gave.
struct NotebookFormat: WholeFormat {
    var name: String { "ipynb" }
    var extensions: [String] { ["ipynb"] }

    func recognition(of beginning: InputBeginning) -> Recognition {
        guard beginning.text.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return .none }
        let start = beginning.text.withUnsafeBytes { bytes in
            ["\"cells\"", "\"cell_type\""].allSatisfy { bytes.firstRange(of: Array($0.utf8), from: 0) != nil }
        }
        return start ? .certain : .none
    }

    /// Bytes of one output that are kept: a table or a message, and not a log.
    private static let longestOutput = 1 << 12

    func maximumBytes(_ limits: ReadingLimits) -> Int { limits.maximumContainerBytes }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        var tape = JSONTape()
        if let error = tape.failure(scanning: bytes) {
            let line = 1 + bytes[..<min(error.offset, bytes.count)].count { $0 == 0x0A }
            return try handler(.skipped(line: line, reason: error.reason))
        }
        tally.note(oddNumbersOf: tape, line: nil)
        // Pictures are texts of a notebook, too; nodes are only places.
        let notebook = FieldValue(
            tape.nodes, 0, in: bytes, leavingOut: ["image/png", "image/jpeg", "image/svg+xml", "attachments"])
        // Version 3 has its cells in worksheets.
        let cells =
            Self.list(notebook, "cells") ?? Self.list(notebook, "worksheets")?.flatMap { Self.list($0, "cells") ?? [] }
        guard let cells else {
            return try handler(.skipped(line: nil, reason: "is no notebook: it has no cells"))
        }
        var texts: [String] = []
        var heading: String?
        var matter: [FieldValue.Member] = []
        var links = TextLinks()
        for cell in cells {
            let kind = Self.member(cell, "cell_type")?.texts.first
            let source = Self.text(Self.member(cell, "source") ?? Self.member(cell, "input"))
            // Quarto's first cell is front matter.
            if kind == "raw", texts.isEmpty, heading == nil, matter.isEmpty {
                let file = MarkdownFile(source)
                if !file.fields.isEmpty, file.text.plain.isBlank {
                    matter = file.fields
                    continue
                }
            }
            if kind == "markdown" || kind == "heading" {
                let markdown = MarkdownText(source)
                heading = heading ?? markdown.heading ?? (kind == "heading" ? source : nil)
                texts.append(markdown.plain)
                links.add(markdown.links)
            } else {
                texts.append(source)
            }
            for output in Self.list(cell, "outputs") ?? [] {
                let text = Self.shown(output)
                if text.utf8.count <= Self.longestOutput { texts.append(text) }
            }
        }
        let metadata = Self.member(notebook, "metadata")
        var fields: [FieldValue.Member] = []
        let authors = metadata.flatMap { Self.list($0, "authors") }?.flatMap(\.labels) ?? []
        if !authors.isEmpty {
            fields.append(FieldValue.Member(name: "author", value: .list(authors.map { .text($0) })))
        }
        if let date = metadata.flatMap({ Self.member($0, "date") }) {
            fields.append(FieldValue.Member(name: "date", value: date))
        }
        if let language = metadata.flatMap({ Self.member($0, "kernelspec") }).flatMap({ Self.member($0, "language") }) {
            fields.append(FieldValue.Member(name: "programming_language", value: language))
        }
        fields += matter.filter { field in field.name != "title" && !fields.contains { $0.name == field.name } }
        heading = matter.first { $0.name == "title" }?.value.texts.first ?? heading
        let title = metadata.flatMap { Self.member($0, "title") }?.texts.first ?? heading
        let plain = texts.map { String($0.drop { $0.isNewline }) }.filter { !$0.isBlank }.joined(separator: "\n\n")
        var page = Page(fields: fields, title: title, text: MarkedText(plain: plain))
        page.add(links)
        try reader.map(page, in: RecordContext(file: file), tally: tally, into: handler)
    }

    /// What an output says: its text, else what its Markdown or HTML shows, or the error that it is.
    private static func shown(_ output: FieldValue) -> String {
        if let name = member(output, "ename") { return text(name) + ": " + text(member(output, "evalue")) }
        if let own = member(output, "text") { return overwritten(text(own)) }
        guard let data = member(output, "data") else { return "" }
        let forms: [(type: String, markup: TextMarkup)] = [
            ("text/plain", .text), ("text/markdown", .markdown), ("text/html", .html), ("text/latex", .text),
        ]
        for (type, markup) in forms {
            let source = text(member(data, type))
            if !source.isBlank { return markup.plainText(of: source) }
        }
        return ""
    }

    /// What is to be seen of what a program printed: a line that it wrote over counts as it was last.
    private static func overwritten(_ text: String) -> String {
        guard text.utf8.contains(0x0D) else { return text }
        let lines = Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            let end = line.lastIndex { $0 != 0x0D }.map { $0 + 1 } ?? line.startIndex
            let start = line[..<end].lastIndex(of: 0x0D).map { $0 + 1 } ?? line.startIndex
            return line[start..<end]
        }
        return Array(lines.joined(separator: [0x0A])).asText
    }

    private static func member(_ value: FieldValue, _ name: String) -> FieldValue? {
        guard case .object(let members) = value else { return nil }
        return members.last { $0.name == name }?.value
    }

    private static func list(_ value: FieldValue, _ name: String) -> [FieldValue]? {
        guard case .list(let values)? = member(value, name) else { return nil }
        return values
    }

    /// A text, or a list of its lines.
    private static func text(_ value: FieldValue?) -> String {
        switch value {
        case .text(let text): text
        case .list(let lines): lines.map { line in if case .text(let text) = line { text } else { "" } }.joined()
        default: ""
        }
    }
}
