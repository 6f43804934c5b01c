/// What an evaluation found.
public struct EvaluationResult: Sendable {
    /// The best documents in result order.
    public var top: [ScoredDocument]
    /// How many documents match, as far as it was found out.
    public var matchCount: MatchCount
    /// How much work it was.
    public var statistics: EvaluationStatistics

    /// Creates a result.
    package init(top: [ScoredDocument], matchCount: MatchCount, statistics: EvaluationStatistics) {
        self.top = top
        self.matchCount = matchCount
        self.statistics = statistics
    }
}

/// Number of matching documents.
public struct MatchCount: Sendable, Hashable {
    /// The number.
    public var value: Int
    /// Whether it is exact or a lower bound.
    public var isExact: Bool

    /// Creates a count.
    package init(value: Int, isExact: Bool) {
        self.value = value
        self.isExact = isExact
    }
}

/// How much of the index an evaluation touched.
public struct EvaluationStatistics: Sendable, Hashable {
    /// Blocks of 64 documents whose postings were looked at; 0 for an evaluation that knows no blocks.
    public var blocks = 0
    /// Blocks that the index has; the others could not match, or not reach the best.
    public var blocksInIndex = 0
    /// Postings decoded.
    public var postings = 0
    /// Documents whose positions were read.
    public var positionChecks = 0

    /// No work yet.
    package init() {}
}
