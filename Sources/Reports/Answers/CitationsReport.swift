import Postil

/// Documents and passages as they are cited.
package struct CitationsReport: Report {
    package static let shape: ReportShape = [.table, .ids, .bibliography]
    package static let listName: String? = "citations"

    /// What is cited.
    package struct Cited: Sendable {
        let document: Document
        let passage: DocumentOutline.Passage?
        package private(set) var citation: Citation

        /// Describes a document, or a passage of it.
        ///
        /// - Parameter accessed: The day when it was looked at, where the document does not say one.
        package init(_ document: Document, passage: DocumentOutline.Passage? = nil, accessed: String?) {
            self.document = document
            self.passage = passage
            citation = Citation(of: document, accessed: accessed, outlined: passage)
        }

        /// The same with another day of access, or none.
        package func accessed(on day: String?) -> Cited {
            var result = self
            result.citation = citation.accessed(on: day)
            return result
        }

        /// `id#p12-k3f9`.
        var address: String { document.externalID + (passage.map { "#" + $0.address } ?? "") }
        var reference: PassageReference { citation.passage ?? PassageReference(id: document.externalID) }
    }

    let cited: [Cited]

    /// Describes what is cited.
    package init(_ cited: [Cited]) { self.cited = cited }

    package var facts: [ReportValue.Member] { [] }
    package var columns: [String] { Self.fields.map(\.name) }

    /// `work` is what a review or comment is about; `passage`, `quote` and `reference` say where the words are.
    static let fields: [ReportField<Cited>] = [
        ReportField("key") { .string($0.citation.key) },
        ReportField("id") { .string($0.document.externalID) },
        ReportField("kind") { .string($0.citation.kind.rawValue) },
        ReportField("title") { .string($0.citation.title) },
        ReportField("authors", cell: { .optional($0.document.author) }) {
            .array($0.citation.authors.map(\.reportValue))
        },
        ReportField("date") { .optional($0.citation.date) },
        ReportField("url") { .optional($0.citation.url) },
        ReportField("accessed") { .optional($0.citation.accessed) },
        ReportField("container") { .optional($0.citation.container) },
        ReportField("doi") { .optional($0.citation.doi) },
        ReportField("arxiv") { .optional($0.citation.arXivID) },
        ReportField("work", cell: { .optional($0.citation.work?.title) }) { $0.citation.work?.reportValue ?? .null },
        ReportField("citation") { .string($0.text) },
        ReportField("passage") { .optional($0.passage?.address) },
        ReportField("headings") { .strings($0.passage?.headings ?? []) },
        ReportField("quote") { .optional($0.citation.passage?.quote) },
        ReportField("link") { .optional($0.citation.link) },
        ReportField("reference") { .string($0.reference.description) },
        ReportField("editors", cell: { .strings($0.citation.editors.map(\.text)) }) {
            .array($0.citation.editors.map(\.reportValue))
        },
    ]

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        for cited in cited { try body(Entry(cited: cited)) }
    }

    private struct Entry: ReportEntry {
        let cited: Cited

        var value: ReportValue { CitationsReport.fields.object(of: cited) }
        var rows: [[ReportValue]] { [CitationsReport.fields.row(of: cited)] }
        var ids: [String] { [cited.address] }
        var citation: Citation? { cited.citation }
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        for (number, cited) in cited.enumerated() {
            if number > 0 { try write("\n") }
            try write(layout.line(cited.text, .plain) + "\n")
            guard let quote = cited.citation.passage?.quote else { continue }
            for line in VisibleText.block(quote).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
                try write(line.isEmpty ? "\n" : "    \(line)\n")
            }
            if let link = cited.citation.link { try write(layout.line(link, .link) + "\n") }
            try write(layout.line(cited.reference.description, .secondary) + "\n")
        }
    }
}

extension CitationsReport.Cited {
    /// The line to cite the document by; that of a review names the work, and that of a passage its headings and address.
    var text: String { citation.line(author: document.author, headings: passage?.headings ?? [], address: address) }
}

extension Citation {
    /// The line to cite a document by: `Krakovna, 2020. Specification gaming. https://… [krakovna-2020]`.
    ///
    /// - Parameters:
    ///   - author: Its authors as they are shown.
    ///   - headings: Those that the passage stands under.
    ///   - address: The document's id, or that of the passage.
    func line(author: String?, headings: [String] = [], address: String) -> String {
        var parts: [String] = []
        let people = [author, date.map { String($0.prefix(4)) }].compactMap { $0 }
            .filter { !$0.isEmpty }.joined(separator: ", ")
        if !people.isEmpty { parts.append(sentence(people)) }
        if !title.isEmpty { parts.append(sentence(title)) }
        if let work, kind == .review, !work.authors.isEmpty {
            let names = work.authors.map(\.text)
            parts.append(sentence("On " + (names.count > 3 ? names[0] + " et al." : names.joined(separator: ", "))))
        }
        if let container {
            switch kind {
            case .chapter, .conferencePaper: parts.append(sentence("In " + container))
            case .article: parts.append(sentence(container))
            default: break
            }
        }
        if !headings.isEmpty {
            parts.append(sentence(headings.joined(separator: " › ")))
        }
        if let page { parts.append("Page \(page).") }
        if let url { parts.append(url) }
        parts.append("[\(address)]")
        return parts.joined(separator: " ")
    }

    private func sentence(_ text: String) -> String { text + (".?!".contains(text.last ?? " ") ? "" : ".") }
}

extension Citation {
    /// Describes a document, or a passage of its outline, with its page where it has one.
    init(of document: Document, accessed: String?, outlined passage: DocumentOutline.Passage?) {
        self.init(
            of: document, accessed: accessed,
            passage: passage.map { PassageReference(id: document.externalID, range: $0.range, in: document.body) })
        page = passage?.page
    }
}

extension PersonName {
    fileprivate var reportValue: ReportValue {
        if isLiteral { return .members(["literal": .string(family)]) }
        let parts: KeyValuePairs = ["family": family, "given": given, "particle": particle, "suffix": suffix]
        return .object(parts.filter { !$0.value.isEmpty }.map { .init(name: $0.key, value: .string($0.value)) })
    }
}

extension Citation.Work {
    fileprivate var reportValue: ReportValue {
        .members([
            "title": .string(title), "authors": .array(authors.map(\.reportValue)), "date": .optional(date),
        ])
    }
}
