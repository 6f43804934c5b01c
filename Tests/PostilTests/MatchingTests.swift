import PostilTestSupport
import Testing

@testable import Postil

/// How many words have to match, which are missing, and what filters leave.
@Suite struct MatchingTests {
    let folder: TemporaryFolder
    let searcher: Searcher

    init() throws {
        folder = try TemporaryFolder()
        let texts = [
            "one.md": "---\nauthor: Ann Shah\ndate: 2019-05-01\n---\nreward hacking in robots",
            "two.md": "---\nauthor: Bo Ek\ndate: 2021-02-03\n---\nreward models, rewarding and hackers",
            "three.md": "---\nauthor: Bo Ek\n---\nepisodes of a season",
            "four.md": "goodhart and reward and episode one",
        ]
        for (name, text) in texts { try folder.write(text, to: "in/\(name)") }
        _ = try Index.update(at: folder.file("postil.db"), with: IndexingRequest(paths: [folder.file("in")]))
        searcher = try Index.open(at: folder.file("postil.db")).makeSearcher()
    }

    private func search(_ query: String, _ change: (inout SearchRequest) -> Void = { _ in }) throws -> SearchResults {
        var request = SearchRequest(query, limit: 100)
        change(&request)
        return try searcher.search(request)
    }

    private func ids(_ query: String, _ matching: SearchRequest.WordMatching) throws -> [String] {
        try EvaluationStrategy.allCases.map { strategy in
            try search(query) {
                $0.matching = matching
                $0.strategy = strategy
            }.hits.map(\.externalID)
        }.reduce(into: [String]()) { all, ids in
            #expect(all.isEmpty || all == ids, "\(query)")
            all = ids
        }.sorted()
    }

    @Test func asManyWordsMatchAsAreAskedFor() throws {
        #expect(try ids("reward hacking robots", .any) == ["four.md", "one.md", "two.md"])
        #expect(try ids("reward hacking robots", .most) == ["one.md"])
        #expect(try ids("reward model robots goodhart", .most) == [])
        #expect(try ids("reward hacking robots episode goodhart", .most) == ["four.md", "one.md"])
        #expect(try ids("reward hacking", .all) == ["one.md"])
        #expect(try ids("author:ek reward hacking", .all) == [])
        #expect(try ids("author:shah reward hacking", .all) == ["one.md"])
        // An OR that is written stays one.
        #expect(try ids("reward OR episode", .all) == ["four.md", "one.md", "three.md", "two.md"])
        #expect(try ids("hackers OR goodhart OR season", .most) == ["four.md", "three.md", "two.md"])
        #expect(try ids("reward (hacking OR goodhart)", .all) == ["four.md", "one.md"])
        #expect(try ids("reward hacking OR season", .all) == ["one.md", "three.md"])
        #expect(try ids("+reward goodhart episode -robots", .all) == ["four.md"])
        #expect(try ids("reward", .all) == ["four.md", "one.md", "two.md"])
    }

    @Test func missingWordsAreNamedWhereNoDocumentHasAll() throws {
        let results = try search("robots episodes goodhart xyzzy") { $0.tellsMissingWords = true }
        #expect(results.withAllWords?.value == 0)
        let missing = Dictionary(uniqueKeysWithValues: results.hits.map { ($0.externalID, $0.missingWords) })
        #expect(
            missing == [
                "one.md": ["episodes", "goodhart"], "three.md": ["robots", "goodhart"], "four.md": ["robots"],
            ])
        let together = try search("reward hacking") { $0.tellsMissingWords = true }
        #expect(together.withAllWords?.value == 1)
        #expect(together.hits.allSatisfy { $0.missingWords.isEmpty })
        let alone = try search("reward") { $0.tellsMissingWords = true }
        #expect(alone.withAllWords == nil)
        #expect(try search("robots episodes").withAllWords == nil)
    }

    @Test func filtersThatLeaveNothingAreNamed() throws {
        #expect(
            try search("author:shah episodes").hints == [
                QueryHint(column: 1, message: "nothing is left by author:shah; without it 2 documents match")
            ])
        let two = try search("goodhart author:\"Ann Shah\" date:2021").hints
        #expect(
            two.map(\.message) == [
                "nothing is left by author:\"Ann Shah\" and date:2021; without them 1 document matches"
            ])
        #expect(two.map(\.column) == [10])
        #expect(try search("reward author:ek date:2019").hints.map(\.column) == [8, 18])
        #expect(try search("xyzzyx author:ek").hints.allSatisfy { !$0.message.contains("nothing is left") })
    }

    @Test func aWordAsItIsWrittenIsNotItsStem() throws {
        func ids(_ query: String) throws -> [String] {
            let all = try EvaluationStrategy.allCases.map { strategy in
                try search(query) { $0.strategy = strategy }.hits.map(\.externalID)
            }
            #expect(Set(all).count == 1, "\(query)")
            return all[0].sorted()
        }
        #expect(try ids("=rewarding") == ["two.md"])
        #expect(try ids("=REWARD") == ["four.md", "one.md", "two.md"])
        #expect(try ids("=hacking") == ["one.md"])
        #expect(try ids("=episode") == ["four.md"])
        #expect(try ids("episode") == ["four.md", "three.md"])
        #expect(try ids("episode -=episodes") == ["four.md"])
        #expect(try ids("=hacks") == [])
        #expect(try search("=hacks").hints.map(\.message).first?.contains("written so") ?? false)
        #expect(try ids("title:=reward") == [])
    }

    @Test func howAQueryIsUnderstoodIsTold() throws {
        let told = try searcher.interpretation(of: SearchRequest("+rewards \"hacking robots\" author:shah title:x"))
        #expect(told.query == "(+author:shah +rewards \"hacking robots\" title:x)")
        #expect(told.condition == "(filter AND reward)")
        #expect(told.parts.map(\.pattern) == ["reward", "\"hack robot\"", "x"])
        #expect(told.parts.map(\.documents) == [[3], [1, 1], [0]])
        #expect(told.parts.map(\.field) == [nil, nil, "title"])
        #expect(try searcher.interpretation(of: SearchRequest("")).condition == "nothing")
    }
}
