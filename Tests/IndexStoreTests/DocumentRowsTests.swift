import Documents
import PostilTestSupport
import Testing

@testable import IndexStore

/// Rows are written many at a time; what comes back must not show where one statement ended.
@Suite struct DocumentRowsTests {
    /// Documents that lack some of their fields, now and then with a text for which there is no room among the short ones.
    private func collection(_ random: inout SplitMix64, count: Int) -> [Document] {
        func text() -> String {
            let unit = ["x", "é", "wort ", "0123456789abcdef"].randomElement(using: &random) ?? ""
            return String(repeating: unit, count: Int.random(in: 0...12, using: &random))
        }
        func maybe() -> String? { Bool.random(using: &random) ? text() : nil }
        return (0..<count).map { number in
            Document(
                externalID: "d\(number)",
                title: Int.random(in: 0..<100, using: &random) == 0 ? String(repeating: "t", count: 40_000) : text(),
                body: text(), markup: maybe(), author: maybe(), date: maybe(), url: maybe(),
                tags: Bool.random(using: &random) ? [text(), text()] : [],
                metadata: Bool.random(using: &random) ? ["k": text()] : [:], line: number + 1)
        }
    }

    @Test(arguments: [TextCompression.none, .zstd], [UInt64(1), 2, 3])
    func documentsComeBack(compression: TextCompression, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let settings = IndexSettings(
            analyzer: "english", analyzerIdentity: "english 1", profileName: "default", profileYAML: "name: default",
            compression: compression)
        let documents = collection(&random, count: 500)
        let file = try IndexFile.build(
            at: folder.file("index.db"), settings: settings, tokenizer: "postil english", replaces: false
        ) { writer in
            let source = try writer.sources.save(
                IndexedSource(
                    path: "p", reading: "r", size: 1, modified: 1, hash: [], outcome: .indexed, skipped: []))
            var rest = documents[...]
            while !rest.isEmpty {
                let batch = rest.prefix(Int.random(in: 1...100, using: &random)).map { NewDocument($0) }
                rest = rest.dropFirst(batch.count)
                try writer.store(batch, source: Bool.random(using: &random) ? source : nil)
                try writer.index(batch)
            }
        }.file
        let stored = try file.snapshot().documents(after: DocumentID(rawValue: 0), limit: 1000)
        #expect(stored.map(\.document) == documents, "seed: \(seed), compression: \(compression)")
        #expect(stored.map(\.id.rawValue) == Array(1...500), "seed: \(seed), compression: \(compression)")
        #expect(try file.check(repair: false).findings.isEmpty, "seed: \(seed), compression: \(compression)")
    }

    /// The index by address is made at the end if some document has one, and beforehand if none has.
    @Test(arguments: [TextCompression.none, .zstd], [0, 1, 60, 99, 100])
    func indexesAreThere(compression: TextCompression, firstAddress: Int) throws {
        let folder = try TemporaryFolder()
        let settings = IndexSettings(
            analyzer: "english", analyzerIdentity: "english 1", profileName: "default", profileYAML: "name: default",
            compression: compression)
        let documents = (0..<100).map {
            Document(externalID: "\($0)", body: "b", url: $0 >= firstAddress ? "https://a.b/\($0)" : nil)
        }
        let file = try IndexFile.build(
            at: folder.file("index.db"), settings: settings, tokenizer: "postil english", replaces: false
        ) { writer in
            for start in stride(from: 0, to: 100, by: 40) {
                let batch = documents[start..<min(start + 40, 100)].map { NewDocument($0) }
                try writer.store(batch, source: nil)
                try writer.index(batch)
            }
        }.file
        let database = try TestDatabase(folder.file("index.db"))
        let names = try database.rows(
            "SELECT name FROM sqlite_schema WHERE tbl_name = '\(compression.table)' AND type = 'index' ORDER BY name")
        #expect(
            names
                == ["documents_by_external_id", "documents_by_source", "documents_by_url"].map { [.text($0)] })
        #expect(try database.rows("PRAGMA integrity_check") == [[.text("ok")]])
        // A run asks for each document of a source that it knows.
        if compression == .zstd { try TextFunction().register(on: database.handle) }
        let plan = try database.rows("EXPLAIN QUERY PLAN " + DocumentTable.identification)
        #expect(
            plan.map(\.last) == [
                .text("SEARCH \(compression.table) USING INDEX documents_by_external_id (external_id=?)")
            ])
        // A search for a pasted address does not read all documents.
        let search = try database.rows(
            """
            EXPLAIN QUERY PLAN SELECT id FROM documents
              WHERE (external_id IN ('a', 'b') OR url IN ('a', 'b')
                OR source IN (SELECT id FROM sources WHERE path = 'a'))
            """)
        #expect(!search.contains { $0.last == .text("SCAN \(compression.table)") }, "\(search)")
        #expect(try file.check(repair: false).findings.isEmpty)
    }
}
