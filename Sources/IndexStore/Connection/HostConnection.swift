import CSQLite
import GRDB

/// The connection of a program that has loaded Postil as an extension, the host's, and the index that it has open as `main`.
///
/// What is read here is what the host's statement sees: its snapshot, and its own changes that are not committed yet. The
/// connection is never closed, and no transaction is begun or ended on it, but for a moment's savepoint; see ``snapshot()``.
/// Nothing of it is set but how many pages of the index it keeps; see ``open()``. Serves one call at a time, as the host's
/// connection does.
///
///     let host = try HostConnection(handle) { postil_host_lend($0) }
///     let state = try host.state()
///     let snapshot = try host.snapshot()      // of use while host.state() is the same, and is not nil
///
/// Statements that are kept for the next query are reset after each, so that none keeps the host's transaction open. They are
/// let go of in ``rest()``, without which the host could not close its connection.
package final class HostConnection {
    /// The connection.
    package let handle: OpaquePointer
    private let lend: (OpaquePointer) -> Void
    private let texts = TextFunction()
    private var connection: IndexConnection?
    private var stateStatements: [SQLiteStatement] = []

    /// Registers the tokenizer and the functions that Postil's statements call.
    ///
    /// - Parameter lend: Makes the next opening of a connection on this thread yield the one that it is given.
    /// - Throws: `DatabaseError`, also when the host's SQLite has no FTS5.
    package init(_ handle: OpaquePointer, lend: @escaping (OpaquePointer) -> Void) throws {
        self.handle = handle
        self.lend = lend
        try IndexConnection.fts5API(of: handle).registerTokenizers()
        try texts.register(on: handle, isHost: true)
        try FieldWords.register(on: handle)
    }

    // MARK: Databases

    /// The names of the host's databases: `main`, `temp` if there is one, and those that are attached.
    package func schemas() throws -> [String] {
        let list = try SQLiteStatement("PRAGMA database_list", on: handle)
        var names: [String] = []
        while try list.step() { if let name = list.text(1) { names.append(name) } }
        return names
    }

    /// Whether a database is an index, of whatever version.
    package func isIndex(_ schema: String) throws -> Bool {
        try IndexFileHeader(handle, schema: schema).applicationID == IndexFileHeader.applicationID
    }

    /// The path of a database's file; nil for one in memory.
    package func path(of schema: String) -> String? {
        guard let name = sqlite3_db_filename(handle, schema) else { return nil }
        let path = String(cString: name)
        return path.isEmpty ? nil : path
    }

    // MARK: The index

    /// Tells whether `main` is as it was.
    package struct State: Hashable {
        /// Changes with what others commit.
        fileprivate var data: Int64
        /// Grows with what the connection itself changes, also when that is rolled back.
        fileprivate var changes: Int64
        /// Changes with what creates and drops, and with a restored backup.
        fileprivate var schema: Int64
    }

    /// The present state; nil where it cannot be told, because the host is changing the database: it can take back part of that,
    /// and then change other things.
    package func state() throws -> State? {
        guard sqlite3_txn_state(handle, "main") != SQLITE_TXN_WRITE else { return nil }
        if stateStatements.isEmpty {
            stateStatements = try ["PRAGMA main.data_version", "PRAGMA main.schema_version"].map {
                try SQLiteStatement($0, on: handle)
            }
        }
        let numbers = try stateStatements.map { statement in
            defer { statement.reset() }
            return try statement.step() ? statement.integer(0) : 0
        }
        return State(data: numbers[0], changes: sqlite3_total_changes64(handle), schema: numbers[1])
    }

    /// The index as the host sees it now.
    ///
    /// - Throws: ``IndexError`` when `main` is no index that this version can use, or when temporary tables of the host hide
    ///   its tables.
    package func snapshot() throws -> IndexSnapshot {
        let connection = try connection ?? open()
        if sqlite3_txn_state(handle, "main") == SQLITE_TXN_WRITE {
            // FTS5 keeps what was written in memory until there is a savepoint. While the host runs a statement that writes,
            // there can be none, and the texts of that statement are not found yet.
            sqlite3_exec(handle, "SAVEPOINT postil_search; RELEASE postil_search", nil, nil, nil)
        }
        let snapshot = try IndexSnapshot(connection)
        self.connection = connection
        return snapshot
    }

    /// Lets go of all statements. Snapshots and what was made of them must not be used any more.
    package func rest() {
        stateStatements = []
        connection = nil
    }

    /// The connection, for Postil's statements.
    ///
    /// SQLite by itself keeps 2 MB of a file, which is 62 pages of an index: those of the hits of six searches. A search then takes
    /// a tenth longer. Where nobody has set another size it becomes the one that Postil's own connections have.
    private func open() throws -> IndexConnection {
        let path = path(of: "main") ?? ":memory:"
        let header = try IndexFileHeader(handle, schema: "main")
        try header.requireKnown(path: path)
        try IndexObjects.require(handle, path: path)
        try requireVisible(path: path)
        // Where an authorizer of the host forbids it, nothing but time is lost.
        if let size = try? SQLiteStatement("PRAGMA main.cache_size", on: handle), try size.step(),
            size.integer(0) == Self.usualCache
        {
            sqlite3_exec(handle, "PRAGMA main.cache_size = \(IndexConnection.cacheSize)", nil, nil, nil)
        }
        return try IndexConnection(borrowingAt: path, texts: texts) { [handle, lend] in lend(handle) }
    }

    /// SQLite's own `cache_size`, in units of -1,024 bytes.
    private static let usualCache: Int64 = -2_000

    /// A temporary table of the same name would be read in the place of the index's.
    private func requireVisible(path: String) throws {
        let hidden = try SQLiteStatement(
            "SELECT t.type, t.name FROM temp.sqlite_schema t JOIN main.sqlite_schema m ON t.name = m.name COLLATE NOCASE",
            on: handle)
        guard try hidden.step() else { return }
        throw IndexError.foreignObject(
            path: path, kind: "temporary \(hidden.text(0) ?? "")", name: hidden.text(1) ?? "")
    }
}

extension IndexError {
    /// SQLite's code for the error, for who passes it on to SQLite.
    package var resultCode: Int32 {
        switch self {
        case .corrupt: SQLITE_CORRUPT
        case .busy, .beingBuilt: SQLITE_BUSY
        case .database(_, let code, _, _): code & 0xFF
        default: SQLITE_ERROR
        }
    }
}
