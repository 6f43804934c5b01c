import CHostSQLite
import IndexStore
import Postil

/// The table-valued function `postil_search(query [, limit, offset, options])`, an eponymous virtual table of SQLite's.
///
///     SELECT rank, score, title FROM postil_search('reward hacking', 20)
///
/// Without a limit it is that of the statement, where the function is all that is selected from, and else 10. One below 0 stands
/// for all matches. See ``SQLSearchOptions`` for the options.
enum SearchTable {
    /// The columns in order, and behind them the hidden ones that are the arguments.
    enum Column: Int32, CaseIterable {
        case rowid, rank, score, id, title, author, date, url, snippet, highlights
        case query, limit, offset, options

        var isArgument: Bool { rawValue >= Column.query.rawValue }
        /// Its bit in SQLite's `colUsed`.
        var bit: UInt64 { 1 << UInt64(rawValue) }
    }

    static let name = "postil_search"
    private static let definition = """
        CREATE TABLE postil_search(rowid INTEGER, rank INTEGER, score REAL, id TEXT, title TEXT, author TEXT, date TEXT,
          url TEXT, snippet TEXT, highlights TEXT,
          query HIDDEN, "limit" HIDDEN, "offset" HIDDEN, options HIDDEN)
        """

    /// Registers the table with a connection.
    static func register(_ session: HostSession, on connection: OpaquePointer) throws {
        let context = Unmanaged.passRetained(session)
        let code = sqlite3_create_module_v2(connection, name, module, context.toOpaque()) { context in
            // Safety: SQLite calls this once, with the retained context it was given, also where it fails.
            if let context { Unmanaged<HostSession>.fromOpaque(context).release() }
        }
        guard code == SQLITE_OK else { throw CallError(String(cString: sqlite3_errmsg(connection))) }
    }

    /// Makes SQLite connect the table, which it does when a statement first names it.
    static func connect(on connection: OpaquePointer) {
        var statement: OpaquePointer?
        sqlite3_prepare_v2(connection, "SELECT 1 FROM \(name)('')", -1, &statement, nil)
        sqlite3_finalize(statement)
    }

    /// Lives as long as the process does.
    private nonisolated(unsafe) static let module: UnsafePointer<sqlite3_module> = {
        // Safety: it is not written to once it has been handed out.
        let module = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
        module.initialize(to: sqlite3_module())
        // Neither xCreate nor a name of its own: eponymous, and nothing is stored in a schema.
        module.pointee.xConnect = { connection, context, _, _, result, message in
            guard let connection, let context, let result else { return SQLITE_MISUSE }
            let code = sqlite3_declare_vtab(connection, SearchTable.definition)
            guard code == SQLITE_OK else { return code }
            _ = postil_host_declare_innocuous(connection)
            let table = UnsafeMutablePointer<postil_table>.allocate(capacity: 1)
            table.initialize(to: postil_table())
            // Safety: the context is the session that `register` retained; SQLite keeps it longer than its tables.
            let session = Unmanaged<HostSession>.fromOpaque(context)
            session.takeUnretainedValue().begin()
            table.pointee.object = session.toOpaque()
            result.pointee = UnsafeMutableRawPointer(table).assumingMemoryBound(to: sqlite3_vtab.self)
            return SQLITE_OK
        }
        module.pointee.xDisconnect = { table in
            guard let table else { return SQLITE_MISUSE }
            SearchTable.session(of: table).rest()
            // Safety: xConnect allocated it.
            UnsafeMutableRawPointer(table).assumingMemoryBound(to: postil_table.self).deallocate()
            return SQLITE_OK
        }
        module.pointee.xBestIndex = { table, info in
            guard let table, let info else { return SQLITE_MISUSE }
            return SearchPlan.choose(info)
        }
        module.pointee.xOpen = { table, result in
            guard let table, let result else { return SQLITE_MISUSE }
            let cursor = UnsafeMutablePointer<postil_cursor>.allocate(capacity: 1)
            cursor.initialize(to: postil_cursor())
            cursor.pointee.object = Unmanaged.passRetained(SearchCursor(SearchTable.session(of: table))).toOpaque()
            result.pointee = UnsafeMutableRawPointer(cursor).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
            return SQLITE_OK
        }
        module.pointee.xClose = { cursor in
            guard let cursor else { return SQLITE_MISUSE }
            // Safety: xOpen allocated it and retained its object.
            let own = UnsafeMutableRawPointer(cursor).assumingMemoryBound(to: postil_cursor.self)
            Unmanaged<SearchCursor>.fromOpaque(own.pointee.object).release()
            own.deallocate()
            return SQLITE_OK
        }
        module.pointee.xFilter = { cursor, plan, _, count, values in
            guard let cursor else { return SQLITE_MISUSE }
            let arguments = (0..<Int(count)).map { index in values?[index].map { SQLFunction.Value($0) } ?? .null }
            do {
                try SearchTable.cursor(cursor).start(SearchPlan(rawValue: plan), arguments)
                return SQLITE_OK
            } catch {
                SearchTable.setMessage("\(error)", of: cursor.pointee.pVtab)
                return (error as? IndexError)?.resultCode ?? SQLITE_ERROR
            }
        }
        module.pointee.xNext = { cursor in
            guard let cursor else { return SQLITE_MISUSE }
            SearchTable.cursor(cursor).advance()
            return SQLITE_OK
        }
        module.pointee.xEof = { cursor in
            guard let cursor else { return 1 }
            return SearchTable.cursor(cursor).hit == nil ? 1 : 0
        }
        module.pointee.xColumn = { cursor, context, column in
            guard let cursor, let context, let column = Column(rawValue: column) else { return SQLITE_MISUSE }
            SearchTable.cursor(cursor).value(of: column).give(to: context)
            return SQLITE_OK
        }
        module.pointee.xRowid = { cursor, result in
            guard let cursor, let result else { return SQLITE_MISUSE }
            result.pointee = SearchTable.cursor(cursor).hit?.id.rawValue ?? 0
            return SQLITE_OK
        }
        return UnsafePointer(module)
    }()

    // Safety of the following: SQLite hands out what xConnect and xOpen gave it.

    private static func session(of table: UnsafeMutablePointer<sqlite3_vtab>) -> HostSession {
        let own = UnsafeMutableRawPointer(table).assumingMemoryBound(to: postil_table.self)
        return Unmanaged<HostSession>.fromOpaque(own.pointee.object).takeUnretainedValue()
    }

    private static func cursor(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>) -> SearchCursor {
        let own = UnsafeMutableRawPointer(cursor).assumingMemoryBound(to: postil_cursor.self)
        return Unmanaged<SearchCursor>.fromOpaque(own.pointee.object).takeUnretainedValue()
    }

    private static func setMessage(_ text: String, of table: UnsafeMutablePointer<sqlite3_vtab>?) {
        sqlite3_free(table?.pointee.zErrMsg)
        table?.pointee.zErrMsg = postil_host_message(text)
    }
}
