/// Draws from a discrete distribution in constant time: Walker's alias method, filled as by Vose (1991), in integers.
///
/// Each of the n columns holds two outcomes: its own number below the threshold, its alias from there up. All columns
/// weigh the same, so one random word decides: its upper half chooses the column, its lower half the outcome.
struct AliasTable {
    private struct Column {
        var threshold: UInt32
        var alias: UInt32
    }

    private let columns: [Column]

    /// Number of outcomes.
    var count: Int { columns.count }

    /// A table that draws `i` in proportion to `weights[i]`.
    ///
    /// - Precondition: at least one weight, none zero, and count times the largest weight fits in 63 bits.
    /// - Complexity: O(count) time and space.
    init(weights: [UInt64]) {
        precondition(!weights.isEmpty && weights.allSatisfy { $0 > 0 }, "weights are positive")
        let count = UInt64(weights.count)
        let total = weights.reduce(0, +)
        var scaled = weights.map { $0 * count }
        var columns = weights.indices.map { Column(threshold: .max, alias: UInt32($0)) }
        var small: [Int] = []
        var large: [Int] = []
        for index in scaled.indices {
            if scaled[index] < total { small.append(index) } else { large.append(index) }
        }
        while let low = small.popLast(), let high = large.last {
            // scaled[low] < total, so the quotient fits in 32 bits.
            let (quotient, _) = total.dividingFullWidth((scaled[low] >> 32, scaled[low] << 32))
            columns[low] = Column(threshold: UInt32(quotient), alias: UInt32(high))
            scaled[high] -= total - scaled[low]
            if scaled[high] < total {
                large.removeLast()
                small.append(high)
            }
        }
        self.columns = columns
    }

    /// The outcome that the random word decides on.
    func draw(_ random: UInt64) -> Int {
        let column = Int(((random >> 32) &* UInt64(columns.count)) >> 32)
        return UInt32(truncatingIfNeeded: random) < columns[column].threshold ? column : Int(columns[column].alias)
    }
}
