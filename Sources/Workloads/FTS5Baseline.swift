import CSQLite

/// SQLite FTS5 as it is commonly used, to measure against: `INSERT` of title and body into a table that stores them
/// (porter unicode61), all in one transaction, and `MATCH … ORDER BY rank`.
///
/// Belongs to one thread. The file is the caller's to remove.
public final class FTS5Baseline {
    /// The version of SQLite that is measured.
    public static var version: String { String(cString: sqlite3_libversion()) }

    private let connection: OpaquePointer
    private var insertion: OpaquePointer?
    private var selection: OpaquePointer?

    /// Creates the table in a new file and begins the transaction.
    ///
    /// - Throws: ``FTS5BaselineError``.
    public init(path: String) throws {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
        guard code == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw FTS5BaselineError(path: path, reason: String(cString: sqlite3_errstr(code)))
        }
        connection = opened
        // The usual advice for bulk loads, and a cache that lets every page stay in memory.
        for statement in [
            "PRAGMA journal_mode = wal", "PRAGMA synchronous = normal", "PRAGMA cache_size = -200000",
            "PRAGMA mmap_size = 8000000000", "PRAGMA secure_delete = off",
            "CREATE VIRTUAL TABLE entries USING fts5(title, body, tokenize = 'porter unicode61')", "BEGIN",
        ] {
            try execute(statement)
        }
        insertion = try prepare("INSERT INTO entries(rowid, title, body) VALUES (?1, ?2, ?3)")
        selection = try prepare("SELECT rowid FROM entries WHERE entries MATCH ?1 ORDER BY rank LIMIT ?2")
    }

    deinit {
        sqlite3_finalize(insertion)
        sqlite3_finalize(selection)
        sqlite3_close_v2(connection)
    }

    /// Adds a document.
    public func insert(id: Int64, title: String, body: String) throws {
        sqlite3_bind_int64(insertion, 1, id)
        bind(title, to: insertion, at: 2)
        bind(body, to: insertion, at: 3)
        let code = sqlite3_step(insertion)
        sqlite3_reset(insertion)
        guard code == SQLITE_DONE else { throw failure() }
    }

    /// Ends the transaction, and writes the file so that its size counts all.
    public func commit() throws {
        try execute("COMMIT")
        try execute("PRAGMA wal_checkpoint(truncate)")
    }

    /// Merges all segments into one.
    public func optimize() throws { try execute("INSERT INTO entries(entries) VALUES ('optimize')") }

    /// The best documents for an expression in FTS5's query language, best first.
    public func match(_ expression: String, limit: Int) throws -> [Int64] {
        defer { sqlite3_reset(selection) }
        bind(expression, to: selection, at: 1)
        sqlite3_bind_int64(selection, 2, Int64(limit))
        var ids: [Int64] = []
        while true {
            switch sqlite3_step(selection) {
            case SQLITE_ROW: ids.append(sqlite3_column_int64(selection, 0))
            case SQLITE_DONE: return ids
            default: throw failure()
            }
        }
    }

    private func execute(_ statement: String) throws {
        guard sqlite3_exec(connection, statement, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    private func prepare(_ statement: String) throws -> OpaquePointer {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection, statement, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw failure() }
        return prepared
    }

    private func bind(_ text: String, to statement: OpaquePointer?, at position: Int32) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                // Safety: SQLite copies the bytes before the call returns; an empty text may have no address.
                guard let start = characters.baseAddress else {
                    sqlite3_bind_text(statement, position, "", 0, postil_sqlite_transient())
                    return
                }
                sqlite3_bind_text64(
                    statement, position, start, UInt64(characters.count), postil_sqlite_transient(),
                    UInt8(SQLITE_UTF8))
            }
        }
    }

    private func failure() -> FTS5BaselineError {
        let path = sqlite3_db_filename(connection, "main").map { String(cString: $0) } ?? ""
        return FTS5BaselineError(path: path, reason: String(cString: sqlite3_errmsg(connection)))
    }
}

/// What SQLite said when the FTS5 baseline failed.
public struct FTS5BaselineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The baseline's file.
    public var path: String
    /// SQLite's message.
    public var reason: String

    /// `/tmp/x/fts5.db (the FTS5 baseline): disk I/O error`.
    public var description: String { "\(path) (the FTS5 baseline): \(reason)" }
}
