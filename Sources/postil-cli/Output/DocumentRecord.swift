import Postil

/// A whole document as it is printed.
struct DocumentRecord {
    var id: String
    var title: String
    var body: String
    var markup: String?
    var author: String?
    var date: String?
    var url: String?
    var tags: [String]
    var metadata: [String: String]
    var source: String?
    var line: Int

    /// `Hubinger, 2019. Risks from Learned Optimization. https://… [hubinger-2019]`
    var citation: String {
        var parts: [String] = []
        let year = date.map { String($0.prefix(4)) }
        let people = [author, year].compactMap { $0?.isEmpty == false ? $0 : nil }.joined(separator: ", ")
        if !people.isEmpty { parts.append(people + ".") }
        if !title.isEmpty { parts.append(title + (".?!".contains(title.last ?? " ") ? "" : ".")) }
        if let url, !url.isEmpty { parts.append(url) }
        parts.append("[\(id)]")
        return VisibleText.line(parts.joined(separator: " "))
    }

    /// Title, text and citation. On a terminal the text is wrapped; elsewhere its lines stay as they are.
    func text(for terminal: Terminal, markup showsMarkup: Bool) -> String {
        var result = ""
        if !title.isEmpty {
            result += TextStyle.heading.applied(to: VisibleText.line(title), color: terminal.usesColor) + "\n\n"
        }
        let text = showsMarkup ? markup ?? body : body
        if terminal.isInteractive, !showsMarkup {
            for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
                var paragraph = StyledText()
                paragraph.append(line, style: .plain)
                let lines = paragraph.lines(width: terminal.width, color: false)
                result += lines.isEmpty ? "\n" : lines.map { $0 + "\n" }.joined()
            }
        } else {
            let shown = VisibleText.block(text)
            result += shown + (shown.hasSuffix("\n") ? "" : "\n")
        }
        return result + "\n" + TextStyle.secondary.applied(to: citation, color: terminal.usesColor) + "\n"
    }

    /// The id that only the document of one source has, where several use `id`.
    static func qualified(_ id: String, source: String?) -> String { source.map { "\($0):\(id)" } ?? id }

    var json: JSONValue {
        let extra = metadata.sorted { $0.key < $1.key }.map { JSONValue.Member(name: $0.key, value: .string($0.value)) }
        return .members([
            "id": .string(id), "title": .string(title), "author": .optional(author), "date": .optional(date),
            "url": .optional(url), "tags": .array(tags.map { .string($0) }), "source": .optional(source),
            "line": .count(line), "metadata": .object(extra), "citation": .string(citation), "text": .string(body),
            "markup": .optional(markup),
        ])
    }
}

extension DocumentRecord {
    init(_ stored: StoredDocument) {
        let document = stored.document
        self.init(
            id: document.externalID, title: document.title, body: document.body, markup: document.markup,
            author: document.author, date: document.date, url: document.url, tags: document.tags,
            metadata: document.metadata, source: stored.source, line: document.line)
    }
}
