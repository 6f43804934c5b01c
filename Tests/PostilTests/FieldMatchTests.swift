import PostilTestSupport
import Testing

@testable import Postil

/// Plain words find documents by fields beside title and body.
@Suite struct FieldMatchTests {
    let folder: TemporaryFolder
    let searcher: Searcher

    init() throws {
        folder = try TemporaryFolder()
        var texts = [
            "by": "---\nauthor: Evan Hubinger\ntags: [deception]\n---\nOn learned optimization.",
            "about": "---\nauthor: Ann Föhl\n---\nHubinger says, and Hubinger again: Hubinger.",
            "alias": "---\naliases: [mesa]\nauthor: I. J. Good\n---\nOn searching.",
            "other": "Deception is a good word. Deception.",
        ]
        for number in 0..<20 { texts["good\(number)"] = "a good thing" }
        for (name, text) in texts { try folder.write(text, to: "in/\(name).md") }
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
        searcher = try Index.open(at: folder.file("postil.db")).makeSearcher()
    }

    private func ids(_ query: String) throws -> [String] {
        let all = try EvaluationStrategy.allCases.map { strategy in
            try searcher.search(SearchRequest(query, limit: 100, strategy: strategy)).hits
        }
        for hits in all.dropFirst() {
            #expect(hits.map(\.id) == all[0].map(\.id) && hits.map(\.score) == all[0].map(\.score), "\(query)")
        }
        return all[0].map { String($0.externalID.dropLast(3)) }
    }

    @Test func whatAnAuthorWroteComesFirst() throws {
        #expect(try ids("hubinger") == ["by", "about"])
        #expect(try ids("evan hubinger") == ["by", "about"])
        #expect(try ids("Fohl") == ["about"])
        #expect(try searcher.search(SearchRequest("fohl")).hints.isEmpty)
    }

    @Test func aWordThatIsMoreThanANameIsNone() throws {
        let found = try ids("good")
        #expect(found.count == 22 && found.last == "alias")
    }

    @Test func tagsAndAliasesStandBehindTexts() throws {
        #expect(try ids("deception") == ["other", "by"])
        #expect(try ids("mesa") == ["alias"])
    }

    /// What must, must not or should stand so is looked for in authors, tags, aliases and names of files as well.
    @Test(arguments: [
        ("+hubinger", ["by", "about"]), ("hubinger,", ["by", "about"]), ("hubinger?", ["by", "about"]),
        ("(hubinger)", ["by", "about"]), ("hubinger^2", ["by", "about"]), ("\"evan hubinger\"", ["by"]),
        ("hubinger -says", ["by"]), ("+hubinger optimization", ["by", "about"]), ("hubinger AND optimization", ["by"]),
        ("\"evan hubinger\" AND optimization", ["by"]), ("optimization -hubinger", []), ("optimization -evan", []),
        ("optimization -\"evan hubinger\"", []), ("hubing*", ["about", "by"]), ("+evan", ["by"]),
        ("evan says", ["about", "by"]),
        ("+mesa searching", ["alias"]), ("searching -mesa", []), ("title:hubinger", []), ("body:hubinger", ["about"]),
    ])
    func operatorsHoldForAllFields(query: String, expected: [String]) throws {
        #expect(try ids(query) == expected, "\(query)")
        #expect(
            try searcher.search(SearchRequest(query)).hints.allSatisfy { !$0.message.contains("no document has “") })
    }

    @Test func aMistypedNameIsPutRight() throws {
        let results = try searcher.search(SearchRequest("hubingre"))
        #expect(results.correctedQuery == "hubinger" && results.hits.first?.externalID == "by.md")
        #expect(try searcher.search(SearchRequest("evna")).correctedQuery == "evan")
        #expect(
            try searcher.search(SearchRequest("decpetion thing")).hints.first?.message.contains("“deception”") == true)
    }

    @Test func everyPartOfATagIsFound() throws {
        try folder.write("---\ntags: [project/quasar/deep]\n---\nA text.", to: "tags/nested.md")
        try folder.write("A project.", to: "tags/other.md")
        let index = folder.file("tags.db")
        _ = try Index.update(at: index, with: IndexingRequest(paths: [folder.file("tags")]))
        let searcher = try Index.open(at: index).makeSearcher()
        for query in ["quasar", "+quasar", "deep", "quas*", "text AND quasar", "\"quasar\" AND deep"] {
            #expect(try searcher.search(SearchRequest(query)).hits.map(\.externalID) == ["nested.md"], "\(query)")
        }
        #expect(try searcher.search(SearchRequest("project")).hits.map(\.externalID) == ["other.md", "nested.md"])
        // A field is asked for by its own rule.
        #expect(try searcher.search(SearchRequest("tag:quasar")).hits.isEmpty)
        #expect(try searcher.search(SearchRequest("text -deep")).hits.isEmpty)
    }

    /// By each of its words, and by the words written together; and no word is suggested for itself.
    @Test func everyWordOfATagIsFound() throws {
        try folder.write(
            "---\ntags: [AI safety, self-driving cars, machine-learning]\nauthor: Rohin\n---\nA text.", to: "words/a.md"
        )
        try folder.write("Agents of others.", to: "words/b.md")
        let index = folder.file("words.db")
        _ = try Index.update(at: index, with: IndexingRequest(paths: [folder.file("words")]))
        let searcher = try Index.open(at: index).makeSearcher()
        for query in [
            "safety", "cars", "driving", "machine", "learning", "+safety", "=cars", "self-driving", "selfdriving",
            "machinelearning", "\"AI safety\"", "machin*", "safety ai", "saftey", "+saftey", "Safety AND text",
        ] {
            #expect(try searcher.search(SearchRequest(query)).hits.map(\.externalID) == ["a.md"], "\(query)")
        }
        #expect(try searcher.search(SearchRequest("safety agents")).hits.map(\.externalID) == ["b.md", "a.md"])
        #expect(try searcher.search(SearchRequest("text -safety")).hits.isEmpty)
        for query in ["title:rohin", "title:safety", "Rohin:agents", "Safety:agents"] {
            let hints = try searcher.search(SearchRequest(query)).hints
            #expect(hints.allSatisfy { !$0.message.contains("did you mean") }, "\(query): \(hints)")
        }
    }

    /// What the words of a tag find is what looking at each tag finds, in any number of chunks of its column.
    @Test func wordsOfTagsAreThoseOfEveryTag() throws {
        var random = SplitMix64(seed: 1_301)
        let words = ["alpha", "beta", "gamma", "delta", "Épsilon", "zeta-eta", "c++"]
        var tags: [[String]] = []
        for number in 0..<60 {
            let tag = (0..<Int.random(in: 1...3, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
            tags.append([tag.joined(separator: ["/", " ", "-"].randomElement(using: &random) ?? " ")])
            try folder.write("---\ntags: ['\(tags[number][0])']\n---\nA text.", to: "many/\(number).md")
        }
        let index = folder.file("many.db")
        _ = try Index.update(at: index, with: IndexingRequest(paths: [folder.file("many")]))
        let searcher = try Index.open(at: index).makeSearcher()
        for (query, isThere) in [
            ("alpha", { $0.contains("alpha") }), ("epsilon", { $0.contains("Épsilon") }),
            ("eta", { $0.contains("eta-eta") || $0.contains("zeta-eta") }),
            ("zetaeta", { $0.contains("zeta-eta") }),
            ("+gamma +delta", { $0.contains("gamma") && $0.contains("delta") }),
        ] as [(String, (String) -> Bool)] {
            let expected = tags.indices.filter { isThere(tags[$0][0]) }.map { "\($0).md" }
            let found = try searcher.search(SearchRequest(query, limit: 100)).hits.map(\.externalID)
            #expect(Set(found) == Set(expected), "seed: 1301, \(query)")
        }
    }

    /// A name beside other words counts, less than a word of the text, and the same however it is evaluated.
    @Test(arguments: [UInt64(1_306), 1_307])
    func aNameBesideASubjectCounts(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let authors = ["Ines Halvorsen", "Marit Stråle", "Halvorsen Bo", "Ann Other"]
        let words = ["reward", "hacking", "proxy", "goal", "measure", "Stråle"]
        for number in 0..<80 {
            let author = authors[min(3, Int.random(in: 0..<16, using: &random))]
            let text = (0..<Int.random(in: 3...40, using: &random)).map { _ in
                words[Int.random(in: 0..<200, using: &random) == 0 ? 5 : Int.random(in: 0..<5, using: &random)]
            }
            try folder.write(
                "---\nauthor: \(author)\n---\n\(text.joined(separator: " "))", to: "names/\(number).md")
        }
        let index = folder.file("names.db")
        _ = try Index.update(at: index, with: IndexingRequest(paths: [folder.file("names")]))
        let searcher = try Index.open(at: index).makeSearcher()
        for query in [
            "halvorsen reward", "ines halvorsen reward hacking", "strale proxy", "reward AND halvorsen",
            "goal halvorsen^2 -proxy",
        ] {
            let all = try EvaluationStrategy.allCases.map { strategy in
                try searcher.search(SearchRequest(query, limit: 80, strategy: strategy, explains: true)).hits
            }
            for hits in all {
                #expect(
                    hits.map(\.id) == all[0].map(\.id) && hits.map(\.score) == all[0].map(\.score),
                    "seed: \(seed), \(query)")
                for hit in hits {
                    let sum = hit.explanation?.parts.reduce(0) { $0 + $1.contribution } ?? 0
                    #expect(abs(sum - hit.score) < 1e-9, "seed: \(seed), \(query), \(hit.externalID)")
                }
            }
            let short = try searcher.search(SearchRequest(query, limit: 3)).hits
            #expect(short.map(\.id) == Array(all[0].prefix(3).map(\.id)), "seed: \(seed), \(query)")
            let raised = all[0].filter { $0.explanation?.parts.contains { $0.kind == .field } ?? false }
            #expect(!raised.isEmpty || query.contains("-"), "seed: \(seed), \(query)")
            let own = try #require(all[0].first)
            let explained = try searcher.explain(own.id, query: query)
            #expect(explained?.score == own.score, "seed: \(seed), \(query)")
        }
        let first = try searcher.search(SearchRequest("halvorsen reward", limit: 3)).hits
        #expect(first.allSatisfy { $0.author?.contains("Halvorsen") ?? false }, "seed: \(seed)")
    }

    @Test func namesOfFilesAreFound() throws {
        try folder.write("# A title\n\nA text.", to: "names/zebra-crossing.md")
        try folder.write("# Zebras\n\nOf giraffes.", to: "names/okapi.md")
        try folder.write("a\nb\n", to: "names/quagga/other.txt")
        let index = folder.file("names.db")
        _ = try Index.update(at: index, with: IndexingRequest(paths: [folder.file("names")]))
        let searcher = try Index.open(at: index).makeSearcher()
        func found(_ query: String) throws -> [String] {
            try searcher.search(SearchRequest(query)).hits.map(\.externalID)
        }
        #expect(try found("okapi") == ["okapi.md"])
        #expect(try found("crossing") == ["zebra-crossing.md"])
        // Not by folders; behind texts with the word.
        #expect(try found("quagga").isEmpty)
        #expect(try found("zebra") == ["okapi.md", "zebra-crossing.md"])
        #expect(try found("+zebra -giraffes") == ["zebra-crossing.md"])
        #expect(try found("\"zebra crossing\"") == ["zebra-crossing.md"])
        #expect(try searcher.search(SearchRequest("okapi")).hints.isEmpty)
    }
}
