import PostilTestSupport
import Testing

@testable import Postil

@Suite struct MatchRunTests {
    private func best(_ matches: [PassageMatch], weights: [Int], length: Int) -> Range<Int>? {
        MatchRun.best(of: matches, weights: weights, length: length)
    }

    private func match(_ start: Int, _ end: Int, term: Int, position: Int) -> PassageMatch {
        PassageMatch(bytes: start..<end, scalars: start..<end, term: term, position: position)
    }

    @Test func differentTermsCountMoreThanRepeatedOnes() {
        let matches = [
            match(0, 3, term: 0, position: 0), match(10, 13, term: 0, position: 5), match(20, 23, term: 0, position: 9),
            match(100, 103, term: 0, position: 40), match(110, 113, term: 1, position: 44),
        ]
        #expect(best(matches, weights: [5, 5], length: 50) == 3..<5)
        #expect(best(matches, weights: [5, 5], length: 3) == 0..<1)
        #expect(best(matches, weights: [5, 6], length: 3) == 4..<5)
        #expect(best(matches, weights: [5, 5], length: 1000) == 0..<5)
        #expect(best([], weights: [], length: 10) == nil)
    }

    @Test func wordsSideBySideCountMoreThanWordsApart() {
        let matches = [
            match(0, 3, term: 0, position: 0), match(10, 13, term: 1, position: 2),
            match(50, 53, term: 0, position: 12), match(54, 57, term: 1, position: 13),
        ]
        #expect(best(matches, weights: [5, 5], length: 20) == 2..<4)
    }

    /// Few terms, many ties, matches over and beside each other.
    @Test func theSlidingWindowEqualsEveryRunAddedUp() {
        for seed in UInt64(1)...400 {
            var random = SplitMix64(seed: seed)
            let weights = (0..<Int.random(in: 1...4, using: &random)).map { _ in Int.random(in: 1...3, using: &random) }
            var (start, position) = (0, 0)
            let matches = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                start += Int.random(in: 0...9, using: &random)
                position += Int.random(in: 0...3, using: &random)
                return match(
                    start, start + Int.random(in: 1...12, using: &random),
                    term: Int.random(in: 0..<weights.count, using: &random), position: position)
            }
            let reference = matches.map {
                ReferencePassages.Match(scalars: $0.scalars, term: $0.term, position: $0.position)
            }
            for length in [1, 5, 20, 60, 1000] {
                let expected = ReferencePassages.bestRun(of: reference, weights: weights, length: length)
                #expect(
                    best(matches, weights: weights, length: length) == expected, "seed: \(seed), length: \(length)")
            }
        }
    }

    /// Every run added up anew would take an hour.
    @Test(.timeLimit(.minutes(1))) func manyMatchesTakeLinearTime() {
        let matches = (0..<200_000).map { match($0 * 10, $0 * 10 + 5, term: $0 % 3, position: $0 * 2) }
        #expect(best(matches, weights: [1, 2, 3], length: .max / 2) == 0..<200_000)
        #expect(best(matches, weights: [1, 1, 1], length: 200_000) == 0..<20_000)
    }
}
