import PostilTestSupport
import Testing

@testable import Postil

/// Words as people write them in texts and in queries: in phrases, in plurals, cut by a line's end, in parts of compounds.
@Suite struct WordFormTests {
    private func searcher(_ texts: [String], in folder: TemporaryFolder) throws -> Searcher {
        for (number, text) in texts.enumerated() { try folder.write(text, to: "in/\(number).txt") }
        let request = IndexingRequest(paths: [folder.file("in")])
        _ = try Index.update(at: folder.file("postil.db"), with: request)
        return try Index.open(at: folder.file("postil.db")).makeSearcher()
    }

    /// Expects each query to find the first text alone.
    private func expect(_ text: String, isFoundBy queries: [String], other: String = "Nothing of it.") throws {
        let folder = try TemporaryFolder()
        let searcher = try searcher([text, other], in: folder)
        for query in queries {
            for strategy in EvaluationStrategy.allCases {
                let found = try searcher.search(SearchRequest(query, strategy: strategy)).hits.map(\.externalID)
                #expect(found == ["0.txt"], "\(query)")
            }
        }
    }

    @Test func pluralsOfFiguresAndInitialsAreFound() throws {
        try expect(
            "the 1990s, 1980's, B-52s, F-16s, 747s and 2010s-style KPIs, CLIs, QAs and CAs in buses",
            isFoundBy: [
                "1990", "1980s", "1980", "b-52", "b52", "f16", "747", "2010", "KPI", "CLI", "QA", "CA", "bus",
                "1990s*", "747s*", "KPIs*",
            ],
            other: "this was his gas, 1s and 2s")
    }

    @Test func phrasesGoOnAcrossWordsThatALinesEndCuts() throws {
        try expect(
            "the inter-\nnational community was dis-\r\n  appointed by it; com\u{AD}\nmunity of self-\ndriving cars",
            isFoundBy: [
                "\"international community\"", "\"the international community\"", "\"was disappointed by it\"",
                "\"it community of\"", "\"self driving cars\"", "\"self-driving cars\"", "\"of selfdriving cars\"",
                "\"disappointed by\"", "inter", "national", "+self-driving",
            ], other: "community driving: cars by it")
    }

    /// Any word, cut at any place by a line's end, is found, and so are the phrases with the words beside it.
    @Test func everyWordThatALinesEndCutsIsFoundInItsPhrases() throws {
        var random = SplitMix64(seed: 1_311)
        let vocabulary = [
            "community", "alignment", "reward", "naïve", "übersetzung", "corrigible", "agent", "oversight",
        ]
        let hyphens = ["-\n", "-\r\n\t", "\u{AD}\n  ", "\u{2010}\n"]
        var texts: [String] = []
        var phrases: [String] = []
        for _ in 0..<24 {
            let words = (0..<4).map { _ in vocabulary.randomElement(using: &random) ?? "" }
            let cut = Int.random(in: 0..<4, using: &random)
            let place = words[cut].index(
                words[cut].startIndex, offsetBy: Int.random(in: 1..<words[cut].count, using: &random))
            let hyphen = hyphens.randomElement(using: &random) ?? ""
            var written = words
            written[cut] = words[cut][..<place] + hyphen + words[cut][place...]
            texts.append(written.joined(separator: " "))
            phrases.append(words.joined(separator: " "))
        }
        let folder = try TemporaryFolder()
        let searcher = try searcher(texts, in: folder)
        for (number, phrase) in phrases.enumerated() {
            let found = try searcher.search(SearchRequest("\"\(phrase)\"", limit: 100)).hits.map(\.externalID)
            #expect(found.contains("\(number).txt"), "seed: 1311, \(phrase) in \(texts[number].debugDescription)")
            for hit in found {
                let other = Int(hit.dropLast(4)).map { phrases[$0] }
                #expect(other == phrase, "seed: 1311, \(phrase) is not in \(other ?? hit)")
            }
        }
    }

    @Test func decimalsStandBesideUnitsAndNames() throws {
        try expect(
            "a 5.5mm bolt at 2.5GHz, 100km/h, 1.5x; Python3.11 ships GPT3.5 and Claude3.5Sonnet v2.10 now",
            isFoundBy: [
                "\"5.5 mm\"", "\"a 5.5 mm bolt\"", "\"2.5 GHz\"", "\"100 km/h\"", "\"1.5 x\"", "\"python 3.11\"",
                "\"gpt 3.5\"", "\"claude 3.5\"", "\"claude 3.5 sonnet\"", "\"v 2.10\"",
            ], other: "mm 5.5, GHz 2.5, 3.11 pythons, sonnet 3.5 claude, 10 v 2")
        try expect(
            "Llama 3.1, iOS 17.2, GPT-3.5-turbo",
            isFoundBy: ["llama3.1", "+llama3.1", "ios17.2", "gpt3.5", "\"llama3.1\""],
            other: "llama and 3 and 1, 17 ios 2, turbo 3, 5 gpt")
    }

    @Test func neighboursInCompoundsAreFoundTogether() throws {
        try expect(
            "wi-fi-enabled e-mail-based multi-agent-system; getUserName2 parseXMLDoc3File getHTTPResponseCode2",
            isFoundBy: [
                "wifi", "email", "multiagent", "agentsystem", "username", "name2", "doc3", "xmldoc", "code2",
                "\"parse xml doc 3 file\"", "+wi-fi", "\"wi-fi enabled\"", "+multi-agent-system",
            ], other: "enabled wi, based mail, system of agents")
    }

    /// Joined forms that nobody writes are no words to complete or to correct to.
    @Test func addressesAndNeighboursAreNotListed() throws {
        let folder = try TemporaryFolder()
        let searcher = try searcher(
            ["wi-fi-enabled state-of-the-art config.json mesa-optimizer reward_hacking"], in: folder)
        for (beginning, words) in [
            ("wif", [String]()), ("stateo", []), ("configj", []), ("rewardh", []), ("mesao", ["mesaoptimizer"]),
            ("conf", ["config"]),
        ] {
            #expect(try searcher.completions(of: beginning).map(\.text) == words, "\(beginning)")
        }
        #expect(try searcher.search(SearchRequest("mesaoptimzer")).correctedQuery == "mesaoptimizer")
    }

    @Test func wordsAreListedWithoutPossessivesAndParticles() throws {
        let folder = try TemporaryFolder()
        let searcher = try searcher(["Kowalczewski\u{2019}s theorem, tomorrow's news, 강화학습을 위한", "other"], in: folder)
        for (query, corrected) in [
            ("Kowalczevski", "kowalczewski"), ("timorrow", "tomorrow"), ("tommorow", "tomorrow"), ("강화학슴", "강화학습"),
            ("Kowalczevski's", "kowalczewski"),
        ] {
            #expect(try searcher.search(SearchRequest(query)).correctedQuery == corrected, "\(query)")
        }
        for query in ["tomorow~", "kowalczevski~", "=tomorrow", "=tomorrow's", "=강화학습", "강화학슴~"] {
            #expect(try searcher.search(SearchRequest(query)).hits.map(\.externalID) == ["0.txt"], "\(query)")
        }
        #expect(try searcher.search(SearchRequest("=tomorrows")).hits.isEmpty)
        #expect(try searcher.completions(of: "tomor").map(\.text) == ["tomorrow"])
    }

    @Test func lettersOfOtherScriptsAreFoundAsPeopleTypeThem() throws {
        try expect(
            "کتاب‌ها می‌روم خانه‌ای; أحمد إسلام قرآن مدرسة تـطويلـ ٢٠٢٣ ४५ ১২; dʼArtagnan Hawaiʻi Qurʼan",
            isFoundBy: [
                "کتاب", "خانه", "روم", "\"کتاب ها\"", "کتابها", "كتاب", "احمد", "اسلام", "قران", "مدرسه", "تطويل",
                "2023", "45",
                "12", "d'artagnan", "artagnan", "hawai'i", "hawaii", "quran",
            ])
    }
}
