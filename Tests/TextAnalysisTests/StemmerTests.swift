import CLibstemmer
import Foundation
import PostilTestSupport
import Testing

@testable import TextAnalysis

@Suite struct StemmerTests {
    private func stem(_ word: String, _ stemmer: Stemmer) -> String {
        var word = word
        return word.withUTF8 { String(decoding: stemmer.stem(of: $0), as: UTF8.self) }
    }

    /// Pinned, so that a library with other stems shows at once.
    @Test(arguments: [
        ("english", "alignment", "align"), ("english", "optimizers", "optim"), ("english", "agents", "agent"),
        ("english", "deceptive", "decept"), ("english", "corrigibility", "corrig"), ("english", "agent's", "agent"),
        ("english", "reviews", "review"), ("english", "happily", "happili"), ("english", "skies", "sky"),
        ("english", "dying", "die"), ("english", "generously", "generous"), ("english", "yes", "yes"),
        ("porter", "relational", "relat"), ("porter", "hopping", "hop"), ("porter", "ponies", "poni"),
        ("german", "häuser", "haus"), ("french", "continuation", "continu"), ("spanish", "chicas", "chic"),
        ("russian", "важная", "важн"), ("swedish", "flickorna", "flick"),
    ])
    func pinned(algorithm: String, word: String, expected: String) throws {
        let stemmer = try #require(Stemmer(algorithm: algorithm))
        #expect(stem(word, stemmer) == expected)
    }

    @Test func unknownAlgorithmsGiveNone() {
        #expect(Stemmer(algorithm: "klingon") == nil)
        #expect(Stemmer.algorithms.contains("english"))
    }

    /// Words of ASCII go by another of the library's forms of an algorithm, which says the same as the one for UTF-8.
    @Test(arguments: Stemmer.algorithms)
    func singleBytesSayTheSame(algorithm: String) throws {
        let stemmer = try #require(Stemmer(algorithm: algorithm))
        let reference = try #require(sb_stemmer_new(algorithm, nil))
        defer { sb_stemmer_delete(reference) }
        let endings = [
            "s", "es", "ed", "ing", "ly", "ation", "ational", "ize", "ment", "ness", "ful", "y", "ies", "e", "en", "er",
            "heiten",
            "ung", "lich", "isch", "que", "eux", "ement", "issait", "ando", "azione", "mente", "cion", "idad", "ssa",
            "lla", "kaan",
            "nya", "kan", "meny", "'s", "'", "ue", "ae", "oe", "ss", "ij", "aire",
        ]
        for seed in UInt64(1)...2000 {
            var random = SplitMix64(seed: seed)
            var word = (0..<Int.random(in: 1...9, using: &random)).map { _ in
                let letters = Array(Bool.random(using: &random) ? "aeiouy" : "bcdfghjklmnpqrstvwxyz0'")
                return String(letters[Int.random(in: 0..<letters.count, using: &random)])
            }.joined()
            for _ in 0..<Int.random(in: 0...2, using: &random) { word += endings.randomElement(using: &random) ?? "" }
            let expected = word.withUTF8 { bytes in
                let stem = sb_stemmer_stem(reference, bytes.baseAddress, Int32(bytes.count))
                return String(
                    decoding: UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(reference))), as: UTF8.self)
            }
            #expect(stem(word, stemmer) == expected, "seed \(seed), “\(word)”")
        }
    }

    /// Snowball's own vocabulary. The rules for these groups of words changed after libstemmer 2.2: short verbs in
    /// -ed and -ing (add, ebb, err), -ogist, -past-, and longer lists of exceptions (internal, organ, univers …).
    @Test func agreesWithSnowballsVocabulary() throws {
        let folder = ProjectFolder.path("../shared/data/snowball")
        guard FileManager.default.fileExists(atPath: "\(folder)/voc.txt") else {
            print("skipped: \(folder) is not here")
            return
        }
        let words = try String(contentsOfFile: "\(folder)/voc.txt", encoding: .utf8).split(separator: "\n")
        let stems = try String(contentsOfFile: "\(folder)/output.txt", encoding: .utf8).split(separator: "\n")
        #expect(words.count == stems.count && words.count > 40_000)
        let stemmer = try #require(Stemmer(algorithm: "english"))
        let changed = [
            "add", "ebb", "err", "emergenc", "evening", "hying", "vying", "interf", "intern", "interv", "lateral",
            "offing", "organ", "past", "univers", "apologist",
        ]
        var differing = 0
        for (word, expected) in zip(words, stems) where stem(String(word), stemmer) != expected {
            differing += 1
            let isKnown =
                word.contains("ologist") || word.contains("alogist") || changed.contains { word.hasPrefix($0) }
            #expect(isKnown, "\(word): \(stem(String(word), stemmer)) and not \(expected)")
        }
        print("stems that differ from Snowball's newest edition: \(differing) of \(words.count)")
        #expect(differing <= 57)
    }
}
