import Foundation
import Postil
import PostilTestSupport
import Testing

/// Several indexes searched as one give what one index with the documents of all gives: the same hits, scores to the last bit, and order.
@Suite struct JointSearchTests {
    private static let words = [
        "mesa-optimizer", "reward", "model", "the", "of", "agent", "debate", "judge", "optimization", "goal",
        "corrigible",
        "GPT-4", "inner", "alignment", "rewarding", "modelling",
    ]

    private static func document(_ number: Int, using generator: inout SplitMix64) -> Document {
        func text(_ most: Int) -> String {
            (0..<Int.random(in: 0...most, using: &generator)).map { _ in
                let a = Int.random(in: 0..<words.count, using: &generator)
                return words[min(a, Int.random(in: 0..<words.count, using: &generator))]
            }.joined(separator: " ")
        }
        return Document(
            externalID: "d\(number)", title: text(4), body: text(50), author: number % 3 == 0 ? "Ann Reward" : "Bob",
            date: number % 7 == 0 ? nil : "20\(10 + number % 12)", tags: number % 4 == 0 ? ["goal", "x"] : [],
            metadata: number % 2 == 0 ? ["karma": "\(number % 9)"] : [:])
    }

    private static let queries = [
        "reward", "reward model", "the of", "mesa-optimizer agent", "+reward +model", "reward -model",
        "\"reward model\"",
        "title:reward", "opti*", "author:ann reward", "date:2012..2015 the", "\"reward goal\"~4", "agent^3 goal", "*",
        "tag:goal", "karma:>=4 reward", "modle", "corigible~", "=reward", "d17", "ann", "unknownword",
    ]

    private func index(_ name: String, _ documents: some Sequence<Document>, in folder: TemporaryFolder) throws -> Index
    {
        let index = try Index.create(at: folder.file(name), profile: try Profile.named("default"))
        let writer = try index.makeWriter()
        for document in documents { try writer.insert(document, source: nil) }
        try writer.commit()
        return index
    }

    private static func requests(using generator: inout SplitMix64) -> [SearchRequest] {
        queries.shuffled(using: &generator).prefix(12).flatMap { query -> [SearchRequest] in
            var plain = SearchRequest(query, limit: 12, countsExactly: true, copies: .collapsed)
            plain.tellsMissingWords = true
            var near = SearchRequest(query, limit: 40, countsExactly: true, strategy: .exhaustive)
            near.ranking = RankingParameters(proximity: .init(share: 0.5))
            var sorted = plain
            sorted.sort = SortOrder("-date")
            sorted.facets = ["author", "year", "tag", "karma"]
            var grouped = SearchRequest(query, limit: 3)
            grouped.grouping = Grouping(field: "karma", perGroup: 2)
            var widened = SearchRequest(query, limit: 5, countsExactly: true)
            widened.expansion = .always
            return [plain, near, sorted, grouped, widened]
        }
    }

    /// What must agree; ids of documents are numbers in one index or another.
    private struct Answer: Equatable {
        var hits: [[String]]
        var scores: [Double]
        var total: Int
        var facets: [Facet]
        var groups: [HitGroup]?
        var rest: [String]

        init(_ results: SearchResults) {
            hits = results.hits.map {
                [$0.externalID, $0.snippet?.text ?? ""] + $0.duplicates.map(\.externalID) + $0.missingWords
            }
            scores = results.hits.map(\.score)
            total = results.total.isExact ? results.total.value : -1
            facets = results.facets
            groups = results.groups
            rest = results.alsoSearched + results.hints.map(\.message) + [results.correctedQuery ?? ""]
        }
    }

    @Test(arguments: [UInt64(1), 2]) func answersAsOneIndexWithAllDocuments(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let documents = (0..<180).map { Self.document($0, using: &generator) }
        let whole = try index("whole.db", documents, in: folder)
        // One of them is empty.
        let cuts = [0, Int.random(in: 1...100, using: &generator), 130, 130, documents.count]
        let parts = try zip(cuts, cuts.dropFirst()).enumerated().map { number, cut in
            try index("part\(number).db", documents[cut.0..<cut.1], in: folder)
        }
        let expected = try whole.makeSearcher()
        let joint = try Index.makeSearcher(over: parts)
        for (number, request) in Self.requests(using: &generator).enumerated() {
            let place = "seed: \(seed), cuts: \(cuts), request \(number): \(request.query)"
            let (one, several) = (try expected.search(request), try joint.search(request))
            try #require(Answer(several) == Answer(one), "\(place)")
            for hit in several.hits {
                let number = try #require(Int(hit.externalID.dropFirst()), "\(place)")
                let part = cuts.dropLast().lastIndex { $0 <= number } ?? 0
                #expect(hit.index == parts[part].path, "\(place), \(hit.externalID)")
                #expect(try joint.document(hit.id)?.document.externalID == hit.externalID, "\(place)")
            }
        }
        for query in ["reward", "goal"] {
            let hit = try #require(try joint.search(SearchRequest(query)).hits.last)
            let same = try #require(try expected.documents(externalID: hit.externalID).first)
            #expect(try joint.explain(hit.id, query: query)?.score == expected.explain(same.id, query: query)?.score)
        }
        #expect(try joint.completions(of: "re") == expected.completions(of: "re"))
        #expect(try joint.facet("author").values == expected.facet("author").values)
        #expect(try joint.ids(beginningWith: "d1", limit: 9) == expected.ids(beginningWith: "d1", limit: 9))
    }

    @Test func differentAnalyzersAreAnError() throws {
        let folder = try TemporaryFolder()
        let profile = try Profile.named("default")
        let indexes = try [("a.db", "english"), ("b.db", "german")].map {
            try Index.create(at: folder.file($0.0), profile: profile, analyzer: $0.1)
        }
        let error = try #require(throws: AnalyzersDiffer.self) { try Index.makeSearcher(over: indexes) }
        #expect(error.analyzers == ["english", "german"] && error.description.contains("a.db was made with"))
    }
}
