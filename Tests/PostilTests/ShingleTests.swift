import PostilTestSupport
import TextAnalysis
import Testing

@testable import Postil

/// The parts of finding near-duplicates.
@Suite struct ShingleTests {
    @Test(arguments: [UInt64(1), 2, 3])
    func setsAreComparedAsSets(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let most = UInt64.random(in: 1...20, using: &random)
            func shingles() -> [UInt64] {
                (0..<Int.random(in: 0...15, using: &random)).map { _ in UInt64.random(in: 0...most, using: &random) }
            }
            let (first, second) = (shingles(), shingles())
            let (one, other) = (Set(first), Set(second))
            let shared = one.intersection(other).count
            let expected = shared == 0 ? 0 : Double(shared) / Double(one.union(other).count)
            let context = "seed: \(seed), \(first), \(second)"
            let (left, right) = (ShingleSet(first), ShingleSet(second))
            #expect(left.count == one.count, "\(context)")
            #expect(left.resemblance(to: right) == expected, "\(context)")
            for threshold in [0.1, 0.5, 0.8, 1, max(expected, 0.01), expected.nextUp] {
                let found = left.resemblance(to: right, atLeast: threshold)
                #expect(found == (expected >= threshold ? expected : nil), "\(context), \(threshold)")
                let isContained = !one.isEmpty && Double(shared) >= threshold * Double(one.count) - 1e-6
                #expect(left.isContained(in: right, atLeast: threshold) == isContained, "\(context), \(threshold)")
            }
        }
    }

    /// Pairs of sets at the threshold have a key in common as often as the formula says.
    @Test(arguments: [0.4, 0.5, 0.8, 0.9])
    func pairsAtTheThresholdMeet(threshold: Double) {
        var random = SplitMix64(seed: 11)
        let hash = MinHash(threshold: threshold)
        var (missed, pairs) = (0, 0)
        for _ in 0..<800 {
            // Of 100 shingles in all, both texts have `shared`, and the others lie with one of them.
            let shared = Int((threshold * 100).rounded())
            let common = (0..<shared).map { _ in random.next() }
            let rest = (shared..<100).map { _ in random.next() }
            var sketches = DocumentSketches()
            sketches.append(DocumentID(rawValue: 1), shingles: common + rest.prefix(rest.count / 2), by: hash)
            sketches.append(DocumentID(rawValue: 2), shingles: rest.dropFirst(rest.count / 2) + common, by: hash)
            pairs += 1
            if !sketches.meet(0, 1, before: MinHash.bands) { missed += 1 }
        }
        // Less than one is expected; five would be more than four standard deviations above.
        #expect(missed < 5, "threshold: \(threshold), rows: \(hash.rows), missed \(missed) of \(pairs)")
    }

    @Test func bucketsHoldWhoeverMeets() {
        var random = SplitMix64(seed: 5)
        let hash = MinHash(threshold: 0.4)
        var sketches = DocumentSketches()
        for number in 0..<60 {
            let shingles = (0..<Int.random(in: 0...4, using: &random)).map { _ in random.next() % 12 }
            sketches.append(DocumentID(rawValue: Int64(number)), shingles: shingles, by: hash)
        }
        var met: Set<[Int]> = []
        for band in 0..<MinHash.bands {
            sketches.forEachBucket(inBand: band) { bucket in
                #expect(Array(bucket) == bucket.sorted())
                for first in bucket { for second in bucket where first < second { met.insert([first, second]) } }
            }
        }
        var expected: Set<[Int]> = []
        for second in 0..<sketches.count {
            for first in 0..<second where sketches.meet(first, second, before: MinHash.bands) {
                expected.insert([first, second])
            }
        }
        #expect(met == expected && !met.isEmpty)
    }

    @Test(arguments: [UInt64(1), 2])
    func setsAreJoined(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var sets = DisjointSets(count: 30)
        var labels = Array(0..<30)
        for _ in 0..<25 {
            let (first, second) = (Int.random(in: 0..<30, using: &random), Int.random(in: 0..<30, using: &random))
            sets.join(first, second)
            let (kept, gone) = (min(labels[first], labels[second]), max(labels[first], labels[second]))
            labels = labels.map { $0 == gone ? kept : $0 }
            #expect((0..<30).map { sets.root(of: $0) } == labels, "seed: \(seed)")
        }
    }

    @Test(arguments: [
        "See [Paul's post](https://example.org/a-b_(c) \"The Title\") for more of all this",
        "See [Paul's post](/posts/x#y) for more of all this", "See [Paul's post](<a b c>) for more of all this",
        "See <a href=\"https://e.org/x?y=z\" class='q'>Paul's post</a> for more of all this",
        "See Paul's post https://example.org/a-b/c.d?e=f for more of all this",
        "See Paul's post (http://example.org/a) for <br/>more of all this",
        "See **Paul's** post for *more* of all this",
    ])
    func whereLinksLeadIsLeftOut(text: String) throws {
        var shingler = Shingler(analyzer: try TextAnalyzer(.english))
        let plain = shingler.shingles(of: "See Paul's post for more of all this")
        #expect(shingler.shingles(of: text) == plain, "\(text)")
    }

    @Test func whatIsNoLinkStays() throws {
        var shingler = Shingler(analyzer: try TextAnalyzer(.english))
        for text in [
            "if a <b then c and d or e", "f](x (y and z and more of it", "a: //b c d e f g", "one two three://",
        ] {
            _ = shingler.shingles(of: text)
            let words = text.split { !$0.isLetter }.count
            #expect(shingler.wordCount == words, "\(text)")
        }
        // Texts of links alone are told apart by them.
        #expect(
            shingler.shingles(of: "https://example.org/a/b/c/d") != shingler.shingles(of: "https://example.org/a/b/c/e")
        )
        #expect(shingler.shingles(of: "[x](https://example.org/a)").isEmpty == false)
    }

    /// Equivalent to reading a text without the targets of links.
    @Test func linkTargetsAreFoundWordByWord() throws {
        let analyzer = try TextAnalyzer(.english)
        var shingler = Shingler(analyzer: analyzer)
        let pieces = [
            "alpha", "beta", "gamma", " ", " ", " ", "[", "](", "(", ")", "https://", "://", "<", "</", "<a ", ">",
            "\"", "\n", "\n\n", "/x/y",
            "?q=r", "ä", ". ",
        ]
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            let expected = ReferenceDuplicates.shingles(of: text, by: analyzer).count
            let found = ShingleSet(shingler.shingles(of: text)).count
            #expect(found == expected, "seed: \(seed), \(text.debugDescription)")
        }
    }
}
