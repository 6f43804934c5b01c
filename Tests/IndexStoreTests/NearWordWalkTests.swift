import PostilTestSupport
import Testing

@testable import IndexStore

@Suite struct NearWordWalkTests {
    /// Sorted words of two or three letters, so that swaps, repeated letters and shared beginnings come up all the time.
    @Test func equalsTheWholeMatrixForEachWord() {
        for seed in UInt64(1)...60 {
            var random = SplitMix64(seed: seed)
            let letters = Array("abü".unicodeScalars.prefix(Int.random(in: 2...3, using: &random)))
            func word() -> String {
                var word = String.UnicodeScalarView()
                for _ in 0..<Int.random(in: 1...9, using: &random) {
                    word.append(letters.randomElement(using: &random) ?? "a")
                }
                return String(word)
            }
            let words = Set((0..<60).map { _ in Array(word().utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
            let wanted = Array(word().unicodeScalars)
            for limit in 0...3 {
                compare(NearWordWalk<UInt16>(wanted, within: limit), wanted, words, limit, "seed: \(seed)")
                compare(NearWordWalk<UInt64>(wanted, within: limit), wanted, words, limit, "seed: \(seed)")
                compare(NearWordWalk<UInt128>(wanted, within: limit), wanted, words, limit, "seed: \(seed)")
            }
        }
    }

    /// As long as can be looked for, so that the last bit counts.
    @Test func longWordsHaveABitMoreThanLetters() {
        for length in 5...7 {
            let wanted = Array(String(repeating: "ab", count: 4).unicodeScalars.prefix(length))
            let words = (0...9).map { Array(String(repeating: "ab", count: 5).utf8.prefix($0)) }
            for limit in 0...3 {
                compare(NearWordWalk<UInt8>(wanted, within: limit), wanted, words, limit, "length: \(length)")
            }
        }
    }

    private func compare<Bits>(
        _ walk: NearWordWalk<Bits>, _ wanted: [Unicode.Scalar], _ words: [[UInt8]], _ limit: Int, _ place: String
    ) {
        var last: [UInt8] = []
        for word in words {
            let shared = zip(last, word).prefix { $0 == $1 }.count
            let found = word.withUnsafeBytes { walk.distance(to: $0, shared: shared) }
            let text = String(decoding: word, as: UTF8.self)
            let distance = referenceEditDistance(Array(text.unicodeScalars), wanted)
            #expect(found == (distance <= limit ? distance : nil), "\(place), \(text), limit: \(limit)")
            last = word
        }
    }
}
