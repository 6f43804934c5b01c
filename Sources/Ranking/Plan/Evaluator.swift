/// Answers plans on one snapshot of an index: the seam between queries and the ways to evaluate them.
public protocol Evaluator: AnyObject {
    /// What the formula needs to know of the collection.
    var statistics: CollectionStatistics { get throws }
    /// Number of live documents with the term.
    func documentFrequency(of term: [UInt8]) throws -> Int
    /// The best `limit` documents, and their number as far as it is known, or exactly when `countsExactly`.
    func evaluate(_ plan: EvaluationPlan, parameters: RankingParameters, limit: Int, countsExactly: Bool) throws
        -> EvaluationResult
    /// All documents that match, whatever they score.
    func matches(of plan: EvaluationPlan, parameters: RankingParameters) throws -> DocumentBitmap
}

/// Which way a query is evaluated. All give the same hits with the same scores in the same order.
public enum EvaluationStrategy: String, Sendable, Hashable, CaseIterable {
    /// The cheapest that the index allows.
    case automatic = "auto"
    /// Blocks of documents by falling score bound, as far as they can matter; needs score grids of the index's present state,
    /// and is exhaustive without.
    case blockMax = "block-max"
    /// Every match is scored, from the postings as FTS5 itself reports them: slow, needs no score grid, always right.
    case exhaustive
}
