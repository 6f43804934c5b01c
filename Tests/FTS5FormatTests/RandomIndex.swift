import PostilTestSupport

/// A seeded FTS5 table with a history of inserts, deletes, merges and replacements, written by FTS5 itself.
struct RandomIndex {
    static let columns = ["title", "body"]
    let database = try! TestDatabase()
    var generator: TextGenerator
    private var nextRow: Int64 = 1
    private var live: [Int64: (String, String)] = [:]

    /// An empty table with external content and the given page size; few bytes of hash make many segments.
    init(seed: UInt64, pageSize: Int, words: Int = 200, hashSize: Int = 4000, options: String = "") throws {
        generator = TextGenerator(seed: seed, words: words)
        try database.execute(
            """
            CREATE TABLE c(id INTEGER PRIMARY KEY, title, body);
            CREATE VIRTUAL TABLE t USING fts5(title, body, content=c, content_rowid=id\(options));
            INSERT INTO t(t, rank) VALUES('pgsz', \(pageSize));
            INSERT INTO t(t, rank) VALUES('hashsize', \(hashSize));
            INSERT INTO t(t, rank) VALUES('automerge', 0);
            """)
    }

    mutating func insert(_ count: Int, words: ClosedRange<Int> = 0...60) throws {
        try database.execute("BEGIN")
        for _ in 0..<count {
            let title = generator.text(words: generator.number(in: 0...6))
            let body = generator.text(words: generator.number(in: words))
            try put(nextRow, title, body)
            nextRow += Int64(generator.number(in: 1...300))
        }
        try database.execute("COMMIT")
    }

    private mutating func put(_ row: Int64, _ title: String, _ body: String) throws {
        try database.rows("INSERT INTO c VALUES(?, ?, ?)", [.integer(row), .text(title), .text(body)])
        try database.rows(
            "INSERT INTO t(rowid, title, body) VALUES(?, ?, ?)", [.integer(row), .text(title), .text(body)])
        live[row] = (title, body)
    }

    private mutating func remove(_ row: Int64) throws {
        guard let (title, body) = live.removeValue(forKey: row) else { return }
        try database.rows("DELETE FROM c WHERE id=?", [.integer(row)])
        try database.rows(
            "INSERT INTO t(t, rowid, title, body) VALUES('delete', ?, ?, ?)",
            [.integer(row), .text(title), .text(body)])
    }

    /// Removes about one row in `step`, and gives some of them a new text in the same transaction.
    mutating func delete(oneIn step: Int) throws {
        try database.execute("BEGIN")
        for row in live.keys.sorted() where generator.number(in: 1...step) == 1 {
            try remove(row)
            if generator.number(in: 1...3) == 1 { try put(row, "changed", generator.text(words: 9)) }
        }
        try database.execute("COMMIT")
    }

    func merge(pages: Int) throws { try database.execute("INSERT INTO t(t, rank) VALUES('merge', \(pages))") }

    func optimize() throws { try database.execute("INSERT INTO t(t) VALUES('optimize')") }

    func instances() throws -> [FTS5Instance] { try database.instances(of: "t", columns: Self.columns) }

    func source() throws -> MemoryDataSource { try MemoryDataSource(database, table: "t") }
}
