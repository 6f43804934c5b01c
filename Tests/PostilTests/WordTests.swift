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

    /// As they are copied out of a sentence, a reference list or the bar of a browser.
    @Test func namesArePastedWithWhatStandsAroundThem() throws {
        var lines: [String] = []
        let documents = [
            ("doi", "https://doi.org/10.1038/s41586-020-1"), ("arxiv", "https://arxiv.org/abs/1906.01820"),
            ("old", "https://arxiv.org/abs/cs/0112017"), ("post", "https://www.lesswrong.com/posts/abc/some-title"),
            ("place", "https://example.com/page?id=7&x=y#sec"), ("hub19", ""), ("Meeting 12 May", ""),
            ("law", "https://en.wikipedia.org/wiki/Goodhart_(law)"), ("alpha", ""), ("über", ""), ("日本語", ""),
            ("two words", ""), ("CVE-2021-44228", ""), ("acm", "https://doi.org/10.1145/3442188.3445922"),
            ("forum", "https://www.lesswrong.com/posts/2jfiMgKkuw7a9Vexx/some-title"),
            ("short", "https://www.lesswrong.com/posts/9jfiMgKkuw7a9Vexx"), ("cgi", "https://example.com/a/b/?p=1&q=2"),
            ("550e8400-e29b-41d4-a716-446655440000", ""),
            ("published", "https://journal.org/article/10.1007/s10-1/full"),
        ]
        for (id, url) in documents { lines.append("{\"id\":\"\(id)\",\"text\":\"plain\",\"url\":\"\(url)\"}") }
        lines.append("{\"id\":\"medical\",\"text\":\"plain\",\"pmid\":12345678,\"isbn\":\"978-3-16-148410-0\"}")
        for number in 0..<9 {
            lines.append(
                "{\"id\":\"n\(number)\",\"text\":\"alpha wiki law arxiv preprint doi 10.1038/s41586-020-1 arxiv 1906.01820 cs/0112017 hub 19 HUB19 may meeting 12 some title page\"}"
            )
        }
        try folder.write(lines.joined(separator: "\n"), to: "in/all.jsonl")
        try folder.write("beta", to: "in/sub/beta.md")
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
        let searcher = try Index.open(at: folder.file("postil.db")).makeSearcher()
        let queries = [
            "DOI: 10.1038/s41586-020-1": "doi", "doi 10.1038/S41586-020-1": "doi",
            "https://arxiv.org/abs/1906.01820.": "arxiv",
            "arxiv 1906.01820": "arxiv", "arXiv: 1906.01820v2": "arxiv", "cs/0112017": "old", "arXiv:cs/0112017": "old",
            "https://www.lesswrong.com/posts/abc/some-title#comments": "post",
            "https://www.lesswrong.com/posts/abc/some-title?": "post",
            "example.com/page?id=7&x=y": "place", "https://example.com/page?id=7&x=y#other": "place", "HUB19": "hub19",
            "Hub19": "hub19",
            "Meeting 12 May": "Meeting 12 May", "\"Meeting 12 May\"": "Meeting 12 May", "Beta.md": "sub/beta.md",
            "BETA.MD": "sub/beta.md",
            "../dir/in/sub/beta.md": "sub/beta.md", "Sub/Beta.md": "sub/beta.md",
            "https://en.wikipedia.org/wiki/Goodhart_(law)": "law", "\"en.wikipedia.org/wiki/Goodhart_(law)\"": "law",
            "(https://en.wikipedia.org/wiki/Goodhart_(law))": "law",
            "https://en.wikipedia.org/wiki/Goodhart_%28law%29": "law",
            "url:https://en.wikipedia.org/wiki/Goodhart_(law)": "law",
            "alpha": "alpha", "ALPHA": "alpha", "über": "über", "日本語": "日本語", "two words": "two words",
            "see https://arxiv.org/abs/1906.01820": "arxiv", "title (https://arxiv.org/abs/1906.01820)": "arxiv",
            "arXiv:1906.01820 [cs.CV] 26 Feb 2021": "arxiv", "arXiv preprint arXiv:1906.01820": "arxiv",
            "export.arxiv.org/abs/1906.01820": "arxiv", "https://ar5iv.labs.arxiv.org/html/1906.01820": "arxiv",
            "https://www.alphaxiv.org/abs/1906.01820v2": "arxiv", "+CVE-2021-44228": "CVE-2021-44228",
            "https://dl.acm.org/doi/10.1145/3442188.3445922": "acm", "https://doi.org/10.1145%2F3442188.3445922": "acm",
            "https://dl.acm.org/doi/pdf/10.1145/3442188.3445922?download=true": "acm",
            "urn:doi:10.1145/3442188.3445922": "acm", "info:doi/10.1145/3442188.3445922": "acm",
            "https://journal.org/article/10.1007/s10-1/full": "published",
            "https://www.lesswrong.com/posts/2jfiMgKkuw7a9Vexx": "forum",
            "https://www.lesswrong.com/posts/2jfiMgKkuw7a9Vexx/some-title?commentId=q": "forum",
            "https://www.lesswrong.com/posts/9jfiMgKkuw7a9Vexx/another-title": "short",
            "https://example.com/a/b?p=1&q=2": "cgi",
            "PMID: 12345678": "medical", "ISBN 9783161484100": "medical", "isbn:978-3-16-148410-0": "medical",
            "{550e8400-e29b-41d4-a716-446655440000}": "550e8400-e29b-41d4-a716-446655440000",
        ]
        for (query, id) in queries { #expect(try ids(query, searcher).first == id, "\(query)") }
    }

    @Test func namesArePastedInOtherWaysThanTheyAreStored() throws {
        let urls = [
            "versioned": "https://arxiv.org/abs/2209.13085v3", "old": "http://arxiv.org/pdf/hep-th/9901001v1",
            "bare": "10.1145/3442188.3445922", "upper": "https://doi.org/10.1016/S0004-3702(99)00052-1",
            "accent": "http://www.example.org/posts/über-uns/?utm_source=feed",
            "arxivdoi": "https://doi.org/10.48550/arXiv.2005.14165", "escaped": "https://example.net/%C3%A9tude",
            "query": "https://example.net/topic.php?id=5",
        ]
        var lines = urls.sorted(by: { $0.key < $1.key }).map {
            "{\"id\":\"\($0)\",\"text\":\"plain\",\"url\":\"\($1)\"}"
        }
        lines.append("{\"id\":\"10.1000/182v2\",\"text\":\"plain\"}")
        lines.append("{\"id\":\"1706.03762v5\",\"text\":\"plain\"}")
        lines.append("{\"id\":\"arxivmeta\",\"text\":\"plain\",\"doi\":\"10.48550/arXiv.2203.02155\"}")
        lines.append("{\"id\":\"meta\",\"text\":\"plain\",\"doi\":\"10.1109/5.771073\"}")
        lines.append("{\"id\":\"says\",\"text\":\"See arXiv:1512.03385 and doi:10.1007/978-3.\"}")
        let searcher = try searcher(["all.jsonl": lines.joined(separator: "\n"), "notes/a b.md": "Plain."])
        let queries = [
            "versioned": [
                "arXiv:2209.13085", "2209.13085", "https://arxiv.org/pdf/2209.13085v1.pdf",
                "ARXIV.ORG/abs/2209.13085v3",
                "https://arxiv.org/abs/2209.13085?context=cs", "arxiv.org/html/2209.13085v2",
            ],
            "old": ["arXiv:hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001v2"],
            "bare": ["https://doi.org/10.1145/3442188.3445922", "DOI:10.1145/3442188.3445922"],
            "upper": ["10.1016/s0004-3702(99)00052-1", "https://dx.doi.org/10.1016/S0004-3702%2899%2900052-1"],
            "accent": [
                "http://example.org/posts/über-uns", "https://WWW.Example.org/posts/%C3%BCber-uns/",
                "https://example.org/posts/über-uns/?utm_source=mail&fbclid=1",
            ],
            "escaped": ["https://example.net/étude", "example.net/%C3%A9tude/"],
            "query": ["http://example.net/topic.php?id=5", "https://example.net/topic.php?utm_medium=x&id=5"],
            "1706.03762v5": [
                "https://arxiv.org/abs/1706.03762", "arxiv:1706.03762v1", "https://doi.org/10.48550/arXiv.1706.03762",
                "doi:10.48550/ARXIV.1706.03762", "10.48550/arXiv.1706.03762",
            ],
            "arxivdoi": ["https://arxiv.org/abs/2005.14165v4", "2005.14165", "10.48550/arxiv.2005.14165"],
            "arxivmeta": ["https://arxiv.org/abs/2203.02155", "https://doi.org/10.48550/arXiv.2203.02155"],
            "meta": ["https://doi.org/10.1109/5.771073", "10.1109/5.771073"],
            "says": ["https://arxiv.org/abs/1512.03385", "https://doi.org/10.1007/978-3"],
            "notes/a b.md": ["file://" + folder.file("in/notes/a%20b.md")],
        ]
        for (id, names) in queries {
            for name in names {
                #expect(try ids(name, searcher).first == id, "\(name)")
            }
        }
        #expect(try ids("https://example.net/topic.php?id=6", searcher).isEmpty)
        #expect(try searcher.search(SearchRequest("https://doi.org/10.1007/978-3")).hints.isEmpty)
    }

    @Test func halvesOfContractionsFindThem() throws {
        let searcher = try searcher([
            "a.md": "I wouldn't say they’ve gone, e.g. to the U.S. Don't.", "b.md": "Don Quixote, a haven of peace.",
            "c.md": "We haven't won: it won't do.",
        ])
        for word in ["wouldn", "Ve", "they", "e", "g", "t", "u"] {
            #expect(try ids(word, searcher).contains("a.md"), "\(word)")
        }
        // Words that are halves of contractions as well stand first as themselves.
        #expect(try ids("don", searcher) == ["b.md", "a.md"])
        #expect(try ids("haven", searcher) == ["b.md", "c.md"])
        #expect(try ids("+don", searcher) == ["b.md"])
        #expect(try searcher.search(SearchRequest("wouldn")).hints.isEmpty)
    }

    @Test func pluralsOfInitialsFindTheSingular() throws {
        let searcher = try searcher([
            "a.md": "LLMs on GPUs, PCAs by NGOs.", "b.md": "An LLM on a GPU, a PCA by an NGO.",
            "c.md": "Thus plus this.",
        ])
        for word in ["llm", "LLMs", "gpu", "gpus", "pca", "PCAs", "ngo", "ngos", "\"llms on\""] {
            #expect(try ids(word, searcher) == ["a.md", "b.md"], "\(word)")
        }
        #expect(try ids("+thu* -plus", searcher) == [] && ids("=thus", searcher) == ["c.md"])
        #expect(try ids("=llms", searcher) == ["a.md"])
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
        #expect(try hints("author:zzzzzz") == ["no document has author:zzzzzz"])
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
