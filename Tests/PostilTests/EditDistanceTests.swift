import PostilTestSupport
import Testing

@testable import Postil

@Suite struct EditDistanceTests {
    private func isWithin(_ limit: Int, _ left: String, _ right: String) -> Bool {
        EditDistance.isWithin(limit, Array(left.unicodeScalars), Array(right.unicodeScalars))
    }

    @Test func swappedNeighboursAreOneEdit() {
        #expect(isWithin(1, "rewadr", "reward"))
        #expect(!isWithin(0, "rewadr", "reward"))
        #expect(isWithin(0, "reward", "reward"))
        #expect(isWithin(2, "", "ab") && !isWithin(1, "", "ab"))
        // What was swapped is edited no further.
        #expect(!isWithin(2, "ca", "abc") && isWithin(3, "ca", "abc"))
    }

    /// Two or three letters, so that swaps and repeated letters come up all the time.
    @Test func theLimitedWalkEqualsTheWholeMatrix() {
        for seed in UInt64(1)...300 {
            var random = SplitMix64(seed: seed)
            let letters = Array("abü".unicodeScalars.prefix(Int.random(in: 2...3, using: &random)))
            func word() -> [Unicode.Scalar] {
                (0..<Int.random(in: 0...9, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" }
            }
            for _ in 0..<10 {
                let (left, right) = (word(), word())
                let distance = referenceEditDistance(left, right)
                for limit in 0...4 {
                    let words = (String(String.UnicodeScalarView(left)), String(String.UnicodeScalarView(right)))
                    #expect(
                        EditDistance.isWithin(limit, left, right) == (distance <= limit),
                        "seed: \(seed), \(words), limit: \(limit)")
                }
            }
        }
    }
}
