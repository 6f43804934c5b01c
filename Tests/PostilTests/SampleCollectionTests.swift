import Foundation
import PostilTestSupport
import Testing
import TextAnalysis

@testable import Postil

/// The project's own collection, searched by the engine and by brute force.
@Suite struct SampleCollectionTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func topics() throws -> [(id: String, query: String)] {
        let text = try String(contentsOf: root.appendingPathComponent("Samples/topics.tsv"), encoding: .utf8)
        return text.split(separator: "\n").map { line in
            let cells = line.split(separator: "\t", maxSplits: 1)
            return (String(cells[0]), String(cells[1]))
        }
    }

    /// The collection has seven reviews twice, some of them with small changes, under other ids in other files.
    @Test func duplicatesAreFound() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("samples.db")
        _ = try Index.update(
            at: path, with: IndexingRequest(paths: [Self.root.appendingPathComponent("Samples/reviews").path]))
        let searcher = try Index.open(at: path).makeSearcher()
        let groups = try searcher.duplicates()
        #expect(groups.count == 7)
        for group in groups {
            let titles = try ([group.representative] + group.others.map(\.id)).map { id in
                try searcher.document(id)?.document.title
            }
            #expect(titles.count == 2 && titles[0] != nil && titles[0] == titles[1], "\(titles)")
        }
    }

    @Test func agreesWithBruteForce() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("samples.db")
        let report = try Index.update(
            at: path, with: IndexingRequest(paths: [Self.root.appendingPathComponent("Samples/reviews").path]))
        #expect(report.skipped.isEmpty)
        #expect(report.added >= 150)
        let searcher = try Index.open(at: path).makeSearcher()
        var reference = try BruteForceRanking()
        for hit in try searcher.search(SearchRequest("*", limit: 1000, snippetLength: nil)).hits {
            let document = try #require(try searcher.document(hit.id)).document
            reference.add(id: document.externalID, title: document.title, body: document.body)
        }
        var compared = 0
        for (id, query) in try Self.topics() {
            // Brute force knows words, no operators.
            guard !query.unicodeScalars.contains(where: { "\"+:*~^()".unicodeScalars.contains($0) }) else { continue }
            let wanted = reference.rank(query)
            for strategy in EvaluationStrategy.allCases {
                let results = try searcher.search(
                    SearchRequest(
                        query, limit: 20, snippetLength: nil, strategy: strategy, stopWords: .keep, explains: true,
                        ranking: RankingParameters(proximity: .init(share: 0))))
                // Brute force knows texts alone, and no names of authors or tags that count beside them.
                let parts = results.hits.flatMap { $0.explanation?.parts ?? [] }
                if parts.contains(where: { $0.kind == .field }) { continue }
                // What only tags or authors have stands behind, and scores nothing.
                let hits = results.hits.filter { $0.score > 0 }
                #expect(results.hits.starts(with: hits) { $0.id == $1.id }, "topic \(id), \(strategy)")
                #expect(hits.count == min(20, wanted.count), "topic \(id), \(strategy)")
                for (hit, expected) in zip(hits, wanted) {
                    // Scores that agree in single precision, as the engine has them, may be in either order.
                    let own = wanted.first { $0.id == hit.externalID }?.score ?? 0
                    #expect(abs(own - expected.score) < 1e-6 * expected.score, "topic \(id), \(hit.externalID)")
                    #expect(abs(hit.score - own) < 1e-5 * own, "topic \(id), \(hit.externalID)")
                    let explanation = try #require(hit.explanation)
                    #expect(explanation.score == hit.score, "topic \(id), \(hit.externalID)")
                    let sum = explanation.parts.reduce(0) { $0 + $1.contribution }
                    #expect(abs(sum - hit.score) < 1e-9, "topic \(id), \(hit.externalID)")
                }
            }
            compared += 1
        }
        #expect(compared >= 30)
    }

    /// The score of near words, however it was found, is what the explanation adds up from the text.
    @Test func explanationsOfNearWordsSumToTheScore() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("samples.db")
        _ = try Index.update(
            at: path, with: IndexingRequest(paths: [Self.root.appendingPathComponent("Samples/reviews").path]))
        let searcher = try Index.open(at: path).makeSearcher()
        let near = RankingParameters(proximity: .init(share: 0.5))
        var nearParts = 0
        for (id, query) in try Self.topics() {
            let results = try searcher.search(
                SearchRequest(query, limit: 40, snippetLength: nil, explains: true, ranking: near))
            for hit in results.hits {
                let explanation = try #require(hit.explanation)
                #expect(explanation.score == hit.score, "topic \(id), \(hit.externalID)")
                let parts = explanation.parts.filter { $0.kind == .nearness }
                #expect(hit.rank <= 32 || parts.isEmpty, "topic \(id), rank \(hit.rank)")
                nearParts += parts.count
            }
        }
        #expect(nearParts > 100)
    }

    /// A hit whose body has words of the query shows some of them, and marks nothing else.
    @Test func snippetsShowWhatMatched() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("samples.db")
        _ = try Index.update(
            at: path, with: IndexingRequest(paths: [Self.root.appendingPathComponent("Samples/reviews").path]))
        let searcher = try Index.open(at: path).makeSearcher()
        let analyzer = try TextAnalyzer(.english)
        let stopWords = try StopWords(named: "english")
        func terms(_ text: String) -> Set<[UInt8]> {
            let analysed = AnalysedText(text, by: analyzer)
            return Set(analysed.everyTerm)
        }
        var marked = 0
        for (id, query) in try Self.topics() {
            let request = SearchRequest(query, snippetLength: 200, explains: true)
            let words = query.split { !$0.isLetter && !$0.isNumber && !"'’".contains($0) }
            let stops = words.filter(stopWords.contains).reduce(into: Set()) { $0.formUnion(terms(String($1))) }
            for hit in try searcher.search(request).hits {
                let snippet = try #require(hit.snippet)
                let scalars = Array(snippet.text.unicodeScalars)
                let context: Comment = "topic \(id), \(hit.externalID): \(snippet.text)"
                #expect(scalars.count <= 200, context)
                let found = try #require(hit.explanation).parts.filter { $0.bodyFrequency > 0 }
                let isInBody = found.contains { !stops.contains(Array($0.pattern.utf8)) }
                #expect(snippet.highlights.isEmpty != isInBody, context)
                var end = -1
                for highlight in snippet.highlights {
                    try #require(highlight.lowerBound > end && highlight.upperBound <= scalars.count, context)
                    end = highlight.upperBound
                    let word = String(String.UnicodeScalarView(scalars[highlight]))
                    #expect(!terms(word).isDisjoint(with: terms(query)), "\(word), \(context)")
                    #expect(query.contains("\"") || !stopWords.contains(word), "\(word), \(context)")
                    marked += 1
                }
            }
        }
        #expect(marked > 500)
    }
}
