import Foundation
import PostilTestSupport
import Testing

@testable import Postil

/// What links an index together is checked like all else: rows of sources and of documents, names, settings of the schema. A repair
/// and the next run bring back what the files have, and nothing else.
struct StrayDocumentTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("postil.db")
    }

    private func write(_ name: String, _ word: String) throws {
        let lines = (0..<6).map {
            #"{"id":"\#(name)\#($0)","text":"common \#(word)\#($0)","Author_Names":"x"}"# + "\n"
        }
        try folder.write(lines.joined(), to: "in/\(name).jsonl")
    }

    private func build(_ compression: TextCompression = .none) throws {
        for name in ["a", "b", "c"] { try write(name, "word") }
        try folder.write("common note", to: "in/n.md")
        _ = try Index.update(
            at: path, with: IndexingRequest(paths: [folder.file("in")], compression: compression))
    }

    private func answers(_ query: String = "common") throws -> [String] {
        var request = SearchRequest(query, limit: 100)
        request.correctsSpelling = false
        return try Index.open(at: path).makeSearcher().search(request).hits
            .map { "\($0.externalID) \($0.source ?? "none")" }.sorted()
    }

    private func run(_ paths: [String] = []) throws -> IndexingReport {
        try Index.update(at: path, with: IndexingRequest(paths: paths))
    }

    @Test(arguments: [
        "UPDATE documents SET source = 1034 WHERE external_id = 'c3'",
        "UPDATE documents SET source = 2 WHERE external_id IN ('a1', 'c3')",
        "UPDATE sources SET id = -5 WHERE path LIKE '%b.jsonl'",
        "UPDATE sources SET id = -1 WHERE path LIKE '%b.jsonl'",
        "DELETE FROM sources WHERE path LIKE '%c.jsonl'", "UPDATE sources SET node = 'text'",
        "UPDATE sources SET changed = 'text', size = 'x', name = x'ff' WHERE path LIKE '%c.jsonl'",
        "UPDATE sources SET path = x'ff00' WHERE path LIKE '%b.jsonl'",
        "UPDATE documents SET external_id = external_id || 'x' WHERE external_id = 'b2'",
        "DELETE FROM documents_fts_config WHERE k = 'version'",
        "UPDATE documents_fts_config SET v = 'x'",
        "UPDATE documents_fts_config SET v = 77 WHERE k = 'version'",
        "UPDATE metadata_names SET name = 'AUTHOR_NAMES' WHERE name = 'Author_Names'",
    ])
    func aDamagedLinkIsFoundAndMended(damage: String) throws {
        try build()
        let expected = try answers()
        try TestDatabase(path).execute(damage)
        #expect(try !Index.open(at: path).check().isSound)
        let repaired = try Index.open(at: path, access: .readWrite).check(repair: true)
        #expect(repaired.isSound, "\(repaired.findings)")
        _ = try run()
        #expect(try answers() == expected)
        #expect(try Index.open(at: path).check().findings.isEmpty)
        let names = try TestDatabase(path).rows("SELECT name FROM metadata_names")
        #expect(names == [[.text("Author_Names")]])
        // Nothing stays that no file has.
        for name in ["a", "b", "c"] { try write(name, "other") }
        try folder.write(#"{"id":"last","text":"common"}"#, to: "in/c.jsonl")
        _ = try run()
        #expect(try answers().count == 14 && answers("word3").isEmpty)
    }

    /// Documents that no record of a source has any more stay until all files were read, and then go.
    @Test func whatNoFileHasGoesOnceAllHaveBeenRead() throws {
        try build()
        try folder.write("elsewhere common", to: "out/o.md")
        _ = try run([folder.file("out")])
        try TestDatabase(path).execute(
            "UPDATE documents SET source = 1034, external_id = 'garbled' WHERE external_id = 'c3'")
        _ = try Index.open(at: path, access: .readWrite).check(repair: true)
        _ = try run([folder.file("out")])
        #expect(try answers().contains { $0.hasPrefix("garbled") })
        // Not beside its old name, where it would be found again.
        try folder.write("x", to: "far/keep")
        try FileManager.default.moveItem(atPath: folder.file("out"), toPath: folder.file("far/out"))
        _ = try run()
        #expect(try answers().contains { $0.hasPrefix("garbled") }, "a place is missing")
        try FileManager.default.moveItem(atPath: folder.file("far/out"), toPath: folder.file("out"))
        let report = try run()
        #expect(report.removed == 1)
        #expect(try answers().count == 20 && !answers().contains { $0.hasPrefix("garbled") })
    }

    /// A row that is not what was indexed is no document by the side of the true one.
    @Test func aGarbledRowIsNotSalvagedForGood() throws {
        try build(.zstd)
        let expected = try answers()
        try TestDatabase(path).execute(
            """
            UPDATE packed_documents SET external_id = 'evals' || x'ff2a', source = 77 WHERE external_id = 'b4';
            UPDATE packed_documents SET text = x'00' WHERE external_id = 'b3'
            """)
        let repaired = try Index.open(at: path, access: .readWrite).check(repair: true)
        #expect(
            repaired.findings.contains { $0.what.contains("1 could not be read") }, "\(repaired.findings)"
        )
        _ = try run()
        #expect(try answers() == expected)
        #expect(try Index.open(at: path).check().findings.isEmpty)
    }

    @Test(arguments: ["unicode61", "nonsense", "postil german"])
    func anotherTokenizerInTheSchemaIsFoundAndMended(tokenizer: String) throws {
        try build()
        let expected = try answers()
        try TestDatabase(path).execute(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, 'postil english', '\(tokenizer)') WHERE name = 'documents_fts'
            """)
        #expect(try !Index.open(at: path).check().isSound)
        try folder.write("common more", to: "in/more.md")
        let error = #expect(throws: IndexError.self) { try run() }
        guard case .corrupt = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let repaired = try Index.open(at: path, access: .readWrite).check(repair: true)
        #expect(repaired.isSound, "\(repaired.findings)")
        #expect(try answers() == expected)
        _ = try run()
        #expect(try answers().count == expected.count + 1)
        #expect(try Index.open(at: path).check().findings.isEmpty)
    }

    @Test func anExhaustedSequenceIsNoFullDisk() throws {
        try build()
        try TestDatabase(path).execute("UPDATE sqlite_sequence SET seq = \(Int64.max)")
        try folder.write("common more", to: "in/more.md")
        let error = #expect(throws: IndexError.self) { try run() }
        guard case .corrupt(_, "sqlite_sequence", _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try Index.open(at: path, access: .readWrite).check(repair: true).isSound)
        #expect(try run().added == 1)
    }

    /// What a rebuild that was killed while it handed over leaves.
    @Test func aJournalThatIsOfNoUseIsCleared() throws {
        try build()
        try folder.write([UInt8](repeating: 0, count: 512), to: "postil.db-journal")
        _ = try run()
        #expect(!FileManager.default.fileExists(atPath: path + "-journal"))
        #expect(try answers().count == 19)
    }
}
