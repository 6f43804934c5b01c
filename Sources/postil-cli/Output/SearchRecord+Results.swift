import Postil

extension SearchRecord {
    /// The library's answer as it is printed.
    init(_ results: SearchResults, explains: Bool = false) {
        let (seconds, attoseconds) = results.duration.components
        self.init(
            query: results.query,
            microseconds: Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000),
            total: results.total.value, isExact: results.total.isExact,
            hints: results.hints.map { HintRecord(column: $0.column, message: $0.message) },
            hits: results.hits.map(HitRecord.init),
            work: explains ? WorkRecord(results.statistics) : nil)
    }
}

extension HitRecord {
    init(_ hit: SearchHit) {
        self.init(
            rank: hit.rank, id: hit.externalID, score: hit.score, title: hit.title, author: hit.author, date: hit.date,
            url: hit.url, tags: hit.tags, source: hit.source,
            snippet: hit.snippet.map { SnippetRecord(text: $0.text, highlights: $0.highlights) },
            explanation: hit.explanation.map(ExplanationRecord.init), duplicateOf: hit.duplicateOf)
    }
}

extension ExplanationRecord {
    init(_ explanation: Explanation) {
        self.init(
            score: explanation.score, length: explanation.length, averageLength: explanation.averageLength,
            parts: explanation.parts.map { part in
                Part(
                    kind: part.kind.rawValue, pattern: part.pattern, titleFrequency: part.titleFrequency,
                    bodyFrequency: part.bodyFrequency,
                    documentFrequencies: part.documentFrequencies,
                    inverseDocumentFrequency: part.inverseDocumentFrequency, boost: part.boost,
                    lengthFactor: part.lengthFactor, weightedFrequency: part.weightedFrequency,
                    contribution: part.contribution)
            })
    }
}
