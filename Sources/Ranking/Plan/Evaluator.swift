/// Answers plans on one snapshot of an index: the seam between queries and the ways to evaluate them.
public protocol Evaluator: AnyObject {
    /// What the formula needs to know of the collection.
    var statistics: CollectionStatistics { get throws }
    /// Number of live documents with the term.
    func documentFrequency(of term: [UInt8]) throws -> Int
    /// The best `limit` documents, and their number as far as it is known, or exactly when `countsExactly`.
    func evaluate(_ plan: EvaluationPlan, parameters: RankingParameters, limit: Int, countsExactly: Bool) throws
        -> EvaluationResult
}
