import CSQLite
import FTS5Bridge
import TextAnalysis

/// A plain SQLite connection in memory, with Postil's tokenizer registered.
final class Connection {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let handle: OpaquePointer
    let api: FTS5API

    init(specification: AnalyzerSpecification = .english, registers: Bool = true) throws {
        var opened: OpaquePointer?
        guard sqlite3_open(":memory:", &opened) == SQLITE_OK, let opened else { throw Failure(description: "open") }
        handle = opened
        var statement: OpaquePointer?
        var pointer: UnsafeMutablePointer<fts5_api>?
        guard sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nil) == SQLITE_OK else {
            throw Failure(description: "no FTS5")
        }
        withUnsafeMutablePointer(to: &pointer) { pointer in
            sqlite3_bind_pointer(statement, 1, pointer, FTS5API.argumentType, nil)
            _ = sqlite3_step(statement)
        }
        sqlite3_finalize(statement)
        guard let pointer else { throw Failure(description: "no fts5_api") }
        api = FTS5API(pointer)
        if registers { try api.registerTokenizer(specification: specification) }
    }

    deinit { sqlite3_close_v2(handle) }

    /// Runs one statement with text arguments; returns its rows as text.
    @discardableResult
    func run(_ sql: String, _ arguments: String...) throws -> [[String]] {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw failure }
        for (index, argument) in arguments.enumerated() {
            sqlite3_bind_text(statement, Int32(index + 1), argument, -1, postil_sqlite_transient())
        }
        var rows: [[String]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows.append(
                    (0..<sqlite3_column_count(statement)).map { column in
                        sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "NULL"
                    })
            case SQLITE_DONE: return rows
            default: throw failure
            }
        }
    }

    private var failure: Failure { Failure(description: String(cString: sqlite3_errmsg(handle))) }
}
