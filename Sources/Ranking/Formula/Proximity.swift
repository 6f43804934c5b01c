import Postings

/// The knob of the second stage: how much words count that stand near each other.
public struct ProximityParameters: Sendable, Hashable {
    /// What a pair weighs beside its two words; 0 leaves the second stage out.
    public var share: Double

    /// Creates parameters. The default leaves the second stage out: .3 was best on judged collections, and costs a query
    /// more than it had; see Documentation/Decisions/ranking.md.
    public init(share: Double = 0) { self.share = share }

    /// The weight of a pair of terms that occur in so many live documents.
    package func weight(of documentFrequencies: [Int], in statistics: CollectionStatistics) -> Double {
        share * BM25.inverseDocumentFrequency(documentFrequencies, in: statistics)
    }

    /// Whether the formula is defined for them.
    package var isValid: Bool { (0...BM25Parameters.limit).contains(share) }
}

/// The part of a score that query words make which stand near each other in a document as they do in the query, whole:
/// parameters, weight, contribution, bound and explanation.
///
/// For two words that follow each other in the query:
///
///     nearness(field) = sum of 1 / distance, over the first word's occurrences and the nearest occurrence of the second, on
///                       either side, at a distance of at most ``reach``
///     contribution    = weight * part(nearness in title and body),   weight = share * (idf of the first + idf of the second)
///
/// with the saturation `part` of ``BM25``, so that what holds of frequencies and lengths holds here (after Rasolofo and
/// Savoy 2003, who count all pairs of words by `1 / distance^2`; words that do not follow each other brought nothing here).
///
/// Positions cost too much to be read for every match, so this is evidence of the second stage (``SecondStage``): it is
/// counted for the best of the first stage only, and needs no bound there but that it is never negative.
public struct Proximity: Sendable, Hashable {
    /// The greatest distance that counts: words beside each other, and those that one word is between. With 3 and more, words
    /// that happen to stand near each other cost more than the others gained.
    static let reach = 2
    /// Parts of a unit of nearness: divisible by every distance up to ``reach``, so that sums are exact whatever their order.
    static let unit: UInt32 = 2

    /// Two words of the query that follow each other.
    public struct Pair: Sendable, Hashable {
        /// Index of the first word's term in ``EvaluationPlan/terms``.
        public var first: Int
        /// Index of the second word's.
        public var second: Int
        /// Share times the sum of both idfs, in points.
        public var weight: Double

        /// Creates a pair of different terms.
        public init(first: Int, second: Int, weight: Double) {
            precondition(first != second, "a word beside itself")
            self.first = first
            self.second = second
            self.weight = weight
        }
    }

    /// The saturation and the weights of fields.
    let formula: BM25

    init(_ formula: BM25) { self.formula = formula }

    /// The nearness of two words, from the occurrences of both in one document, weighted by field and its length.
    ///
    /// - Parameters:
    ///   - first: Ascending, with ``TermPostings/titleFlag``; so is `second`.
    /// - Complexity: O(occurrences of both).
    func nearness<List: RandomAccessCollection>(_ first: List, _ second: List, _ lengths: DocumentLengths) -> Float
    where List.Element == UInt32, List.Index == Int {
        var title: UInt32 = 0
        var body: UInt32 = 0
        var cursor = second.startIndex
        for occurrence in first {
            while cursor < second.endIndex, second[cursor] < occurrence { cursor += 1 }
            var distance = UInt32.max
            if cursor < second.endIndex { distance = second[cursor] - occurrence }
            if cursor > second.startIndex { distance = min(distance, occurrence - second[cursor - 1]) }
            // The parts of a compound and its joined form share a position; they are no neighbours.
            guard distance > 0, distance <= UInt32(Proximity.reach) else { continue }
            let near = Proximity.unit / distance
            if occurrence & TermPostings.titleFlag != 0 { title &+= near } else { body &+= near }
        }
        return formula.weightedFrequency(
            title: Float(title) / Float(Proximity.unit) * formula.titleWeight,
            body: Float(body) / Float(Proximity.unit) * formula.bodyWeight, lengths)
    }

    /// What a pair adds to a document's score, in units of the query's ``ScoreScale``.
    ///
    /// - Parameter weight: The pair's weight times the scale.
    func contribution(nearness: Float, _ lengths: DocumentLengths, weight: Float) -> UInt32 {
        formula.contribution(weightedFrequency: nearness, lengths, weight: weight)
    }

    /// What a pair of a plan adds to a document's score; nil when it adds nothing.
    func explain(_ pair: Pair, of plan: EvaluationPlan, in document: ExplainedDocument)
        -> (part: Explanation.Part, units: UInt32)?
    {
        let nearness = nearness(
            document.occurrences[pair.first][...], document.occurrences[pair.second][...], document.lengths)
        let units = contribution(nearness: nearness, document.lengths, weight: plan.scale.units(pair.weight))
        guard units > 0 else { return nil }
        let terms = [pair.first, pair.second]
        let documentFrequencies = terms.map { document.documentFrequencies[$0] }
        let idf = BM25.inverseDocumentFrequency(documentFrequencies, in: document.statistics)
        let part = Explanation.Part(
            kind: .nearness, pattern: plan.text(of: terms), titleFrequency: 0, bodyFrequency: 0,
            documentFrequencies: documentFrequencies, inverseDocumentFrequency: idf,
            boost: idf > 0 ? pair.weight / idf : 0,
            lengthFactor: formula.lengthFactor(of: document),
            weightedFrequency: formula.shown(nearness, of: document), contribution: plan.scale.points(units))
        return (part, units)
    }
}
