import CSQLite
import Foundation
import Postil
import PostilTestSupport
import Testing

/// The strategies on real index files: whatever happens to an index, they give the same hits, scores and order.
@Suite struct StrategyTests {
    private static let words = [
        "mesa-optimizer", "reward", "model", "the", "of", "agent", "debate", "judge", "optimization", "goal", "a",
        "corrigible", "GPT-4", "inner", "alignment",
    ]

    private static func document(_ number: Int, using generator: inout SplitMix64) -> Document {
        func text(_ most: Int) -> String {
            (0..<Int.random(in: 0...most, using: &generator)).map { _ in
                let a = Int.random(in: 0..<words.count, using: &generator)
                return words[min(a, Int.random(in: 0..<words.count, using: &generator))]
            }.joined(separator: " ")
        }
        return Document(
            externalID: "d\(number)", title: text(4), body: text(60), author: number % 3 == 0 ? "Ann" : "Bob",
            date: "20\(10 + number % 12)")
    }

    private static let queries = [
        "reward", "reward model", "the of a", "mesa-optimizer agent", "+reward +model", "reward -model",
        "\"reward model\"",
        "\"the agent\" debate", "title:reward", "title:(reward model) debate", "opti*", "author:ann reward",
        "date:2012..2015 the", "\"reward goal\"~4", "(reward OR judge) AND NOT the", "agent^3 goal", "+\"of the\" +a",
        "*", "author:bob", "mesaoptimizer", "gpt4 -title:the", "unknownword reward", "unknownword", "corigible~",
    ]

    /// With the second stage.
    private static let near = RankingParameters(proximity: .init(share: 0.5))

    private static func expectSame(_ path: String, _ place: String) throws {
        let searcher = try Index.open(at: path).makeSearcher()
        for query in queries {
            for limit in [1, 3, 10, 1000] {
                let ranking = limit == 3 || limit == 1000 ? nil : near
                let fast = try searcher.rank(
                    SearchRequest(query, limit: limit, strategy: .blockMax, ranking: ranking))
                let slow = try searcher.rank(
                    SearchRequest(query, limit: limit, strategy: .exhaustive, ranking: ranking))
                try #require(fast.top == slow.top, "\(place), query: \(query), limit: \(limit)")
                if fast.matchCount.isExact { #expect(fast.matchCount == slow.matchCount, "\(place), query: \(query)") }
                #expect(fast.matchCount.value <= slow.matchCount.value, "\(place), query: \(query)")
                let counted = try searcher.rank(
                    SearchRequest(query, limit: limit, countsExactly: true, strategy: .blockMax))
                #expect(counted.matchCount == slow.matchCount, "\(place), query: \(query)")
            }
        }
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func agreeAfterInsertsDeletesAndOptimize(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let path = folder.file("index.db")
        let index = try Index.create(at: path, profile: try Profile.named("default"))
        var ids: [DocumentID] = []
        for round in 0..<20 {
            let writer = try index.makeWriter()
            for _ in 0..<Int.random(in: 1...60, using: &generator) {
                ids.append(try writer.insert(Self.document(ids.count, using: &generator), source: nil))
            }
            for _ in 0..<Int.random(in: 0...8, using: &generator) {
                if let id = ids.randomElement(using: &generator) { try writer.delete(id) }
            }
            try writer.commit()
            if round % 5 == 4 { try Self.expectSame(path, "seed: \(seed), round: \(round)") }
        }
        try index.optimize()
        try Self.expectSame(path, "seed: \(seed), optimized")
        #expect(try index.check().findings.isEmpty)
    }

    /// Somebody else's writes are noticed, and answers stay right.
    @Test func foreignWritesAreNoticed() throws {
        var generator = SplitMix64(seed: 7)
        let folder = try TemporaryFolder()
        let path = folder.file("index.db")
        let index = try Index.create(
            at: path, profile: try Profile.named("default"), analyzer: "fts5:porter unicode61")
        let writer = try index.makeWriter()
        for number in 0..<200 { try writer.insert(Self.document(number, using: &generator), source: nil) }
        try writer.commit()
        var database: OpaquePointer?
        #expect(sqlite3_open(path, &database) == SQLITE_OK)
        let sql = """
            INSERT INTO documents(external_id, line, content_hash, title, body)
              VALUES ('foreign', 1, 0, 'reward', 'reward model written elsewhere');
            INSERT INTO documents_fts(rowid, title, body) SELECT id, title, body FROM documents WHERE external_id = 'foreign';
            """
        #expect(sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(database)
        #expect(try index.makeSearcher().search(SearchRequest("elsewhere")).hits.map(\.externalID) == ["foreign"])
        try Self.expectSame(path, "after a foreign write")
        #expect(try !index.check().findings.isEmpty)
        try index.optimize()
        // What another program writes has no fingerprint.
        #expect(try index.check().findings.allSatisfy { $0.what.contains("not what was indexed") })
        try Self.expectSame(path, "after optimize")
    }
}
