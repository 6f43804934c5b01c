import Foundation
import Postil
import PostilTestSupport
import Testing

/// An index with compressed texts answers as one with plain ones does, in all that a searcher can be asked.
@Suite struct CompressionTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func describe(_ results: SearchResults) -> [String] {
        results.hits.map { hit in
            let explanation = hit.explanation.map { "\($0)" } ?? "–"
            return "\(hit.rank) \(hit.id) \(hit.score) \(hit.title) \(hit.snippet?.text ?? "–") \(explanation)"
        } + ["\(results.total)"]
    }

    private func expectEqual(_ queries: [String], _ context: String) throws {
        let plain = try Index.open(at: folder.file("none.db")).makeSearcher()
        let packed = try Index.open(at: folder.file("zstd.db")).makeSearcher()
        for query in queries {
            for strategy in EvaluationStrategy.allCases {
                let request = SearchRequest(query, limit: 20, snippetLength: 120, strategy: strategy, explains: true)
                let expected = describe(try plain.search(request))
                #expect(try describe(packed.search(request)) == expected, "\(query), \(strategy), \(context)")
            }
        }
        let all = try plain.documents(after: DocumentID(rawValue: 0), limit: .max)
        #expect(try packed.documents(after: DocumentID(rawValue: 0), limit: .max) == all, "\(context)")
        let findings = try Index.open(at: folder.file("zstd.db")).check().findings
        #expect(findings.isEmpty, "\(findings), \(context)")
    }

    private func index(_ paths: [String], rebuilds: Bool = false) throws {
        for compression in TextCompression.allCases {
            let request = IndexingRequest(paths: paths, compression: compression)
            let path = folder.file("\(compression.rawValue).db")
            let report = try rebuilds ? Index.rebuild(at: path, with: request) : Index.update(at: path, with: request)
            #expect(report.skipped.isEmpty && report.warnings.isEmpty)
        }
    }

    @Test func theSampleCollectionIsFoundAlike() throws {
        let topics = try String(contentsOf: Self.root.appendingPathComponent("Samples/topics.tsv"), encoding: .utf8)
        let queries = topics.split(separator: "\n").compactMap { $0.split(separator: "\t").last.map(String.init) }
        try index([Self.root.appendingPathComponent("Samples/reviews").path])
        try expectEqual(queries + ["*", "author:bayo reward", "date:2022..2023 proxy", "optimi*"], "samples")
    }

    /// Enough text for a dictionary, then small changes, an optimization and a rebuild.
    @Test(arguments: [UInt64(1), 2])
    func compressedCollectionsAnswerAsPlainOnesThroughChanges(seed: UInt64) throws {
        var texts = TextGenerator(seed: seed, words: 3000)
        var lines = (0..<1900).map { number in
            let (title, body) = (texts.text(words: 5), texts.text(words: texts.number(in: 0...200)))
            return #"{"id":"d\#(number)","title":"\#(title)","text":"\#(body)","note":"\#(texts.text(words: 2))"}"#
        }
        let queries = (0..<5).map { _ in texts.text(words: texts.number(in: 1...4)) } + ["note:ber"]
        func write() throws { try folder.write(lines.joined(separator: "\n"), to: "in/documents.jsonl") }
        try write()
        try index([folder.file("in")])
        try expectEqual(queries, "seed: \(seed), built")
        #expect(try TestDatabase(folder.file("zstd.db")).rows("SELECT 1 FROM text_dictionaries").count > 0)
        for round in 0..<2 {
            for _ in 0..<20 {
                lines.remove(at: texts.number(in: 0...lines.count - 1))
                let body = texts.text(words: 100)
                lines[texts.number(in: 0...lines.count - 1)] = #"{"id":"r\#(round)-\#(body.hash)","text":"\#(body)"}"#
            }
            try write()
            try index([folder.file("in")])
            try expectEqual(queries, "seed: \(seed), round: \(round)")
        }
        for name in ["none.db", "zstd.db"] { try Index.open(at: folder.file(name)).optimize() }
        try expectEqual(queries, "seed: \(seed), optimized")
        try index([folder.file("in")], rebuilds: true)
        try expectEqual(queries, "seed: \(seed), rebuilt")
        let sizes = try ["none.db", "zstd.db"].map { try Index.open(at: folder.file($0)).information().indexBytes }
        #expect(sizes[1] < sizes[0], "\(sizes), seed: \(seed)")
    }

    /// The file does not depend on the number of threads.
    @Test func threadsGiveTheSameTexts() throws {
        var texts = TextGenerator(seed: 5, words: 2000)
        let lines = (0..<4000).map { #"{"id":"d\#($0)","text":"\#(texts.text(words: 80))"}"# }
        try folder.write(lines.joined(separator: "\n"), to: "in/documents.jsonl")
        func rows(_ threads: Int) throws -> [[String]] {
            let path = folder.file("\(threads).db")
            let request = IndexingRequest(paths: [folder.file("in")], compression: .zstd, threads: threads)
            _ = try Index.update(at: path, with: request)
            let query = """
                SELECT id, hex(text) FROM packed_documents
                UNION ALL SELECT documents, hex(content) FROM text_dictionaries
                """
            return try TestDatabase(path).rows(query).map { $0.map { "\($0)" } }
        }
        let expected = try rows(1)
        #expect(expected.count == 4001)
        #expect(try rows(2) == expected)
        #expect(try rows(4) == expected)
    }

    @Test func anIndexStaysAsItWasMade() throws {
        try folder.write("one", to: "in/a.txt")
        let path = folder.file("x.db")
        let profile = try Profile(yaml: "storage: { compression: zstd }", origin: "x.yaml")
        _ = try Index.update(at: path, with: IndexingRequest(paths: [folder.file("in")], profile: profile))
        #expect(try Index.open(at: path).settings.compression == .zstd)
        let other = IndexingRequest(paths: [folder.file("in")], compression: TextCompression.none)
        let report = try Index.update(at: path, with: other)
        #expect(report.notices == [.compressionKept(stored: .zstd, wanted: TextCompression.none)])
        #expect(try Index.open(at: path).settings.compression == .zstd)
        let rebuilt = IndexingRequest(paths: [folder.file("in")], compression: TextCompression.none)
        _ = try Index.rebuild(at: path, with: rebuilt)
        #expect(try Index.open(at: path).settings.compression == TextCompression.none)
    }
}
