import PostilTestSupport
import Testing

@testable import Relevance

struct CrossValidationTests {
    /// Twenty candidates that differ by nothing but chance: one of them always looks better, and is seldom called so.
    @Test func noiseIsSeldomTakenForAGain() {
        var gains = 0
        for seed in UInt64(1)...20 {
            var random = SplitMix64(seed: seed)
            let values = (0..<20).map { _ in (0..<16).map { _ in Double.random(in: 0...1, using: &random) } }
            let validation = CrossValidation(values, folds: 4, seed: seed)
            #expect(validation.best == 0 || validation.apparentGain > 0, "seed \(seed)")
            if validation.isGain { gains += 1 }
        }
        #expect(gains <= 2, "of 20, at a significance of .05")
    }

    @Test func aGainOnEveryTopicIsFound() {
        let first = (0..<12).map { Double($0 % 5) / 10 }
        let better = first.map { $0 + 0.1 }
        let validation = CrossValidation([first, first, better, better], folds: 3)
        #expect(validation.best == 2 && validation.choices == [2, 2, 2], "the earlier of equals")
        #expect(validation.isGain && validation.heldOut.wins == 12 && abs(validation.apparentGain - 0.1) < 1e-12)
    }

    /// A candidate that is good on one topic alone is chosen by folds that have it, and gains nothing on the others.
    @Test func oneTopicIsNoEvidence() {
        let first = [Double](repeating: 0.5, count: 10)
        var lucky = first.map { $0 - 0.01 }
        lucky[3] = 1
        let validation = CrossValidation([first, lucky], folds: 5)
        #expect(validation.best == 1 && validation.apparentGain > 0)
        #expect(!validation.isGain && validation.heldOut.mean < 0)
    }
}
