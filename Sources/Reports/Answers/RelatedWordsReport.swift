import Postil

/// Words that stand near a word.
///
///     {"format_version":1,"query":"goodhart","documents":3,"read":3,"words":[{"word":"proxy","weight":4.2,"documents":2},…]}
package struct RelatedWordsReport: Report {
    package static let shape: ReportShape = .table
    package static let listName: String? = "words"

    let related: RelatedWords

    /// Describes what was found.
    package init(_ related: RelatedWords) { self.related = related }

    package var facts: [ReportValue.Member] {
        .members([
            "query": .string(related.query), "documents": .count(related.documents),
            "read": .count(related.readDocuments),
        ])
    }

    static let fields: [ReportField<RelatedWords.Word>] = [
        ReportField("word") { .string($0.word) },
        ReportField("weight") { .number($0.weight) },
        ReportField("documents") { .count($0.documents) },
    ]

    package var columns: [String] { Self.fields.map(\.name) }

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        for word in related.words { try body(Entry(word: word)) }
    }

    private struct Entry: ReportEntry {
        let word: RelatedWords.Word

        var value: ReportValue { RelatedWordsReport.fields.object(of: word) }
        var rows: [[ReportValue]] { [RelatedWordsReport.fields.row(of: word)] }
    }

    /// A line a word, with the documents in which it stands near:
    ///
    ///     12  proxy
    ///      3  overoptimization
    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        let counts = related.words.map { Quantity.count($0.documents) }
        let width = counts.map(\.count).max() ?? 0
        for (count, word) in zip(counts, related.words) {
            try write(
                String(repeating: " ", count: width - count.count) + count + "  " + VisibleText.line(word.word) + "\n")
        }
    }

    package var remarks: [String] {
        let all = Quantity.count(related.documents, "document")
        return [
            related.readDocuments < related.documents
                ? "\(all); \(Quantity.count(related.readDocuments)) of them were read" : all
        ]
    }
}
