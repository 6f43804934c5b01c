import CSQLite
import Documents
import Foundation
import IndexStore
import PostilTestSupport
import Testing

@Suite struct IndexFileTests {
    let folder: TemporaryFolder
    var path: String { folder.file("index.db") }
    static let settings = IndexSettings(
        analyzer: "english", analyzerIdentity: "english 1", profileName: "default", profileYAML: "name: default")

    init() throws { folder = try TemporaryFolder() }

    @discardableResult
    private func build(_ documents: [Document] = []) throws -> IndexFile {
        try IndexFile.build(at: path, settings: Self.settings, tokenizer: "postil english", replaces: false) { writer in
            for document in documents { try writer.insert(document, source: nil) }
        }.file
    }

    /// From the columns, or from the rows where those are of another state.
    @Test func theFirstAndTheLastDateAreTold() throws {
        let dates = ["2019-05", nil, "2019", "1987-01-02", nil, "2021-12-31", "2021-12"]
        var file = try build(dates.map { Document(externalID: "a", body: "one", date: $0) })
        for outdates in [false, true] {
            if outdates {
                try TestDatabase(path).execute("DELETE FROM score_state WHERE name = 'columns'")
                file = try IndexFile(path: path)
            }
            let facts = try file.information()
            #expect(facts.firstDate == "1987-01-02" && facts.lastDate == "2021-12-31", "outdated: \(outdates)")
        }
        try FileManager.default.removeItem(atPath: path)
        let facts = try build([Document(externalID: "a", body: "one")]).information()
        #expect(facts.firstDate == nil && facts.lastDate == nil)
    }

    /// Opening what is no index says why and leaves the bytes alone.
    @Test(arguments: [
        ("", "the file is empty"),
        ("no database at all", "not an SQLite database"),
        ("SQLite format 3\0" + String(repeating: "\0", count: 100), "an SQLite database of another program"),
    ])
    func refusesStrangers(content: String, reason: String) throws {
        try folder.write(content, to: "index.db")
        #expect(throws: IndexError.notAnIndex(path: path, reason: reason)) { try IndexFile(path: path) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(content.utf8))
    }

    @Test func refusesMissingFilesAndFolders() throws {
        #expect(throws: IndexError.notFound(path: path)) { try IndexFile(path: path) }
        #expect(throws: IndexError.notAnIndex(path: folder.path, reason: "it is a folder")) {
            try IndexFile(path: folder.path)
        }
    }

    @Test func refusesNewerFormats() throws {
        try build()
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        bytes[63] = 9
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        #expect(throws: IndexError.newerFormat(path: path, found: 9, known: 2)) { try IndexFile(path: path) }
    }

    /// Files of earlier versions have other quotation marks in the statement of their table of FTS5.
    @Test func opensFilesWithTheFormerQuotationMarks() throws {
        try build([Document(externalID: "a", body: "one")])
        do {
            let database = try TestDatabase(path)
            try database.execute("PRAGMA writable_schema = ON")
            try database.execute(
                "UPDATE sqlite_schema SET sql = replace(sql, char(34), char(39)) WHERE name = 'documents_fts'")
            let statement = try database.rows("SELECT sql FROM sqlite_schema WHERE name = 'documents_fts'")
            #expect("\(statement)".replacing("\\", with: "").contains("content='documents'"))
        }
        let file = try IndexFile(path: path)
        let writer = try file.writer()
        try writer.insert(Document(externalID: "b", body: "two"))
        try writer.commit()
        #expect(try file.check(repair: true).findings.isEmpty)
        #expect(try file.snapshot().documents(externalID: "b").count == 1)
    }

    @Test func idsAreNeverUsedAgain() throws {
        let file = try build()
        var writer: DocumentWriter? = try file.writer()
        let first = try #require(try writer?.insert(Document(externalID: "a", body: "one"), source: nil))
        try writer?.delete(first)
        try writer?.commit()
        writer = try file.writer()
        let second = try #require(try writer?.insert(Document(externalID: "a", body: "two"), source: nil))
        try writer?.commit()
        writer = nil
        #expect(second > first)
        #expect(try file.check(repair: false).isSound)
    }

    /// A snapshot does not see what is committed after it, nor anything that is not committed.
    @Test func readersSeeOneSnapshot() throws {
        let file = try build([Document(externalID: "a", body: "one")])
        let snapshot = try file.snapshot()
        #expect(try snapshot.documents(externalID: "b").isEmpty)
        let writer = try file.writer()
        try writer.insert(Document(externalID: "b", body: "two"), source: nil)
        try snapshot.refresh()
        #expect(try snapshot.documents(externalID: "b").isEmpty)
        try writer.commit()
        #expect(try snapshot.documents(externalID: "b").isEmpty)
        try snapshot.refresh()
        #expect(try snapshot.documents(externalID: "b").count == 1)
    }

    @Test func fieldsComeBackAsTheyWere() throws {
        let document = Document(
            externalID: "é/1", title: "T", body: "B", markup: "*B*", author: "A, “C”", date: "2019-06",
            url: "https://example.org/", tags: ["x", "y\"\\\n\u{1}"], metadata: ["k": "v", "": ""], line: 7)
        let file = try build([document])
        #expect(try file.snapshot().documents(externalID: "é/1").map(\.document) == [document])
    }

    @Test func checkFindsAndRepairsPlantedDamage() throws {
        let file = try build([Document(externalID: "a", body: "one two"), Document(externalID: "b", body: "three")])
        #expect(try file.check(repair: false).findings.isEmpty)
        var database: OpaquePointer?
        #expect(sqlite3_open(path, &database) == SQLITE_OK)
        #expect(sqlite3_exec(database, "UPDATE documents SET body = 'four' WHERE id = 1", nil, nil, nil) == SQLITE_OK)
        sqlite3_close(database)
        #expect(try !file.check(repair: false).isSound)
        #expect(try file.check(repair: true).isSound)
        #expect(try file.check(repair: false).findings.isEmpty)
    }

    @Test func aSecondWriterIsTurnedAway() throws {
        let file = try build()
        let writer = try file.writer()
        #expect(throws: IndexError.busy(path: path)) { try file.writer() }
        try writer.rollback()
        _ = try file.writer()
    }

    /// What looks after the file while it is filled lets go of it, also when that fails at once or a look at it is due.
    @Test func aBuildThatFailsLeavesNoFileOpen() throws {
        struct Failure: Error {}
        let folder = try TemporaryFolder()
        for round in 0..<20 {
            #expect(throws: Failure.self) {
                try IndexFile.build(
                    at: folder.file("index.db"), settings: Self.settings, tokenizer: "postil english", replaces: true
                ) { _ in
                    if round % 2 == 0 { usleep(UInt32(round) * 1000) }
                    throw Failure()
                }
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file(".")).isEmpty)
        #if os(Linux)
            let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
            }
            #expect(!open.contains { $0.contains(folder.file("index.db")) }, "\(open)")
        #endif
    }
}
