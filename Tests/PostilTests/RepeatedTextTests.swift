import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// Hits whose text stands in a better hit.
@Suite struct RepeatedTextTests {
    private static let comment = "reward hacking is what happens when the proxy and the goal come apart under pressure"

    private func searcher(_ bodies: [String]) throws -> (Searcher, TemporaryFolder) {
        let folder = try TemporaryFolder()
        let index = try Index.create(at: folder.file("index.db"), profile: .named(Profile.defaultName))
        let writer = try index.makeWriter()
        for (number, body) in bodies.enumerated() {
            _ = try writer.insert(Document(externalID: "d\(number)", body: body), source: nil)
        }
        try writer.commit()
        return (try index.makeSearcher(), folder)
    }

    @Test func copiesAndQuotesPointAtTheBestHit() throws {
        let long =
            "reward reward reward hacking hacking: " + Self.comment + ", and much besides, as all of us know by now"
        let other = "reward hacking has been on our lists of things to worry about for a long time now"
        let (searcher, folder) = try searcher([Self.comment, long, other, Self.comment.uppercased()])
        let hits = try searcher.search(SearchRequest("reward hacking", marksDuplicates: true)).hits
        let marks = Dictionary(uniqueKeysWithValues: hits.map { ($0.externalID, $0.duplicateOf) })
        let ranks = Dictionary(uniqueKeysWithValues: hits.map { ($0.externalID, $0.rank) })
        // The long text repeats nobody, whatever its rank; the comments repeat it or each other.
        #expect(marks["d1"] == .some(nil))
        #expect(marks["d2"] == .some(nil))
        let first = try #require(ranks["d0"]), long1 = try #require(ranks["d1"]), last = try #require(ranks["d3"])
        #expect(marks["d0"] == .some(long1 < first ? long1 : nil))
        #expect(marks["d3"] == .some(long1 < first ? long1 : first))
        #expect(first < last)
        withExtendedLifetime(folder) {}
    }

    /// Marks change nothing else, and point at hits of the page that have none.
    @Test(arguments: [UInt64(1), 2])
    func marksChangeNothingElse(seed: UInt64) throws {
        var source = TextGenerator(seed: seed, words: 50)
        var bodies = (0..<30).map { _ in source.text(words: source.number(in: 0...30)) }
        for _ in 0..<30 { bodies.append(bodies[source.number(in: 0...29)] + " " + source.text(words: 1)) }
        let (searcher, folder) = try searcher(bodies)
        for _ in 0..<20 {
            let query = source.text(words: 2)
            for offset in [0, 3] {
                var request = SearchRequest(query, limit: 20, offset: offset)
                let plain = try searcher.search(request)
                request.marksDuplicates = true
                let marked = try searcher.search(request)
                let context = "seed: \(seed), query: \(query), offset: \(offset)"
                #expect(marked.hits.map(\.id) == plain.hits.map(\.id), "\(context)")
                #expect(marked.hits.map(\.score) == plain.hits.map(\.score), "\(context)")
                #expect(marked.total == plain.total, "\(context)")
                #expect(plain.hits.allSatisfy { $0.duplicateOf == nil }, "\(context)")
                for hit in marked.hits {
                    guard let rank = hit.duplicateOf else { continue }
                    let better = try #require(marked.hits.first { $0.rank == rank }, "\(context)")
                    #expect(rank < hit.rank && better.duplicateOf == nil, "\(context)")
                }
            }
        }
        withExtendedLifetime(folder) {}
    }
}
