import PostilTestSupport
import QueryLanguage
import Testing

@testable import Postil

/// Words of several parts, identifiers and the values of fields, from the text to the hit.
@Suite struct WordTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A searcher over texts by their file names.
    private func searcher(_ texts: [String: String]) throws -> Searcher {
        for (name, text) in texts { try folder.write(text, to: "in/\(name)") }
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
        return try Index.open(at: folder.file("postil.db")).makeSearcher()
    }

    private func ids(_ query: String, _ searcher: Searcher) throws -> [String] {
        try searcher.search(SearchRequest(query, limit: 100)).hits.map(\.externalID)
    }

    @Test func partsOfJoinedWordsAreFound() throws {
        let text = """
            See config.json. The sentence ended.Next one. error:timeout Re:meeting mailto:jane@example.org rightSplit
            my_func_name v2.10.3-rc.1 arXiv:2209.13085v2 CVE-2021-44228 1,234,567.89 l'optimisation didn’t Workspace.rightPane
            """
        let searcher = try searcher(["a.txt": text, "b.txt": "Nothing of it."])
        let queries = [
            "config", "json", "config.json", "configjson", "next", "\"the sentence ended\"", "\"next one\"", "timeout",
            "error:timeout", "meeting", "jane", "example", "example.org", "right", "split", "rightsplit", "rightSplit",
            "func", "myfuncname", "my_func_name", "+2.10.3", "v2.10.3-rc.1", "2.10.*", "2209.13085", "13085v2", "44228",
            "CVE-2021-44228", "CVE-2021-4*", "234", "1,234,567.89", "optimisation", "optimization", "didnt", "didn't",
            "pane", "\"rightsplit my_func_name\"", "+my_func_name", "rightSpl*",
        ]
        for query in queries { #expect(try ids(query, searcher) == ["a.txt"], "\(query)") }
    }

    /// All parts but the last stand as they are written.
    @Test func theBeginningOfAJoinedWordNeedsItsOtherParts() throws {
        let searcher = try searcher([
            "mesa.txt": "A mesa-optimizer.", "together.txt": "A mesaoptimizer.", "optimal.txt": "Optimal options.",
            "version.txt": "Version 2.10.3 is out.", "other.txt": "Version 2.11.10 of 10.", "split.txt": "rightSplit",
            "splits.txt": "Splits of the left.",
        ])
        #expect(try Set(ids("mesa-opt*", searcher)) == ["mesa.txt", "together.txt"])
        #expect(try ids("2.10.*", searcher) == ["version.txt"])
        #expect(try ids("rightSpl*", searcher) == ["split.txt"])
        #expect(try ids("+left -rightSpl*", searcher) == ["splits.txt"])
    }

    @Test func aPhraseMatchesAnIdentifierThatIsWrittenOfItsWords() throws {
        let searcher = try searcher([
            "a.txt": "call rightSplit pane", "b.txt": "information in a formation", "c.txt": "split right pane",
            "d.txt": "the right split pane", "e.txt": "splitRight",
        ])
        #expect(try ids("\"right split\"", searcher).sorted() == ["a.txt", "d.txt"])
        #expect(try ids("\"right split pane\"", searcher).sorted() == ["a.txt", "d.txt"])
        #expect(try ids("\"call right split\"", searcher) == ["a.txt"])
        #expect(try ids("\"in formation\"", searcher) == [])
    }

    @Test func aRequiredWordOfSeveralPartsNeedsThemAll() throws {
        let searcher = try searcher([
            "wifi.txt": "We have wi-fi here.", "scifi.txt": "Sci fi novels.", "rose.txt": "The name of a rose.",
            "func.txt": "Call my_func_name now.", "agents.txt": "Agents alone.", "game.txt": "今天玩成语接龙游戏",
            "success.txt": "成功的故事", "cpp.txt": "Notes on C++ for us.", "c.txt": "C and C in C.",
        ])
        #expect(try ids("+wi-fi", searcher) == ["wifi.txt"])
        #expect(try ids("+my_func_name", searcher) == ["func.txt"])
        #expect(try ids("+multi-agent", searcher) == [])
        #expect(try ids("+成语接龙", searcher) == ["game.txt"])
        #expect(try ids("C++", searcher) == ["cpp.txt"])
        #expect(try ids("+C", searcher).sorted() == ["c.txt", "cpp.txt"])
    }

    /// `+x`, `x AND x`, the phrase and what `-x` leaves agree, whatever x is.
    @Test func requiredExcludedAndQuotedWordsAgree() throws {
        var random = SplitMix64(seed: 13)
        let parts = ["wi", "Fi", "right", "Split", "GPT", "4", "2", "成语", "接龙", "AT", "don't", "é", "x", "C++", "AI"]
        let joiners = ["-", "_", ".", ":", "'", "", "", " ", "&", "/"]
        func compound() -> String {
            var text = parts.randomElement(using: &random) ?? ""
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                text += joiners.randomElement(using: &random) ?? ""
                text += parts.randomElement(using: &random) ?? ""
            }
            return text
        }
        var texts: [String: String] = [:]
        for number in 0..<120 {
            texts["\(number).txt"] = (0..<Int.random(in: 1...3, using: &random)).map { _ in compound() }
                .joined(separator: " ")
        }
        let searcher = try searcher(texts)
        for _ in 0..<200 {
            let word = compound().replacing(" ", with: "-")
            func matches(_ query: String) throws -> Set<String> {
                var request = SearchRequest(query, limit: 200)
                request.correctsSpelling = false
                return Set(try searcher.search(request).hits.map(\.externalID))
            }
            let required = try matches("+\(word)")
            // A query in capitals has no operators.
            if word.contains(where: \.isLowercase) {
                #expect(try matches("\(word) AND \(word)") == required, "seed: 13, \(word)")
            }
            #expect(try matches("\"\(word)\"") == required, "seed: 13, \(word)")
            #expect(try matches("* -\(word)").isDisjoint(with: required), "seed: 13, \(word)")
            #expect(try matches("* -\(word)").count + required.count == texts.count, "seed: 13, \(word)")
        }
    }

    @Test func pastedNamesFindTheirDocumentFirst() throws {
        var lines = [
            "{\"id\":\"target\",\"title\":\"Risks\",\"text\":\"plain\",\"url\":\"https://arxiv.org/abs/1906.01820\"}"
        ]
        lines.append("{\"id\":\"doi\",\"text\":\"plain\",\"url\":\"https://doi.org/10.1038/s41586-020\"}")
        lines.append("{\"id\":\"page\",\"text\":\"plain\",\"url\":\"http://www.example.org/a/page/\"}")
        for number in 0..<30 {
            lines.append("{\"id\":\"n\(number)\",\"text\":\"arxiv org abs 1906 01820 example page\"}")
        }
        let searcher = try searcher([
            "all.jsonl": lines.joined(separator: "\n"), "notes/deep/plan.md": "Plain.", "other.txt": "plan md notes",
        ])
        let queries = [
            "https://arxiv.org/abs/1906.01820": "target", "arXiv:1906.01820": "target", "1906.01820": "target",
            "arxiv.org/abs/1906.01820v3": "target", "https://arxiv.org/pdf/1906.01820.pdf": "target",
            "10.1038/s41586-020": "doi", "doi:10.1038/s41586-020": "doi",
            "https://dx.doi.org/10.1038/s41586-020": "doi",
            "example.org/a/page": "page", "https://example.org/a/page/": "page", "n7": "n7",
            "plan.md": "notes/deep/plan.md", "deep/plan.md": "notes/deep/plan.md",
        ]
        for (query, id) in queries { #expect(try ids(query, searcher).first == id, "\(query)") }
        // Other conditions hold for it as for every other match.
        var request = SearchRequest("https://arxiv.org/abs/1906.01820", limit: 100)
        request.since = "2020-01-01"
        #expect(try searcher.search(request).hits.isEmpty && searcher.rank(request).top.isEmpty)
        let page = try searcher.search(SearchRequest("https://arxiv.org/abs/1906.01820", limit: 5, offset: 1)).hits
        #expect(!page.map(\.externalID).contains("target"))
    }

    @Test func fieldsFoldLikeWords() throws {
        let searcher = try searcher([
            "a.md": "---\nauthor: Émile Föhl\ntags: [Économie, project/alpha, C++]\nvenue: ПРАВДА\n---\nx\n",
            "b.md": "---\nauthor: Rohin Shah\ntags: [projects]\n---\nx\n",
        ])
        let found = [
            "author:fohl", "author:émile", "author:e\u{301}mile", "author:\"Fohl, Emile\"", "tag:economie",
            "tag:économie",
            "tag:project", "tag:project/alpha", "tag:econ*", "tag:project/al*", "author:foh*", "venue:правда",
            "tag:c++",
        ]
        for query in found { #expect(try ids(query, searcher) == ["a.md"], "\(query)") }
        #expect(try ids("author:\"Shah, Rohin\"", searcher) == ["b.md"])
        #expect(try ids("tag:project*", searcher).sorted() == ["a.md", "b.md"])
        for query in ["author:foh", "tag:alpha", "tag:c", "author:shahs"] {
            #expect(try ids(query, searcher) == [], "\(query)")
        }
    }

    @Test func valuesThatFindNothingGetTheNearestOnes() throws {
        let searcher = try searcher([
            "a.md": "---\nauthor: Paul Christiano\ntags: [safety]\n---\nx\n",
            "b.md": "---\nauthor: Rohin Shah\n---\nx\n",
        ])
        func hints(_ query: String) throws -> [String] {
            try searcher.search(SearchRequest(query)).hints.map(\.message)
        }
        #expect(
            try hints("author:christano") == [
                "no document has this author; near to it are author:\"Paul Christiano\""
            ])
        #expect(try hints("tag:saftey") == ["no document has this tag; near to it are tag:safety"])
        #expect(try hints("author:zzzzzz").isEmpty)
    }

    @Test func britishAndAmericanSpellingsFindEachOther() throws {
        let searcher = try searcher([
            "a.txt": "the colour of modelling, optimised", "b.txt": "color modeling, optimized",
        ])
        for query in ["colour", "color", "colou*", "modelling", "modeling", "optimisation", "optimization", "optimis*"]
        {
            #expect(try ids(query, searcher).sorted() == ["a.txt", "b.txt"], "\(query)")
        }
    }
}
