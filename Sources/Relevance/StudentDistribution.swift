#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Student's t distribution.
struct StudentDistribution {
    /// Degrees of freedom, above 0.
    let degrees: Double

    /// How often a value at least as far from 0 as `deviation` comes about.
    func twoSidedP(_ deviation: Double) -> Double {
        let share = degrees / (degrees + deviation * deviation)
        return regularisedBeta(share, degrees / 2, 0.5)
    }

    /// The deviation of which ``twoSidedP(_:)`` is `p`, to one part in 10^12.
    func deviation(twoSidedP p: Double) -> Double {
        precondition(p > 0 && p < 1)
        var range = (0.0, 1.0)
        while twoSidedP(range.1) > p { range.1 *= 2 }
        while range.1 - range.0 > range.1 * 1e-12 {
            let middle = (range.0 + range.1) / 2
            if middle == range.0 || middle == range.1 { break }
            if twoSidedP(middle) > p { range.0 = middle } else { range.1 = middle }
        }
        return range.1
    }

    /// The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22) with Lentz's method, to one part in 10^14.
    private func regularisedBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        // It converges fast below the mean; above, by symmetry.
        if x > (a + 1) / (a + b + 2) { return 1 - regularisedBeta(1 - x, b, a) }
        let logBeta = logGamma(a) + logGamma(b) - logGamma(a + b)
        let front = exp(a * log(x) + b * log(1 - x) - logBeta) / a
        // Stands for 0 in denominators.
        let tiny = 1e-300
        func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var numerator = 1.0
        var denominator = 1 / away(1 - (a + b) * x / (a + 1))
        var fraction = denominator
        for step in 1...10_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            denominator = 1 / away(1 + even * denominator)
            numerator = away(1 + even / numerator)
            fraction *= denominator * numerator
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            denominator = 1 / away(1 + odd * denominator)
            numerator = away(1 + odd / numerator)
            let change = denominator * numerator
            fraction *= change
            if abs(change - 1) < 1e-15 { break }
        }
        return front * fraction
    }

    private func logGamma(_ value: Double) -> Double {
        // The type chooses C's function; the other of this name tells the sign, too.
        let result: Double = lgamma(value)
        return result
    }
}
