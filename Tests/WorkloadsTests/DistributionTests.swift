import Testing

@testable import Workloads

@Suite struct DistributionTests {
    @Test func streamsAreThoseOfTheirSeedAndKey() {
        func draws(_ seed: UInt64, _ key: UInt64) -> [UInt64] {
            var random = RandomStream(seed: seed, key: key)
            return (0..<4).map { _ in random.next() }
        }
        #expect(draws(1, 2) == draws(1, 2))
        #expect(draws(1, 2) != draws(1, 3))
        #expect(draws(1, 2) != draws(2, 2))
    }

    @Test func boundedDrawsCoverTheirRange() {
        var random = RandomStream(seed: 3, key: 0)
        #expect(Set((0..<200).map { _ in random.below(7) }) == Set(0..<7))
    }

    @Test(arguments: [[1], [5, 5], [1, 2, 3, 4], [1000, 1, 1], [1, 1, 1, 1, 1_000_000]] as [[UInt64]])
    func aliasTablesDrawByWeight(_ weights: [UInt64]) {
        let table = AliasTable(weights: weights)
        let total = weights.reduce(0, +)
        let draws = 60_000
        var random = RandomStream(seed: 11, key: 0)
        var counts = [Int](repeating: 0, count: weights.count)
        for _ in 0..<draws { counts[table.draw(random.next())] += 1 }
        for (count, weight) in zip(counts, weights) {
            let expected = Double(draws) * Double(weight) / Double(total)
            #expect(abs(Double(count) - expected) < 5 * expected.squareRoot() + 5, "\(weights): \(counts)")
        }
    }

    @Test func aliasTablesAreExactToTheirResolution() {
        // With every word of a coarse grid drawn once, counts are the weights themselves.
        let table = AliasTable(weights: [1, 3])
        var counts = [0, 0]
        for step in 0..<1024 {
            let column = UInt64(step & 1) << 63
            counts[table.draw(column | UInt64(step >> 1) << 23)] += 1
        }
        #expect(counts == [256, 768])
    }

    @Test func weightsFallFromOneToTheSecondPower() {
        let weights = ZipfMandelbrot.weights(count: 1 << 20)
        #expect(weights.allSatisfy { $0 > 0 })
        #expect(weights == weights.sorted(by: >))
        let head = Double(weights[9]) / Double(weights[99])
        let tail = Double(weights[99_999]) / Double(weights[999_999])
        #expect((9.4...10.0).contains(head))
        #expect((90...100).contains(tail))
    }
}
