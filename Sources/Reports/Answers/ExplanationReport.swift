import Postil

/// How a document's score for a query came about.
package struct ExplanationReport: Report {
    let query: String
    let document: StoredDocument
    let explanation: Explanation

    /// Describes an explanation of `document`'s score.
    package init(_ explanation: Explanation, of document: StoredDocument, query: String) {
        self.query = query
        self.document = document
        self.explanation = explanation
    }

    package var facts: [ReportValue.Member] {
        .members([
            "query": .string(query), "id": .string(document.document.externalID),
            "explanation": explanation.reportValue,
        ])
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        let title = document.document.title
        try write(layout.line(title.isEmpty ? document.document.externalID : title, .heading) + "\n")
        for line in explanation.lines { try write(line + "\n") }
    }
}

extension Explanation {
    var reportValue: ReportValue {
        .members([
            "score": .number(score), "length": .count(length), "average_length": .number(averageLength),
            "passage": passage.map {
                .members(["first_token": .count($0.lowerBound), "tokens": .count($0.count)])
            } ?? .null,
            "parts": .array(parts.map(Self.partFields.object)),
        ])
    }

    private static let partFields: [ReportField<Part>] = [
        ReportField("kind") { .string($0.kind.rawValue) },
        ReportField("pattern") { .string($0.pattern) },
        ReportField("contribution") { .number($0.contribution) },
        ReportField("title_frequency") { .count($0.titleFrequency) },
        ReportField("body_frequency") { .count($0.bodyFrequency) },
        ReportField("weighted_frequency") { .number($0.weightedFrequency) },
        ReportField("document_frequencies") { .array($0.documentFrequencies.map { .count($0) }) },
        ReportField("idf") { .number($0.inverseDocumentFrequency) },
        ReportField("boost") { .number($0.boost) },
        ReportField("length_factor") { .number($0.lengthFactor) },
    ]

    /// The sum on one line, and each part on two: what it adds, and what that was made of.
    var lines: [String] {
        let made =
            parts.isEmpty
            ? "nothing that the query looks for is in the document" : "sum of \(Quantity.count(parts.count, "part"))"
        let sum =
            "score \(Quantity.decimal(score, places: 4)) = \(made); "
            + "\(Quantity.count(length, "token")), on average \(Quantity.decimal(averageLength, places: 1))"
            + (passage.map {
                "; counted by tokens \(Quantity.count($0.lowerBound + 1)) to \(Quantity.count($0.upperBound)), the best passage"
            } ?? "")
        return [sum]
            + parts.flatMap { part in
                let documents = part.documentFrequencies.map { Quantity.count($0) }.joined(separator: ", ")
                let boost = part.boost == 1 ? "" : ", boost \(Quantity.decimal(part.boost, places: 2))"
                let weighted = Quantity.decimal(part.weightedFrequency, places: 2)
                let evidence =
                    switch part.kind {
                    case .nearness: "near each other, nearness \(weighted)"
                    case .field: "in the author, tags or another field"
                    case .occurrence:
                        "in title \(part.titleFrequency), in body \(part.bodyFrequency), weighted \(weighted)"
                    }
                return [
                    "  + \(Quantity.decimal(part.contribution, places: 4))  \(VisibleText.line(part.pattern))",
                    "      \(evidence); in \(documents) documents, "
                        + "idf \(Quantity.decimal(part.inverseDocumentFrequency, places: 4))\(boost), "
                        + "length factor \(Quantity.decimal(part.lengthFactor, places: 4))",
                ]
            }
    }
}
