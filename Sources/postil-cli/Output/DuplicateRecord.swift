import Postil

/// One document of a group of duplicates as it is printed.
struct DuplicateRecord: Sendable, Equatable {
    /// To the group's first document; nil for that itself.
    var similarity: Double?
    var id: String
    var title: String
    var author: String?
    var date: String?
    var url: String?
    /// The file it came from.
    var source: String?
    var line: Int

    init(_ stored: StoredDocument, similarity: Double?) {
        self.similarity = similarity
        id = stored.document.externalID
        title = stored.document.title
        author = stored.document.author
        date = stored.document.date
        url = stored.document.url
        source = stored.source
        line = stored.document.line
    }

    /// `{"id":"a","title":"A","author":null,"date":"2019","url":null,"source":"a.jsonl","line":3,"similarity":0.97}`, the
    /// last not for a group's first.
    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "id", value: .string(id)), .init(name: "title", value: .string(title)),
            .init(name: "author", value: .optional(author)), .init(name: "date", value: .optional(date)),
            .init(name: "url", value: .optional(url)), .init(name: "source", value: .optional(source)),
            .init(name: "line", value: .count(line)),
        ]
        if let similarity { members.append(.init(name: "similarity", value: .number(similarity))) }
        return .object(members)
    }

    /// The header of ``csvRow(group:)``.
    static let csvHeader = ["group", "similarity", "id", "title", "author", "date", "url", "source", "line"]

    /// A record of CSV; the similarity is empty for a group's first.
    func csvRow(group: Int) -> String {
        CSVRow.text([
            String(group), similarity.map { String($0) } ?? "", id, title, author ?? "", date ?? "", url ?? "",
            source ?? "", String(line),
        ])
    }

    /// Title, who and when, the link, where it was read and the id.
    ///
    /// - Parameter label: Stands before the first line; the others are indented by its width.
    func text(for terminal: Terminal, label: String) -> String {
        let indent = String(repeating: " ", count: label.count)
        var heading = StyledText()
        heading.append(title.isEmpty ? id : title, style: similarity == nil ? .heading : .plain)
        var lines = heading.lines(width: max(terminal.width - indent.count, 20), color: terminal.usesColor)
        let facts = [author, date.map { String($0.prefix(10)) }].compactMap { $0?.isEmpty == false ? $0 : nil }
        func add(_ text: String?, _ style: TextStyle) {
            guard let text, !text.isEmpty else { return }
            lines.append(style.applied(to: VisibleText.line(text), color: terminal.usesColor))
        }
        add(facts.joined(separator: " · "), .secondary)
        add(url, .link)
        add(source.map { line > 0 ? "\($0):\(line)" : $0 }, .secondary)
        add(title.isEmpty ? nil : id, .secondary)
        return lines.enumerated().map { ($0.offset == 0 ? label : indent) + $0.element + "\n" }.joined()
    }
}
