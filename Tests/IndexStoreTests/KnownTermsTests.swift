import PostilTestSupport
import Testing

@testable import IndexStore

struct KnownTermsTests {
    /// Against a dictionary: terms of all lengths around those at which the key changes, many of which begin and end alike.
    @Test(arguments: UInt64(0)..<6)
    func areThoseOfADictionary(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var known = KnownTerms()
        var expected: [[UInt8]: Int] = [:]
        for step in 0..<4_000 {
            let term = term(&random)
            if let index = known.index(of: term) {
                #expect(
                    known[index].term == term && known[index].documentFrequency == expected[term],
                    "seed \(seed), \(term)")
                known[index].documentFrequency = step
            } else {
                #expect(expected[term] == nil, "seed \(seed), \(term)")
                let index = known.keep(term, grids: [nil, nil], limit: .max)
                #expect(known[index].documentFrequency == nil && known[index].grids.count == 2)
                #expect(known[index].grid(inSegment: 1) == nil)
                known[index].documentFrequency = step
            }
            expected[term] = step
        }
        #expect(expected.count > 1_000, "seed \(seed)")
        for (term, number) in expected {
            #expect(known.index(of: term).map { known[$0].documentFrequency } == number, "seed \(seed), \(term)")
        }
    }

    /// Within a limit the terms asked for last stay, and what is found is right.
    @Test(arguments: UInt64(0)..<6)
    func stayWithinALimit(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var known = KnownTerms()
        var expected: [[UInt8]: Int] = [:]
        var last: [[UInt8]] = []
        for step in 0..<3_000 {
            let term = term(&random)
            if let index = known.index(of: term) {
                #expect(known[index].documentFrequency == expected[term], "seed \(seed), step \(step)")
            } else {
                let index = known.keep(term, grids: [], limit: 10_000)
                known[index].documentFrequency = step
                expected[term] = step
            }
            #expect(known.bytes <= 10_000, "seed \(seed), step \(step)")
            last = last.suffix(9) + [term]
            for term in last { #expect(known.index(of: term) != nil, "seed \(seed), step \(step)") }
        }
        #expect(expected.keys.contains { known.index(of: $0) == nil }, "seed \(seed): nothing was let go of")
    }

    private func term(_ random: inout SplitMix64) -> [UInt8] {
        let length = [0, 1, 2, 6, 7, 8, 9, 14, 15, 16, 17, 23, 24, 40, 300][Int.random(in: 0..<15, using: &random)]
        var term = [UInt8](repeating: UInt8(ascii: "a"), count: length)
        for _ in 0..<3 where length > 0 {
            term[Int.random(in: 0..<length, using: &random)] = UInt8.random(in: 0...3, using: &random)
        }
        return term
    }
}
