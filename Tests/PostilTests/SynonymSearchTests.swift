import Documents
import PostilTestSupport
import Ranking
import Testing

@testable import Postil

/// Other ways to say the same, searched beside the query's words.
struct SynonymSearchTests {
    private let folder: TemporaryFolder
    private let searcher: Searcher

    init() throws {
        folder = try TemporaryFolder()
        let index = try Index.create(at: folder.file("postil.db"), profile: try Profile.named("default"))
        let writer = try index.makeWriter()
        let texts = [
            "RLHF is used for assistants.", "Learning from human feedback works for assistants.",
            "Feedback of a human is no learning.", "A mesa-optimizer was met.", "An inner optimizer was found.",
        ]
        for (number, text) in texts.enumerated() {
            _ = try writer.insert(Document(externalID: "d\(number)", title: "", body: text))
        }
        try writer.commit()
        searcher = try index.makeSearcher()
    }

    private func results(
        _ query: String, _ synonyms: String = "RLHF = learning from human feedback\nmesa-optimizer = inner optimizer",
        strategy: EvaluationStrategy = .automatic, matching: SearchRequest.WordMatching = .any
    ) throws -> SearchResults {
        var request = SearchRequest(query, strategy: strategy, explains: true)
        request.synonyms = try Synonyms(synonyms, path: "synonyms.txt")
        request.matching = matching
        return try searcher.search(request)
    }

    @Test(arguments: [
        ("RLHF", ["d0", "d1"]), ("human feedback", ["d1", "d2"]), ("learning from human feedback", ["d1", "d2", "d0"]),
        ("inner optimizers", ["d4", "d3"]), ("mesa-optimizer", ["d3", "d4"]),
        // What has to match, or must not, is the user's to say.
        ("+RLHF", ["d0"]), ("+assistants RLHF", ["d0", "d1"]), ("\"RLHF\"", ["d0"]), ("RLHF -assistants", []),
    ])
    func theyMatchWhereNothingHasTo(query: String, expected: [String]) throws {
        for strategy in EvaluationStrategy.allCases {
            let hits = try results(query, strategy: strategy).hits
            #expect(hits.map(\.externalID) == expected, "\(strategy)")
            for hit in hits { #expect(hit.explanation?.score == hit.score, "\(hit.externalID)") }
        }
    }

    @Test func theyAreToldAndNoWordsOfTheUser() throws {
        let found = try results("RLHF assistants")
        #expect(found.alsoSearched == ["learning from human feedback"])
        #expect(try results("RLHF assistants", matching: .all).hits.map(\.externalID) == ["d0"])
        #expect(try results("+RLHF +assistants").alsoSearched.isEmpty)
    }

    @Test func oneThatNoDocumentHasIsNotTold() throws {
        let found = try results("RLHF", "RLHF = quokka = quokka jumps")
        #expect(found.hits.map(\.externalID) == ["d0"] && found.hints.isEmpty && found.correctedQuery == nil)
    }
}
