/// Mean and percentiles of measured times, in microseconds.
public struct LatencySummary: Sendable, Hashable, Codable {
    /// Number of queries measured.
    public var queries: Int
    /// Arithmetic mean.
    public var meanMicroseconds: Double
    /// Median.
    public var p50Microseconds: Double
    /// Nine of ten are not above.
    public var p90Microseconds: Double
    /// 99 of 100 are not above.
    public var p99Microseconds: Double
    /// The slowest.
    public var maxMicroseconds: Double

    /// Names as in the reports.
    public enum CodingKeys: String, CodingKey {
        case queries
        case meanMicroseconds = "mean_us"
        case p50Microseconds = "p50_us"
        case p90Microseconds = "p90_us"
        case p99Microseconds = "p99_us"
        case maxMicroseconds = "max_us"
    }

    /// Sums up times in microseconds; nil when there are none.
    ///
    /// Percentiles are nearest ranks: the smallest time that at least that share of all times does not exceed.
    /// - Complexity: O(n log n).
    public init?(microseconds: [Double]) {
        let ordered = microseconds.sorted()
        guard let slowest = ordered.last else { return nil }
        func percentile(_ share: Int) -> Double { ordered[max((ordered.count * share + 99) / 100, 1) - 1] }
        queries = ordered.count
        meanMicroseconds = ordered.reduce(0, +) / Double(ordered.count)
        p50Microseconds = percentile(50)
        p90Microseconds = percentile(90)
        p99Microseconds = percentile(99)
        maxMicroseconds = slowest
    }
}
