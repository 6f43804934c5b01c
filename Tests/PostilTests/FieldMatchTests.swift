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
        #expect(try ids("+hubinger") == ["about"])
        #expect(try ids("hubinger -says") == [])
    }

    @Test func namesOfFilesAreFoundWhereNoTextHasTheWord() throws {
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
        // Not by folders, and not beside texts.
        #expect(try found("quagga").isEmpty)
        #expect(try found("zebra") == ["okapi.md"])
        #expect(try searcher.search(SearchRequest("okapi")).hints.isEmpty)
    }
}
