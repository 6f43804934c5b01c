import PostilTestSupport
import Ranking
import Testing

@testable import IndexStore
@testable import Postil

/// What is indexed does not depend on how many threads did it, nor answers on the segments it is in.
@Suite struct ThreadCountTests {
    private let folder: TemporaryFolder
    private let queries: [String]

    init() throws {
        folder = try TemporaryFolder()
        var generator = TextGenerator(seed: 17, words: 300)
        var lines = ""
        for number in 0..<1500 {
            let (title, body) = (generator.text(words: 3), generator.text(words: generator.number(in: 1...50)))
            lines += #"{"id":"d\#(number)","title":"\#(title)","text":"\#(body)"}"# + "\n"
        }
        try folder.write(lines, to: "in/documents.jsonl")
        let words = generator.vocabulary
        queries = (0..<60).map { number in
            let (first, second, third) = (words[number % 40], words[number * 3 % 100], words[number * 7 % 300])
            switch number % 4 {
            case 0: return "\(first) \(second) \(third)"
            case 1: return "+\(first) +\(second)"
            case 2: return "\"\(first) \(second)\" \(third)"
            default: return "\(first) -\(second) \(third)*"
            }
        }
    }

    /// The run file of all queries, and the segments that the index has.
    private func run(threads: Int, memory: Int, batchBytes: Int, compression: TextCompression) throws
        -> (lines: String, segments: Int)
    {
        let path = folder.file("\(threads)-\(memory)-\(batchBytes)-\(compression).db")
        var profile = try Profile.named(Profile.defaultName)
        profile.compression = compression
        var request = IndexingRequest(paths: [folder.file("in")], memory: memory, threads: threads)
        // What is read at a time is inverted together.
        request.limits.batchBytes = batchBytes
        _ = try Index.build(at: path, profile: profile, analyzer: "english", replaces: false) { writer in
            var indexer = CollectionIndexer(request, usual: profile, analyzer: .english, writer: writer)
            try indexer.run(batchBytes: batchBytes, stretchBytes: 50_000) { _ in }
            #expect(indexer.report.added == 1500)
        }
        let searcher = try Index.open(at: path).makeSearcher()
        var lines = ""
        for query in queries {
            let results = try searcher.search(SearchRequest(query, limit: 50, countsExactly: true, snippetLength: 60))
            for hit in results.hits {
                lines += "\(query) Q0 \(hit.externalID) \(hit.rank) \(hit.score) \(hit.id) \(hit.snippet?.text ?? "")\n"
            }
            lines += "\(query) \(results.total.value)\n"
        }
        let segments = try TestDatabase(path).rows("SELECT count(*) FROM score_segments")
        return (lines, Int(segments[0][0].integer))
    }

    @Test(arguments: [TextCompression.none, .zstd])
    func runFilesAreTheSameForAnyThreadsMemoryAndSegments(compression: TextCompression) throws {
        let expected = try run(threads: 1, memory: 512 << 20, batchBytes: 20_000, compression: compression)
        #expect(expected.segments == 1)
        #expect(expected.lines.utf8.count > 50_000)
        var mostSegments = 0
        for (threads, memory, batchBytes) in [
            (2, 512 << 20, 20_000), (3, 512 << 20, 1000), (4, 512 << 20, 20_000), (1, 1, 10_000), (2, 1, 10_000),
            (3, 1, 5000), (4, 1, 20_000),
        ] {
            let found = try run(threads: threads, memory: memory, batchBytes: batchBytes, compression: compression)
            #expect(found.lines == expected.lines, "threads: \(threads), memory: \(memory), batch: \(batchBytes)")
            // Sixteen segments are merged into one.
            #expect(memory == 1 || found.segments == 1, "threads: \(threads), memory: \(memory)")
            mostSegments = max(mostSegments, found.segments)
        }
        #expect(mostSegments > 3)
    }
}
