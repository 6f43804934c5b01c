/// How many whole units one point of score has in a query.
///
/// Chosen from the query's weights alone, as the greatest power of two for which no sum of contributions reaches 2^30.
/// Every strategy therefore computes the same units for the same query, and a rounding error is at most half a unit in
/// 2^29 for each leaf: finer than the 2^24 of the single-precision scores that other engines report.
public struct ScoreScale: Sendable, Hashable {
    /// Units per point, a power of two.
    public let unitsPerPoint: Double

    /// The scale for a query whose leaves weigh `weights` points (boost times idf).
    public init(weights: some Sequence<Double>) { self.init(sum: weights.reduce(0, +)) }

    /// The scale for a query whose leaves together weigh `most` points.
    init(sum most: Double) {
        var units = 1.0
        if most > 0, most.isFinite {
            // The half unit of each rounding is covered by staying below half of the 2^31 that a signed word holds.
            while most * units * 2 < 1_073_741_824 { units *= 2 }
            while most * units >= 1_073_741_824 { units /= 2 }
        }
        unitsPerPoint = units
    }

    /// A weight in units.
    public func units(_ weight: Double) -> Float { Float(weight * unitsPerPoint) }

    /// A score in points.
    public func points(_ units: UInt32) -> Double { Double(units) / unitsPerPoint }
}
