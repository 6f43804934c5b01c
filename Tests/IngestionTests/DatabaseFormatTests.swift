import CSQLite
import PostilTestSupport
import Testing

@testable import Ingestion

@Suite struct DatabaseFormatTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func database(_ sql: String) throws -> InputFile {
        let path = folder.file("notes.sqlite")
        var connection: OpaquePointer?
        try #require(sqlite3_open(path, &connection) == SQLITE_OK)
        defer { sqlite3_close(connection) }
        try #require(sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK)
        let status = try FileStatus(of: path)
        return InputFile(path: path, relativePath: "notes.sqlite", status: status, isLinked: false, format: nil)
    }

    private func read(_ sql: String, _ query: String) throws -> ReadOutcome {
        let mapping = try RecordMapping(yaml: "{ format: sqlite, query: \"\(query)\" }", origin: "test")
        #expect(try RecordMapping(yaml: mapping.yaml, origin: "again") == mapping)
        return ReadOutcome(try database(sql), mapping: mapping)
    }

    private static let notes = """
        CREATE TABLE notes(id INTEGER PRIMARY KEY, name TEXT, note TEXT, picture BLOB, day TEXT);
        INSERT INTO notes VALUES (1, 'One', 'The first note.', x'00FF', '2020-01-01'), (7, 'Seven', 'Another.', NULL, NULL);
        """

    @Test func aRowOfTheQueryIsADocument() throws {
        let outcome = try read(
            Self.notes, "SELECT id, name AS title, note AS text, picture, day AS date FROM notes ORDER BY id")
        #expect(outcome.documents.map(\.externalID) == ["1", "7"] && outcome.skips.isEmpty)
        #expect(
            outcome.documents.map(\.title) == ["One", "Seven"]
                && outcome.documents.map(\.body) == ["The first note.", "Another."])
        #expect(outcome.documents.map(\.date) == ["2020-01-01", nil] && outcome.documents.first?.metadata == [:])
        #expect(outcome.documents.map(\.line) == [1, 2])
    }

    @Test func manyRowsComeInBatches() throws {
        let sql =
            "CREATE TABLE t(text); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO t SELECT 'row ' || i FROM n;"
        let outcome = try read(sql, "SELECT text FROM t")
        #expect(outcome.documents.map(\.body) == (1...2500).map { "row \($0)" })
        #expect(outcome.documents.last?.externalID == "notes.sqlite:2500")
    }

    @Test(arguments: [
        "DELETE FROM notes", "UPDATE sqlite_master SET sql = NULL", "SELECT nothing FROM notes",
        "ATTACH '/etc/passwd' AS x", "PRAGMA user_version",
        "SELECT 1; DROP TABLE notes",
    ])
    func aQueryOnlyReads(query: String) throws {
        let outcome = try read(Self.notes, query)
        #expect(outcome.documents.isEmpty)
        #expect(outcome.skips.count <= 1)
        #expect(try read("SELECT 1", "SELECT note AS text FROM notes").documents.count == 2, "nothing was changed")
    }

    @Test func aDatabaseWithoutAQuerySaysWhatIsMissing() throws {
        let outcome = ReadOutcome(try database(Self.notes))
        #expect(
            outcome.skips.map(\.reason) == ["is a database; a profile with `query: SELECT …` says what to read of it"])
    }
}
