/// A query as a tree. Its words are raw text: the searcher passes them through the index's analyzer.
public indirect enum Query: Sendable, Equatable {
    /// One word, the beginning of one, or one with spelling variants.
    case word(Word)
    /// Words in a row, or near one another.
    case phrase(Phrase)
    /// All of `must`, none of `mustNot`. With an empty `must`, at least one of `should`; else `should` only adds to
    /// the score. Never wholly empty, and never without both `must` and `should`.
    case boolean(must: [Query], should: [Query], mustNot: [Query])
    /// A query on one field. One of ``searchFields`` is searched and scored; any other filters.
    case field(String, Query, SourceRange)
    /// A filter on the date. Bounds are `2019`, `2019-06` or `2019-06-05`, both included with all that lies in them
    /// (`2019` reaches to the end of that year); nil is open. At least one is not nil.
    case dateRange(lower: String?, upper: String?, SourceRange)
    /// A filter on a field that has numbers.
    case numberRange(field: String, NumberBounds, SourceRange)
    /// A query whose score counts `factor` times; within ``boostLimits``.
    case boosted(Query, Double)
    /// Every document (`*`).
    case everything
    /// No document: the query has no words.
    case nothing

    /// Fields whose terms are scored; every other field filters.
    public static let searchFields: Set<String> = ["title", "body"]

    /// Groups may be nested this deep; a deeper parenthesis is ignored with a hint, so that no query exhausts the stack.
    public static let maximumDepth = 64

    /// Boosts are clamped to this range: beyond it, single precision scores of other words would vanish.
    public static let boostLimits = 0.01...100.0

    /// Words of a phrase may lie at most this many positions apart.
    public static let maximumSlop = 1_000

    /// Most edits a fuzzy word may differ by; more would match most short words.
    public static let maximumDistance = 2

    /// Scalars of a query that are read, ten pages of text; what is behind them is left out with a hint. It bounds the words of a
    /// query, and with them its tree and its plan.
    public static let maximumLength = 32_768

    /// Words of a query that may stand for several (`word*`, `word~`); more are taken as they are written, with a hint. Each
    /// walks over all terms with its first letters and brings up to 512 terms of its own.
    public static let maximumExpansions = 32

    /// Values of fields that filter; more are left out with a hint. Each is a walk over all documents.
    public static let maximumFieldValues = 64

    /// Ids that a query may name, which cost less than other values.
    public static let maximumIDs = 1_024

    /// Terms of one phrase, or of one word that the analyzer splits; more are left out with a hint. A phrase of a term that is
    /// all over a text compares every place of it with every term.
    public static let maximumTerms = 256

    /// Whether the query only includes or excludes documents and scores nothing.
    public var isFilter: Bool {
        switch self {
        case .field(let name, _, _): !Query.searchFields.contains(name)
        case .dateRange, .numberRange: true
        case .boosted(let query, _): query.isFilter
        case .boolean(let must, let should, let mustNot): (must + should + mustNot).allSatisfy(\.isFilter)
        case .word, .phrase, .everything, .nothing: false
        }
    }
}

extension Query {
    /// Quoted words as typed.
    public struct Phrase: Sendable, Hashable {
        /// The text between the quotation marks.
        public var text: String
        /// Nil for words in a row; else the words may lie this many positions apart, in any order (`"a b"~5`).
        public var slop: Int?
        /// Where the text between the quotation marks stands in the query.
        public var range: SourceRange

        /// Creates a phrase.
        public init(text: String, slop: Int?, range: SourceRange) {
            self.text = text
            self.slop = slop
            self.range = range
        }
    }
}

extension Query {
    /// A word as typed. The analyzer may make several terms of it, or none.
    public struct Word: Sendable, Hashable {
        /// The text without operators.
        public var text: String
        /// How it matches.
        public var kind: Kind
        /// Where the text stands in the query.
        public var range: SourceRange

        /// Creates a word.
        public init(text: String, kind: Kind, range: SourceRange) {
            self.text = text
            self.kind = kind
            self.range = range
        }

        /// How a word matches terms.
        public enum Kind: Sendable, Hashable {
            /// The term itself: `word`.
            case plain
            /// The word as it is written, not other words of its stem: `=word`.
            case written
            /// Every term that begins so: `word*`.
            case prefix
            /// Every term within so many edits (1 or 2): `word~2`; nil for as many as suit the term's length: `word~`.
            case fuzzy(distance: Int?)
        }
    }
}
