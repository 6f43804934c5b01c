import CHostSQLite
import Logging

/// Registers Postil's tokenizer, table and functions with a connection of the host; called by `sqlite3_postil_init`, which
/// has kept the host's routines.
///
/// - Returns: SQLite's result code; with a message that SQLite frees where it is an error.
@_cdecl("postil_extension_register")
public func register(
    connection: OpaquePointer?, message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
    guard let connection else { return SQLITE_MISUSE }
    _ = quietLog
    do {
        let session = try HostSession(connection)
        try ScalarFunctions.register(session, on: connection)
        try SearchTable.register(session, on: connection)
        return SQLITE_OK
    } catch {
        message?.pointee = postil_host_message("\(error)")
        return SQLITE_ERROR
    }
}

/// What the library would say beside its answers has no place in a host's output.
private let quietLog: Void = LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
