import Foundation
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
