import CustomDump
import Foundation
import Postil
import PostilTestSupport
import Testing

@Suite struct IncrementalTests {
    /// An index that followed a collection through changes answers as one that was built from its last state: the same
    /// documents with the same scores. (Among equal scores the older document comes first, and age is what differs.)
    @Test(arguments: [UInt64(11), 12, 13])
    func incrementalEqualsRebuilt(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let words = ["reward", "model", "the", "agent", "debate", "mesa-optimizer", "goal", "GPT-4"]
        for round in 0..<6 {
            for number in 0..<40 where round == 0 || Int.random(in: 0..<4, using: &generator) == 0 {
                let file = folder.file("notes/n\(number).txt")
                if round > 0, Int.random(in: 0..<3, using: &generator) == 0 {
                    if FileManager.default.fileExists(atPath: file) { try FileManager.default.removeItem(atPath: file) }
                    continue
                }
                let text = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
                    words[Int.random(in: 0..<words.count, using: &generator)]
                }
                try folder.write(text.joined(separator: " "), to: "notes/n\(number).txt")
            }
            _ = try indexCollection(IndexingRequest(paths: [folder.file("notes")]), into: folder.file("grown.db"))
        }
        let request = IndexingRequest(paths: [folder.file("notes")], rebuilds: true)
        _ = try indexCollection(request, into: folder.file("fresh.db"))
        let grown = try Index.open(at: folder.file("grown.db"))
        #expect(try grown.check().findings.isEmpty, "seed: \(seed)")
        for query in words + ["reward model", "the agent goal", "+model -the", "\"the model\"", "mesaoptimizer", "*"] {
            let answers = try ["grown.db", "fresh.db"].map { name in
                let searcher = try Index.open(at: folder.file(name)).makeSearcher()
                let results = try searcher.search(
                    SearchRequest(query, limit: 100, countsExactly: true, snippetLength: nil))
                return results.hits.map { "\($0.score) \($0.externalID)" }.sorted() + ["\(results.total.value)"]
            }
            expectNoDifference(answers[0], answers[1], "seed: \(seed), query: \(query)")
        }
    }
}
