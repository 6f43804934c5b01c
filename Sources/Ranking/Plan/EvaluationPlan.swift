/// A query made ready for evaluation: which terms, what they weigh, and which combinations match.
///
/// The score of a matching document is the sum of the contributions of all scored leaves that occur in it, and for the best
/// documents of those of the pairs (``SecondStage``). Whether it matches is the business of ``match`` alone.
public struct EvaluationPlan: Sendable {
    /// A term or a phrase of the query.
    public struct Leaf: Sendable, Hashable {
        /// What has to occur.
        public var pattern: Pattern
        /// Where it has to occur. Frequencies in other fields do not count.
        public var fields: FieldSet
        /// Boost times idf; 0 for a leaf that is only matched (excluded words, for instance).
        public var weight: Double

        /// Creates a leaf.
        public init(pattern: Pattern, fields: FieldSet, weight: Double) {
            self.pattern = pattern
            self.fields = fields
            self.weight = weight
        }
    }

    /// What a leaf looks for; numbers are indexes into ``EvaluationPlan/terms``.
    public enum Pattern: Sendable, Hashable {
        /// One term.
        case term(Int)
        /// Terms at fixed distances from each other in one field: `offsets[i]` is the distance of `terms[i]` from the first.
        case phrase(terms: [Int], offsets: [Int])
        /// Terms in one field, in any order, with at most `slop` other positions between the outermost of them.
        case near(terms: [Int], slop: Int)

        /// The terms that must all be in a document with the leaf.
        public var terms: [Int] {
            switch self {
            case .term(let term): [term]
            case .phrase(let terms, _): terms
            case .near(let terms, _): terms
            }
        }
    }

    /// Which documents match; numbers are indexes into ``EvaluationPlan/leaves`` or ``EvaluationPlan/filters``.
    public enum Match: Sendable, Hashable {
        /// Every document of the index.
        case everything
        /// Documents in which the leaf occurs.
        case leaf(Int)
        /// Documents in the set.
        case filter(Int)
        /// Documents that match all of these.
        case all([Match])
        /// Documents that match at least one of these.
        case any([Match])
        /// Documents that match at least so many of these, from 1 to all.
        case atLeast(Int, [Match])
        /// Documents that match the first but not the second.
        indirect case except(Match, Match)
    }

    /// Distinct terms, as they stand in the index.
    public var terms: [[UInt8]]
    /// Terms and phrases.
    public var leaves: [Leaf]
    /// Words that add to the score of the best documents where they stand near each other.
    public var pairs: [Proximity.Pair]
    /// The condition.
    public var match: Match
    /// Sets of documents that conditions on their metadata select.
    public var filters: [DocumentBitmap]
    /// What documents score beside their texts. The scale has room for it; evaluators leave it out, and
    /// ``Evaluator/evaluateRaised(_:parameters:limit:countsExactly:)`` adds it.
    package var raises: [Raise] = []
    /// Whether the second stage has its part. Without, scores are those of the first stage, on the scale of both.
    package var rescores = true

    /// Creates a plan.
    public init(
        terms: [[UInt8]], leaves: [Leaf], pairs: [Proximity.Pair] = [], match: Match, filters: [DocumentBitmap] = []
    ) {
        self.terms = terms
        self.leaves = leaves
        self.pairs = pairs
        self.match = match
        self.filters = filters
    }

    /// The scale of this query's scores.
    public var scale: ScoreScale {
        var sum = 0.0
        for leaf in leaves { sum += leaf.weight }
        for pair in pairs { sum += pair.weight }
        for raise in raises { sum += raise.weight }
        return ScoreScale(sum: sum)
    }
}

/// Which searchable fields a leaf of the query looks at.
public struct FieldSet: OptionSet, Hashable, Sendable {
    /// Bit 0 is the title (FTS5 column 0), bit 1 the body (column 1).
    public let rawValue: UInt8

    /// Creates a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The title.
    public static let title = FieldSet(rawValue: 1)
    /// The body.
    public static let body = FieldSet(rawValue: 2)
    /// Title and body.
    public static let all: FieldSet = [.title, .body]
}
