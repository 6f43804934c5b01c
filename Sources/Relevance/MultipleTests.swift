/// What several tests at once do to their p: of twenty comparisons of equally good runs, one is below .05.
package enum MultipleTests: String, Sendable, CaseIterable {
    /// Holm 1979: as safe as Bonferroni's, and finds more. The smallest p times the number of tests, the next times one less, and so
    /// on, none below the one before.
    case holm
    /// Each p times the number of tests.
    case bonferroni
    /// Each p as it is.
    case none

    /// p of tests that were made together, corrected, in the same order. None is above 1.
    package func corrected(_ probabilities: [Double]) -> [Double] {
        let count = Double(probabilities.count)
        switch self {
        case .none: return probabilities
        case .bonferroni: return probabilities.map { min(1, $0 * count) }
        case .holm:
            var result = probabilities
            var least = 0.0
            let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
            for (step, place) in order.enumerated() {
                least = max(least, min(1, probabilities[place] * (count - Double(step))))
                result[place] = least
            }
            return result
        }
    }
}
