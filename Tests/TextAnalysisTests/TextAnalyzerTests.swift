import Testing

@testable import TextAnalysis

@Suite struct TextAnalyzerTests {
    /// The terms of `text`: `term@position`, a plus sign behind colocated ones.
    private func terms(
        _ text: String, _ name: String = "english", for purpose: AnalysisPurpose = .document
    ) throws -> String {
        let analyzer = try TextAnalyzer(AnalyzerSpecification(name))
        return analyzer.tokens(of: Array(text.utf8), for: purpose).map { token in
            String(decoding: token.term, as: UTF8.self) + "@\(token.position)" + (token.isColocated ? "+" : "")
        }.joined(separator: " ")
    }

    @Test(arguments: [
        ("The résumés, running.", "the@0 resum@1 run@2"),
        ("mesa-optimizers", "mesa@0 mesaoptim@0+ optim@1"),
        ("GPT-4 beats GPT4", "gpt@0 gpt4@0+ 4@1 beat@2 gpt4@3"),
        ("don't the agent's agents’", "don't@0 the@1 agent@2 agent@3"),
        ("don’t", "don't@0"),
        ("3.14 1,000 e.g. U.S.A.", "3.14@0 1,000@1 eg@2 usa@3"),
        ("A.I. a.i AI A.I.-based", "ai@0 ai@1 ai@2 ai@3 base@4"),
        ("U.S. US I. Ph.D. example.org x.1 1.2.3", "us@0 us@1 i@2 ph.d@3 example.org@4 x@5 1@6 1.2.3@7"),
        ("С.Ш.А. Ｕ．Ｓ É.U. a.bc ab.c ٣.٥", "сша@0 us@1 eu@2 a.bc@3 ab.c@4 ٣.٥@5"),
        ("_really_ snake_case", "realli@0 snake@1 snakecas@1+ case@2"),
        ("run-ning", "run@0 ning@1"),
        ("state-of-the-art", "state@0 stateoftheart@0+ of@1 the@2 art@3"),
        ("a--b c -d e- f", "a@0 b@1 c@2 d@3 e@4 f@5"),
        ("2019-05-12 10-12 x-1", "2019@0 05@1 12@2 10@3 12@4 x@5 x1@5+ 1@6"),
        ("co\u{2011}op non\u{2010}zero", "co@0 coop@0+ op@1 non@2 nonzero@2+ zero@3"),
        ("ﬁne ＡＢＣ 𝐱² Straße", "fine@0 abc@1 x@2 2@3 strass@4"),
        ("soft\u{AD}hyphen", "softhyphen@0"),
        ("Łukasz Møller", "lukasz@0 moller@1"),
        ("", ""),
        ("… — !?", ""),
    ])
    func english(text: String, expected: String) throws {
        #expect(try terms(text) == expected)
    }

    @Test func unspacedScriptsGiveBigrams() throws {
        #expect(try terms("深度学习") == "深度@0 深@0+ 度学@1 度@1+ 学习@2 学@2+ 习@2+")
        #expect(try terms("深度学习", for: .query) == "深度@0 度学@1 学习@2")
        #expect(try terms("学", for: .query) == "学@0")
        #expect(try terms("学学") == "学学@0 学@0+")
        #expect(try terms("GPT模型 4", for: .query) == "gpt@0 模型@1 4@2")
        #expect(try terms("カタカナ", for: .query) == "カタ@0 タカ@1 カナ@2")
        #expect(try terms("ｶﾞｷﾞ", for: .query) == "ガギ@0")
        #expect(try terms("ที่นี่", for: .query) == "ที่นี่@0")
        #expect(try terms("한국어 모델", for: .query) == "한국어@0 모델@1")
    }

    @Test func emojiAreTerms() throws {
        #expect(try terms("good 👍🏽 🇩🇪🇫🇷 ☺ ©") == "good@0 👍🏽@1 🇩🇪@2 🇫🇷@3")
    }

    @Test func keepsMarksThatAreVowels() throws {
        #expect(try terms("हिन्दी", "none") == "हिन्दी@0")
        #expect(try terms("שָׁלוֹם مُحَمَّد", "none") == "שלום@0 محمد@1")
        #expect(try terms("Ёлка й", "none") == "елка@0 и@1")
    }

    @Test func languagesDifferInApostrophesAndDiacritics() throws {
        #expect(try terms("l'alignement d’évaluations", "french") == "l@0 align@1 d@2 evalu@3")
        #expect(try terms("Häuser", "german") == "haus@0")
        #expect(try terms("alineación", "spanish") == "alin@0")
        #expect(try terms("dog's running", "porter") == "dog@0 s@1 run@2")
        #expect(try terms("dog's running", "none") == "dog@0 s@1 running@2")
    }

    @Test func acronymsNeedNoDots() throws {
        for name in ["english", "porter", "german", "none"] {
            for word in ["AI", "USA", "WWF", "UN", "NGO"] {
                let dotted = word.map { "\($0)." }.joined()
                for spelling in [dotted, dotted.lowercased(), String(dotted.dropLast())] {
                    #expect(try terms(spelling, name) == terms(word, name), "\(spelling), \(name)")
                }
            }
        }
        #expect(try terms("A.I", for: .prefix) == "ai@0")
    }

    @Test func prefixesAreNotStemmed() throws {
        #expect(try terms("running optimizing", for: .prefix) == "run@0 optimizing@1")
        #expect(try terms("mesa-optimizing ", for: .prefix) == "mesa@0 mesaoptimizing@0+ optimizing@1")
        #expect(try terms("Évaluations", "french", for: .prefix) == "evaluations@0")
    }

    @Test func illFormedBytesSeparateWordsAndAreCounted() throws {
        let analyzer = try TextAnalyzer(.english)
        let text: [UInt8] =
            Array("ab".utf8) + [0xFF] + Array("cd".utf8) + [0xC3, 0x20, 0xED, 0xA0, 0x80] + Array("é".utf8)
        let tokens = analyzer.tokens(of: text)
        #expect(tokens.map { String(decoding: $0.term, as: UTF8.self) } == ["ab", "cd", "e"])
        #expect(analyzer.illFormedByteCount == 5)
        _ = analyzer.tokens(of: [0x61])
        #expect(analyzer.illFormedByteCount == 0)
    }

    @Test func longWordsAreCutBetweenScalars() throws {
        let analyzer = try TextAnalyzer(.none)
        let word = "a" + String(repeating: "é", count: 200_000)
        let token = try #require(analyzer.tokens(of: Array(word.utf8)).first)
        #expect(String(decoding: token.term, as: UTF8.self) == "a" + String(repeating: "e", count: 127))
        #expect(token.end == word.utf8.count)
        let ascii = String(repeating: "x", count: 300)
        #expect(analyzer.tokens(of: Array(ascii.utf8)).first?.term.count == 255)
        #expect(analyzer.tokens(of: Array("\(ascii)-y".utf8)).map(\.isColocated) == [false, false])
    }

    @Test func vocabularyIsDenseAndCanBeForgotten() throws {
        let analyzer = try TextAnalyzer(.english)
        var buffer = TokenBuffer()
        let text = Array("Run running runs to runs".utf8)
        text.withUnsafeBufferPointer { analyzer.analyze($0, into: &buffer) }
        #expect(buffer.occurrences.map(\.term.rawValue) == [0, 0, 0, 1, 0])
        #expect(buffer.occurrences.map(\.position) == [0, 1, 2, 3, 4])
        #expect(buffer.ranges.isEmpty && buffer.positionCount == 5)
        #expect(analyzer.termCount == 2)
        #expect(Array(analyzer.bytes(of: TermID(rawValue: 0))) == Array("run".utf8))
        let before = analyzer.vocabularyByteCount
        let words = (0..<20_000).map { "w\($0)" }.joined(separator: " ")
        Array(words.utf8).withUnsafeBufferPointer { analyzer.analyze($0, into: &buffer) }
        #expect(buffer.count == 20_000 && analyzer.termCount == 20_002)
        #expect(analyzer.vocabularyByteCount > before)
        analyzer.removeAllTerms()
        #expect(analyzer.termCount == 0 && analyzer.vocabularyByteCount <= before)
    }

    @Test func errorsOfTheCallerPassThrough() throws {
        struct Stop: Error {}
        let analyzer = try TextAnalyzer(.english)
        let text = Array("a b c".utf8)
        var seen = 0
        #expect(throws: Stop.self) {
            try text.withUnsafeBufferPointer { bytes in
                try analyzer.analyze(bytes, for: .document) { _ in
                    seen += 1
                    if seen == 2 { throw Stop() }
                }
            }
        }
        #expect(seen == 2)
        #expect(analyzer.tokens(of: text).count == 3)
    }
}
