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

    /// Whether the formula is defined for them: finite, `k1 >= 0`, `0 <= b <= 1`, weights `>= 0` and not both 0.
    public var isValid: Bool {
        k1.isFinite && k1 >= 0 && b >= 0 && b <= 1 && titleWeight.isFinite && bodyWeight.isFinite
            && titleWeight >= 0 && bodyWeight >= 0 && titleWeight + bodyWeight > 0
    }
}
