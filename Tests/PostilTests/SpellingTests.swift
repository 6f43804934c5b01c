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

    /// Edits are those of the words as they are written: *corig*, the stem, is two edits from *copi*.
    @Test func editsAreCountedInWords() throws {
        #expect(try ids("corigibility~") == ["corrigible.txt"])
        #expect(try ids("corigibility~1") == ["corrigible.txt"])
        #expect(try ids("corigibility~2") == ["corrigible.txt"])
        #expect(try ids("corgibilty~2") == [])
        #expect(try ids("rewadr~") == ["regard.txt", "reward.txt"])
        #expect(try ids("rewadr~1") == ["reward.txt"])
        #expect(try ids("kopy~") == ["copy.txt"])
        #expect(try ids("RÉWARDS~1") == ["reward.txt"])
    }

    /// The word itself comes before words near to it, and frequent ones of these before rare ones.
    @Test func nearerAndMoreFrequentWordsComeFirst() throws {
        let texts = [
            "exact": "agent", "near": "agents agent's urgent urgent urgent", "one": "argent argent argent argent",
            "frequent1": "aged", "frequent2": "aged", "frequent3": "aged", "rare": "abed",
        ]
        for (name, text) in texts { try folder.write(text, to: "more/\(name).txt") }
        _ = try Index.update(at: folder.file("more.db"), with: IndexingRequest(paths: [folder.file("more")]))
        let searcher = try Index.open(at: folder.file("more.db")).makeSearcher()
        func ids(_ query: String) throws -> [String] {
            try searcher.search(SearchRequest(query)).hits.map { String($0.externalID.dropLast(4)) }
        }
        let found = try ids("agent~2")
        #expect(Set(found.prefix(2)) == ["exact", "near"])
        #expect(found.dropFirst(2).first == "one")
        #expect(try ids("abet~").first == "rare")
        #expect(try ids("aced~1").prefix(3).allSatisfy { $0.hasPrefix("frequent") })
        #expect(try ids("aced~1").count == 4)
    }

    @Test func wordsOfNoDocumentAreNamed() throws {
        let results = try searcher.search(SearchRequest("rewrad hacking"))
        #expect(results.hits.map(\.externalID) == ["reward.txt"])
        #expect(results.hints.map(\.column) == [1])
        #expect(results.hints.first?.message == "no document has “rewrad”; did you mean “reward”?")
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
