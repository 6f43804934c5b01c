/// How a score came about, as it is printed.
struct ExplanationRecord: Sendable, Equatable {
    var score: Double
    /// Tokens of the document, and the mean over the index.
    var length: Int
    var averageLength: Double
    /// Greatest contribution first; they sum to `score`.
    var parts: [Part]

    /// What one term or phrase added.
    struct Part: Sendable, Equatable {
        /// `occurrence` for a term or a phrase, `nearness` for two words that stand near each other.
        var kind = "occurrence"
        var pattern: String
        var titleFrequency: Int
        var bodyFrequency: Int
        /// Documents with each of the pattern's terms.
        var documentFrequencies: [Int]
        var inverseDocumentFrequency: Double
        var boost: Double
        var lengthFactor: Double
        var weightedFrequency: Double
        var contribution: Double
    }

    /// The sum on one line, and each part on two: what it adds, and what that was made of.
    var lines: [String] {
        let made =
            parts.isEmpty
            ? "nothing that the query looks for is in the document" : "sum of \(Quantity.count(parts.count, "part"))"
        let sum =
            "score \(Quantity.decimal(score, places: 4)) = \(made); "
            + "\(Quantity.count(length, "token")), on average \(Quantity.decimal(averageLength, places: 1))"
        return [sum]
            + parts.flatMap { part in
                let documents = part.documentFrequencies.map { Quantity.count($0) }.joined(separator: ", ")
                let boost = part.boost == 1 ? "" : ", boost \(Quantity.decimal(part.boost, places: 2))"
                let evidence =
                    part.kind == "nearness"
                    ? "near each other, nearness \(Quantity.decimal(part.weightedFrequency, places: 2))"
                    : "in title \(part.titleFrequency), in body \(part.bodyFrequency), "
                        + "weighted \(Quantity.decimal(part.weightedFrequency, places: 2))"
                return [
                    "  + \(Quantity.decimal(part.contribution, places: 4))  \(VisibleText.line(part.pattern))",
                    "      \(evidence); in \(documents) documents, "
                        + "idf \(Quantity.decimal(part.inverseDocumentFrequency, places: 4))\(boost), "
                        + "length factor \(Quantity.decimal(part.lengthFactor, places: 4))",
                ]
            }
    }

    var json: JSONValue {
        .members([
            "score": .number(score), "length": .count(length), "average_length": .number(averageLength),
            "parts": .array(parts.map(\.json)),
        ])
    }
}

extension ExplanationRecord.Part {
    var json: JSONValue {
        .members([
            "kind": .string(kind), "pattern": .string(pattern), "contribution": .number(contribution),
            "title_frequency": .count(titleFrequency), "body_frequency": .count(bodyFrequency),
            "weighted_frequency": .number(weightedFrequency),
            "document_frequencies": .array(documentFrequencies.map { .count($0) }),
            "idf": .number(inverseDocumentFrequency), "boost": .number(boost), "length_factor": .number(lengthFactor),
        ])
    }
}
