import CSQLite
import Foundation
import GRDB

/// A prepared statement on the raw handle, for paths where a row costs less than a GRDB row does.
///
/// Bound and read by position. Belongs to one connection and one thread; finalised when released, so it must not outlive
/// its connection.
final class SQLiteStatement {
    let handle: OpaquePointer

    /// Prepares `sql`, to be used many times.
    init(_ sql: String, on connection: OpaquePointer) throws {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)), sql: sql)
        }
        handle = prepared
    }

    /// Prepares the insertion of rows, whose columns are bound one row after the other.
    convenience init(
        inserting rows: Int, into table: String, columns: [some StringProtocol], on connection: OpaquePointer
    ) throws {
        let row = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
        let values = Array(repeating: row, count: rows).joined(separator: ", ")
        try self.init(
            "INSERT INTO \(table)(\(columns.joined(separator: ", "))) VALUES \(values)", on: connection)
    }

    deinit { sqlite3_finalize(handle) }

    /// Makes all bindings NULL.
    func clearBindings() { sqlite3_clear_bindings(handle) }

    /// The row id of the row inserted last on the connection.
    var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(sqlite3_db_handle(handle)) }

    /// How many rows the last insertion, change or removal on the connection had.
    var changedRows: Int { Int(sqlite3_changes(sqlite3_db_handle(handle))) }

    /// Binds a number.
    func bind(_ value: Int64, at position: Int32) { sqlite3_bind_int64(handle, position, value) }

    /// Binds text, or NULL.
    func bind(_ value: String?, at position: Int32) {
        guard var value else { return bindNull(at: position) }
        value.withUTF8 { bind(copying: $0, at: position) }
    }

    /// Binds UTF-8 text, which SQLite copies.
    func bind(copying text: UnsafeBufferPointer<UInt8>, at position: Int32) {
        guard let start = text.baseAddress, !text.isEmpty else { return bindEmptyText(at: position) }
        // Safety: SQLite copies the bytes before the call returns.
        UnsafeRawPointer(start).withMemoryRebound(to: CChar.self, capacity: text.count) { start in
            _ = sqlite3_bind_text64(
                handle, position, start, UInt64(text.count), postil_sqlite_transient(), UInt8(SQLITE_UTF8))
        }
    }

    /// Binds a text of no bytes, which is not NULL.
    func bindEmptyText(at position: Int32) { sqlite3_bind_text(handle, position, "", 0, postil_sqlite_transient()) }

    /// Binds UTF-8 text that stays where it is until the statement has run; it is not copied.
    func bind(borrowing text: UnsafeBufferPointer<UInt8>, at position: Int32) {
        guard let start = text.baseAddress, !text.isEmpty else { return bindEmptyText(at: position) }
        // Safety: the caller keeps the text until the statement has run, and SQLite reads no binding after that.
        UnsafeRawPointer(start).withMemoryRebound(to: CChar.self, capacity: text.count) { start in
            _ = sqlite3_bind_text64(handle, position, start, UInt64(text.count), nil, UInt8(SQLITE_UTF8))
        }
    }

    /// Binds bytes that stay where they are until the statement has run; they are not copied.
    func bind(borrowing value: UnsafeRawBufferPointer, at position: Int32) {
        // Safety: the caller keeps the bytes until the statement has run, and SQLite reads no binding after that.
        guard let base = value.baseAddress, !value.isEmpty else { return bind(value, at: position) }
        sqlite3_bind_blob64(handle, position, base, UInt64(value.count), nil)
    }

    /// Binds bytes.
    func bind(_ value: UnsafeRawBufferPointer, at position: Int32) {
        // Safety: SQLite copies the bytes before the call returns.
        if let base = value.baseAddress {
            sqlite3_bind_blob64(handle, position, base, UInt64(value.count), postil_sqlite_transient())
        } else {
            sqlite3_bind_zeroblob(handle, position, 0)
        }
    }

    /// Binds NULL.
    func bindNull(at position: Int32) { sqlite3_bind_null(handle, position) }

    /// Runs to the next row; false when there is none.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
            sqlite3_reset(handle)
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: message, sql: String(cString: sqlite3_sql(handle)))
        }
    }

    /// Runs a statement that returns no row, and makes it ready for the next time.
    func run() throws {
        _ = try step()
        sqlite3_reset(handle)
    }

    /// Runs a statement over the rows of a range of ids in their order: its two parameters are the first and the last id, its first
    /// column is a row's id. `body` is told the place of the row in the range, and errors name the table.
    ///
    /// - Throws: An error of a malformed file where ids are not in the range or not in order, as those of a damaged tree can be.
    func forEachRow(of table: String, ids: ClosedRange<Int64>, _ body: (_ place: Int) throws -> Void) throws {
        bind(ids.lowerBound, at: 1)
        bind(ids.upperBound, at: 2)
        defer { reset() }
        var least = ids.lowerBound
        while try step() {
            let id = integer(0)
            guard (least...ids.upperBound).contains(id) else {
                throw DatabaseError(
                    resultCode: .SQLITE_CORRUPT, message: "\(table), row \(id): out of order",
                    sql: String(cString: sqlite3_sql(handle)))
            }
            try body(Int(id - ids.lowerBound))
            if id == ids.upperBound { break }
            least = id + 1
        }
    }

    /// Ends the present run; the bindings stay.
    func reset() { sqlite3_reset(handle) }

    /// A number of the present row.
    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    /// A floating-point number of the present row; 0 for what is none.
    func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

    /// Whether a column of the present row is NULL.
    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    /// Whether a column of the present row is a whole number.
    func isInteger(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_INTEGER }

    /// Whether a column of the present row is a floating-point number.
    func isReal(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_FLOAT }

    /// Whether a column of the present row is a text.
    func isText(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_TEXT }

    /// Whether a column of the present row is this text.
    func isText(_ column: Int32, equalTo text: String) -> Bool {
        guard isText(column) else { return false }
        let bytes = bytes(column)
        var text = text
        return text.withUTF8 { text in
            guard let one = text.baseAddress, let other = bytes.baseAddress, text.count == bytes.count else {
                return text.isEmpty && bytes.isEmpty
            }
            // Safety: both have as many bytes.
            return memcmp(one, other, text.count) == 0
        }
    }

    /// A text of the present row, nil for NULL.
    func text(_ column: Int32) -> String? {
        guard let text = sqlite3_column_text(handle, column) else { return nil }
        // Safety: SQLite owns `bytes` bytes at `text` until the next step or reset; the string copies them.
        let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(handle, column)))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The bytes of a column of the present row, valid until the next step or reset.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }
}
