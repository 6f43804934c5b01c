import PostilTestSupport
import Testing

@testable import IndexStore

@Suite struct ColumnChunkTests {
    private func decoded(_ bytes: [UInt8]) -> ColumnChunk? {
        var isLong = false
        return bytes.withUnsafeBytes { ColumnChunk($0, isLong: &isLong) }
    }

    @Test func exampleOfTheFormat() throws {
        var writer = ColumnWriter(.author)
        for (place, author) in [(0, "bo"), (2, "Al"), (5, "bo")] { writer.append(author, at: place) }
        let finished = writer.finish()
        let bytes = try #require(finished)
        let expected: [UInt8] = [
            0x01, 0x02, 0, 0, 0, 0x02, 0, 0, 0, 0x04, 0, 0, 0, 0x01, 0, 0, 0, 0x03, 0, 0, 0, 0x41, 0x6C, 0x62, 0x6F,
            0x02,
            0, 0, 0, 0x05, 0,
        ]
        #expect(bytes == expected)
        let chunk = try #require(decoded(bytes))
        #expect((0..<chunk.valueCount).map(chunk.value) == ["Al", "bo"])
        #expect(chunk.places == [2, 0, 5])
        #expect(chunk.places(ofValues: 1..<2) == 1..<3)
        let rest = writer.finish()
        #expect(rest == nil)
    }

    @Test func aTitleKeepsItsOrderAlone() throws {
        var writer = ColumnWriter(.title)
        for (place, title) in ["zebra", "Éclair", "eclipse", "10", "9", "zebra"].enumerated() {
            writer.append(title, at: place)
        }
        let bytes = writer.finish()
        #expect(bytes == [0x02, 4, 0, 3, 0, 1, 0, 2, 0, 0, 0, 5, 0])
    }

    @Test func aLongValueIsLeftToTheDocuments() {
        var writer = ColumnWriter(.metadata("abstract"))
        writer.append(String(repeating: "x", count: 513), at: 3)
        let long = writer.finish()
        #expect(long == [0x03])
        writer.append(String(repeating: "x", count: 512), at: 3)
        let short = writer.finish()
        #expect(short?.first == 0x01)
    }

    /// Values and places come back as they were added, in the order of the field.
    @Test func roundTrips() throws {
        for seed in UInt64(0)..<60 {
            var random = SplitMix64(seed: seed)
            let field: ColumnField = [.date, .tag, .metadata("k")].randomElement(using: &random) ?? .tag
            let beginning = ["", "https://A.b/", "abcde", "1234"].randomElement(using: &random) ?? ""
            let vocabulary = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                beginning
                    + ["", "A", "a", "é", "e\u{301}", "-3", "10", "9.5", "2019", "2019-06", "z"]
                    .shuffled(using: &random).prefix(3).joined()
            }
            var writer = ColumnWriter(field)
            var expected: [String: Set<Int>] = [:]
            for place in 0..<4096 where Int.random(in: 0..<7, using: &random) == 0 {
                for _ in 0..<(field == .tag ? Int.random(in: 1...3, using: &random) : 1) {
                    guard let value = vocabulary.randomElement(using: &random) else { continue }
                    writer.append(value, at: place)
                    // Swift's own equality takes two forms of é for one.
                    expected[value.utf8.map(String.init).joined(separator: " "), default: []].insert(place)
                }
            }
            guard let chunk = writer.finish().flatMap(decoded) else {
                #expect(expected.isEmpty, "seed: \(seed)")
                continue
            }
            #expect(chunk.valueCount == expected.count, "seed: \(seed)")
            for index in 0..<chunk.valueCount {
                let places = chunk.places[chunk.places(ofValues: index..<index + 1)].map(Int.init)
                let key = chunk.value(index).utf8.map(String.init).joined(separator: " ")
                #expect(places == expected[key]?.sorted(), "seed: \(seed), value: \(chunk.value(index))")
                if index > 0 {
                    #expect(field.order.areInOrder(chunk.value(index - 1), chunk.value(index)), "seed: \(seed)")
                }
            }
        }
    }

    /// Any bytes give a chunk that can be read through, or none.
    @Test func damageIsNoChunk() {
        var writer = ColumnWriter(.author)
        for place in 0..<40 { writer.append("author \(place % 7)", at: place) }
        guard let sound = writer.finish() else { return }
        var refused = 0
        for seed in UInt64(0)..<2000 {
            var random = SplitMix64(seed: seed)
            var bytes = sound
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 1...bytes.count, using: &random)) }
            for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let chunk = decoded(bytes) else {
                refused += 1
                continue
            }
            for index in 0..<chunk.valueCount {
                _ = chunk.value(index)
                #expect(chunk.places[chunk.places(ofValues: index..<index + 1)].allSatisfy { $0 < 4096 })
            }
        }
        #expect(refused > 500)
    }

    /// What values are sorted by at first is what their whole keys begin with.
    @Test func beginningsAreThoseOfKeys() {
        let pieces = [
            "A", "z", "[", "@", "`", "É", "ß", "e\u{301}", "-", "7", ".", " ", "\u{7F}", "Ω", "{", "long Word",
        ]
        for seed in UInt64(1)...400 {
            var random = SplitMix64(seed: seed)
            let value = (0..<Int.random(in: 0...18, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            for value in [value, "\(Int.random(in: -1000...1000, using: &random))", "plain " + value] {
                for order in [ValueOrder.natural, .bytes] {
                    let bytes = order.key(of: value).prefix(16) + Array(repeating: 0, count: 16)
                    let words = [bytes.prefix(8), bytes.dropFirst(8).prefix(8)].map {
                        $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                    }
                    #expect(
                        [order.beginning(of: value).0, order.beginning(of: value).1] == words,
                        "seed \(seed), “\(value)”")
                    // Behind a beginning that all values have.
                    let shared = "https://A.b/"
                    let (long, short) = (order.key(of: shared + value), order.key(of: shared))
                    let rest = long.dropFirst(short.count).prefix(16) + Array(repeating: 0, count: 16)
                    let found = order.beginning(of: shared + value, behind: shared.utf8.count)
                    #expect(
                        [found.0, found.1]
                            == [rest.prefix(8), rest.dropFirst(8).prefix(8)].map {
                                $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                            }, "seed \(seed), “\(value)” behind “\(shared)”")
                }
            }
        }
    }

    /// Where letters of ASCII decide the order, they decide as keys do; and they nearly always do.
    @Test func lettersDecideAsKeysDo() {
        let pieces = [
            "a", "A", "b", "Z", "[", "_", "`", " ", "é", "e\u{301}", "\u{301}", "ß", "7", "Ω", "\0", "\u{7F}",
        ]
        var decided = 0
        for seed in UInt64(1)...4000 {
            var random = SplitMix64(seed: seed)
            func text(_ count: Int) -> String {
                (0..<count).map { _ in
                    pieces[Int.random(in: 0..<(Bool.random(using: &random) ? 8 : pieces.count), using: &random)]
                }.joined()
            }
            let shared = text(Int.random(in: 0...4, using: &random))
            let one = shared + text(Int.random(in: 0...3, using: &random))
            let other = shared + text(Int.random(in: 0...3, using: &random))
            for order in [ValueOrder.natural, .bytes] {
                guard let isInOrder = order.areInOrderByASCII(one, other) else { continue }
                decided += 1
                #expect(isInOrder == order.areInOrder(one, other), "seed \(seed), “\(one)”, “\(other)”")
            }
        }
        #expect(decided > 1000, "\(decided) of 8000")
    }

    @Test func valuesAreSortedAsPeopleSortThem() {
        let sorted = ["-10", "-9.5", "0", "10", "1e1", "11", "", "1a", "élan", "Elbe", "Zoo", "zoo"]
        for (index, value) in sorted.enumerated() {
            for other in sorted[(index + 1)...] {
                #expect(ValueOrder.natural.areInOrder(value, other), "\(value), \(other)")
                #expect(!ValueOrder.natural.areInOrder(other, value), "\(other), \(value)")
            }
        }
        for text in ["", "-", "1.", ".", "e5", "1e", "0x10", "nan", "inf", "1 ", "1_000", "1e999"] {
            #expect(ValueOrder.number(text) == nil, "\(text)")
        }
        #expect(ValueOrder.number("-0")?.sign == .plus)
    }
}
