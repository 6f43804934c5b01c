import CSQLite
import GRDB

/// The SQL function `postil_text(text, field, id)`: a text of a document that is stored compressed.
///
/// `text` is the column of `packed_documents`, `field` one of `title`, `body`, `metadata` and `markup`, `id` the row's id,
/// which errors name. The view `documents` calls it, so that reading an index does not depend on how it is stored.
final class TextFunction: @unchecked Sendable {
    // Safety: SQLite calls the function on its connection, which one thread uses at a time.
    private var reader: TextFrameReader?
    /// Lives as long as the connection does, by being here.
    var steps: StepLimit?
    private var failure: (row: Int64, reason: String)?
    /// The connection, if it is a host's, who may call the function at any time; a snapshot's reads one state.
    private var host: OpaquePointer?
    private var hostVersion: UInt32 = 0

    static let name = "postil_text"

    /// Registers the function with a connection, which keeps it.
    ///
    /// - Parameter isHost: Whether the connection can move on to another state of the file between two calls.
    func register(on connection: OpaquePointer, isHost: Bool = false) throws {
        if isHost { host = connection }
        reader = try TextFrameReader { try TextDictionary.find($0, on: connection) }
        // Of a row's bytes it always makes the same, and what is in the file cannot make it do anything else.
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        let code = sqlite3_create_function_v2(
            connection, Self.name, 3, flags, Unmanaged.passRetained(self).toOpaque(), callTextFunction, nil, nil
        ) { context in
            // Safety: SQLite calls this once, with the retained context it was given.
            if let context { Unmanaged<TextFunction>.fromOpaque(context).release() }
        }
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// Forgets failures of earlier statements.
    func begin() {
        failure = nil
        steps?.begin()
    }

    /// The text that could not be read since ``begin()``, if it was that which went wrong.
    func error(path: String) -> IndexError? {
        failure.map {
            .corrupt(path: path, table: TextCompression.zstd.table, rowID: $0.row, reason: $0.reason)
        }
    }

    fileprivate func call(_ context: OpaquePointer, frame: OpaquePointer, field: OpaquePointer, row: OpaquePointer) {
        guard sqlite3_value_type(frame) != SQLITE_NULL else { return sqlite3_result_null(context) }
        guard let name = sqlite3_value_text(field), let field = StoredTexts.Field(rawValue: String(cString: name))
        else {
            return sqlite3_result_error(context, "postil_text: the field is title, body, metadata or markup", -1)
        }
        // Safety: SQLite keeps the value's bytes during the call.
        let bytes = UnsafeRawBufferPointer(start: sqlite3_value_blob(frame), count: Int(sqlite3_value_bytes(frame)))
        do {
            guard let reader else { return sqlite3_result_error_nomem(context) }
            if let host {
                var version: UInt32 = 0
                sqlite3_file_control(host, "main", SQLITE_FCNTL_DATA_VERSION, &version)
                // An index that was built anew in its place has other dictionaries of the same ids.
                if version != hostVersion { reader.forgetDictionaries() }
                hostVersion = version
            }
            try reader.read(field, of: bytes) { text in
                guard let text else { return sqlite3_result_null(context) }
                // Safety: SQLite copies the text before the call returns.
                sqlite3_result_text64(
                    context, text.baseAddress?.assumingMemoryBound(to: CChar.self), UInt64(text.count),
                    postil_sqlite_transient(), UInt8(SQLITE_UTF8))
                if text.isEmpty { sqlite3_result_text(context, "", 0, postil_sqlite_transient()) }
            }
        } catch {
            let row = sqlite3_value_int64(row)
            failure = failure ?? (row, "\(error)")
            sqlite3_result_error(context, "\(TextCompression.zstd.table), row \(row): \(error)", -1)
            sqlite3_result_error_code(context, SQLITE_CORRUPT)
        }
    }
}

/// SQLite's xFunc.
private func callTextFunction(
    context: OpaquePointer?, count: Int32, values: UnsafeMutablePointer<OpaquePointer?>?
) {
    guard let context, let values, count == 3, let frame = values[0], let field = values[1], let row = values[2],
        let function = sqlite3_user_data(context)
    else { return }
    // Safety: the context is the object that `register` retained.
    Unmanaged<TextFunction>.fromOpaque(function).takeUnretainedValue().call(
        context, frame: frame, field: field, row: row)
}
