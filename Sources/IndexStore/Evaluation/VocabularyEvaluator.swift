import Ranking

/// The exhaustive evaluation on what FTS5 itself reports of its postings.
///
/// Postings of the terms of a query are read once, for their document frequency and again for their scores.
final class VocabularyEvaluator: PartialEvaluator {
    var whole: CollectionStatistics?
    private let source: VocabularyPostingSource

    init(_ source: VocabularyPostingSource) { self.source = source }

    var statistics: CollectionStatistics {
        get throws { try source.statistics() }
    }

    func documentFrequency(of term: [UInt8]) throws -> Int { try source.postings(of: term).documentFrequency }

    func evaluate(_ plan: EvaluationPlan, parameters: RankingParameters, limit: Int, countsExactly: Bool) throws
        -> EvaluationResult
    {
        let formula = BM25(parameters.terms, averageLength: try (whole ?? statistics).averageLength)
        return try ExhaustiveEvaluation(source: source, formula: formula).evaluate(plan, limit: limit)
    }

    func matches(of plan: EvaluationPlan, parameters: RankingParameters) throws -> DocumentBitmap {
        let formula = BM25(parameters.terms, averageLength: try (whole ?? statistics).averageLength)
        return try ExhaustiveEvaluation(source: source, formula: formula).matches(of: plan)
    }
}
