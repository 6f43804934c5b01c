import Documents
import PostilTestSupport
import Testing

@testable import IndexStore

/// Counts in one memory, and the first of them without sorting all: what a dictionary and a sort give.
@Suite struct ValueCountsTests {
    private static let pieces = ["", "a", "B", "é", "e\u{301}", "Zoë", "10", "9", "-3.5", "李", "x, y", "2019", "~"]

    private func value(_ random: inout SplitMix64) -> String {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    @Test(arguments: UInt64(0)..<40, [ValueOrder.natural, .bytes]) func firstAreThoseOfASort(
        seed: UInt64, order: ValueOrder
    ) {
        var random = SplitMix64(seed: seed)
        var counter = ValueCounter()
        var expected: [ExactText: Int] = [:]
        for _ in 0..<Int.random(in: 0...2_000, using: &random) {
            let (value, count) = (value(&random), Int.random(in: 1...3, using: &random))
            counter.add(value, count: count)
            expected[ExactText(value), default: 0] += count
        }
        let sorted = expected.map { (value: $0.key.text, count: $0.value) }.sorted { one, other in
            if one.count != other.count { return one.count > other.count }
            let (first, second) = (order.key(of: one.value), order.key(of: other.value))
            if first != second { return first.lexicographicallyPrecedes(second) }
            return one.value.utf8.lexicographicallyPrecedes(other.value.utf8)
        }
        let counts = ValueCounts(counter, order: order, without: 0)
        #expect(counts.valueCount == sorted.count, "seed: \(seed)")
        for limit in [0, 1, 2, 7, 100, sorted.count, nil] {
            let (found, wanted) = (counts.first(limit), sorted.prefix(limit ?? .max))
            #expect(found.count == wanted.count, "seed: \(seed), limit: \(limit ?? -1)")
            #expect(
                zip(found, wanted).allSatisfy { $0.count == $1.count && $0.value.utf8.elementsEqual($1.value.utf8) },
                "seed: \(seed), limit: \(limit ?? -1), \(order)")
        }
    }
}
