/// Which of several candidates does best on judged topics, and how much better than the first one it does on topics that had no
/// part in choosing it.
///
/// The topics are divided into folds. For each fold the candidate is chosen that is best on all other topics, and measured on the
/// fold. The best of many candidates looks better on the topics that chose it than it is; what it gains on the others is what
/// it will gain on topics to come.
package struct CrossValidation: Sendable {
    /// The candidate that is best on all topics; the earlier of equally good ones.
    package let best: Int
    /// What it gains over the first candidate on the topics that chose it.
    package let apparentGain: Double
    /// For each topic the value of the candidate that the other folds chose, less that of the first candidate.
    package let heldOut: PairedDifferences
    /// The candidate that each fold's other topics chose.
    package let choices: [Int]
    /// p of the randomisation test of ``heldOut``.
    package let probability: Double

    /// The probability below which a gain is not taken for noise.
    package static let significance = 0.05

    /// Whether the best candidate may be expected to be better than the first one on topics to come.
    package var isGain: Bool { best != 0 && heldOut.mean > 0 && probability < Self.significance }

    /// Chooses among candidates.
    ///
    /// - Parameters:
    ///   - values: For each candidate one value a topic; the first candidate is what there was before.
    ///   - folds: At least 2, and no more than topics.
    ///   - seed: Divides the topics.
    /// - Complexity: O(candidates · topics · folds).
    package init(_ values: [[Double]], folds: Int, seed: UInt64 = 1) {
        let topicCount = values[0].count
        precondition(values.allSatisfy { $0.count == topicCount }, "values of different topics")
        precondition((2...max(2, topicCount)).contains(folds), "\(folds) folds of \(topicCount) topics")
        func best(on topics: some Collection<Int>) -> Int {
            let sums = values.map { row in topics.reduce(0) { $0 + row[$1] } }
            // A difference of rounding is none.
            return sums.indices.dropFirst().reduce(0) { sums[$1] > sums[$0] + 1e-9 ? $1 : $0 }
        }
        var random = SeededBits(seed: seed)
        let order = Array(0..<topicCount).shuffled(using: &random)
        var fold = [Int](repeating: 0, count: topicCount)
        for (place, topic) in order.enumerated() { fold[topic] = place % folds }
        choices = (0..<folds).map { number in best(on: (0..<topicCount).filter { fold[$0] != number }) }
        let chosen = choices
        heldOut = PairedDifferences(values[0], (0..<topicCount).map { values[chosen[fold[$0]]][$0] })
        probability = heldOut.randomisationP()
        self.best = best(on: 0..<topicCount)
        apparentGain = PairedDifferences(values[0], values[self.best]).mean
    }
}
