import Documents
import QueryLanguage
import Ranking

/// What to search for and what to return.
public struct SearchRequest: Sendable {
    /// What to do with very common words of a query.
    public enum StopWordTreatment: String, Sendable, CaseIterable {
        /// Long queries leave them out, and the words of a request ("articles that describe…") with them; a query of nothing
        /// else counts them, and so do `+word`, phrases and short queries.
        case automatic = "auto"
        /// They count like other words; their weight is small.
        case keep
        /// They are left out of the query unless it consists of nothing else.
        case drop
    }

    /// Whether the words that the best documents have in common are searched as well (pseudo-relevance feedback).
    ///
    /// It finds documents on the subject that do not have the query's words, and takes a second evaluation and an analysis of up to
    /// twenty documents. The words are ``SearchResults/alsoSearched``.
    public enum Expansion: String, Sendable, CaseIterable {
        /// Only the query's own words.
        case off
        /// Where it is likely to help: the query has several words of which none must or must not occur, and the tenth document is at
        /// least half as good as the first.
        case automatic = "auto"
        /// For every query that has at least three different documents to learn from. Where words, fields or dates must match,
        /// only these documents match, in another order.
        case always
    }

    /// What to do with documents whose texts are nearly the same, as ``Searcher/duplicates(threshold:progress:)`` finds them:
    /// eight tenths of their sequences of five words agree. Texts of fewer words are no copies. Totals count every document in
    /// any case.
    public enum CopyTreatment: Sendable, CaseIterable {
        /// Each is a hit, and nothing is said of it. Runs for evaluation need this.
        case ignored
        /// Each is a hit, which says of which better one it is a copy: ``SearchHit/duplicateOf``.
        case marked
        /// They are one hit, the best of them, which names the others: ``SearchHit/duplicates``. As many different hits are
        /// found as are asked for, and ``offset`` counts different hits. On a page that has no copies, each word of its
        /// documents is hashed on the way to the passage; without passages, all are analysed for it.
        case collapsed
    }

    /// How many of the words that stand beside each other in a query a document must have.
    public enum WordMatching: String, Sendable, CaseIterable {
        /// One; those with more come first.
        case any
        /// More than half of them.
        case most
        /// All of them, as if each had a `+`.
        case all
    }

    /// The query in Postil's query language.
    public var query: String
    /// How many hits to return.
    public var limit: Int
    /// How many of the best hits to pass over.
    public var offset: Int
    /// Whether ``SearchResults/total`` must be exact, which can mean looking at every match.
    public var countsExactly: Bool
    /// Most Unicode scalars of a snippet, with its ellipses; nil for none. Passages use at least four fifths of it where the text
    /// is longer.
    public var snippetLength: Int?
    /// How many passages of each hit to find; with more than one they have addresses and headings: ``SearchHit/passages``.
    public var passages = 1
    /// Whether these get their addresses and headings, for which all paragraphs of the text are looked at.
    var locatesPassages = true
    /// Only documents of this date or later are found, ISO 8601: `2024`, `2024-06-30`; nil for all.
    public var since: String?
    /// Only these documents are found; nil for all.
    package var among: Set<DocumentID>?
    /// How to evaluate; the hits are the same for all.
    public var strategy: EvaluationStrategy
    /// What to do with stop words.
    public var stopWords: StopWordTreatment
    /// Whether each hit says how its score came about.
    public var explains: Bool
    /// What to do with copies of a text.
    public var copies: CopyTreatment
    /// Whether a query without matches is answered with the nearest words that documents have; see
    /// ``SearchResults/correctedQuery``.
    public var correctsSpelling = true
    /// How many of the words beside each other have to match. Words that ``stopWords`` leaves out do not count.
    public var matching = WordMatching.any
    /// Whether ``SearchResults/withAllWords`` is counted and, where it is 0, ``SearchHit/missingWords`` are found; takes another
    /// evaluation for each word.
    public var tellsMissingWords = false
    /// Whether words of the best documents are searched as well. An id or address that was pasted is never widened, nor is a
    /// query whose matches are all sorted, counted or grouped.
    public var expansion = Expansion.off
    /// Other ways to say what the query says, which are searched beside it; nil for those of the index's profile, `Synonyms.none` for
    /// none. They are told with ``SearchResults/alsoSearched``.
    public var synonyms: Synonyms?
    /// What hits are sorted by. Another order than by relevance looks at all matches.
    public var sort = SortOrder.relevance
    /// Fields whose values are counted over all matches; see ``Searcher/countableFields()``.
    public var facets: [String] = []
    /// Most values of a facet to return; nil for all.
    public var facetLimit: Int? = 10
    /// How hits are grouped; nil for not at all. ``limit`` and ``offset`` then count groups. A copy is in no group;
    /// a group that has nothing else is left out.
    public var grouping: Grouping?
    /// Ranking parameters; nil for those of the index.
    public var ranking: RankingParameters?

    /// Creates a request for the ten best hits with snippets.
    public init(
        _ query: String, limit: Int = 10, offset: Int = 0, countsExactly: Bool = false, snippetLength: Int? = 240,
        strategy: EvaluationStrategy = .automatic, stopWords: StopWordTreatment = .automatic, explains: Bool = false,
        copies: CopyTreatment = .ignored, ranking: RankingParameters? = nil
    ) {
        self.query = query
        self.limit = limit
        self.offset = offset
        self.countsExactly = countsExactly
        self.snippetLength = snippetLength
        self.strategy = strategy
        self.stopWords = stopWords
        self.explains = explains
        self.copies = copies
        self.ranking = ranking
    }

    /// Whether all matches have to be known.
    var needsAllMatches: Bool { sort.field != nil || !facets.isEmpty || grouping != nil }

    /// How many of the best hits have to be found: those passed over and those returned; numbers below 0 count as 0.
    var depth: Int {
        let (sum, overflows) = max(0, offset).addingReportingOverflow(max(0, limit))
        return overflows ? Int.max : sum
    }
}
