/// The knobs of the ranking formula, as a profile sets them.
public struct RankingParameters: Sendable, Hashable {
    /// Saturation of term frequency: at 0 one occurrence counts as much as many. Usual range 0.9 to 2.
    public var k1: Double
    /// Strength of length normalisation, from 0 (none) to 1 (full).
    public var b: Double
    /// How many occurrences in the body one occurrence in the title is worth.
    public var titleWeight: Double
    /// Weight of an occurrence in the body.
    public var bodyWeight: Double

    /// Creates parameters; the defaults are Lucene's k1 and b with equal fields.
    public init(k1: Double = 1.2, b: Double = 0.75, titleWeight: Double = 1, bodyWeight: Double = 1) {
        self.k1 = k1
        self.b = b
        self.titleWeight = titleWeight
        self.bodyWeight = bodyWeight
    }

    /// Greatest k1 and field weight. Products with frequencies of 2^32 are then far from what single precision holds.
    public static let limit = 1_000_000.0

    /// Whether the formula is defined for them: `0 <= b <= 1`, the others from 0 to ``limit``, weights not both 0.
    public var isValid: Bool {
        let range = 0...RankingParameters.limit
        return range.contains(k1) && (0...1).contains(b) && range.contains(titleWeight) && range.contains(bodyWeight)
            && titleWeight + bodyWeight > 0
    }

    /// Throws ``InvalidRanking`` unless they are valid.
    public func requireValid() throws(InvalidRanking) {
        guard isValid else { throw InvalidRanking(parameters: self) }
    }
}

/// Ranking parameters were asked for that the formula is not defined for.
public struct InvalidRanking: Error, Sendable, Hashable, CustomStringConvertible {
    /// The parameters.
    public let parameters: RankingParameters

    /// What is wrong with them.
    public var description: String {
        let parts = [
            ("k1", parameters.k1), ("b", parameters.b), ("title weight", parameters.titleWeight),
            ("body weight", parameters.bodyWeight),
        ]
        return parts.map { "\($0) \($1)" }.joined(separator: ", ")
            + ": ranking needs b from 0 to 1, k1 and weights from 0 to a million, and one weight above 0"
    }
}
