import CSQLite

/// A SQLite connection for tests, with as little in between as possible.
public final class TestDatabase {
    /// The connection.
    public let handle: OpaquePointer

    /// SQLite's message, with the statement it is about.
    public struct Failure: Error, CustomStringConvertible {
        /// Message and statement.
        public let description: String
    }

    /// Opens `path`, by default a database in memory.
    public init(_ path: String = ":memory:") throws {
        var handle: OpaquePointer?
        guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else { throw Failure(description: "open \(path)") }
        self.handle = handle
    }

    deinit { sqlite3_close_v2(handle) }

    /// Runs statements that give no rows.
    public func execute(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
    }

    /// Runs one statement with bound values and returns its rows.
    @discardableResult
    public func rows(_ sql: String, _ values: [Value] = []) throws -> [[Value]] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw failure(sql) }
        defer { sqlite3_finalize(statement) }
        for (index, value) in values.enumerated() { value.bind(to: statement, at: Int32(index + 1)) }
        var rows: [[Value]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows.append((0..<sqlite3_column_count(statement)).map { Value(statement, $0) })
            case SQLITE_DONE: return rows
            default: throw failure(sql)
            }
        }
    }

    private func failure(_ sql: String) -> Failure {
        Failure(description: "\(String(cString: sqlite3_errmsg(handle))) in: \(sql)")
    }

    /// A value of a row.
    public enum Value: Hashable {
        case null
        case integer(Int64)
        case text(String)
        case blob([UInt8])

        init(_ statement: OpaquePointer?, _ column: Int32) {
            switch sqlite3_column_type(statement, column) {
            case SQLITE_NULL: self = .null
            case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
            case SQLITE_BLOB:
                let count = Int(sqlite3_column_bytes(statement, column))
                let start = sqlite3_column_blob(statement, column)
                self = .blob(Array(UnsafeRawBufferPointer(start: start, count: count)))
            default: self = .text(String(cString: sqlite3_column_text(statement, column)))
            }
        }

        func bind(to statement: OpaquePointer?, at index: Int32) {
            let transient = postil_sqlite_transient()
            switch self {
            case .null: sqlite3_bind_null(statement, index)
            case .integer(let value): sqlite3_bind_int64(statement, index, value)
            case .text(let text): sqlite3_bind_text(statement, index, text, -1, transient)
            case .blob(let bytes):
                if bytes.isEmpty {
                    sqlite3_bind_zeroblob(statement, index, 0)
                } else {
                    sqlite3_bind_blob64(statement, index, bytes, UInt64(bytes.count), transient)
                }
            }
        }

        /// The number, or 0 for anything else.
        public var integer: Int64 { if case .integer(let value) = self { value } else { 0 } }
        /// The text, or an empty one for anything else.
        public var text: String { if case .text(let text) = self { text } else { "" } }
        /// The bytes, or none for anything else.
        public var blob: [UInt8] { if case .blob(let bytes) = self { bytes } else { [] } }
    }
}
