import CSQLite
import GRDB

/// A function of SQL that Swift answers, on any connection: GRDB's own kind needs a connection that GRDB has opened.
package struct SQLFunction {
    /// What SQL passes and gets back. Bytes are none of Postil's business.
    package enum Value: Hashable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)
        case blob
    }

    /// Takes the arguments, and the connection that asks. What it throws becomes the statement's error.
    package typealias Body = (_ arguments: [Value], _ connection: OpaquePointer) throws -> Value

    private let name: String
    private let argumentCounts: ClosedRange<Int>
    private let isDeterministic: Bool
    private let body: Body

    /// A function by its name.
    ///
    /// - Parameter isDeterministic: Whether its value depends on the arguments alone.
    package init(
        _ name: String, argumentCounts: ClosedRange<Int>, isDeterministic: Bool = true, _ body: @escaping Body
    ) {
        self.name = name
        self.argumentCounts = argumentCounts
        self.isDeterministic = isDeterministic
        self.body = body
    }

    /// Registers the function with a connection, which keeps it. One of the same name makes room for it, unless a statement is
    /// being run.
    package func register(on connection: OpaquePointer) throws {
        // None of them does anything but look at its arguments and at the connection's own database.
        let flags = SQLITE_UTF8 | SQLITE_INNOCUOUS | (isDeterministic ? SQLITE_DETERMINISTIC : 0)
        for count in argumentCounts {
            let code = sqlite3_create_function_v2(
                connection, name, Int32(count), flags, Unmanaged.passRetained(BodyBox(body)).toOpaque(), callBody, nil,
                nil
            ) { context in
                // Safety: SQLite calls this once, with the retained context it was given.
                if let context { Unmanaged<BodyBox>.fromOpaque(context).release() }
            }
            guard code == SQLITE_OK else {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)))
            }
        }
    }
}

extension SQLFunction.Value {
    /// A value that SQLite passes.
    ///
    /// - Precondition: The value is valid, as those of a call are until it returns.
    package init(_ value: OpaquePointer) {
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: self = .integer(sqlite3_value_int64(value))
        case SQLITE_FLOAT: self = .real(sqlite3_value_double(value))
        case SQLITE_TEXT:
            // Safety: SQLite keeps `bytes` bytes at `text` during the call; the string copies them.
            let text = sqlite3_value_text(value)
            let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(value)))
            self = .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB: self = .blob
        default: self = .null
        }
    }

    /// A text, or NULL.
    package init(_ text: String?) { self = text.map { .text($0) } ?? .null }

    /// The text of a value that is one or a number, as Swift writes it.
    package var text: String? {
        switch self {
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .null, .blob: nil
        }
    }

    /// The number of a value that is one.
    package var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .real(let number): number
        default: nil
        }
    }

    /// A whole number, also one that is written as a text: many programs bind whatever their users type as texts.
    package var wholeNumber: Int? {
        switch self {
        case .integer(let number): Int(number)
        case .real(let number): Int(exactly: number)
        case .text(let text): Int(text)
        case .null, .blob: nil
        }
    }

    /// Whether it is a number other than 0.
    package var isTrue: Bool { number.map { $0 != 0 } ?? false }

    /// Makes it the result of a call, or of a column.
    package func give(to context: OpaquePointer) {
        switch self {
        case .null, .blob: sqlite3_result_null(context)
        case .integer(let number): sqlite3_result_int64(context, number)
        case .real(let number): sqlite3_result_double(context, number)
        case .text(var text):
            text.withUTF8 { bytes in
                guard let start = bytes.baseAddress, !bytes.isEmpty else {
                    return sqlite3_result_text(context, "", 0, postil_sqlite_transient())
                }
                // Safety: SQLite copies the bytes before the call returns.
                UnsafeRawPointer(start).withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_result_text64(
                        context, $0, UInt64(bytes.count), postil_sqlite_transient(), UInt8(SQLITE_UTF8))
                }
            }
        }
    }
}

/// What SQLite holds for a function.
private final class BodyBox {
    let body: SQLFunction.Body

    init(_ body: @escaping SQLFunction.Body) { self.body = body }
}

/// SQLite's xFunc.
private func callBody(context: OpaquePointer?, count: Int32, values: UnsafeMutablePointer<OpaquePointer?>?) {
    guard let context, let box = sqlite3_user_data(context), let connection = sqlite3_context_db_handle(context)
    else { return }
    // Safety: the context is the box that `register` retained; SQLite passes `count` values.
    let body = Unmanaged<BodyBox>.fromOpaque(box).takeUnretainedValue().body
    let arguments = (0..<Int(count)).map { index in values?[index].map { SQLFunction.Value($0) } ?? .null }
    do {
        try body(arguments, connection).give(to: context)
    } catch {
        sqlite3_result_error(context, "\(error)", -1)
        if let code = (error as? IndexError)?.resultCode { sqlite3_result_error_code(context, code) }
    }
}
