import PostilTestSupport
import Testing

@testable import Ranking

@Suite struct BitCountersTests {
    @Test func countsLikeSixtyFourIntegers() {
        for seed in UInt64(1)...40 {
            var random = SplitMix64(seed: seed)
            var counters = BitCounters()
            var counts = [Int](repeating: 0, count: 64)
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                let word = random.next() & random.next()
                counters.add(word)
                for bit in 0..<64 { counts[bit] += Int(word >> UInt64(bit) & 1) }
            }
            for least in 0...22 {
                let expected = (0..<64).reduce(UInt64(0)) { counts[$1] >= least ? $0 | 1 << UInt64($1) : $0 }
                #expect(counters.reaching(least) == expected, "seed \(seed), \(least)")
            }
        }
    }
}
