import Postil
import Relevance

/// A topic that two runs answer differently, with the documents that moved and how their scores came about.
package struct TopicChange {
    /// A judged document that stands elsewhere.
    package struct Document {
        let moved: RunComparison.MovedDocument
        let title: String?
        let first: Explanation?
        let second: Explanation?

        /// Describes a document; explanations are those of the two runs, where they are known.
        package init(
            _ moved: RunComparison.MovedDocument, title: String?, first: Explanation?, second: Explanation?
        ) {
            self.moved = moved
            self.title = title
            self.first = first
            self.second = second
        }
    }

    let change: RunComparison.Change
    let query: String?
    let documents: [Document]

    /// Describes a topic; the query is nil where only runs are known.
    package init(_ change: RunComparison.Change, query: String?, documents: [Document]) {
        self.change = change
        self.query = query
        self.documents = documents
    }

    /// As JSON has it.
    func value(_ comparison: RunComparison) -> ReportValue {
        .members([
            "topic": .string(change.topic), "query": .optional(query),
            "second": .string(comparison.candidates[change.second].name),
            "metric": .string(comparison.metrics[0].name), "first_value": .number(change.firstValue),
            "second_value": .number(change.secondValue),
            "documents": .array(
                documents.map { document in
                    .members([
                        "id": .string(document.moved.document), "title": .optional(document.title),
                        "grade": .count(document.moved.grade),
                        "first_rank": document.moved.firstRank.map { .count($0) } ?? .null,
                        "second_rank": document.moved.secondRank.map { .count($0) } ?? .null,
                        "first_explanation": document.first?.reportValue ?? .null,
                        "second_explanation": document.second?.reportValue ?? .null,
                    ])
                }),
        ])
    }

    /// For people: the topic, and below each document its parts in both runs side by side.
    func text(_ comparison: RunComparison, in layout: TextLayout) -> String {
        let figures = [change.firstValue, change.secondValue].map(MeasurementReport.figure)
        let name = comparison.candidates.count > 2 ? " (\(comparison.candidates[change.second].name))" : ""
        var lines = [
            layout.line("\(change.topic)\(name)  \(query ?? "")", .heading),
            "  \(comparison.metrics[0].name) \(figures[0]) → \(figures[1])",
        ]
        for document in documents {
            let ranks = [document.moved.firstRank, document.moved.secondRank].map { $0.map(Quantity.count) ?? "–" }
            let title = document.title.map { $0.isEmpty ? "" : "  \($0)" } ?? ""
            lines.append(
                "  grade \(document.moved.grade), rank \(ranks[0]) → \(ranks[1])  "
                    + VisibleText.line(document.moved.document + title))
            lines += Self.sideBySide(document).map { "    " + $0 }
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// A line for each pattern of either explanation, what it adds in the first run and in the second.
    private static func sideBySide(_ document: Document) -> [String] {
        guard document.first != nil || document.second != nil else { return [] }
        var patterns: [String] = []
        let sides = [document.first, document.second].map { explanation in
            var sums: [String: Double] = [:]
            for part in explanation?.parts ?? [] {
                let name = part.kind == .occurrence ? part.pattern : "\(part.pattern) (\(part.kind.rawValue))"
                if !patterns.contains(name) { patterns.append(name) }
                sums[name, default: 0] += part.contribution
            }
            return sums
        }
        func figure(_ value: Double?) -> String { value.map { Quantity.decimal($0, places: 4) } ?? "–" }
        let total = ["score", figure(document.first?.score), figure(document.second?.score)]
        return AlignedTable.lines(
            [total] + patterns.map { [VisibleText.line($0), figure(sides[0][$0]), figure(sides[1][$0])] })
    }
}
