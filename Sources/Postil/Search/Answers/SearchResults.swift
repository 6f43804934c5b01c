import QueryLanguage
import Ranking

/// The answer to a ``SearchRequest``.
public struct SearchResults: Sendable {
    /// The query as it was asked.
    public let query: String
    /// The query that was answered instead, because nothing has the words as they were written; nil when it was not.
    public let correctedQuery: String?
    /// Hits in order: score down, then id up, unless ``SearchRequest/sort`` or ``SearchRequest/grouping`` asks for another one.
    public let hits: [SearchHit]
    /// The groups of the hits, in order; nil where they are not grouped.
    public let groups: [HitGroup]?
    /// The counts that ``SearchRequest/facets`` asked for.
    public let facets: [Facet]
    /// How many documents match.
    public let total: MatchCount
    /// How many documents have all words that stand beside each other in the query, of those that any document has; nil unless
    /// ``SearchRequest/tellsMissingWords``, and for less than two words.
    public let withAllWords: MatchCount?
    /// Remarks on parts of the query that were not taken as written.
    public let hints: [QueryHint]
    /// Words of the best documents that were searched as well, the one that weighs most first; empty unless
    /// ``SearchRequest/expansion`` asks for them.
    public internal(set) var alsoSearched: [String] = []
    /// How long it took, snippets included.
    public let duration: Duration
    /// How much of the index was looked at.
    public let statistics: EvaluationStatistics

    init(
        query: String, correctedQuery: String? = nil, hits: [SearchHit], groups: [HitGroup]? = nil,
        facets: [Facet] = [], total: MatchCount, withAllWords: MatchCount? = nil, hints: [QueryHint],
        duration: Duration,
        statistics: EvaluationStatistics
    ) {
        self.query = query
        self.correctedQuery = correctedQuery
        self.hits = hits
        self.groups = groups
        self.facets = facets
        self.total = total
        self.withAllWords = withAllWords
        self.hints = hints
        self.duration = duration
        self.statistics = statistics
    }
}
