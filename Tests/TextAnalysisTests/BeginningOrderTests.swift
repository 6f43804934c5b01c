import PostilTestSupport
import Testing

@testable import TextAnalysis

struct BeginningOrderTests {
    @Test func isTheOrderOfASortByComparisons() {
        for seed in UInt64(0)..<60 {
            var random = SplitMix64(seed: seed)
            let count = Int.random(in: 0...1_000, using: &random)
            // Few letters, so that many beginnings are equal, or many.
            let letters: ClosedRange<UInt8> = 0x61...(Bool.random(using: &random) ? 0x62 : 0xFF)
            let texts = (0..<count).map { _ in
                (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt8.random(in: letters, using: &random) }
            }
            let beginnings = texts.map { text in
                (0..<8).reduce(UInt64(0)) { $0 << 8 | UInt64($1 < text.count ? text[$1] : 0) }
            }
            let order = BeginningOrder(of: beginnings) { texts[$0].lexicographicallyPrecedes(texts[$1]) }.numbers
            let expected = texts.indices.sorted {
                if texts[$0] != texts[$1] { return texts[$0].lexicographicallyPrecedes(texts[$1]) }
                return $0 < $1
            }
            #expect(order == expected, "seed: \(seed), \(count) texts")
        }
    }
}
