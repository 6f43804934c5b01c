import PostilTestSupport
import Ranking
import Testing

@Suite struct TopDocumentsTests {
    /// Equal scores, the greatest id and capacities around those at which a level of the heap is full.
    @Test func keepsWhatSortingKeeps() {
        for seed in UInt64(0)..<300 {
            var random = SplitMix64(seed: seed)
            let greatest = [UInt32(1), 10, .max].randomElement(using: &random) ?? 1
            let offered = Set(
                (0..<Int.random(in: 0...120, using: &random)).map { _ in Int64.random(in: 0...300, using: &random) }
            )
            .union(seed % 3 == 0 ? [0xFFFF_FFFF] : [])
            .map { ScoredDocument(document: $0, units: UInt32.random(in: 0...greatest, using: &random)) }
            .shuffled(using: &random)
            for capacity in [0, 1, 2, 4, 5, 6, 20, 21, 22, 85, 400] {
                var top = TopDocuments(capacity: capacity)
                for (count, document) in offered.enumerated() {
                    let best = offered[..<count].sorted().prefix(capacity)
                    let isAmong = (best + [document]).sorted().prefix(capacity).contains(document)
                    let threshold: UInt32 = best.count < capacity ? 0 : best.last.map(\.units) ?? .max
                    if seed % 10 == 0 { #expect(top.threshold == threshold, "seed: \(seed), capacity: \(capacity)") }
                    #expect(top.offer(document) == isAmong, "seed: \(seed), capacity: \(capacity)")
                }
                #expect(
                    top.sorted() == Array(offered.sorted().prefix(capacity)), "seed: \(seed), capacity: \(capacity)")
            }
        }
    }
}
