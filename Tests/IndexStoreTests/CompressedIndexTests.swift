import CSQLite
import Documents
import Foundation
import PostilTestSupport
import Testing

@testable import IndexStore

/// An index whose texts are compressed, through the store's own interface and through SQL.
@Suite struct CompressedIndexTests {
    let folder: TemporaryFolder
    var path: String { folder.file("index.db") }

    init() throws { folder = try TemporaryFolder() }

    @discardableResult
    private func build(_ documents: [Document]) throws -> IndexFile {
        let settings = IndexSettings(
            analyzer: "fts5:porter unicode61", analyzerIdentity: "fts5:porter unicode61", profileName: "default",
            profileYAML: "name: default", compression: .zstd)
        return try IndexFile.build(
            at: path, settings: settings, tokenizer: "porter unicode61", replaces: false
        ) { writer in
            for document in documents { try writer.insert(document, source: nil) }
        }.file
    }

    private func database(knowsText: Bool) throws -> TestDatabase {
        let database = try TestDatabase(path)
        if knowsText { try TextFunction().register(on: database.handle) }
        return database
    }

    @Test func fieldsComeBackAsTheyWere() throws {
        let documents = [
            Document(
                externalID: "é/1", title: "T", body: "B", markup: "*B*", author: "A, “C”", date: "2019-06",
                url: "https://example.org/", tags: ["x", "y\"\\\n\u{1}"], metadata: ["k": "v", "": ""], line: 7),
            Document(externalID: "2"), Document(externalID: "3", title: "", body: "b\u{0}b", markup: ""),
            Document(externalID: "4", body: String(repeating: "long ", count: 100_000)),
        ]
        let file = try build(documents)
        #expect(try file.snapshot().documents(after: DocumentID(rawValue: 0), limit: 9).map(\.document) == documents)
        #expect(try file.check(repair: false).findings.isEmpty)
        #expect(try IndexFile(path: path).settings.compression == .zstd)
    }

    @Test func idsAreNeverUsedAgain() throws {
        let file = try build([Document(externalID: "a", body: "one")])
        var ids: [DocumentID] = []
        for _ in 0..<3 {
            let writer = try file.writer()
            ids.append(try writer.insert(Document(externalID: "b", body: "two"), source: nil))
            try writer.delete(try #require(ids.last))
            try writer.commit()
        }
        #expect(ids.map(\.rawValue) == [2, 3, 4])
        #expect(try file.check(repair: false).findings.isEmpty)
    }

    /// Any SQLite finds documents; reading their texts takes Postil's function.
    @Test func sqlReadsIt() throws {
        let body = "The proxy was optimized until it broke."
        try build([Document(externalID: "a", title: "Goodhart", body: body, metadata: ["k": "v"])])
        let match = "SELECT rowid FROM documents_fts WHERE documents_fts MATCH 'optimize'"
        let stock = try database(knowsText: false)
        #expect(try stock.rows(match).map { $0[0].integer } == [1])
        #expect(try stock.rows("SELECT external_id FROM packed_documents").map { $0[0].text } == ["a"])
        #expect(throws: (any Error).self) { try stock.rows("SELECT title FROM documents") }
        let postil = try database(knowsText: true)
        let row = try #require(try postil.rows("SELECT title, body, metadata, markup FROM documents").first)
        #expect(row == [.text("Goodhart"), .text(body), .text(#"{"k":"v"}"#), .null])
        let snippet = "SELECT snippet(documents_fts, -1, '<', '>', '…', 3) FROM documents_fts('optimize')"
        #expect(try postil.rows(snippet)[0][0].text == "…was <optimized> until…")
        try postil.execute("INSERT INTO documents_fts(documents_fts, rank) VALUES ('integrity-check', 1)")
        try postil.execute("INSERT INTO documents_fts(documents_fts) VALUES ('rebuild')")
        #expect(try postil.rows(match).count == 1)
    }

    @Test func damagedTextsAreNamed() throws {
        let file = try build((1...3).map { Document(externalID: "d\($0)", body: "some text number \($0)") })
        try database(knowsText: false).execute("UPDATE packed_documents SET text = x'200903' WHERE id = 2")
        let snapshot = try file.snapshot()
        #expect(try snapshot.document(DocumentID(rawValue: 1)) != nil)
        #expect {
            try snapshot.document(DocumentID(rawValue: 2))
        } throws: { error in
            guard case .corrupt(path, "packed_documents", 2, let reason) = error as? IndexError else { return false }
            return reason.contains("damaged")
        }
        for repair in [false, true] {
            let report = try file.check(repair: repair)
            #expect(report.isSound == repair)
            #expect(report.findings.contains { $0.what.hasPrefix("packed_documents, row 2: ") }, "\(report.findings)")
        }
        // The others are saved.
        #expect(try IndexFile(path: path).check(repair: false).findings.isEmpty)
        let left = try IndexFile(path: path).snapshot().documents(after: DocumentID(rawValue: 0), limit: 10)
        #expect(left.map(\.document.externalID) == ["d1", "d3"])
    }

    @Test func repairsTheInvertedIndexFromCompressedTexts() throws {
        let file = try build([Document(externalID: "a", body: "one two"), Document(externalID: "b", body: "three")])
        let database = try database(knowsText: true)
        try database.execute(
            "INSERT INTO documents_fts(documents_fts, rowid, title, body) VALUES ('delete', 1, '', 'one two')")
        #expect(try !file.check(repair: false).isSound)
        #expect(try file.check(repair: true).isSound)
        #expect(try file.check(repair: false).findings.isEmpty)
        #expect(try database.rows("SELECT rowid FROM documents_fts('two')").count == 1)
    }

    private func dictionaries() throws -> [[Int64?]] {
        try database(knowsText: false)
            .rows("SELECT id, first_document, last_document, documents FROM text_dictionaries ORDER BY id")
            .map { $0.map(\.integer) }
    }

    /// Documents that came one by one get a dictionary, one that was made of a removed text goes, and what is as good as it
    /// can be stays.
    @Test func optimizingCompressesAnew() throws {
        var texts = TextGenerator(seed: 3, words: 2000)
        let file = try build((0..<2500).map { Document(externalID: "d\($0)", body: texts.text(words: 100)) })
        #expect(try dictionaries().isEmpty)
        func expectTexts(_ expected: [StoredDocument]) throws {
            #expect(try file.snapshot().documents(after: DocumentID(rawValue: 0), limit: .max) == expected)
            #expect(try file.check(repair: false).findings.isEmpty)
        }
        func size() throws -> Int64? {
            try database(knowsText: false).rows("SELECT sum(length(text)) FROM packed_documents")[0][0].integer
        }
        let before = try file.snapshot().documents(after: DocumentID(rawValue: 0), limit: .max)
        let loose = try #require(try size())
        try file.optimize()
        try expectTexts(before)
        #expect(try dictionaries() == [[1, 1, 2500, 2500]])
        let packed = try #require(try size())
        #expect(packed < loose * 9 / 10, "\(packed) of \(loose)")
        try file.optimize()
        #expect(try dictionaries() == [[1, 1, 2500, 2500]])
        let writer = try file.writer()
        try writer.delete(DocumentID(rawValue: 7))
        try writer.insert(Document(externalID: "new", body: "one more"), source: nil)
        try writer.commit()
        let after = try file.snapshot().documents(after: DocumentID(rawValue: 0), limit: .max)
        try file.optimize()
        try expectTexts(after)
        #expect(try dictionaries() == [[2, 1, 2501, 2500]])
    }

    @Test func unknownCompressionIsNamed() throws {
        try build([])
        try database(knowsText: false).execute(
            "UPDATE settings SET value = 'lzma' WHERE name = 'compression'; DELETE FROM settings WHERE name = 'copy'")
        #expect {
            try IndexFile(path: path)
        } throws: { "\($0)".contains("compression lzma") }
    }
}
