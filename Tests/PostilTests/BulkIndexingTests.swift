import Documents
import Foundation
import PostilTestSupport
import Testing
import TextAnalysis
import Ranking

@testable import IndexStore
@testable import Postil

/// The same collection indexed through FTS5's INSERT and by writing segments, compared in all that FTS5 can be asked.
@Suite struct BulkIndexingTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// How a run is done; the reference goes through FTS5 document by document.
    struct Way: CustomTestStringConvertible, Sendable {
        var threads = 1
        var memory = 512 << 20
        var batchBytes: Int
        /// Bytes of text that are compressed with one dictionary; nil when texts are stored plainly.
        var stretchBytes: Int?
        var testDescription: String {
            "threads: \(threads), memory: \(memory), batch: \(batchBytes), stretch: \(stretchBytes ?? 0)"
        }

        static let insert = Way(batchBytes: .max)
    }

    @Test(
        arguments: zip(
            [
                Way(threads: 1, batchBytes: 1), Way(threads: 3, batchBytes: 1),
                Way(threads: 2, memory: 1, batchBytes: 1000),
                Way(threads: 4, memory: 40_000, batchBytes: 300), Way(threads: 2, memory: 1, batchBytes: 1),
                Way(batchBytes: .max, stretchBytes: 1), Way(threads: 1, batchBytes: 1, stretchBytes: 100_000),
                Way(threads: 3, batchBytes: 500, stretchBytes: 20_000),
                Way(threads: 2, memory: 1, batchBytes: 1000, stretchBytes: 3000),
            ], UInt64(1)...9))
    func segmentsEqualInsert(way: Way, seed: UInt64) throws {
        var collection = RandomCollection(seed: seed)
        let path = folder.file("in/documents.jsonl")
        try folder.write(collection.jsonLines(), to: "in/documents.jsonl")
        for (name, way) in [("plain.db", .insert), ("bulk.db", way)] { try build(name, from: path, way) }
        try compare("\(way.testDescription), seed: \(seed), after: build")
        // Other documents are changed, removed and added, in a live index.
        collection.change()
        try folder.write(collection.jsonLines(), to: "in/documents.jsonl")
        for (name, way) in [("plain.db", .insert), ("bulk.db", way)] { try update(name, from: path, way) }
        try compare("\(way.testDescription), seed: \(seed), after: update")
        // And FTS5 goes on with what was written.
        for command in ["('merge', -2)", "('merge', 30)", "('optimize', 0)"] {
            for name in ["plain.db", "bulk.db"] {
                try open(name).execute("INSERT INTO documents_fts(documents_fts, rank) VALUES \(command)")
            }
            try compare("\(way.testDescription), seed: \(seed), after: \(command)")
        }
    }

    @Test(arguments: [1, 2])
    func fewSegmentsAreLeft(threads: Int) throws {
        let collection = RandomCollection(seed: 7, documents: 400)
        try folder.write(collection.jsonLines(), to: "in/documents.jsonl")
        let way = Way(threads: threads, memory: 1, batchBytes: 1)
        try build("bulk.db", from: folder.file("in/documents.jsonl"), way)
        let database = try open("bulk.db")
        let structure = try MemoryDataSource(database, table: "documents_fts").structure()
        #expect(2..<32 ~= structure.segmentCount, "\(structure)")
        #expect(structure.levels.count > 1, "\(structure)")
        #expect(structure.levels.allSatisfy { $0.segments.count < 16 }, "\(structure)")
        #expect(try Index.open(at: folder.file("bulk.db")).check().findings.isEmpty)
        let report = try database.rows("SELECT count(*) FROM score_segments")
        #expect(report[0][0].integer == Int64(structure.segmentCount))
    }

    @Test func gridsOfOneRunEqualThoseOfItsPages() throws {
        let collection = RandomCollection(seed: 11, documents: 600)
        try folder.write(collection.jsonLines(), to: "in/documents.jsonl")
        try build("bulk.db", from: folder.file("in/documents.jsonl"), Way(threads: 2, batchBytes: 5000))
        let database = try open("bulk.db")
        let terms = "SELECT * FROM score_terms ORDER BY segment, term"
        let grids = "SELECT * FROM score_grids ORDER BY id"
        let segments = "SELECT * FROM score_segments"
        let found = (try database.rows(terms), try database.rows(grids), try database.rows(segments))
        #expect(found.2.count == 1)
        #expect(found.0.count > 20)
        let connection = try IndexConnection(path: folder.file("bulk.db"), mode: .readWrite)
        _ = try connection.access { db in
            try ScoreGridUpdate(db, path: "bulk.db", parameters: RandomCollection.parameters()).run(chunks: nil)
        }
        #expect(try database.rows(terms) == found.0)
        #expect(try database.rows(grids) == found.1)
        #expect(try database.rows(segments) == found.2)
    }

    @Test(arguments: [UInt64(3), 4])
    func optimizingLeavesOneSegmentThatAnswersAsBefore(seed: UInt64) throws {
        let path = folder.file("in/documents.jsonl")
        for (name, way) in [("plain.db", Way.insert), ("bulk.db", Way(threads: 2, memory: 1, batchBytes: 300))] {
            var collection = RandomCollection(seed: seed)
            try folder.write(collection.jsonLines(), to: "in/documents.jsonl")
            try build(name, from: path, way)
            collection.change()
            try folder.write(collection.jsonLines(), to: "in/documents.jsonl")
            try update(name, from: path, way)
        }
        var steps: [Int] = []
        try Index.open(at: folder.file("bulk.db")).optimize { steps.append($0.segments) }
        #expect(steps.first ?? 0 > 1 && steps.last == 1, "\(steps)")
        let structure = try MemoryDataSource(open("bulk.db"), table: "documents_fts").structure()
        #expect(structure.segmentCount == 1, "\(structure), seed: \(seed)")
        try compare("optimized, seed: \(seed)")
        #expect(try Index.open(at: folder.file("bulk.db")).check().findings.isEmpty)
    }

    // MARK: Indexing

    private func request(_ path: String, _ way: Way) -> IndexingRequest {
        var request = IndexingRequest(paths: [path], memory: way.memory, threads: way.threads)
        // What is read at a time is inverted together.
        request.limits.batchBytes = min(way.batchBytes, request.limits.batchBytes)
        return request
    }

    private func build(_ name: String, from path: String, _ way: Way) throws {
        var profile = try Profile.named(Profile.defaultName)
        if way.stretchBytes != nil { profile.compression = .zstd }
        let chosen = profile
        _ = try Index.build(at: folder.file(name), profile: profile, analyzer: "english", replaces: false) { writer in
            try run(way, on: path, profile: chosen, writer)
        }
    }

    private func update(_ name: String, from path: String, _ way: Way) throws {
        let index = try Index.open(at: folder.file(name), access: .readWrite)
        let writer = try index.makeWriter()
        let report = try run(way, on: path, profile: try index.profile, writer)
        try writer.commit()
        #expect(report.updated > 0 && report.removed > 0 && report.added > 0)
    }

    @discardableResult
    private func run(_ way: Way, on path: String, profile: Profile, _ writer: DocumentWriter) throws -> IndexingReport {
        let stretchBytes = way.stretchBytes ?? TextFrameFormat.stretchBytes
        writer.packing?.minimumBytes = stretchBytes / 2
        writer.packing?.renewalBytes = stretchBytes / 2
        var indexer = CollectionIndexer(request(path, way), usual: profile, analyzer: .english, writer: writer)
        try indexer.run(batchBytes: way.batchBytes, stretchBytes: stretchBytes) { _ in }
        return indexer.report
    }

    // MARK: Comparison

    private func open(_ name: String) throws -> TestDatabase {
        let database = try TestDatabase(folder.file(name))
        try IndexConnection.fts5API(of: database.handle).registerTokenizers()
        try TextFunction().register(on: database.handle)
        return database
    }

    private func compare(_ context: String) throws {
        let (plain, bulk) = (try open("plain.db"), try open("bulk.db"))
        do {
            try bulk.execute("INSERT INTO documents_fts(documents_fts, rank) VALUES ('integrity-check', 1)")
        } catch { Issue.record("integrity-check: \(error), \(context)") }
        func expectEqual(_ query: String) throws {
            #expect(try bulk.rows(query) == plain.rows(query), "\(query), \(context)")
        }
        try expectEqual("SELECT * FROM documents ORDER BY id")
        try expectEqual("SELECT * FROM documents_fts_docsize ORDER BY id")
        try expectEqual("SELECT block FROM documents_fts_data WHERE id = 1")
        try expectEqual("SELECT chunk, lengths FROM score_documents ORDER BY chunk")
        let columns = ["title", "body"]
        let same =
            try bulk.instances(of: "documents_fts", columns: columns)
            == plain.instances(of: "documents_fts", columns: columns)
        #expect(same, "instances, \(context)")
        for match in RandomCollection.queries {
            try expectEqual(
                """
                SELECT rowid, snippet(documents_fts, -1, '[', ']', '…', 8), highlight(documents_fts, 0, '<', '>')
                FROM documents_fts WHERE documents_fts MATCH '\(match)' ORDER BY rank, rowid
                """)
        }
        let findings = try Index.open(at: folder.file("bulk.db")).check().findings
        // FTS5's own merging leaves the score grids behind, which is no fault of the index.
        #expect(findings.allSatisfy { $0.severity == .warning }, "\(findings), \(context)")
    }
}

/// Documents with empty fields, compounds, unspaced scripts and long texts, and changes to them.
private struct RandomCollection {
    private var generator: TextGenerator
    private var random: SplitMix64
    private var texts: [(id: Int, title: String, body: String)] = []
    private var nextID = 0

    static let queries = [
        "an", "ber", "\"an an\"", "\"mesa optimizers\"", "mesaoptimizers", "NEAR(an ber, 3)", "za*", "title : an",
        "body : an NOT ber", "\"深度\"", "gpt4 OR de", "{title} : za* AND co", "^an",
    ]

    static func parameters() throws -> RankingParameters { try Profile.named(Profile.defaultName).ranking }

    init(seed: UInt64, documents: Int = 120) {
        generator = TextGenerator(seed: seed, words: 120)
        random = SplitMix64(seed: seed)
        for _ in 0..<documents { add() }
    }

    private mutating func add() {
        let title = generator.text(words: generator.number(in: 0...6))
        texts.append((nextID, title, body()))
        nextID += 1
    }

    private mutating func body() -> String {
        let extras = ["mesa-optimizers", "GPT-4", "深度学习", "don't", "𝐀é", ""]
        let length = generator.number(in: 0...40) == 0 ? 2500 : generator.number(in: 0...30)
        var text = generator.text(words: length)
        for _ in 0..<generator.number(in: 0...3) { text += " " + extras[generator.number(in: 0...extras.count - 1)] }
        if generator.number(in: 0...5) == 0 {
            text += String(decoding: RandomText.bytes(length: 60, alphabet: .mixed, using: &random), as: UTF8.self)
        }
        return text
    }

    /// Changes a quarter of the documents, removes another, and adds as many.
    mutating func change() {
        let count = texts.count / 4
        for index in 0..<count { texts[index * 2].body = body() + " changed" }
        for _ in 0..<count { texts.remove(at: generator.number(in: 0...texts.count - 1)) }
        for _ in 0..<count { add() }
    }

    func jsonLines() throws -> String {
        try texts.map { text in
            // A document needs some text.
            let object = ["id": "d\(text.id)", "title": text.title, "text": text.body + "."]
            return String(decoding: try JSONEncoder().encode(object), as: UTF8.self)
        }.joined(separator: "\n") + "\n"
    }
}
