import CSQLite
import GRDB
import SystemPackage

/// Puts a finished index file in the place of another one, which others may have open.
///
/// Renaming a file over one that somebody has open in WAL mode destroys it: the log and the shared memory beside it go by its
/// name, so that the old file's log would be taken for the new one's, and the last of the old file's connections would remove
/// the new one's log. So there are two ways:
///
/// 1. *Hand-over.* A connection in WAL mode holds a shared lock on the file as long as it is open. Who gets the exclusive one
///    is alone: it ends WAL mode, which empties and removes the log, and renames the new file while it still holds the lock.
///    Whoever has opened the old file in between, and waits, then finds a whole file without a log, which cannot be written to
///    any more (SQLite refuses a journal beside a file that has moved), and ``IndexConnection`` opens the new one instead.
/// 2. *Copy.* Where others have the file open, all pages are written into it in one transaction (SQLite's backup). Readers
///    keep the state that they see, and see the new one whole from their next transaction on.
enum IndexReplacement {
    /// Puts `built` in the place of `path`, where there is a file or none. The build lock of the path is held.
    ///
    /// - Complexity: A rename; where others have the old file open, reading `built` and writing it once.
    /// - Throws: ``IndexError``; the old file is then as it was.
    static func put(_ built: String, inPlaceOf path: String, patience: Patience) throws {
        guard FilePath(path).exists else {
            // The log of a file that was deleted while somebody had it open.
            try removeCompanions(of: path)
            return try rename(built, to: path)
        }
        switch try takeAlone(path) {
        case .alone(let old):
            try removeCompanions(of: path)
            try rename(built, to: path)
            // Closing gives the exclusive lock back, on a file that has no name any more.
            try close(old, path: path)
        case .unreadable:
            guard let lock = try FileLock.exclusive(path) else { throw IndexError.busy(path: path) }
            defer { lock.release() }
            try removeCompanions(of: path)
            try rename(built, to: path)
        case .shared:
            try copy(built, into: path, patience: patience)
        }
    }

    /// Waits until nobody has a transaction open that changes the index; of a file too damaged for one, nobody has.
    static func waitForWriters(of path: String, patience: Patience) throws {
        try patience.wait(for: .writer(path: path)) {
            do {
                let queue = try open(path)
                try queue.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE; ROLLBACK") }
                try close(queue, path: path)
                return ()
            } catch let error as DatabaseError {
                switch error.resultCode {
                case .SQLITE_BUSY: return nil
                case .SQLITE_CORRUPT, .SQLITE_NOTADB: return ()
                default: throw IndexError(error, path: path)
                }
            }
        }
    }

    private enum Standing {
        /// Nobody else has the file open; the connection has its exclusive lock, and it is out of WAL mode.
        case alone(DatabaseQueue)
        /// Others have it open.
        case shared
        /// SQLite cannot say: its pages make no sense.
        case unreadable
    }

    private static func takeAlone(_ path: String) throws -> Standing {
        do {
            let queue = try open(path)
            let mode = try queue.inDatabase { db in
                try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
                let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
                try db.execute(sql: "BEGIN EXCLUSIVE")
                return mode
            }
            guard mode == "delete" else {
                try close(queue, path: path)
                return .shared
            }
            return .alone(queue)
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: return .shared
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .unreadable
            default: throw IndexError(error, path: path)
            }
        }
    }

    /// Writes all of `built` into the file at `path`, in one transaction.
    private static func copy(_ built: String, into path: String, patience: Patience) throws {
        do {
            let source = try open(built)
            let target = try open(path)
            try patience.wait(for: .writer(path: path)) {
                try source.inDatabase { from in
                    try target.inDatabase { to in
                        try to.execute(sql: "PRAGMA synchronous = FULL")
                        return try copy(from.handle, into: to.handle) ? () : nil
                    }
                }
            }
            try target.inDatabase { db in
                // As far as readers let it; the rest waits in the log.
                _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(PASSIVE)")
            }
            try close(source, path: path)
            try close(target, path: path)
        } catch let error as DatabaseError {
            throw IndexError(error, path: path)
        }
        guard unlinkFile(built) else { throw IndexError.readOnly(path: path) }
    }

    /// False when somebody else is writing.
    private static func copy(_ source: OpaquePointer, into target: OpaquePointer) throws -> Bool {
        guard let backup = sqlite3_backup_init(target, "main", source, "main") else {
            throw DatabaseError(resultCode: ResultCode(rawValue: sqlite3_errcode(target)))
        }
        let code = sqlite3_backup_step(backup, -1)
        let end = sqlite3_backup_finish(backup)
        switch code {
        case SQLITE_DONE where end == SQLITE_OK: return true
        case SQLITE_BUSY, SQLITE_LOCKED: return false
        // The page sizes differ, which no file in use can change; what can be done is to wait for its users.
        case SQLITE_READONLY: throw DatabaseError(resultCode: .SQLITE_BUSY)
        default: throw DatabaseError(resultCode: ResultCode(rawValue: code == SQLITE_DONE ? end : code))
        }
    }

    /// Removes what lies beside a file that nobody has open.
    private static func removeCompanions(of path: String) throws {
        for suffix in ["-wal", "-shm", "-journal"] {
            guard unlinkFile(path + suffix) else { throw IndexError.readOnly(path: path) }
        }
    }

    /// A plain connection that does not wait.
    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        configuration.label = "postil"
        configuration.allowsUnsafeTransactions = true
        configuration.foreignKeysEnabled = false
        return try DatabaseQueue(path: IndexConnection.existing(path), configuration: configuration)
    }

    private static func close(_ queue: DatabaseQueue, path: String) throws {
        do {
            try queue.inDatabase { db in
                if db.isInsideTransaction { try db.execute(sql: "ROLLBACK") }
            }
            try queue.close()
        } catch let error as DatabaseError {
            throw IndexError(error, path: path)
        }
    }
}
