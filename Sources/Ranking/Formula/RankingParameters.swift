/// The knobs of the ranking, as a profile sets them: those of each part of the score.
public struct RankingParameters: Sendable, Hashable {
    /// Of the terms and phrases.
    public var terms: BM25Parameters
    /// Of words that stand near each other.
    public var proximity: ProximityParameters

    /// Creates parameters; see the parts for their defaults.
    public init(
        terms: BM25Parameters = BM25Parameters(), proximity: ProximityParameters = ProximityParameters()
    ) {
        self.terms = terms
        self.proximity = proximity
    }

    /// Whether every part is defined for its parameters.
    public var isValid: Bool { terms.isValid && proximity.isValid }

    /// Throws ``InvalidRanking`` unless they are valid.
    package func requireValid() throws(InvalidRanking) {
        guard isValid else { throw InvalidRanking(parameters: self) }
    }
}

/// Ranking parameters were asked for that the formula is not defined for.
public struct InvalidRanking: Error, Sendable, Hashable, CustomStringConvertible {
    /// The parameters.
    public let parameters: RankingParameters

    /// What is wrong with them.
    public var description: String {
        let terms = parameters.terms
        let parts = [
            ("k1", terms.k1), ("b", terms.b), ("title weight", terms.titleWeight), ("body weight", terms.bodyWeight),
            ("proximity", parameters.proximity.share),
        ]
        return parts.map { "\($0) \($1)" }.joined(separator: ", ")
            + ": ranking needs b from 0 to 1, k1, weights and proximity from 0 to a million, and one weight above 0"
    }
}
