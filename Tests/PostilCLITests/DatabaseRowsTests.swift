import CSQLite
import Foundation
import PostilTestSupport
import Testing

/// Rows of somebody else's database as documents: `postil index --sqlite`, `postil attach`, `postil detach`.
struct DatabaseRowsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Another program's connection.
    private final class Program {
        private var connection: OpaquePointer?

        init(_ path: String, _ sql: String = "") throws {
            try #require(sqlite3_open(path, &connection) == SQLITE_OK)
            try run(sql)
        }

        deinit { sqlite3_close(connection) }

        func run(_ sql: String) throws {
            let code = sqlite3_exec(connection, sql, nil, nil, nil)
            try #require(code == SQLITE_OK, "\(String(cString: sqlite3_errmsg(connection))): \(sql)")
        }

        /// The first column of each row.
        func column(_ sql: String) throws -> [String] {
            var statement: OpaquePointer?
            try #require(sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK)
            defer { sqlite3_finalize(statement) }
            var values: [String] = []
            while sqlite3_step(statement) == SQLITE_ROW {
                values.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "NULL")
            }
            return values
        }
    }

    private func postil(_ arguments: String...) throws -> PostilBinary.Outcome {
        try PostilBinary.run(arguments, in: folder.url)
    }

    private func counts(_ outcome: PostilBinary.Outcome) throws -> [Int] {
        let report = try outcome.json()
        return ["added", "updated", "unchanged", "removed"].map { report[$0] as? Int ?? -1 }
    }

    private func ids(_ arguments: String...) throws -> [String] {
        try PostilBinary.run(["search", "--format", "ids"] + arguments, in: folder.url).output
            .split(separator: "\n").map(String.init)
    }

    private static let posts = """
        CREATE TABLE posts(id INTEGER PRIMARY KEY, name TEXT, note TEXT, picture BLOB, karma INTEGER);
        INSERT INTO posts VALUES (1, 'Goodhart', 'A measure becomes a target.', NULL, 5), (7, 'Proxies', 'What we measure.', NULL, 50);
        """
    private static let query = "SELECT id, name AS title, note AS body, karma FROM posts"

    @Test(arguments: ["DELETE", "WAL"])
    func aDatabaseIsRememberedWithItsQuery(mode: String) throws {
        let program = try Program(folder.file("app.db"), "PRAGMA journal_mode = \(mode);" + Self.posts)
        let first = try postil("index", "--sqlite", "app.db", "--query", Self.query, "--format", "json")
        #expect(first.status == 0 && first.errors == "", "\(first.errors)")
        #expect(try counts(first) == [2, 0, 0, 0])
        #expect(try Set(ids("measures")) == ["1", "7"])
        #expect(try ids("measures", "karma:>10") == ["7"])
        #expect(try postil("sources").output.contains("rows of app.db"))
        #expect(try counts(postil("index", "--format", "json")) == [0, 0, 2, 0])
        // Not closed in between: what is in the log counts.
        try program.run(
            "INSERT INTO posts VALUES (9, 'New', 'hacking', NULL, 1); UPDATE posts SET note = 'changed' WHERE id = 7; DELETE FROM posts WHERE id = 1"
        )
        #expect(try counts(postil("index", "--format", "json")) == [1, 1, 0, 1])
        #expect(try ids("changed OR hacking").sorted() == ["7", "9"])
        // Another place beside it, and all anew.
        try folder.file("notes/a.md", "hacking in a file")
        #expect(try counts(postil("index", "notes", "--format", "json")) == [1, 0, 0, 0])
        #expect(try postil("index", "--rebuild", "--format", "json").status == 0)
        #expect(try ids("hacking").sorted() == ["9", "a.md"])
        #expect(try postil("check").status == 0)
    }

    @Test func whatIsWrongIsSaidWithItsPlace() throws {
        try Program(folder.file("app.db"), Self.posts).run(
            "UPDATE posts SET picture = x'00FF', id = NULL WHERE id = 99")
        func errors(_ query: String, of database: String = "app.db") throws -> String {
            let outcome = try postil("index", "-i", "x.db", "--sqlite", database, "--query", query)
            #expect(outcome.status == 2, "\(query): \(outcome.errors)")
            return outcome.errors
        }
        #expect(
            try errors("SELECT nosuch FROM posts").contains("app.db: the query cannot be run: no such column: nosuch")
        )
        #expect(try errors("SELECT * FROM posst").contains("no such table: posst; it has posts"))
        #expect(try errors("DELETE FROM posts").contains("does more than read"))
        #expect(try errors("SELECT 1; SELECT 2").contains("more than one statement"))
        #expect(try errors("").contains("the query is empty"))
        #expect(try errors("SELECT id, name FROM posts").contains("id, name, none of which is a title or a text"))
        #expect(try errors(Self.query, of: "none.db").contains("none.db"))
        try folder.file("text.db", "this is no database, however long it may be and whatever its name says of it")
        #expect(try errors(Self.query, of: "text.db").contains("is no SQLite database"))
        #expect(try postil("index", "--sqlite", "app.db").errors.contains("--query"))
        #expect(try postil("index", "--query", "SELECT 1").errors.contains("--sqlite"))

        let odd = "SELECT NULL AS id, 'text' AS body, x'FF00' AS picture, CAST('more' AS BLOB) AS title"
        let outcome = try postil("index", "-i", "y.db", "--sqlite", "app.db", "--query", odd)
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("app.db:1") && outcome.errors.contains("picture has bytes that are no text"))
        #expect(outcome.errors.contains("the column id, which ids come from, has NULL"))
        #expect(try ids("-i", "y.db", "more").count == 1)
    }

    /// Whatever another program does to its rows, words find what `MATCH` finds, and nothing of the database has changed.
    @Test(arguments: [
        "content='posts', content_rowid='id'", "tokenize='porter unicode61'",
        "content='posts', content_rowid='id', tokenize='trigram'",
    ])
    func anAttachedTableIsSearchedBesideIt(options: String) throws {
        let path = folder.file("app.db")
        let isExternal = options.contains("content")
        let triggers =
            isExternal
            ? """
            CREATE TRIGGER ai AFTER INSERT ON posts BEGIN INSERT INTO f(rowid, name, note) VALUES (new.id, new.name, new.note); END;
            CREATE TRIGGER ad AFTER DELETE ON posts BEGIN INSERT INTO f(f, rowid, name, note) VALUES ('delete', old.id, old.name, old.note); END;
            """ : ""
        let program = try Program(
            path,
            "CREATE TABLE posts(id INTEGER PRIMARY KEY, name, note); CREATE VIRTUAL TABLE f USING fts5(name, note, \(options)); \(triggers)"
        )
        let table = isExternal ? "posts(id, name, note)" : "f(rowid, name, note)"
        var random = SplitMix64(seed: 18)
        var live: Set<Int> = []
        for run in 0..<3 {
            for _ in 0..<30 {
                let id = Int.random(in: 1...60, using: &random)
                if live.remove(id) != nil {
                    try program.run("DELETE FROM \(isExternal ? "posts WHERE id" : "f WHERE rowid") = \(id)")
                }
                guard Int.random(in: 0..<4, using: &random) > 0 else { continue }
                let words = (0..<6).map { _ in
                    ["running", "measures", "target", "cafés", "hacking"].randomElement(using: &random)!
                }
                try program.run("INSERT INTO \(table) VALUES (\(id), 'Post \(id)', '\(words.joined(separator: " "))')")
                live.insert(id)
            }
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            let outcome =
                run == 1
                ? try postil("index", "-i", "app.f.postil.db", "--format", "json")
                : try postil("attach", "app.db", "f", "--format", "json")
            #expect(outcome.status == 0, "run: \(run), \(outcome.errors)")
            #expect(outcome.errors == "")
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
            for word in ["running", "cafes"] {
                let matches = try program.column("SELECT rowid FROM f WHERE f MATCH '\(word)'")
                // What nothing has is answered with what is spelt like it.
                if matches.isEmpty { continue }
                let found = try ids("-i", "app.f.postil.db", "--all", "--limit", "100", "+\(word)")
                #expect(Set(found) == Set(matches), "run: \(run), \(word)")
            }
            #expect(try Set(ids("-i", "app.f.postil.db", "--all", "--limit", "100", "*")) == Set(live.map(String.init)))
        }
        #expect(try postil("search", "-i", "app.f.postil.db", "title:post").status == 0)
        let schema = try program.column("SELECT sql FROM sqlite_schema")
        #expect(!schema.contains { $0.contains("postil") })
        let detached = try postil("detach", "app.db", "f")
        #expect(
            detached.output == "\(live.count) document\(live.count == 1 ? "" : "s") removed\n", "\(detached.errors)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasPrefix("app") } == [
                "app.db"
            ])
        let again = try postil("detach", "app.db", "f")
        #expect(again.status == 2 && again.errors.contains("f of app.db is not attached"), "\(again.errors)")
    }

    @Test func aTableWithoutTextsNeedsAQuery() throws {
        let program = try Program(
            folder.file("app.db"), Self.posts + "CREATE VIRTUAL TABLE f USING fts5(name, note, content='');")
        #expect(try postil("attach", "app.db", "f").errors.contains("f keeps no texts"))
        #expect(try postil("attach", "app.db", "g").errors.contains("no FTS5 table g; it has f"))
        #expect(try postil("attach", "app.db", "f", "--query", Self.query).status == 0)
        #expect(try Set(ids("-i", "app.f.postil.db", "measure")) == ["1", "7"])
        try program.run("DELETE FROM posts WHERE id = 1")
        #expect(try postil("index", "-i", "app.f.postil.db").status == 0)
        #expect(try ids("-i", "app.f.postil.db", "measure") == ["7"])
    }

    @Test func detachingTakesNothingElseAway() throws {
        _ = try Program(folder.file("app.db"), Self.posts)
        try folder.file("notes/a.md", "text")
        #expect(try postil("index", "-i", "app.f.postil.db", "notes").status == 0)
        let outcome = try postil("detach", "app.db", "f")
        #expect(outcome.status == 2 && outcome.errors.contains("it is not that of app.db"))
        #expect(FileManager.default.fileExists(atPath: folder.file("app.f.postil.db")))
    }
}
