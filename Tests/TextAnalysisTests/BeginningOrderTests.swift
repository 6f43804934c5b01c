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
                (0..<Int.random(in: 1...20, using: &random)).map { _ in UInt8.random(in: letters, using: &random) }
            }
            let items = texts.indices.map { number in
                texts[number].withUnsafeBufferPointer {
                    BeginningOrder.Text($0, number: UInt32(number), note: UInt32($0.count))
                }
            }
            let order = BeginningOrder(of: items) {
                texts[Int($0)].lexicographicallyPrecedes(texts[Int($1)])
            }.texts
            let expected = texts.indices.sorted {
                if texts[$0] != texts[$1] { return texts[$0].lexicographicallyPrecedes(texts[$1]) }
                return $0 < $1
            }
            #expect(order.map { Int($0.number) } == expected, "seed: \(seed), \(count) texts")
            #expect(order.map { Int($0.note) } == expected.map { texts[$0].count }, "seed: \(seed)")
        }
    }

    /// Texts of each length, which are read in other ways, against their bytes one by one.
    @Test func beginningsAreTheFirstSixteenBytes() {
        var random = SplitMix64(seed: 7)
        for length in 1...40 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 1...255, using: &random) }
            let text = bytes.withUnsafeBufferPointer { BeginningOrder.Text($0, number: 0) }
            func word(_ start: Int) -> UInt64 {
                (start..<start + 8).reduce(0) { $0 << 8 | UInt64($1 < length ? bytes[$1] : 0) }
            }
            #expect(text.beginning == word(0) && text.further == word(8), "\(bytes)")
        }
    }
}
