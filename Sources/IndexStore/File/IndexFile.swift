import CSQLite
import GRDB
import Ranking
import SystemPackage

/// An index on disk: where snapshots and writers come from.
public struct IndexFile: Sendable {
    /// Path of the SQLite file.
    public let path: String
    /// What the index says about itself, as read when it was opened.
    public let settings: IndexSettings
    /// The connection that the settings were read on, for the first snapshot.
    private let spare: SpareConnection

    /// Opens an existing index and looks at its settings.
    ///
    /// - Throws: ``IndexError`` when there is no index at the path, or one that cannot be used; the file is not changed.
    public init(path: String) throws {
        self.path = path
        let connection = try IndexConnection(path: path, mode: .readOnly)
        settings = try connection.access { try IndexSettings($0, path: path) }
        spare = SpareConnection(connection)
    }

    private init(path: String, settings: IndexSettings) {
        self.path = path
        self.settings = settings
        spare = SpareConnection(nil)
    }

    /// The present state of the index, to read from.
    public func snapshot() throws -> IndexSnapshot {
        try IndexSnapshot(try spare.take() ?? IndexConnection(path: path, mode: .readOnly))
    }

    /// A transaction to change the index with.
    ///
    /// - Throws: ``IndexError/busy(path:)`` after five seconds of waiting for another writer.
    public func writer() throws -> DocumentWriter {
        try requireWritable()
        return try DocumentWriter(try IndexConnection(path: path, mode: .readWrite), settings: settings)
    }

    /// Builds a new index beside `path` and puts it there when `fill` has returned; nothing is left behind if it throws.
    ///
    /// The file is built without a journal, synced once, and renamed: before the rename there is the old file or none,
    /// behind it the whole new one.
    ///
    /// - Parameters:
    ///   - replaces: Whether an index that is at `path` already may be replaced.
    ///   - tokenizer: FTS5 tokenizer arguments, for example `postil english`.
    public static func build<Value>(
        at path: String, settings: IndexSettings, tokenizer: String,
        replaces: Bool, fill: (DocumentWriter) throws -> Value
    ) throws -> (file: IndexFile, value: Value) {
        let target = FilePath(path)
        if target.exists {
            guard replaces else { throw IndexError.alreadyExists(path: path) }
            try IndexFileHeader.validate(path: path)
        }
        let buildingPath = path + ".building"
        try discardAbandoned(buildingPath)
        var isFinished = false
        UnfinishedBuilds.insert(buildingPath)
        defer {
            if !isFinished { _ = unlinkFile(buildingPath) }
            UnfinishedBuilds.remove(buildingPath)
        }
        let value: Value
        do {
            let connection = try IndexConnection(path: buildingPath, mode: .building)
            let writeBehind = try WriteBehind(buildingPath)
            try connection.access { db in
                try db.execute(sql: "BEGIN EXCLUSIVE")
                try IndexSchema.migrate(db, tokenizer: tokenizer, compression: settings.compression)
                try settings.write(db)
                // FTS5 has seen its empty index and would go on with that; a reset schema makes it look again.
                try db.execute(sql: "COMMIT; PRAGMA writable_schema = RESET")
            }
            let writer = try DocumentWriter(connection, settings: settings)
            value = try fill(writer)
            try writer.finish()
            try connection.access { db in
                try db.execute(
                    sql: "PRAGMA locking_mode = NORMAL; PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL")
            }
            try connection.queue.close()
            try writeBehind.stop()
        } catch let error as IndexError {
            throw error.moved(from: buildingPath, to: path)
        } catch let error as DatabaseError {
            throw IndexError(error, path: path)
        }
        try synchronize(buildingPath)
        if target.exists { try retire(path) }
        try rename(buildingPath, to: path)
        isFinished = true
        return (IndexFile(path: path, settings: settings), value)
    }

    /// Bytes of a page of the file. A page of rows of a kilobyte has half of one free at its end, which takes 4 % of 16 kB and
    /// 2 % of 32 kB; eight of FTS5's own pages of 4050 bytes fit well. With 64 kB one of sixteen does not, and a new index
    /// takes 1.2 MB.
    static let pageSize = 32_768

    /// Throws unless the file can be written to.
    public func requireWritable() throws(IndexError) {
        do {
            try FileDescriptor.open(FilePath(path), .readWrite).close()
        } catch Errno.noSuchFileOrDirectory {
            throw .notFound(path: path)
        } catch {
            throw .readOnly(path: path)
        }
    }

    /// Removes what a killed build left behind, unless its builder is still alive.
    private static func discardAbandoned(_ path: String) throws(IndexError) {
        guard FilePath(path).exists else { return }
        do {
            var configuration = Configuration()
            configuration.busyMode = .immediateError
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE; ROLLBACK") }
            try queue.close()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw .busy(path: path)
        } catch {
            // Half a file: no builder holds a lock on it, and it goes now.
        }
        guard unlinkFile(path) else { throw .readOnly(path: path) }
    }

    /// Empties the write-ahead log of an index that is about to be replaced, so that no later file can be taken to go with it.
    /// Of an index too damaged for that, the log is removed.
    private static func retire(_ path: String) throws {
        do {
            try emptyLog(path)
        } catch IndexError.corrupt, IndexError.notAnIndex {
            for suffix in ["-wal", "-shm"] where FilePath(path + suffix).exists {
                guard unlinkFile(path + suffix) else { throw IndexError.readOnly(path: path) }
            }
        }
    }

    private static func emptyLog(_ path: String) throws {
        let old = try IndexConnection(path: path, mode: .readWrite)
        try old.access { db in
            try db.execute(sql: "BEGIN IMMEDIATE; COMMIT")
            _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        do { try old.queue.close() } catch let error as DatabaseError { throw IndexError(error, path: path) }
    }
}

extension IndexError {
    /// The same error about the file that users know.
    func moved(from building: String, to path: String) -> IndexError {
        switch self {
        case .diskFull(building): .diskFull(path: path)
        case .readOnly(building): .readOnly(path: path)
        case .busy(building): .busy(path: path)
        case .unreadable(building, let reason): .unreadable(path: path, reason: reason)
        case .database(building, let code, let message, let sql):
            .database(path: path, code: code, message: message, sql: sql)
        default: self
        }
    }
}
