import Foundation
import Postil
import PostilTestSupport
import Testing

/// A profile whose ranking alone has changed applies without reading, and ranks like an index made with it.
struct RankingChangeTests {
    private let folder: TemporaryFolder
    private let count = 400

    init() throws {
        folder = try TemporaryFolder()
        var random = SplitMix64(seed: 7)
        let words = ["the", "reward", "model", "goal", "agent", "of", "proxy"]
        let rows = (0..<count).map { number in
            func text(_ range: ClosedRange<Int>) -> String {
                (0..<Int.random(in: range, using: &random)).map { _ in
                    // Early words are frequent, so that some have grids and some have not.
                    words[
                        min(
                            words.count - 1,
                            Int.random(in: 0...6, using: &random) * Int.random(in: 1...2, using: &random))]
                }.joined(separator: " ")
            }
            return "\(number),\(text(1...4)),\(text(1...60))"
        }
        try folder.write("id,title,text\n" + rows.joined(separator: "\n") + "\n", to: "in.csv")
    }

    private func request(_ profile: Profile?) -> IndexingRequest {
        IndexingRequest(paths: [folder.file("in.csv")], profile: profile)
    }

    private func ranks(_ path: String, dropsStopWords: Bool = false) throws -> [[String]] {
        let searcher = try Index.open(at: path).makeSearcher()
        return try ["reward the", "+the proxy", "\"reward model\" of", "title:agent goal"].flatMap { query in
            try [EvaluationStrategy.blockMax, .exhaustive].map { strategy in
                let request = SearchRequest(
                    query, limit: 50, strategy: strategy, stopWords: dropsStopWords ? .drop : .keep)
                return try searcher.search(request).hits.map { "\($0.externalID) \($0.score)" }
            }
        }
    }

    @Test(arguments: [
        RankingParameters(terms: .init(k1: 0.4)), RankingParameters(terms: .init(k1: 2, b: 0.1)),
        RankingParameters(terms: .init(titleWeight: 5)),
        RankingParameters(terms: .init(k1: 0, titleWeight: 0.5, bodyWeight: 3)),
        RankingParameters(proximity: .init(share: 2)),
    ])
    func changedParametersRankLikeARebuiltIndex(ranking: RankingParameters) throws {
        var profile = try Profile.named("default")
        let path = folder.file("x.db")
        #expect(try Index.update(at: path, with: request(profile)).notices.isEmpty)
        let before = try ranks(path)
        let waiting = try Index.open(at: path).makeSearcher()
        profile.ranking = ranking
        let report = try Index.update(at: path, with: request(profile))
        #expect(report.notices == [.rankingChanged(profile: "default")])
        #expect(report.unchanged == count && report.added + report.updated == 0 && report.textBytes == 0)
        _ = try Index.rebuild(at: folder.file("fresh.db"), with: request(profile))
        let after = try ranks(path)
        #expect(try after == ranks(folder.file("fresh.db")), "\(ranking)")
        #expect(after != before)
        #expect(try Index.open(at: path).check().findings.isEmpty)

        // A searcher that is open goes on as it was, and follows when it is told to.
        let query = SearchRequest("reward the", limit: 50)
        func scores() throws -> [String] { try waiting.search(query).hits.map { "\($0.externalID) \($0.score)" } }
        #expect(try scores() == before[0])
        try waiting.refresh()
        #expect(try scores() == after[0])

        // It is the index's own profile now, also for runs that name none.
        let again = try Index.update(at: path, with: request(nil))
        #expect(again.notices.isEmpty && again.unchanged == count && again.textBytes == 0)
        #expect(try Index.open(at: path).profile == profile)
        #expect(try ranks(path) == after)
    }

    @Test func changedStopWordsHoldWithoutReading() throws {
        var profile = try Profile.named("default")
        let path = folder.file("x.db")
        _ = try Index.update(at: path, with: request(profile))
        let before = try ranks(path, dropsStopWords: true)
        profile.stopWords = "german"
        let report = try Index.update(at: path, with: request(profile))
        #expect(report.notices == [.rankingChanged(profile: "default")] && report.textBytes == 0)
        _ = try Index.rebuild(at: folder.file("fresh.db"), with: request(profile))
        #expect(try ranks(path, dropsStopWords: true) == ranks(folder.file("fresh.db"), dropsStopWords: true))
        #expect(try ranks(path, dropsStopWords: true) != before)
    }

    @Test func changedSynonymsHoldWithoutReading() throws {
        var profile = try Profile.named("default")
        let path = folder.file("x.db")
        _ = try Index.update(at: path, with: request(profile))
        profile.synonyms = ["ai-alignment", "quokka => the"]
        let report = try Index.update(at: path, with: request(profile))
        #expect(report.notices == [.rankingChanged(profile: "default")] && report.textBytes == 0)
        var request = SearchRequest("quokka")
        let found = try Index.open(at: path).makeSearcher().search(request)
        #expect(found.alsoSearched == ["the"] && !found.hits.isEmpty)
        request.synonyms = Synonyms.none
        let without = try Index.open(at: path).makeSearcher().search(request)
        #expect(without.alsoSearched.isEmpty && without.hits.isEmpty)
    }

    @Test func aProfileOfAnotherNameOnlyReads() throws {
        let path = folder.file("x.db")
        _ = try Index.update(at: path, with: request(nil))
        let before = try ranks(path)
        var other = try Profile.named("default")
        other.name = "other"
        other.ranking.terms.k1 = 0.1
        #expect(try Index.update(at: path, with: request(other)).notices.isEmpty)
        #expect(try Index.open(at: path).settings.profileName == "default")
        #expect(try ranks(path) == before)
    }

    @Test func aChangedReadingPartReadsAgain() throws {
        let path = folder.file("x.db")
        var profile = try Profile.named("default")
        _ = try Index.update(at: path, with: request(profile))
        profile.reading.documents[0].author = [.constant("somebody")]
        let report = try Index.update(at: path, with: request(profile))
        #expect(report.updated == count && report.notices.isEmpty)
        #expect(try Index.update(at: path, with: request(nil)).unchanged == count)
    }

    @Test func limitsOutOfRangeAndInvalidParametersDoNotTrap() throws {
        let path = folder.file("x.db")
        _ = try Index.update(at: path, with: request(nil))
        let searcher = try Index.open(at: path).makeSearcher()
        for (limit, offset) in [(Int.max, 1), (Int.max, Int.max), (-1, 5), (5, -1), (Int.min, Int.min), (0, 0)] {
            for strategy in [EvaluationStrategy.blockMax, .exhaustive] {
                let request = SearchRequest(
                    "reward", limit: limit, offset: offset, snippetLength: nil, strategy: strategy)
                let hits = try searcher.search(request).hits.count
                let ranked = try searcher.rank(request).top.count
                #expect(max(0, ranked - max(0, offset)) == hits, "limit \(limit), offset \(offset), \(strategy)")
            }
        }
        #expect(try searcher.documents(after: DocumentID(rawValue: 0), limit: -1).isEmpty)
        for ranking in [
            RankingParameters(terms: .init(k1: -1)), RankingParameters(terms: .init(b: .nan)),
            RankingParameters(terms: .init(titleWeight: .infinity)),
        ] {
            let request = SearchRequest("reward", ranking: ranking)
            #expect(throws: InvalidRanking.self) { try searcher.search(request) }
            #expect(throws: InvalidRanking.self) { try searcher.rank(request) }
        }
    }
}
