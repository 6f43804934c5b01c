import Postings
import PostilTestSupport
import Testing

@testable import Ranking

/// The test without a division beside the contribution that it foretells.
struct NeedTests {
    @Test func noDocumentThatReachesItsUnitsIsHeldBack() {
        var held = 0
        var short = 0
        for seed in UInt64(0)..<200 {
            var random = SplitMix64(seed: seed)
            let parameters = BM25Parameters(
                k1: Double.random(in: 0...3, using: &random), b: Double.random(in: 0...1, using: &random),
                titleWeight: Double.random(in: 0...5, using: &random))
            let formula = BM25(parameters, averageLength: Double.random(in: 1...300, using: &random))
            let weight = Float(1 << Int.random(in: 1...30, using: &random)) * Float.random(in: 0.5...1, using: &random)
            for _ in 0..<100 {
                let title = UInt32.random(in: 0...3, using: &random)
                let body = UInt32.random(in: 0...20, using: &random)
                let lengths = DocumentLengths(
                    title: title + .random(in: 0...20, using: &random),
                    body: body + .random(in: 0...900, using: &random))
                let units = formula.contribution(
                    titleFrequency: title, bodyFrequency: body, lengths, weight: weight)
                let frequency = formula.weightedFrequency(titleFrequency: title, bodyFrequency: body, lengths)
                let norm = formula.norm(lengths)
                let (titleFrequency, bodyFrequency) = (
                    Float(title) * formula.titleWeight, Float(body) * formula.bodyWeight
                )
                let titleNorm = formula.titleNorm(lengths)
                func mayReach(_ units: UInt32) -> Bool {
                    let need = BM25.Need(units: units, weight: weight)
                    let isMet = need.mayBeMet(frequency: frequency, norm: norm)
                    let isMetTogether = need.mayBeMet(
                        frequency: titleFrequency * norm + bodyFrequency * titleNorm, norm: norm * titleNorm)
                    // Those of one form and the other differ by roundings alone.
                    if units <= formula.contribution(weightedFrequency: frequency, lengths, weight: weight) {
                        #expect(isMet && isMetTogether, "seed: \(seed), units: \(units), weight: \(weight)")
                    }
                    return isMetTogether
                }
                #expect(mayReach(units), "seed: \(seed), title: \(title), body: \(body), weight: \(weight)")
                if units > 0 { #expect(mayReach(UInt32.random(in: 0..<units, using: &random)), "seed: \(seed)") }
                let more = UInt64(units) + UInt64(units) / 1000 + 2
                guard more <= UInt64(UInt32.max >> 1) else { continue }
                short += 1
                if !mayReach(UInt32(more)) { held += 1 }
            }
        }
        // A thousandth more is told from enough.
        #expect(held == short, "\(held) of \(short)")
    }
}
