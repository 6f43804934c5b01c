import CSQLite
import GRDB
import Threads

/// Tells whether an index is as it was when it was last asked, whoever changes it: this process or another, by a transaction or
/// by putting another file into its place.
///
/// It holds a connection without a transaction, which holds up nobody's.
package final class IndexWatch: Sendable {
    private let path: String
    /// An index in memory, which counts its changes.
    private let memory: MemoryFile?
    private let connection: Locked<(connection: IndexConnection?, files: Int)>

    /// Equal for as long as nothing changes.
    package struct State: Hashable, Sendable {
        /// How many files there have been at the path. What was opened before is of no use when it changes.
        package fileprivate(set) var files = 0
        /// Changes with every transaction of others that has written (`PRAGMA data_version`).
        fileprivate var version: Int64 = 0
    }

    /// Watches an index.
    package init(_ file: IndexFile) {
        path = file.path
        memory = file.memory
        connection = Locked((nil, 0))
    }

    /// The present state.
    ///
    /// - Complexity: Some microseconds.
    /// - Throws: ``IndexError``, when there is no index any more or it cannot be read.
    package func state() throws -> State {
        if let memory { return State(files: 0, version: Int64(memory.version)) }
        return try connection.withLock { held in
            do {
                if let connection = held.connection, let version = try Self.version(connection) {
                    return State(files: held.files, version: version)
                }
            } catch IndexError.replaced {
                // Another one is there now, or this one was opened as unchanging and is not.
            }
            held.connection = nil
            let connection = try IndexConnection(path: path, mode: .readOnly)
            held = (connection, held.files + 1)
            return State(files: held.files, version: try Self.version(connection) ?? 0)
        }
    }

    /// Nil when another file has come into the place of the one that is open.
    private static func version(_ connection: IndexConnection) throws -> Int64? {
        try connection.access { db in
            var moved: Int32 = 0
            sqlite3_file_control(try db.handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved)
            guard moved == 0 else { return nil }
            return try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA data_version")) ?? 0
        }
    }
}
