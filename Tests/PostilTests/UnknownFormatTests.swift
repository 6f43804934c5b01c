import FTS5Format
import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// Indexes whose structure record is of a layout that Postil does not know, and SQLite does: nothing is lost but time.
///
/// No SQLite writes such records yet, so they are planted, in ways in which SQLite's reader is more lenient than ours.
@Suite struct UnknownFormatTests {
    enum Layout: String, CaseIterable, Sendable {
        /// The level count as a number of five bytes, of which FTS5 takes the lower 31 bits: `F0 80 80 80 01` is one level.
        /// The first byte is one that no level count begins with, as the marker of the V2 layout does.
        case otherMarker
        /// Bytes behind the last segment, which FTS5 passes over.
        case surplus

        func record(from known: [UInt8]) -> [UInt8] {
            switch self {
            case .otherMarker: known[..<4] + [0xF0, 0x80, 0x80, 0x80] + known[4...]
            case .surplus: known + [1, 2, 3]
            }
        }
    }

    private let folder: TemporaryFolder
    private var path: String { folder.file("index.db") }

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: Layout.allCases, [1, 5])
    func answersStaySame(layout: Layout, segments: Int) throws {
        var collection = Collection(seed: 17)
        let index = try Index.create(at: path, profile: try Profile.named("default"))
        for _ in 0..<segments { try index.insert(collection.next(60)) }
        let before = try answers()
        #expect(before.values.allSatisfy { !$0.isEmpty })

        try plant(layout)
        #expect(try answers() == before)
        #expect(try answers(.exhaustive) == before)
        try expectNamed(index.check())
        try expectNamed(index.check(repair: true))
        #expect(try answers() == before)

        // FTS5 writes the record anew, in a layout that is known, when it has something to merge.
        try index.optimize()
        #expect(try answers() == before)
        if segments == 1 {
            try expectNamed(index.check())
        } else {
            #expect(try index.check().findings.isEmpty)
        }
    }

    @Test(arguments: Layout.allCases)
    func documentsAreAddedAndRemoved(layout: Layout) throws {
        var collection = Collection(seed: 18)
        let index = try Index.create(at: path, profile: try Profile.named("default"))
        for _ in 0..<3 { try index.insert(collection.next(60)) }
        try plant(layout)
        let writer = try index.makeWriter()
        try writer.insert(Document(externalID: "new", title: "", body: "zeugma"), source: nil)
        try writer.delete(DocumentID(rawValue: 1))
        try writer.commit()
        #expect(try index.makeSearcher().search(SearchRequest("zeugma")).hits.map(\.externalID) == ["new"])
        #expect(try index.makeSearcher().search(SearchRequest("id:d0")).hits.isEmpty)
        #expect(try answers() == answers(.exhaustive))
        #expect(try index.check().findings.isEmpty)
    }

    /// A run that would write a segment of its own leaves the writing to FTS5.
    @Test(arguments: Layout.allCases)
    func aLargeRunGoesThroughFTS5(layout: Layout) throws {
        var collection = Collection(seed: 19)
        let index = try Index.create(at: path, profile: try Profile.named("default"))
        try index.insert(collection.next(60))
        try plant(layout)
        let lines = try collection.next(200).map { document in
            let object = ["id": document.externalID, "title": document.title, "text": document.body + " zeugma"]
            return String(decoding: try JSONEncoder().encode(object), as: UTF8.self) + "\n"
        }
        try folder.write(lines.joined(), to: "in/documents.jsonl")
        let writer = try index.makeWriter()
        let request = IndexingRequest(paths: [folder.file("in/documents.jsonl")], threads: 2)
        var indexer = CollectionIndexer(request, usual: try index.profile, analyzer: .english, writer: writer)
        try indexer.run(batchBytes: 1000) { _ in }
        try writer.commit()
        #expect(try index.makeSearcher().search(SearchRequest("zeugma", countsExactly: true)).total.value == 200)
        #expect(try answers() == answers(.exhaustive))
        #expect(try index.check().findings.isEmpty)
    }

    // MARK: Steps

    /// Replaces the structure record by plain SQL.
    private func plant(_ layout: Layout) throws {
        let database = try TestDatabase(path)
        let known = try database.rows("SELECT block FROM documents_fts_data WHERE id = 10")[0][0].blob
        try database.rows(
            "UPDATE documents_fts_data SET block = ?1 WHERE id = 10", [.blob(layout.record(from: known))])
        let planted = try MemoryDataSource(database, table: "documents_fts")
        #expect {
            try planted.structure()
        } throws: { error in
            if case FTS5FormatError.unsupported = error { true } else { false }
        }
    }

    private struct Answer: Equatable {
        var id: String
        var score: Double
    }

    private static let queries = [
        "reward", "reward model", "the of a", "mesa-optimizer agent", "+reward +model", "reward -model",
        "\"reward model\"", "\"the agent\" debate", "title:reward", "opti*", "author:ann reward",
        "date:2012..2015 the", "\"reward goal\"~4", "(reward OR judge) AND NOT the", "agent^3 goal", "*",
        "author:bob", "mesaoptimizer", "corigible~", "reward tag:even",
    ]

    private func answers(_ strategy: EvaluationStrategy = .automatic) throws -> [String: [Answer]] {
        let searcher = try Index.open(at: path).makeSearcher()
        let answers = try Self.queries.map { query in
            let hits = try searcher.search(SearchRequest(query, limit: 20, strategy: strategy)).hits
            return (query, hits.map { Answer(id: $0.externalID, score: $0.score) })
        }
        return Dictionary(uniqueKeysWithValues: answers)
    }

    private func expectNamed(_ report: CheckReport, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(report.isSound, sourceLocation: sourceLocation)
        let finding = try #require(report.findings.first, sourceLocation: sourceLocation)
        #expect(report.findings.count == 1, sourceLocation: sourceLocation)
        #expect(finding.severity == .warning, sourceLocation: sourceLocation)
        #expect(finding.what.contains("this version of Postil does not know"), sourceLocation: sourceLocation)
        #expect(finding.remedy == .newerVersion, sourceLocation: sourceLocation)
    }

    /// Documents with authors, dates and tags.
    private struct Collection {
        private var generator: SplitMix64
        private var count = 0

        private static let words = [
            "mesa-optimizer", "reward", "model", "the", "of", "agent", "debate", "judge", "optimization", "goal", "a",
            "corrigible", "GPT-4", "inner", "alignment",
        ]

        init(seed: UInt64) { generator = SplitMix64(seed: seed) }

        mutating func next(_ number: Int) -> [Document] { (0..<number).map { _ in next() } }

        private mutating func next() -> Document {
            defer { count += 1 }
            return Document(
                externalID: "d\(count)", title: text(0...4), body: text(1...60), author: count % 3 == 0 ? "Ann" : "Bob",
                date: "20\(10 + count % 12)", tags: count % 2 == 0 ? ["even"] : [])
        }

        private mutating func text(_ lengths: ClosedRange<Int>) -> String {
            (0..<Int.random(in: lengths, using: &generator)).map { _ in
                Self.words.randomElement(using: &generator) ?? ""
            }.joined(separator: " ")
        }
    }
}

extension Index {
    fileprivate func insert(_ documents: [Document]) throws {
        let writer = try makeWriter()
        for document in documents { try writer.insert(document, source: nil) }
        try writer.commit()
    }
}
