import CSQLite
import GRDB
import Ranking
import SystemPackage
import Threads

/// An index on disk: where snapshots and writers come from.
public struct IndexFile: Sendable {
    /// Path of the SQLite file.
    public let path: String
    /// What the index says about itself, as read when it was opened.
    public let settings: IndexSettings
    /// The connection that the settings were read on, for the first snapshot.
    private let spare: SpareConnection
    /// The index itself, where it is in memory: it lasts as long as this.
    let memory: MemoryFile?

    /// Opens an existing index and looks at its settings.
    ///
    /// - Throws: ``IndexError`` when there is no index at the path, or one that cannot be used; the file is not changed.
    public init(path: String) throws {
        self.path = path
        memory = MemoryFile.isName(path) ? try MemoryFile.named(path) : nil
        let connection = try IndexConnection(path: path, mode: .readOnly)
        settings = try connection.access { try IndexSettings($0, path: path) }
        // One on an index in memory sees nothing but what that was when it was opened.
        spare = SpareConnection(memory == nil ? connection : nil)
    }

    private init(path: String, settings: IndexSettings, memory: MemoryFile? = nil) {
        self.path = path
        self.settings = settings
        self.memory = memory
        spare = SpareConnection(nil)
    }

    /// The present state of the index, to read from.
    public func snapshot() throws -> IndexSnapshot {
        try IndexSnapshot(try spare.take() ?? IndexConnection(path: path, mode: .readOnly))
    }

    /// A transaction to change the index with.
    ///
    /// - Parameter patience: How long to wait for others who are changing or building it.
    /// - Throws: ``IndexError/busy(path:)`` or ``IndexError/beingBuilt(path:)`` after that,
    ///   ``IndexError/replaced(path:)`` when another index has come into the place of the one that was opened.
    public func writer(patience: Patience = .short) throws -> DocumentWriter {
        try writer(patience: patience, onCopy: false)
    }

    /// - Parameter mayCopy: Whether a transaction on a copy will do where the index cannot be written to: for who only wants to know
    ///   what would become of it.
    package func writer(patience: Patience, onCopy mayCopy: Bool) throws -> DocumentWriter {
        do { return try writerInPlace(patience) } catch let error as IndexError where mayCopy && memory == nil {
            switch error {
            case .readOnly, .lockedOut, .unreadable: return try DocumentWriter(IndexConnection(path: path, mode: .copy))
            default: throw error
            }
        }
    }

    private func writerInPlace(_ patience: Patience) throws -> DocumentWriter {
        try requireWritable()
        return try IndexFile.beginWriting(path, patience: patience) { connection in
            let writer = try DocumentWriter(connection)
            // Other settings are read in the writer's transaction; these are decided for good when an index is made.
            guard writer.settings.analyzer == settings.analyzer,
                writer.settings.analyzerIdentity == settings.analyzerIdentity,
                writer.settings.compression == settings.compression
            else { throw IndexError.replaced(path: path) }
            return writer
        }
    }

    /// A connection with a transaction open on it, to maintain the index.
    func beginWriting(patience: Patience) throws -> IndexConnection {
        try IndexFile.beginWriting(path, patience: patience) { connection in
            try connection.access { try $0.execute(sql: "BEGIN IMMEDIATE") }
            return connection
        }
    }

    /// Opens a connection and a transaction on it, while nobody builds a file that would come into the index's place and hide
    /// what is committed.
    ///
    /// - Parameter begin: Opens the transaction; when its value is let go of, the transaction ends.
    static func beginWriting<Value>(
        _ path: String, patience: Patience, _ begin: (IndexConnection) throws -> Value
    ) throws -> Value {
        var occasion = Patience.Occasion.writer(path: path)
        return try patience.wait(for: { occasion }) {
            do {
                let value = try begin(try IndexConnection(path: path, mode: .readWrite))
                if MemoryFile.isName(path) { return value }
                // A build that begins after this waits for the transaction's end.
                if try !BuildLock.isHeld(forIndexAt: followingLinks(path)) { return value }
                occasion = .build(path: path)
            } catch IndexError.busy {
                occasion = .writer(path: path)
            }
            return nil
        }
    }

    /// Builds a new index beside `path` and puts it there when `fill` has returned; nothing is left behind if it throws.
    ///
    /// The file is built without a journal, synced once, and put in its place by ``IndexReplacement``: readers of an index that
    /// was there see it whole, and then the new one.
    ///
    /// - Parameters:
    ///   - replaces: Whether an index that is at `path` already may be replaced.
    ///   - tokenizer: FTS5 tokenizer arguments, for example `postil english`.
    ///   - patience: How long to wait for others who are changing or building the index.
    ///   - isTrial: Whether only `fill` counts, and no file is made.
    public static func build<Value>(
        at path: String, settings: IndexSettings, tokenizer: String, replaces: Bool, patience: Patience = .short,
        isTrial: Bool = false, fill: (DocumentWriter) throws -> Value
    ) throws -> (file: IndexFile, value: Value) {
        if MemoryFile.isName(path) {
            let memory = MemoryFile()
            let value = try fillFile(memory.path, settings: settings, tokenizer: tokenizer, fill)
            return (IndexFile(path: memory.path, settings: settings, memory: memory), value)
        }
        try requireFree(path, replaces: replaces)
        if isTrial {
            do {
                let value = try fillFile(path, settings: settings, tokenizer: tokenizer, isTrial: true, fill)
                return (IndexFile(path: path, settings: settings), value)
            } catch let error as DatabaseError {
                throw IndexError(error, path: path)
            }
        }
        let file = followingLinks(path)
        let lock = try BuildLock.take(forIndexAt: file, patience: patience)
        defer { lock.release() }
        // Whoever had the lock before may have made one.
        try requireFree(path, replaces: replaces)
        try discardBuilding(file)
        if FilePath(path).exists { try IndexReplacement.waitForWriters(of: file, patience: patience) }
        let building = buildingPath(file)
        UnfinishedBuilds.insert(building)
        UnfinishedBuilds.insert(BuildLock.path(forIndexAt: file))
        defer {
            for suffix in companions { _ = unlinkFile(building + suffix) }
            UnfinishedBuilds.remove(building)
            UnfinishedBuilds.remove(BuildLock.path(forIndexAt: file))
        }
        let value: Value
        do {
            value = try fillFile(building, settings: settings, tokenizer: tokenizer, fill)
            try synchronize(building)
        } catch let error as IndexError {
            throw error.moved(from: building, to: path)
        } catch let error as DatabaseError {
            throw IndexError(error, path: path)
        }
        try IndexReplacement.put(building, inPlaceOf: file, patience: patience)
        return (IndexFile(path: path, settings: settings), value)
    }

    /// Makes the file itself.
    private static func fillFile<Value>(
        _ building: String, settings: IndexSettings, tokenizer: String, isTrial: Bool = false,
        _ fill: (DocumentWriter) throws -> Value
    ) throws -> Value {
        let connection = try IndexConnection(path: building, mode: isTrial ? .unnamed : .building)
        let writeBehind = MemoryFile.isName(building) || isTrial ? nil : try WriteBehind(building)
        try connection.access { db in
            try db.execute(sql: "BEGIN EXCLUSIVE")
            try IndexSchema.migrate(db, tokenizer: tokenizer, compression: settings.compression)
            try settings.write(db)
            // FTS5 has seen its empty index and would go on with that; a reset schema makes it look again.
            try db.execute(sql: "COMMIT; PRAGMA writable_schema = RESET")
        }
        let writer = try DocumentWriter(connection)
        let value = try fill(writer)
        if isTrial { return value }
        try writer.finish()
        try connection.access { db in
            try db.execute(
                sql: "PRAGMA locking_mode = NORMAL; PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL")
        }
        try connection.queue.close()
        try writeBehind?.stop()
        return value
    }

    /// Removes an index, once nobody writes to it.
    ///
    /// - Throws: ``IndexError`` when it is none, or cannot be removed.
    package static func remove(at path: String, patience: Patience) throws {
        try IndexFileHeader.validate(path: path)
        let file = followingLinks(path)
        let lock = try BuildLock.take(forIndexAt: file, patience: patience)
        defer { lock.release() }
        try discardBuilding(file)
        try IndexReplacement.waitForWriters(of: file, patience: patience)
        for name in companions.map({ file + $0 }) + [path] {
            guard unlinkFile(name) else { throw IndexError.readOnly(path: path) }
        }
    }

    /// Where the index for a path is built.
    static func buildingPath(_ path: String) -> String { path + ".building" }

    /// What may lie beside a file of SQLite's, by what its name has at the end; the file itself first.
    static let companions = ["", "-wal", "-shm", "-journal"]

    /// Removes what a killed build has left. The build lock of the path is held.
    static func discardBuilding(_ path: String) throws(IndexError) {
        for suffix in companions {
            guard unlinkFile(buildingPath(path) + suffix) else { throw .readOnly(path: path) }
        }
    }

    /// Throws unless a new index can come to `path`.
    private static func requireFree(_ path: String, replaces: Bool) throws(IndexError) {
        guard FilePath(path).exists else { return }
        guard replaces else { throw .alreadyExists(path: path) }
        try IndexFileHeader.requireReplaceable(path: path)
    }

    /// Bytes of a page of the file. A page of rows of a kilobyte has half of one free at its end, which takes 4 % of 16 kB and
    /// 2 % of 32 kB; eight of FTS5's own pages of 4050 bytes fit well. With 64 kB one of sixteen does not, and a new index
    /// takes 1.2 MB.
    static let pageSize = 32_768

    /// Throws unless the file can be written to.
    public func requireWritable() throws(IndexError) {
        guard memory == nil else { return }
        guard FilePath(path).exists else { throw .notFound(path: path) }
        // None of the two files is there, or both can be written to.
        guard IndexError.notWritable(path) == .readOnly(path: path), isWritable(path) else { throw .notWritable(path) }
    }
}

extension IndexError {
    /// The same error about the file that users know.
    func moved(from building: String, to path: String) -> IndexError {
        switch self {
        case .diskFull(building): .diskFull(path: path)
        case .readOnly(building): .readOnly(path: path)
        case .busy(building): .busy(path: path)
        case .notFound(building): .notFound(path: path)
        case .writeFailed(building, let reason): .writeFailed(path: path, reason: reason)
        case .unreadable(building, let reason): .unreadable(path: path, reason: reason)
        case .database(building, let code, let message, let sql):
            .database(path: path, code: code, message: message, sql: sql)
        default: self
        }
    }
}

/// A connection that whoever comes first may have: opening one costs about as much as a query.
final class SpareConnection: Sendable {
    private let connection: Locked<IndexConnection?>

    /// Keeps `connection`, if there is one.
    init(_ connection: IndexConnection?) { self.connection = Locked(connection) }

    /// The connection, the first time.
    func take() -> IndexConnection? { connection.withLock { $0.take() } }
}
