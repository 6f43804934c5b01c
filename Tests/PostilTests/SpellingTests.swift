import PostilTestSupport
import Testing

@testable import Postil

/// Words that are spelt like others, and words that are nowhere.
@Suite struct SpellingTests {
    let folder: TemporaryFolder
    let searcher: Searcher

    init() throws {
        folder = try TemporaryFolder()
        let texts = [
            "corrigible": "Corrigibility is a property.", "copy": "A copy of a human.", "reward": "Reward hacking.",
            "regard": "With regard to that.",
        ]
        for (name, text) in texts { try folder.write(text, to: "in/\(name).txt") }
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
        searcher = try Index.open(at: folder.file("postil.db")).makeSearcher()
    }

    private func ids(_ query: String) throws -> [String] {
        try searcher.search(SearchRequest(query)).hits.map(\.externalID).sorted()
    }

    /// How many edits are looked for depends on the term and not on the word: *corig* is two edits from *copi*.
    @Test func shortTermsGetOneEdit() throws {
        #expect(try ids("corigibility~") == ["corrigible.txt"])
        #expect(try ids("corigibility~1") == ["corrigible.txt"])
        #expect(try ids("corigibility~2") == ["copy.txt", "corrigible.txt"])
        #expect(try ids("rewadr~") == ["regard.txt", "reward.txt"])
        #expect(try ids("rewadr~1") == ["reward.txt"])
    }

    @Test func wordsOfNoDocumentAreNamed() throws {
        let results = try searcher.search(SearchRequest("rewrad hacking"))
        #expect(results.hits.map(\.externalID) == ["reward.txt"])
        #expect(results.hints.map(\.column) == [1])
        #expect(results.hints.first?.message == "no document has “rewrad”; rewrad~ finds words spelt like it")
        #expect(try searcher.search(SearchRequest("+hacking -rewrad")).hints.isEmpty)
        #expect(try searcher.search(SearchRequest("reward-hacking human-ish")).hints.isEmpty)
        #expect(try searcher.search(SearchRequest("reward title:xyzzy")).hints.map(\.column) == [14])
        #expect(try searcher.search(SearchRequest("rew*rad")).hints.last?.message == "no document has “rew*rad”")
        let long = try searcher.search(SearchRequest(String(repeating: "x", count: 5_000))).hints
        #expect(long.map(\.message.count) == ["no document has “”".count + 41])
        let many = (0..<20).map { "xyzzy\($0)" }.joined(separator: " ")
        #expect(try searcher.search(SearchRequest(many)).hints.count == QueryPlanner.missingWordLimit)
    }
}
