import Documents
import PostilTestSupport
import Testing

@testable import IndexStore

/// Values that are one to people.
@Suite struct ValueSpellingTests {
    @Test func isWithoutCaseAccentsBlanksAndHash() {
        for group in [
            ["AI", "ai", "#ai", " Ai ", "#AI"], ["Zoë Dee", "zoe dee", "ZOE\u{308} DEE"],
            ["4.5", "4.50", " 4.5", "+4.5"], ["#", " # "],
            ["straße", "STRASSE"],
        ] {
            for value in group { #expect(ValueSpelling(value) == ValueSpelling(group[0]), "\(value)") }
        }
        for (one, other) in [("C", "C++"), ("C#", "C"), ("a b", "ab"), ("4.5", "45"), ("x,", "x"), ("", "#")] {
            #expect(ValueSpelling(one) != ValueSpelling(other), "\(one)")
        }
    }

    /// What finds values of one spelling by their bytes misses none.
    @Test func hashesAreThoseOfTheSpelling() {
        let pieces = [
            "", "a", "B", "é", "e\u{301}", "Zoë", "10", "9", "-3.5", "李", "#", " ", "\t", "2.50", "~", "K", "\u{212A}",
        ]
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(seed: seed)
        var counter = ValueCounter()
        // Texts that differ in the form of Unicode are one to Swift.
        var counts: [[UInt8]: Int] = [:]
        for _ in 0..<3_000 {
            let value = (0..<Int.random(in: 0...3, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            counter.add(value, count: 1)
        }
        var groups: [ValueSpelling: Set<Int>] = [:]
        for index in 0..<counter.valueCount { groups[ValueSpelling(counter.value(index)), default: []].insert(index) }
        let expected = Set(groups.values.filter { $0.count > 1 })
        #expect(Set(counter.spellings().map(Set.init)) == expected && expected.count > 10, "seed: \(seed)")
        for index in 0..<counter.valueCount { counts[Array(counter.value(index).utf8)] = counter.count(of: index) }
        let joined = counter.joining(counter.spellings(), shared: expected.map { _ in 0 }, order: .natural)
        #expect(joined.valueCount == groups.count, "seed: \(seed)")
        for index in 0..<joined.valueCount {
            let group = groups[ValueSpelling(joined.value(index))] ?? []
            #expect(joined.count(of: index) == group.reduce(0) { $0 + counter.count(of: $1) }, "seed: \(seed)")
            #expect(
                group.allSatisfy { counter.count(of: $0) <= counts[Array(joined.value(index).utf8)] ?? 0 },
                "seed: \(seed)")
        }
    }

    @Test func nestedValuesAreFoundByTheirPaths() {
        let json = #"{"k": "v", "n": 4.5, "a": {"b": ["x", {"name": "y"}, null, true]}, "e": "d\u00e9\"j", "z": null}"#
        #expect(NestedValue.texts(at: ["k"], in: json) == ["v"] && NestedValue.texts(at: ["N"], in: json) == ["4.5"])
        #expect(NestedValue.texts(at: ["a", "b"], in: json) == ["x", "y", "true"])
        #expect(NestedValue.texts(at: ["e"], in: json) == ["dé\"j"] && NestedValue.texts(at: ["z"], in: json) == [])
        #expect(NestedValue.texts(at: ["a"], in: json) == [] && NestedValue.texts(at: ["k", "v"], in: json) == [])
        #expect(NestedValue.texts(at: [], in: #"{"name": "a", "id": 1}, {"label": "b"}, {"id": 2}"#) == ["a", "b"])
        #expect(NestedValue.texts(at: ["id"], in: #"{"name": "a", "id": 1}, {"label": "b"}, {"id": 2}"#) == ["1", "2"])
        for damaged in ["{", "{\"k\":", "{\"k\":\"v\"", "{k}", "{\"k\":\"v\"} x", "text", "", "[", "{\"k\" \"v\"}"] {
            #expect(NestedValue.texts(at: ["k"], in: damaged) == [], "\(damaged)")
        }
        #expect(NestedValue.texts(at: ["k"], in: String(repeating: "[", count: 100_000)) == [])
        #expect(NestedValue.places(of: "a.b.c").map(\.name) == ["a", "a.b"] && NestedValue.places(of: "a").isEmpty)
        #expect(NestedValue.places(of: "a..b").isEmpty && NestedValue.places(of: ".a").isEmpty)
    }
}

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
