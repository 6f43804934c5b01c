import CSQLite
import FTS5Bridge
import FTS5Format
import GRDB
import Threads
import SystemPackage
import TextAnalysis

/// A connection to an index file on which the `postil` tokenizer is registered.
final class IndexConnection: Sendable {
    enum Mode: Sendable {
        /// Reads only; several processes can do so while another writes.
        case readOnly
        /// Reads only, and only documents: those of an index of an earlier format, too.
        case takingOver
        /// Reads and writes an existing file in WAL mode.
        case readWrite
        /// Fills a new file that nobody else knows of: no journal to replay, one sync at the end.
        case building
        /// As ``readWrite`` on a copy of the file, and as ``building``, for runs that only try: in a file without a name, which goes
        /// with the connection.
        case copy, unnamed

        /// Whether nothing is changed.
        var isReading: Bool { self == .readOnly || self == .takingOver }

        /// Whether the file is filled from nothing.
        var isNew: Bool { self == .building || self == .unnamed }
    }

    let path: String
    let mode: Mode
    let queue: DatabaseQueue
    /// What the file was like when it was opened, if it was as one that nobody changes.
    private let unchanged: FileStamp?
    private let texts: TextFunction
    /// Whether the connection is somebody else's, who begins and ends its transactions.
    let isBorrowed: Bool
    /// The index in memory that is open, and its content as it was then; nil for files.
    private let memory: (file: MemoryFile, image: MemoryFile.Image?)?
    /// Whether the connection has the right to write to that one.
    private let writesMemory: Locked<Bool>

    /// Opens the file; throws when it is not an index or cannot be opened.
    init(path: String, mode: Mode) throws(IndexError) {
        self.path = path
        self.mode = mode
        texts = TextFunction()
        isBorrowed = false
        if MemoryFile.isName(path) {
            let file = try MemoryFile.named(path)
            let writes = mode == .readWrite || mode == .building
            if writes, !file.beginWriting() { throw .busy(path: path) }
            let image = file.image
            memory = (file, image)
            writesMemory = Locked(writes)
            unchanged = nil
            do {
                queue = try IndexConnection.connect(":memory:", path: path, mode: mode, texts: texts, image: image)
            } catch {
                if writes { file.endWriting(nil) }
                throw IndexError(error, path: path)
            }
            return
        }
        memory = nil
        writesMemory = Locked(false)
        if mode == .copy || mode == .unnamed {
            unchanged = nil
            do {
                let original =
                    mode == .copy
                    ? try IndexConnection.openInPlace(path, mode: .readOnly, texts: TextFunction()).queue : nil
                queue = try IndexConnection.connect("", path: path, mode: mode, texts: texts, copying: original)
            } catch {
                throw IndexError(error, path: path)
            }
            return
        }
        if mode != .building { try IndexFileHeader.validate(path: path, allowsOlder: mode == .takingOver) }
        (queue, unchanged) = try IndexConnection.openInPlace(path, mode: mode, texts: texts)
    }

    /// Wraps a connection that belongs to somebody else; see ``HostConnection``.
    ///
    /// - Parameters:
    ///   - path: What errors call the database, and what the paths of its sources are relative to.
    ///   - texts: The function that is registered with the connection.
    ///   - open: Makes GRDB's next opening on this thread yield the connection.
    init(borrowingAt path: String, texts: TextFunction, open: () -> Void) throws(IndexError) {
        self.path = path
        self.texts = texts
        mode = .readOnly
        unchanged = nil
        isBorrowed = true
        memory = nil
        writesMemory = Locked(false)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "postil"
        // The host's statement holds one, and so may the host.
        configuration.allowsUnsafeTransactions = true
        configuration.foreignKeysEnabled = false
        open()
        do { queue = try DatabaseQueue(path: path, configuration: configuration) } catch {
            throw IndexError(error, path: path)
        }
    }

    /// How often a file is opened anew when another one has come into its place meanwhile, which takes a rebuild each time.
    private static let mostTries = 5

    /// Opens the file that is at the path once its lock keeps it there.
    private static func openInPlace(_ path: String, mode: Mode, texts: TextFunction) throws(IndexError) -> Opened {
        for _ in 1..<mostTries {
            do throws(IndexError) {
                let opened = try open(path, mode: mode, texts: texts)
                guard mode != .building, try hasMoved(opened.queue, path: path) else { return opened }
            } catch {
                // Found before anything was written.
                guard case .replaced = error else { throw error }
            }
        }
        return try open(path, mode: mode, texts: texts)
    }

    /// An open file; with what it was like before, if SQLite was told that nobody changes it.
    private typealias Opened = (queue: DatabaseQueue, unchanged: FileStamp?)

    private static func open(_ path: String, mode: Mode, texts: TextFunction) throws(IndexError) -> Opened {
        let file = followingLinks(path)
        // Who may not write to the file cannot tidy away what SQLite makes beside it, and the file's owner could not write to
        // that.
        if mode.isReading, !isWritable(path), !FilePath(file + "-shm").exists,
            try IndexConnection.isEmpty(file + "-wal")
        {
            return try openUnchanging(path, mode: mode, texts: texts)
        }
        do {
            let queue = try connect(
                mode == .building ? uri(path, "mode=rwc") : existing(path), path: path, mode: mode, texts: texts)
            // A rebuild that was killed while it took the file out of WAL mode has left it: SQLite has rolled it back by now if there
            // was anything to, and nobody takes the file out of that mode while it is open here.
            if mode == .readWrite, FilePath(file + "-journal").exists, try isInWAL(queue) {
                _ = unlinkFile(file + "-journal")
            }
            return (queue, nil)
        } catch {
            let failure = IndexError(error, path: path)
            switch failure {
            case .busy, .foreignObject, .replaced: throw failure
            default: break
            }
            guard mode.isReading, try IndexConnection.isEmpty(file + "-wal") else { throw failure }
        }
        // A folder where no -shm file can be made, or a disk without room for one.
        return try openUnchanging(path, mode: mode, texts: texts)
    }

    private static func isInWAL(_ queue: DatabaseQueue) throws -> Bool {
        try queue.inDatabase { try String.fetchOne($0, sql: "PRAGMA journal_mode") == "wal" }
    }

    /// Opens a file in WAL mode as one that nobody changes. Nobody is writing to it without something in a -wal file; whether
    /// somebody has meanwhile, ``access(_:)`` looks.
    private static func openUnchanging(_ path: String, mode: Mode, texts: TextFunction) throws(IndexError) -> Opened {
        let stamp = FileStamp(path)
        do {
            return (try connect(uri(path, "immutable=1"), path: path, mode: mode, texts: texts), stamp)
        } catch {
            throw IndexError(error, path: path)
        }
    }

    /// Whether another file has come into the place of the one that was opened, or none.
    private static func hasMoved(_ queue: DatabaseQueue, path: String) throws(IndexError) -> Bool {
        do {
            return try queue.inDatabase { db in
                var moved: Int32 = 0
                // A file system that cannot say so has not moved it.
                sqlite3_file_control(try db.handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved)
                return moved != 0
            }
        } catch {
            throw IndexError(error, path: path)
        }
    }

    /// Closes the connection. The queue of the one that is closed last stays until the next: Dispatch starts a thread to let
    /// go of a queue, for which a process that has nothing else to do would wait.
    deinit {
        endWritingMemory(nil)
        do {
            // GRDB must not see a connection roll back while it closes.
            if !isBorrowed { try queue.inDatabase { if $0.isInsideTransaction { try $0.execute(sql: "ROLLBACK") } } }
            try queue.close()
            IndexConnection.closed.withLock { $0 = queue }
        } catch {
            // Somebody still has a statement. GRDB closes the connection when its queue and the last statement are gone.
        }
    }

    private static let closed = Locked<DatabaseQueue?>(nil)

    /// Runs `body` on the connection, one caller at a time, and turns its errors into ``IndexError``. What `body` calls may call it
    /// again, which takes half of the time.
    func access<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try queue.unsafeReentrantWrite { db in
                texts.begin()
                let wasWriting = memory != nil && db.isInsideTransaction
                let value = try body(db)
                if wasWriting, !db.isInsideTransaction {
                    // What was written is there for others from now on.
                    endWritingMemory(try MemoryFile.Image(of: db.handle))
                }
                if let unchanged, FileStamp(path) != unchanged { throw IndexError.replaced(path: path) }
                return value
            }
        } catch let error as DatabaseError where isBorrowed && error.resultCode == .SQLITE_INTERRUPT {
            // No limit of ours: the host, or its user, does not want to wait.
            throw IndexError.database(path: path, code: SQLITE_INTERRUPT, message: "interrupted", sql: nil)
        } catch let error as DatabaseError {
            throw texts.error(path: path) ?? IndexError(error, path: path)
        } catch let error as RowDecodingError {
            throw IndexError.corrupt(path: path, table: "database", rowID: nil, reason: "\(error)")
        } catch let error as TextFrameError {
            throw IndexError.corrupt(
                path: path, table: TextCompression.zstd.table, rowID: nil, reason: "\(error)")
        } catch let error as WordListError {
            throw IndexError.corrupt(path: path, table: "words", rowID: error.row, reason: error.reason)
        } catch let error as FTS5FormatError {
            // A feature of FTS5 that is not known is for the caller: FTS5 itself can still answer.
            if case .unsupported = error { throw error }
            throw IndexError.corrupt(path: path, table: "documents_fts_data", rowID: nil, reason: "\(error)")
        }
    }

    /// Gives the right to write to an index in memory back, if the connection has it still.
    private func endWritingMemory(_ image: MemoryFile.Image?) {
        guard let memory else { return }
        let had = writesMemory.withLock { writes in
            defer { writes = false }
            return writes
        }
        if had { memory.file.endWriting(image) }
    }

    /// Whether it is on an index in memory that has changed since: it will never see that.
    var isOutdated: Bool { memory.map { $0.file.image !== $0.image } ?? false }

    /// How much of the file a connection keeps, as SQLite's `cache_size`: 1,024 pages, 32 MB.
    static let cacheSize = -32_768

    private static func connect(
        _ name: String, path: String, mode: Mode, texts: TextFunction, image: MemoryFile.Image? = nil,
        copying original: DatabaseQueue? = nil
    ) throws -> DatabaseQueue {
        var configuration = Configuration()
        // Whoever writes waits by `Patience`, which can say for what.
        configuration.busyMode = mode == .readWrite ? .immediateError : .timeout(5)
        configuration.label = "postil"
        // A searcher keeps its snapshot open from one search to the next.
        configuration.allowsUnsafeTransactions = true
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { db in
            if let image { try image.open(on: db.handle, forWriting: mode == .readWrite) }
            if let original { try original.inDatabase { try $0.backup(to: db) } }
            if !mode.isNew {
                let steps = StepLimit(path, bytes: image?.count, writes: !mode.isReading)
                texts.steps = steps
                steps.watch(try db.handle)
            }
            try guardAgainstStrangers(db, path: path, mode: mode)
            try fts5API(of: db.handle).registerTokenizers()
            try texts.register(on: db.handle)
            switch mode {
            case .readOnly, .takingOver:
                // GRDB asks SQLite what each statement reads and does, for observers. A reader has none, and the answers
                // take a twentieth of a short search.
                sqlite3_set_authorizer(try db.handle, nil, nil)
                // Not opened as read-only, so that the last reader can tidy the write-ahead log away when it closes.
                try db.execute(sql: "PRAGMA query_only = 1")
            case .readWrite:
                try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = 0")
            case .copy: try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA secure_delete = 0")
            case .building, .unnamed:
                try db.execute(
                    sql: """
                        PRAGMA page_size = \(IndexFile.pageSize); PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = 0;
                        PRAGMA locking_mode = EXCLUSIVE
                        """)
            }
            // A file that is being built is not mapped: it is read back once, and should not count as memory for that.
            let mapped = mode.isNew ? 0 : mappedLength(path)
            try db.execute(sql: "PRAGMA mmap_size = \(mapped); PRAGMA cache_size = \(cacheSize)")
        }
        return try DatabaseQueue(path: name, configuration: configuration)
    }

    /// How much of a file is mapped: not its last page, of which the last byte is left out.
    ///
    /// SQLite 3.40 can read some bytes beyond a damaged page. That is the next page, or what SQLite allocates beside a page that it
    /// reads; behind a mapped last page there is nothing, and the process would end.
    private static func mappedLength(_ path: String) -> Int64 {
        // SQLITE_MAX_MMAP_SIZE, as SQLite is built everywhere.
        min(2_147_418_112, max(0, (FileStamp(path)?.size ?? 0) - 1))
    }

    /// Whether there is nothing in the file, or no file.
    private static func isEmpty(_ path: String) throws(IndexError) -> Bool {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            return try file.closeAfter { try file.seek(offset: 0, from: .end) == 0 }
        } catch Errno.noSuchFileOrDirectory {
            return true
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
    }

    /// The name under which SQLite opens a file that is there, and makes none that is not.
    static func existing(_ path: String) -> String { uri(path, "mode=rw") }

    /// The name under which SQLite opens a file to read it.
    static func readable(_ path: String) -> String { uri(path, "mode=ro") }

    /// A file's name as https://www.sqlite.org/uri.html has it: a plain one that begins with `file:` would be taken for such a name.
    private static func uri(_ path: String, _ parameter: String) -> String {
        // SQLite reads such names if it was built to or if it was told before its first use.
        _ = readsURIs
        var uri = path.hasPrefix("/") ? "file://" : "file:"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "%"), 0x80...:
                uri += "%" + String(byte, radix: 16, uppercase: true)
            default: uri.unicodeScalars.append(UnicodeScalar(byte))
            }
        }
        return uri + "?" + parameter
    }

    private static let readsURIs: Void = { _ = postil_sqlite_config_uri() }()

    /// Sets the connection so that a file can make it run nothing that Postil did not write.
    private static func guardAgainstStrangers(_ db: Database, path: String, mode: Mode) throws {
        let handle = try db.handle
        // Nothing in the schema may call what is not harmless. Postil has no triggers.
        _ = postil_sqlite_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        _ = postil_sqlite_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
        // Who writes fills FTS5's own tables, which this would forbid.
        if mode.isReading { _ = postil_sqlite_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1) }
        switch mode {
        case .building, .unnamed: break
        case .readOnly, .readWrite, .copy: try IndexObjects.require(handle, path: path)
        case .takingOver: try IndexObjects.requireDocuments(handle, path: path)
        }
    }

    /// FTS5's function table, as https://www.sqlite.org/fts5.html#extending_fts5 says to get it.
    static func fts5API(of connection: OpaquePointer) throws -> FTS5API {
        var api: UnsafeMutablePointer<fts5_api>?
        let statement = try SQLiteStatement("SELECT fts5(?1)", on: connection)
        let code = withUnsafeMutablePointer(to: &api) { pointer in
            sqlite3_bind_pointer(statement.handle, 1, pointer, FTS5API.argumentType, nil)
            return sqlite3_step(statement.handle)
        }
        guard code == SQLITE_ROW, let api else {
            throw DatabaseError(resultCode: .SQLITE_ERROR, message: "this SQLite library has no FTS5")
        }
        return FTS5API(api)
    }
}

extension FilePath {
    /// Whether there is something at the path.
    var exists: Bool { if case .none = FileKind(string) { false } else { true } }
}

extension IndexError {
    /// Gives an error of the database layer its place and kind.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as IndexError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        default: self = .unreadable(path: path, reason: "\(error)")
        }
    }

    init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        // FTS5 says the first when it is asked for the table, the second when its own view of the table is.
        case .SQLITE_ERROR
        where error.message?.hasPrefix("invalid fts5 file format") ?? false
            || error.message?.hasPrefix("no such fts5 table") ?? false:
            self = .newerFTS5(path: path, sqlite: String(cString: sqlite3_libversion()))
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
        case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_DBMOVED:
            self = .replaced(path: path)
        case .SQLITE_READONLY: self = .notWritable(path)
        case .SQLITE_FULL: self = .diskFull(path: path)
        // The memory that connections share is a file, of 32 kB, beside the index.
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: self = .diskFull(path: path)
        case .SQLITE_IOERR
        where [.SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_IOERR_TRUNCATE].contains(
            error.extendedResultCode):
            self = .writeFailed(path: path, reason: error.message ?? "\(error.extendedResultCode)")
        case .SQLITE_CANTOPEN where IndexError.notWritable(path) != .readOnly(path: path):
            self = .notWritable(path)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_IOERR:
            self = .unreadable(path: path, reason: error.message ?? "\(error.resultCode)")
        case .SQLITE_INTERRUPT:
            self = .corrupt(
                path: path, table: "database", rowID: nil, reason: "it takes more steps than its size explains")
        case .SQLITE_NOTADB: self = .notAnIndex(path: path, reason: "not an SQLite database")
        case .SQLITE_CORRUPT:
            self = .corrupt(path: path, table: "database", rowID: nil, reason: error.message ?? "malformed")
        default:
            self = .database(
                path: path, code: error.extendedResultCode.rawValue, message: error.message ?? "unknown", sql: error.sql
            )
        }
    }
}
