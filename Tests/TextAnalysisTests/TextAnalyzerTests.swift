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
        ("GPT-4 beats GPT4", "gpt@0 gpt4@0+ 4@1 beat@2 gpt4@3 gpt@3+ 4@3+"),
        ("don't the agent's agents’", "dont@0 the@1 agent@2 agent@3"),
        ("don’t dont DIDN'T didnt", "dont@0 dont@1 didnt@2 didnt@3"),
        ("we've they're we're she'll I'd I'm", "weve@0 theyr@1 we'r@2 she'll@3 i'd@4 im@5"),
        ("3.14 e.g. U.S.A.", "3@0 14@1 eg@2 usa@3"),
        (
            "1,000 1,234,567 12,34 1,000.5",
            "1@0 1000@0+ 000@1 1@2 1234567@2+ 234@3 567@4 12@5 34@6 1@7 1000@7+ 000@8 5@9"
        ),
        ("A.I. a.i AI A.I.-based A.I.'s", "ai@0 ai@1 ai@2 ai@3 base@4 ai@5 s@6"),
        ("A.I's", "ai@0"),
        ("U.S. US I. Ph.D. x.1", "us@0 us@1 i@2 ph@3 phd@3+ d@4 x@5 1@6"),
        ("С.Ш.А. Ｕ．Ｓ É.U. a.bc ab.c ٣.٥", "сша@0 us@1 eu@2 a@3 abc@3+ bc@4 ab@5 abc@5+ c@6 3@7 5@8"),
        ("config.json ended.Next", "config@0 configjson@0+ json@1 end@2 endednext@2+ next@3"),
        ("error:timeout Re:meeting", "error@0 errortimeout@0+ timeout@1 re@2 remeet@2+ meet@3"),
        ("mailto:jane@example.org", "mailto@0 mailtojan@0+ jane@1 exampl@2 exampleorg@2+ org@3"),
        ("l'optimisation l’art O'Brien's", "l@0 loptim@0+ optim@1 l@2 lart@2+ art@3 o@4 obrien@4+ brien@5"),
        ("_really_ snake_case __init__", "realli@0 snake@1 snakecas@1+ case@2 init@3"),
        ("run-ning", "run@0 ning@1"),
        ("state-of-the-art", "state@0 stateoftheart@0+ stateof@0+ of@1 ofth@1+ the@2 theart@2+ art@3"),
        ("a--b c -d e- f", "a@0 b@1 c@2 d@3 e@4 f@5"),
        ("2019-05-12 10-12 x-1", "2019@0 20190512@0+ 05@1 12@2 10@3 12@4 x@5 x1@5+ 1@6"),
        ("co\u{2011}op non\u{2010}zero", "co@0 coop@0+ op@1 non@2 nonzero@2+ zero@3"),
        ("ﬁne ＡＢＣ 𝐱² Straße", "fine@0 abc@1 x@2 2@3 strass@4"),
        ("soft\u{AD}hyphen", "softhyphen@0"),
        ("optimi-\nzation is cor\u{AD}\n  rigible", "optim@0 optimi@0+ zation@0+ is@1 corrig@2 cor@2+ rigibl@2+"),
        (
            "state-of-the-\nart mark-\nup-",
            "state@0 stateoftheart@0+ stateof@0+ of@1 ofth@1+ the@2 art@3 markup@4 mark@4+ up@4+"
        ),
        (
            "wi-fi-enabled gpt-3.5-turbo 555-12-x",
            "wi@0 wifien@0+ wifi@0+ fi@1 fienabl@1+ enabl@2 gpt@3 gpt35turbo@3+ gpt3@3+ 3@4 5@5 turbo@6 555@7 55512x@7+ 12@8 x@9"
        ),
        ("1990s 747s F-16s 2010s-style 1990's", "1990@0 747@1 f@2 f16@2+ 16@3 2010@4 2010sstyle@4+ style@5 1990@6 s@7"),
        (
            "KPIs CLIs QAs CAs MLEs this thus has his gas 1s",
            "kpi@0 cli@1 qa@2 ca@3 mle@4 this@5 thus@6 has@7 his@8 gas@9 1s@10"
        ),
        ("buses lenses aliases crises", "bus@0 len@1 alia@2 crisi@3"),
        ("bus lens alias crisis", "bus@0 len@1 alia@2 crisi@3"),
        ("colour's LLM's dog's", "color@0 llm@1 dog@2"),
        ("dʼArtagnan Hawaiʻi donʼt ʻokina", "d@0 dartagnan@0+ artagnan@1 hawai@2 hawaii@2+ i@3 dont@4 okina@5"),
        ("أحمد قرآن مدرسة تـطويلـ ٱلله علی کتاب", "احمد@0 قران@1 مدرسه@2 تطويل@3 الله@4 علي@5 كتاب@6"),
        ("کتاب‌ها a\u{200C}b", "كتاب@0 كتابها@0+ ها@1 ab@2"),
        ("٢٠٢٣ ۴۵ ४५ ১২", "2023@0 45@1 45@2 12@3"),
        ("end-\nNew 3-\nfold x- y", "end@0 new@1 3@2 fold@3 x@4 y@5"),
        ("Łukasz Møller", "lukasz@0 moller@1"),
        ("encyclopædia encyclopaedia œuvre oeuvre", "encyclopedia@0 encyclopedia@1 oeuvr@2 oeuvr@3"),
        ("Þór ıŋ Đorđe", "thor@0 in@1 dord@2"),
        ("C++ C# F#, .NET i++ C", "c@0 c++@0+ c@1 c#@1+ f@2 f#@2+ net@3 .net@3+ i@4 i++@4+ c@5"),
        ("R&D AT&T's at&t Simon&Garfunkel", "r@0 r&d@0+ d@1 at@2 at&t@2+ t@3 at@4 at&t@4+ t@5 simon@6 garfunkel@7"),
        ("ASP.NET issue#12 a+b C#m", "asp@0 aspnet@0+ net@1 .net@1+ issu@2 12@3 a@4 b@5 c@6 m@7"),
        ("colour modelling optimisation realism analysis", "color@0 model@1 optim@2 realism@3 analysi@4"),
        ("", ""),
        ("… — !?", ""),
    ])
    func english(text: String, expected: String) throws {
        let found = try terms(text)
        #expect(found == expected)
    }

    @Test(arguments: [
        ("rightSplit", "rightsplit@0 right@0+ split@0+"),
        ("HTMLParser", "htmlparser@0 html@0+ parser@0+"),
        ("iPhone14Pro", "iphone14pro@0 i@0+ phone@0+ 14@0+ pro@0+ iphon@0+ iphone14@0+ phone14@0+"),
        (
            "parseHTTPRequest2",
            "parsehttprequest2@0 pars@0+ http@0+ request@0+ 2@0+ parsehttprequest@0+ parsehttp@0+ httprequest@0+ request2@0+"
        ),
        ("LLMs GPUs' PhD dB pH", "llm@0 gpu@1 phd@2 ph@2+ d@2+ db@3 ph@4"),
        ("1st 22nd 1990s 3D", "1st@0 22nd@1 1990@2 3d@3 3@3+ d@3+"),
        ("3f2a9bc4e1d7", "3f2a9bc4e1d7@0"),
        ("OpenAI's", "openai@0 open@0+ ai@0+"),
        ("ПростоТест", "простотест@0 просто@0+ тест@0+"),
        ("Workspace.rightSplit", "workspac@0 workspacerightsplit@0+ rightsplit@1 right@1+ split@1+"),
        ("v2.10.3-rc.1", "v2@0 v@0+ 2@0+ v2103rc@0+ v210@0+ 10@1 3@2 rc@3 1@4"),
        ("arXiv:2209.13085v2", "arxiv@0 ar@0+ xiv@0+ 2209@1 220913085v2@1+ 13085v2@2 13085@2+ v@2+ 2@2+ v2@2+"),
        ("LLaMA2", "llama2@0 lla@0+ ma@0+ 2@0+ llama@0+ ma2@0+"),
        ("DeBERTaV3", "debertav3@0 de@0+ berta@0+ v@0+ 3@0+ debertav@0+ deberta@0+ v3@0+ bertav@0+"),
        (
            "utf8mb4 sha256sum",
            "utf8mb4@0 utf@0+ 8@0+ mb@0+ 4@0+ utf8@0+ mb4@0+ sha256sum@1 sha@1+ 256@1+ sum@1+ sha256@1+"
        ),
        ("H2SO4", "h2so4@0 h@0+ 2@0+ so@0+ 4@0+ h2@0+ so4@0+"),
        ("getUserName", "getusernam@0 get@0+ user@0+ name@0+ getus@0+ usernam@0+"),
        ("Code2", "code2@0 code@0+ 2@0+"),
        ("한국어Text", "한국어text@0 한국어@0+ text@0+"),
        ("CVE-2021-44228", "cve@0 cve202144228@0+ cve2021@0+ 2021@1 44228@2"),
    ])
    func identifiersHaveTheirPartsBesideThem(text: String, expected: String) throws {
        let found = try terms(text)
        #expect(found == expected)
    }

    @Test(arguments: [
        ("게임을 게임이 게임에서는 게임들의 게임", "게임@0 게임@1 게임@2 게임@3 게임@4"),
        ("책을 책은 마을 가을 아이 학교에서", "책@0 책@1 마을@2 가을@3 아이@4 학교@5"),
        (
            "AI가 GPT는 agents를 LLM들의 2023년에 5만",
            "ai@0 가@0+ gpt@1 는@1+ agent@2 를@2+ llm@3 들의@3+ 2023년@4 2023@4+ 년에@4+ 5만@5 5@5+ 만@5+"
        ),
        ("공부하는 코딩했습니다 나라입니다 학생이라면 친구하고", "공부@0 코딩@1 나라@2 학생@3 친구@4"),
        ("책이 집이나 뉴스에요 너와 모델이다 종이", "책이@0 책@0+ 집@1 뉴스@2 너와@3 너@3+ 모델@4 종이@5 종@5+"),
        ("강아지를 바다로 서울로 부산으로", "강아지@0 바다@1 서울@2 부산@3"),
    ])
    func koreanNounsLoseTheirParticles(text: String, expected: String) throws {
        #expect(try terms(text) == expected)
        #expect(try terms("게임을", "none") == "게임을@0")
    }

    @Test func germanWritesUmlautsInTwoWays() throws {
        #expect(try terms("Häuser Haeuser haus", "german") == "haus@0 haus@1 haus@2")
        #expect(try terms("Größe Groesse neue Quelle", "german") == "gross@0 gross@1 neu@2 quell@3")
        #expect(try terms("haeus", "german", for: .prefix) == "haus@0")
        #expect(try terms("Aarhus Århus", "danish") == "arhus@0 arhus@1")
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
        // Single letters of Thai say nothing.
        #expect(try terms("ภาษาไทย") == "ภา@0 าษ@1 ษา@2 าไ@3 ไท@4 ทย@5")
        #expect(try terms("한국어 모델", for: .query) == "한국어@0 모델@1")
    }

    @Test func emojiAreTerms() throws {
        #expect(try terms("good 👍🏽 🇩🇪🇫🇷 ☺ ©") == "good@0 👍@1 🇩🇪@2 🇫🇷@3 ☺@4")
        #expect(try terms("love ❤️ ❤ it ⚠️ 👨‍👩‍👧 → ▶ ➡️ ™") == "love@0 ❤@1 ❤@2 it@3 ⚠@4 👨👩👧@5 👨@5+ 👩@5+ 👧@5+")
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
        // Each word and its digits are new, and so is their letter.
        #expect(buffer.count == 60_000 && analyzer.termCount == 40_003)
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
