import PostilTestSupport
import Testing

@testable import IndexStore

struct ValueNumbersTests {
    /// Against a dictionary of bytes; the table is used for one chunk after another. Strings that are equal to Swift, but of other
    /// bytes, are two values.
    @Test func areThoseOfADictionary() {
        for seed in UInt64(0)..<10 {
            var random = SplitMix64(seed: seed)
            var numbers = ValueNumbers()
            for _ in 0..<3 {
                var values: [String] = []
                var expected: [[UInt8]: Int] = [:]
                let variety = Int.random(in: 1...3_000, using: &random)
                for _ in 0..<Int.random(in: 0...2_000, using: &random) {
                    let number = Int.random(in: 0..<variety, using: &random)
                    let kinds = ["", "caf\u{E9} \(number)", "cafe\u{301} \(number)", "\(number)"]
                    let value = kinds[Int.random(in: kinds.indices, using: &random)]
                    let found = numbers.number(of: value, in: values)
                    #expect(found == expected[Array(value.utf8)], "seed \(seed): \(value)")
                    if found == nil {
                        expected[Array(value.utf8)] = values.count
                        values.append(value)
                    }
                }
                numbers.removeAll()
            }
        }
    }
}
