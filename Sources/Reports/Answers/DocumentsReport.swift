import Postil

/// Whole documents.
package struct DocumentsReport: Report {
    package static let shape: ReportShape = [.table, .ids, .bibliography]
    package static let listName: String? = "documents"

    let documents: [StoredDocument]
    /// Whether text shows a body as its author marked it up.
    let showsMarkup: Bool
    /// The day that a bibliography names.
    let today: String?

    /// Describes documents.
    package init(_ documents: [StoredDocument], showsMarkup: Bool = false, today: String? = nil) {
        self.documents = documents
        self.showsMarkup = showsMarkup
        self.today = today
    }

    package var facts: [ReportValue.Member] { [] }
    package var columns: [String] { Self.fields.map(\.name) }

    static let fields: [ReportField<StoredDocument>] = [
        ReportField("id") { .string($0.document.externalID) },
        ReportField("title") { .string($0.document.title) },
        ReportField("author") { .optional($0.document.author) },
        ReportField("date") { .optional($0.document.date) },
        ReportField("url") { .optional($0.document.url) },
        ReportField("tags") { .strings($0.document.tags) },
        ReportField("source") { .optional($0.source) },
        ReportField("line") { .count($0.document.line) },
        ReportField("metadata") { .strings($0.document.metadata) },
        ReportField("citation") { .string($0.document.citation) },
        ReportField("text") { .string($0.document.body) },
        ReportField("markup") { .optional($0.document.markup) },
    ]

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        for document in documents { try body(Entry(document: document, today: today)) }
    }

    private struct Entry: ReportEntry {
        let document: StoredDocument
        let today: String?

        var value: ReportValue { DocumentsReport.fields.object(of: document) }
        var rows: [[ReportValue]] { [DocumentsReport.fields.row(of: document)] }
        var ids: [String] { [document.document.externalID] }
        var citation: Citation? { Citation(of: document.document, accessed: today) }
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        for (number, stored) in documents.enumerated() {
            if number > 0 { try write("\n\n") }
            try write(stored.document.text(in: layout, markup: showsMarkup))
        }
    }
}

extension Document {
    /// `Hubinger, 2019. Risks from Learned Optimization. https://… [hubinger-2019]`
    var citation: String {
        var parts: [String] = []
        let year = date.map { String($0.prefix(4)) }
        let people = [author, year].compactMap { $0?.isEmpty == false ? $0 : nil }.joined(separator: ", ")
        if !people.isEmpty { parts.append(people + ".") }
        if !title.isEmpty { parts.append(title + (".?!".contains(title.last ?? " ") ? "" : ".")) }
        if let url, !url.isEmpty { parts.append(url) }
        parts.append("[\(externalID)]")
        return VisibleText.line(parts.joined(separator: " "))
    }

    /// Title, text and citation. On a terminal the text is wrapped; elsewhere its lines stay as they are.
    fileprivate func text(in layout: TextLayout, markup showsMarkup: Bool) -> String {
        var result = ""
        if !title.isEmpty { result += layout.line(title, .heading) + "\n\n" }
        let text = showsMarkup ? markup ?? body : body
        if layout.isTerminal, !showsMarkup {
            for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
                var paragraph = StyledText()
                paragraph.append(line, style: .plain)
                let lines = paragraph.lines(width: layout.width, color: false)
                result += lines.isEmpty ? "\n" : lines.map { $0 + "\n" }.joined()
            }
        } else {
            let shown = VisibleText.block(text)
            result += shown + (shown.hasSuffix("\n") ? "" : "\n")
        }
        return result + "\n" + layout.line(citation, .secondary) + "\n"
    }
}

/// An id where several sources use it.
package enum QualifiedID {
    /// The id that only the document of one source has: `FILE:ID`.
    package static func text(_ id: String, source: String?) -> String { source.map { "\($0):\(id)" } ?? id }
}
