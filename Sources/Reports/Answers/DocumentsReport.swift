import Postil

/// Whole documents.
package struct DocumentsReport: Report {
    package static let shape: ReportShape = [.table, .ids, .bibliography]
    package static let listName: String? = "documents"

    /// A document, or a part of one.
    package struct Shown: Sendable {
        let stored: StoredDocument
        /// The part that is shown; nil for all.
        let passage: DocumentOutline.Passage?
        /// The places that are shown in the place of the text; nil for the text.
        package var places: [PassageInContext]?

        /// Describes a document, or the passage of it that is shown.
        package init(_ stored: StoredDocument, passage: DocumentOutline.Passage? = nil) {
            self.stored = stored
            self.passage = passage
        }

        var document: Document { stored.document }
        /// The text of the part.
        var text: String { passage.map { String(document.body[$0.range]) } ?? document.body }
        /// `id#p12-k3f9`.
        var address: String { document.externalID + (passage.map { "#" + $0.address } ?? "") }
    }

    let documents: [Shown]
    /// Whether text shows a body as its author marked it up.
    let showsMarkup: Bool
    /// The day that a bibliography names.
    let today: String?

    /// Describes documents.
    package init(_ documents: [Shown], showsMarkup: Bool = false, today: String? = nil) {
        self.documents = documents
        self.showsMarkup = showsMarkup
        self.today = today
    }

    package var facts: [ReportValue.Member] { [] }
    package var columns: [String] { fields.map(\.name) }

    /// Those of parts and places stand in a table only where there are any.
    private var fields: [ReportField<Shown>] {
        let hasPassages = documents.contains { $0.passage != nil }
        let hasPlaces = documents.contains { $0.places != nil }
        return Self.allFields.filter { (hasPassages || $0.name != "passage") && (hasPlaces || $0.name != "places") }
    }

    private static let allFields: [ReportField<Shown>] = [
        ReportField("id") { .string($0.document.externalID) },
        ReportField("title") { .string($0.document.title) },
        ReportField("author") { .optional($0.document.author) },
        ReportField("date") { .optional($0.document.date) },
        ReportField("url") { .optional($0.document.url) },
        ReportField("tags") { .strings($0.document.tags) },
        ReportField("source") { .optional($0.stored.source) },
        ReportField("line") { .count($0.document.line) },
        ReportField("metadata") { .strings($0.document.metadata) },
        ReportField("citation") { .string($0.document.citation(as: $0.address)) },
        ReportField("text") { .string($0.text) },
        ReportField("markup") { .optional($0.passage == nil ? $0.document.markup : nil) },
        ReportField("passage", isOptional: true) { .optional($0.passage?.address) },
        ReportField(
            "places", isOptional: true, cell: { .strings($0.places?.flatMap { $0.paragraphs.map(\.address) } ?? []) }
        ) {
            $0.places.map { .array($0.map(\.reportValue)) } ?? .null
        },
    ]

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        let fields = fields
        for document in documents { try body(Entry(document: document, fields: fields, today: today)) }
    }

    private struct Entry: ReportEntry {
        let document: Shown
        let fields: [ReportField<Shown>]
        let today: String?

        var value: ReportValue { fields.object(of: document) }
        var rows: [[ReportValue]] { [fields.row(of: document)] }
        var ids: [String] { [document.address] }
        var citation: Citation? {
            Citation(of: document.document, accessed: today, outlined: document.passage)
        }
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        for (number, stored) in documents.enumerated() {
            if number > 0 { try write("\n\n") }
            try write(stored.text(in: layout, markup: showsMarkup))
        }
    }
}

extension Document {
    /// `Hubinger, 2019. Risks from Learned Optimization. https://… [hubinger-2019]`
    ///
    /// - Parameter name: The id, with an address for a part.
    func citation(as name: String) -> String {
        var parts: [String] = []
        let year = date.map { String($0.prefix(4)) }
        let people = [author, year].compactMap { $0?.isEmpty == false ? $0 : nil }.joined(separator: ", ")
        for part in [people, title] where !part.isEmpty {
            parts.append(part + (".?!".contains(part.last ?? " ") ? "" : "."))
        }
        if let url, !url.isEmpty { parts.append(url) }
        parts.append("[\(name)]")
        return VisibleText.line(parts.joined(separator: " "))
    }
}

extension DocumentsReport.Shown {
    /// Title, text and citation. On a terminal the text is wrapped; elsewhere its lines stay as they are.
    fileprivate func text(in layout: TextLayout, markup showsMarkup: Bool) -> String {
        var result = ""
        if !document.title.isEmpty { result += layout.line(document.title, .heading) + "\n\n" }
        if let places {
            result += places.map { $0.text(in: layout) }.joined(separator: "\n")
        } else {
            // The heading of a section is the first line of it.
            if let passage, let above = passage.headings.last, !text.hasPrefix(above) {
                result += layout.line(passage.headings.joined(separator: " › "), .secondary) + "\n\n"
            }
            result += body(in: layout, markup: showsMarkup)
        }
        return result + "\n" + layout.line(document.citation(as: address), .secondary) + "\n"
    }

    private func body(in layout: TextLayout, markup showsMarkup: Bool) -> String {
        var result = ""
        // A page ends a paragraph.
        let text = (showsMarkup && passage == nil ? document.markup ?? document.body : text)
            .replacing("\u{0C}", with: "\n\n")
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
        return result
    }
}

extension PassageInContext {
    /// `{"headings":["Part"],"paragraphs":[{"passage":"p12-k3f9","text":"a b","highlights":[[0,1]]}]}`
    fileprivate var reportValue: ReportValue {
        .members([
            "headings": .strings(headings),
            "paragraphs": .array(
                paragraphs.map { paragraph in
                    .members([
                        "passage": .string(paragraph.address), "text": .string(paragraph.text),
                        "highlights": .array(
                            paragraph.highlights.map { .array([.count($0.lowerBound), .count($0.upperBound)]) }),
                    ])
                }),
        ])
    }

    /// Where it stands, and its paragraphs with the words that match.
    fileprivate func text(in layout: TextLayout) -> String {
        let address = paragraphs.first { !$0.highlights.isEmpty }?.address ?? paragraphs.first?.address ?? ""
        var result = layout.line((headings + ["#" + address]).joined(separator: " › "), .secondary) + "\n"
        for paragraph in paragraphs {
            let snippet = Snippet(text: paragraph.text, highlights: paragraph.highlights)
            result += "\n"
            for line in snippet.lines {
                let styled = line.styledText(color: layout.usesColor)
                let lines = styled.lines(width: layout.isTerminal ? layout.width : Int.max, color: layout.usesColor)
                result += lines.map { $0 + "\n" }.joined()
            }
        }
        return result
    }
}

extension Snippet {
    /// The lines of the text, each with its highlights.
    fileprivate var lines: [Snippet] {
        var result: [Snippet] = []
        var scalars: [Unicode.Scalar] = []
        var start = 0
        func finish(at end: Int) {
            let own = highlights.map { $0.clamped(to: start..<end) }.filter { !$0.isEmpty }
                .map { $0.lowerBound - start..<$0.upperBound - start }
            result.append(Snippet(text: String(String.UnicodeScalarView(scalars)), highlights: own))
            scalars = []
            start = end + 1
        }
        for (place, scalar) in text.unicodeScalars.enumerated() {
            if scalar == "\n" { finish(at: place) } else { scalars.append(scalar) }
        }
        finish(at: start + scalars.count)
        return result
    }
}

/// An id where several sources use it.
package enum QualifiedID {
    /// The id that only the document of one source has: `FILE:ID`.
    package static func text(_ id: String, source: String?) -> String { source.map { "\($0):\(id)" } ?? id }
}
