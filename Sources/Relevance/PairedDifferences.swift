/// By how much one run is better than another on each topic, and how surprising that would be of runs that are equally good.
package struct PairedDifferences: Sendable, Equatable {
    /// Value of the second run less that of the first, one a topic.
    package let values: [Double]

    /// Compares values of the same topics in the same order.
    package init(_ first: [Double], _ second: [Double]) {
        precondition(first.count == second.count, "values of different topics")
        values = zip(first, second).map { $1 - $0 }
    }

    /// Smaller differences are those of rounding, and count as none.
    private static let equality = 1e-12

    /// Topics on which the second run is better.
    package var wins: Int { values.count { $0 > Self.equality } }
    /// Topics on which it is worse.
    package var losses: Int { values.count { $0 < -Self.equality } }
    /// Topics on which both are equally good.
    package var ties: Int { values.count - wins - losses }
    /// The mean difference; 0 without topics.
    package var mean: Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

    /// The standard error of the mean; nil for fewer than two topics.
    private var standardError: Double? {
        guard values.count > 1 else { return nil }
        let mean = mean
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
    }

    // MARK: Student's t-test

    /// Two-sided p of Student's paired t-test: how often runs that are equally good would differ at least so much in the mean, were
    /// differences normally distributed. 1 where no topic differs; nil for fewer than two topics.
    package var studentP: Double? {
        guard let standardError else { return nil }
        guard standardError > 0 else { return abs(mean) > Self.equality ? 0 : 1 }
        return StudentDistribution(degrees: Double(values.count - 1)).twoSidedP(mean / standardError)
    }

    /// The interval that has the true mean difference in 95 of 100 cases, by the same assumption.
    package var confidence: ClosedRange<Double>? {
        guard let standardError else { return nil }
        let reach = StudentDistribution(degrees: Double(values.count - 1)).deviation(twoSidedP: 0.05) * standardError
        return mean - reach...mean + reach
    }

    // MARK: Randomisation test

    /// Up to so many differing topics, all ways to swap the runs are tried; beyond, ``samples`` of them.
    private static let exactLimit = 16
    /// As many as Smucker, Allan and Carterette take; p is then within .002 of the exact one at .05 (two standard errors).
    private static let samples = 100_000

    /// Two-sided p of the paired randomisation test (Fisher 1935; Smucker, Allan and Carterette 2007): the share of all ways to swap
    /// the runs' values topic by topic that give a mean difference at least as great. Assumes nothing about how differences are
    /// distributed.
    ///
    /// - Parameter seed: Chooses the swaps that are tried where there are too many for all.
    /// - Complexity: O(2^n) for up to ``exactLimit`` topics that differ, else O(``samples`` · n).
    package func randomisationP(seed: UInt64 = 1) -> Double {
        let differing = values.filter { abs($0) > Self.equality }.map(abs)
        guard !differing.isEmpty else { return 1 }
        // A little less, since the same sum in another order may round to less.
        let observed = abs(values.reduce(0, +)) - Self.equality * Double(values.count)
        func isAsGreat(_ signs: (Int) -> Bool) -> Bool {
            var sum = 0.0
            for place in differing.indices { sum += signs(place) ? differing[place] : -differing[place] }
            return abs(sum) >= observed
        }
        guard differing.count > Self.exactLimit else {
            let ways = 1 << differing.count
            let great = (0..<ways).count { way in isAsGreat { way >> $0 & 1 == 1 } }
            return Double(great) / Double(ways)
        }
        var random = SeededBits(seed: seed)
        var words = [UInt64](repeating: 0, count: (differing.count + 63) / 64)
        var great = 0
        for _ in 0..<Self.samples {
            for place in words.indices { words[place] = random.next() }
            if isAsGreat({ words[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }) { great += 1 }
        }
        // The observed way is one of them, so p is never 0.
        return Double(great + 1) / Double(Self.samples + 1)
    }
}
