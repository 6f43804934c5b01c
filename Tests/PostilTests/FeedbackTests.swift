import Documents
import Foundation
import PostilTestSupport
import Ranking
import Testing

@testable import Postil

/// Queries that are widened by words of their best documents.
struct FeedbackTests {
    private func index(_ texts: [String], in folder: TemporaryFolder) throws -> Searcher {
        let index = try Index.create(at: folder.file("postil.db"), profile: try Profile.named("default"))
        let writer = try index.makeWriter()
        for (number, text) in texts.enumerated() {
            _ = try writer.insert(Document(externalID: "d\(number)", title: "", body: text))
        }
        try writer.commit()
        return try index.makeSearcher()
    }

    /// Twelve texts on cars that mention engines, one on engines alone, and others.
    private static let texts =
        (0..<12).map { "A car number\($0) with an engine and wheels\($0), seen in town\($0)." }
        + ["The engine runs, whatever stands around it."]
        + (0..<40).map { "Something else about gardens\($0) and flowers\($0) entirely." }

    private func request(_ query: String, _ expansion: SearchRequest.Expansion) -> SearchRequest {
        var request = SearchRequest(query, limit: 100, snippetLength: nil, explains: true)
        request.expansion = expansion
        return request
    }

    @Test func wordsThatTheBestDocumentsShareFindOthers() throws {
        let searcher = try index(Self.texts, in: TemporaryFolder())
        let plain = try searcher.search(request("car vehicle", .off))
        #expect(plain.hits.count == 12 && plain.alsoSearched.isEmpty)
        let wide = try searcher.search(request("car vehicle", .always))
        #expect(wide.hits.count == 13 && wide.hits.last?.externalID == "d12")
        #expect(wide.alsoSearched.contains("engine") && !wide.alsoSearched.contains("and"), "\(wide.alsoSearched)")
        #expect(!wide.alsoSearched.contains { $0.hasPrefix("town") }, "a word of one document says nothing")
    }

    @Test func everyPartOfTheScoreIsExplained() throws {
        let searcher = try index(Self.texts, in: TemporaryFolder())
        for hit in try searcher.search(request("car vehicle", .always)).hits {
            let explanation = try #require(hit.explanation)
            #expect(explanation.score == hit.score, "\(hit.externalID)")
            #expect(explanation.parts.contains { $0.pattern == "engin" }, "\(hit.externalID)")
        }
    }

    /// What has to match or must not is the user's to say.
    @Test(arguments: [
        "+car vehicle", "+number-car vehicle", "car vehicle -engine", "\"a car\"", "car AND number1",
        "car vehicle date:2020",
    ])
    func conditionsStand(query: String) throws {
        let searcher = try index(Self.texts, in: TemporaryFolder())
        let plain = Set(try searcher.search(request(query, .off)).hits.map(\.externalID))
        let wide = try searcher.search(request(query, .always))
        #expect(Set(wide.hits.map(\.externalID)) == plain)
        #expect(try searcher.search(request(query, .automatic)).alsoSearched.isEmpty)
    }

    /// Twenty copies of one text are one document that says so.
    @Test func copiesCountOnce() throws {
        let copy = "A car in a quantilizer that nobody else writes about, though it stands here very often indeed."
        let texts =
            (0..<20).map { _ in copy } + ["A car and an engine.", "One more car and engine.", "Car, engine, road."]
        let searcher = try index(texts, in: TemporaryFolder())
        let words = try searcher.search(request("car", .always)).alsoSearched
        #expect(!words.contains("quantilizer"), "\(words)")
    }

    /// The fast and the slow way agree bit for bit, ids, scores and order, for widened queries as for all others.
    @Test func everyStrategyGivesTheSame() throws {
        var random = SplitMix64(seed: 4_711)
        let texts = (0..<300).map { _ in
            (0..<Int.random(in: 5...30, using: &random)).map { _ in
                "w\(Int.random(in: 0..<12, using: &random) * Int.random(in: 1..<12, using: &random))word"
            }.joined(separator: " ")
        }
        let searcher = try index(texts, in: TemporaryFolder())
        for (first, second) in [(0, 5), (12, 33), (7, 49), (60, 121)] {
            var request = request("w\(first)word w\(second)word", .always)
            var rankings: [[ScoredDocument]] = []
            for strategy in EvaluationStrategy.allCases {
                request.strategy = strategy
                rankings.append(try searcher.rank(request).top)
            }
            for ranking in rankings.dropFirst() {
                #expect(ranking == rankings[0], "words \(first) and \(second)")
            }
        }
    }
}
