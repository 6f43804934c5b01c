import PostilTestSupport
import Postings
import Testing

@testable import Ranking

/// Bounds that were made for one formula and serve another.
@Suite struct BoundFactorTests {
    private func formula(using generator: inout SplitMix64) -> BM25 {
        func any(of values: [Double]) -> Double { values[Int.random(in: 0..<values.count, using: &generator)] }
        let titleWeight = any(of: [0, 0.5, 1, 2.5, 8])
        // One of the fields has to count.
        let bodyWeight = any(of: titleWeight == 0 ? [0.5, 1, 2] : [0, 0.5, 1, 2])
        return BM25(
            BM25Parameters(
                k1: any(of: [0, 0.4, 0.9, 1.2, 3]), b: any(of: [0, 0.3, 0.75, 1]), titleWeight: titleWeight,
                bodyWeight: bodyWeight),
            averageLength: Double.random(in: 1...500, using: &generator))
    }

    /// Whatever the other formula, no part is greater than its part under the old one times the factor.
    @Test func noPartExceedsItsBound() {
        var tight = 0
        for seed in UInt64(1)...2000 {
            var generator = SplitMix64(seed: seed)
            let (old, new) = (formula(using: &generator), formula(using: &generator))
            let factor = new.boundFactor(from: old)
            #expect(factor >= 1, "seed: \(seed)")
            for _ in 0..<20 {
                let title = UInt32.random(in: 0...3, using: &generator)
                let body = UInt32.random(in: 0...12, using: &generator)
                let lengths = DocumentLengths(
                    title: title + UInt32.random(in: 0...30, using: &generator),
                    body: body + UInt32.random(in: 0...600, using: &generator))
                func part(_ formula: BM25) -> Float {
                    formula.part(
                        weightedFrequency: formula.weightedFrequency(
                            titleFrequency: title, bodyFrequency: body, lengths), lengths)
                }
                // As the evaluation has it: what cannot be bounded by the old part is bounded by 1.
                let product = part(old) * factor
                let bound = product.isFinite ? min(1, product) : 1
                #expect(part(new) <= bound, "seed: \(seed), title: \(title), body: \(body), \(lengths)")
                if bound < 1, part(new) > bound * 0.99 { tight += 1 }
            }
        }
        // The factor is no larger than it has to be.
        #expect(tight > 20)
    }

    @Test func theSameFormulaNeedsNoFactor() {
        let formula = BM25(BM25Parameters(), averageLength: 100)
        #expect(formula.boundFactor(from: formula) == 1)
        #expect(formula.boundFactor(from: BM25(BM25Parameters(), averageLength: 110)) < 1.2)
        #expect(BM25(BM25Parameters(), averageLength: 50).boundFactor(from: formula) < 1.01)
    }
}
