import Foundation
import Testing

@testable import TextAnalysis

@Suite struct EnglishSpellingsTests {
    private func american(_ word: String) -> String? {
        var word = word
        return word.withUTF8 { bytes in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: TermFolder.maximumLength) { memory in
                memory.initialize(repeating: 0)
                return EnglishSpellings.american(bytes, into: memory).map {
                    String(decoding: memory[..<$0], as: UTF8.self)
                }
            }
        }
    }

    /// Every line of the table's source is found where the compiled table has it.
    @Test func compiledTableIsTheFile() throws {
        let text = try String(contentsOfFile: ProjectFolder.path("Config/spellings/english.txt"), encoding: .utf8)
        var rules = 0
        for line in text.split(separator: "\n") {
            let words = line.prefix { $0 != "#" }.split(separator: " ").map(String.init)
            switch words.first {
            case nil: continue
            case "ise:":
                for stem in words.dropFirst() {
                    #expect(american(stem + "ising") == stem + "izing")
                    #expect(american(stem + "ist") == nil)
                    rules += 1
                }
            case "our:":
                for stem in words.dropFirst() { #expect(american(stem + "ours") == stem + "ors") }
                rules += words.count - 1
            case "ll:":
                for stem in words.dropFirst() { #expect(american(stem + "led") == stem + "ed") }
                rules += 5 * (words.count - 1)
            default:
                try #require(words.count == 2, "\(line)")
                let ending = words[0].hasSuffix("*") ? "xyz" : ""
                #expect(american(words[0].replacing("*", with: ending)) == words[1].replacing("*", with: ending))
                rules += 1
            }
        }
        #expect(rules == EnglishSpellingTable.count)
    }

    @Test(arguments: [
        "color", "realism", "analysis", "promise", "rise", "tour", "hour", "polaris", "a", "", "zz", "zzzz",
    ])
    func otherWordsStandForThemselves(word: String) {
        #expect(american(word) == nil)
    }

    @Test func longWordsAreLeftAsTheyAre() {
        #expect(american("colour" + String(repeating: "s", count: TermFolder.maximumLength)) == nil)
    }

    /// No American spelling is a British one of another rule: a second time changes nothing.
    @Test func americanSpellingsStay() {
        for word in EnglishSpellings.americanWords(behind: []) { #expect(american(word) == nil, "\(word)") }
    }

    @Test(arguments: [
        ("unrecognised", "unrecognized"), ("unauthorised", "unauthorized"), ("uninitialised", "uninitialized"),
        ("deserialise", "deserialize"), ("deprioritising", "deprioritizing"), ("mischaracterise", "mischaracterize"),
        ("reoptimise", "reoptimize"), ("overoptimisation", "overoptimization"),
        ("suboptimisations", "suboptimizations"),
        ("anthropomorphise", "anthropomorphize"), ("quantiliser", "quantilizer"), ("reanalyse", "reanalyze"),
        ("unfavourable", "unfavorable"), ("unrivalled", "unrivaled"), ("recolouring", "recoloring"),
        ("organisational", "organizational"), ("tokenisable", "tokenizable"), ("saviour", "savior"),
    ])
    func prefixesAndVerbsNeedNoLine(british: String, expected: String) {
        #expect(american(british) == expected)
        #expect(american(expected) == nil)
    }

    /// Words that are written with s everywhere, and words that only look as if they had a prefix.
    @Test(arguments: [
        "promised", "exercises", "advertiser", "precise", "otherwise", "supervised", "improvisation", "disguised",
        "treatise",
        "metropolises", "engages", "engaging", "compromise", "likewise", "revise", "paradise", "noise",
        "raised",
        "conversation", "compensation", "accusation", "surprise", "franchise", "tortoise", "wiser", "rises",
    ])
    func wordsThatAreAlwaysWrittenSoStay(word: String) {
        #expect(american(word) == nil)
    }
}
