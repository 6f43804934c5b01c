import CSQLite

/// The fields of an SQLite file's first 100 bytes that tell whether it is a Postil index.
///
/// Reading them changes nothing: no lock is taken and no journal is opened, so that looking at a stranger's file is safe.
/// Format (https://www.sqlite.org/fileformat.html#the_database_header): offset 0, 16 bytes "SQLite format 3\0"; offset 16,
/// 2 bytes, the page size, 1 for 65536; offset 28, 4 bytes, the number of pages; offset 60, 4 bytes, `user_version`; offset 68,
/// 4 bytes, `application_id`; all big-endian.
struct IndexFileHeader: Equatable {
    /// "Pstl", the `application_id` of Postil's files.
    static let applicationID: UInt32 = 0x5073_746C
    static let magic = Array("SQLite format 3\0".utf8)
    static let length = 100

    let userVersion: UInt32
    let applicationID: UInt32
    /// How long the file has to be; nil where it was not read.
    private(set) var byteCount: Int64?

    /// Decodes a header; nil when the bytes are not the beginning of an SQLite file.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= IndexFileHeader.length, bytes.starts(with: IndexFileHeader.magic) else { return nil }
        func bigEndian(at offset: Int) -> UInt32 { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        userVersion = bigEndian(at: 60)
        applicationID = bigEndian(at: 68)
        let pageSize = Int64(bytes[16]) << 8 | Int64(bytes[17])
        byteCount = (pageSize == 1 ? 65_536 : pageSize) * Int64(bigEndian(at: 28))
    }

    /// How many bytes the file at `path` has too few; 0 for what is no index.
    static func missingBytes(path: String) throws(IndexError) -> Int64 {
        guard let header = IndexFileHeader(try beginning(of: path)), header.applicationID == applicationID,
            case .file(let bytes) = FileKind(path), let whole = header.byteCount
        else { return 0 }
        return max(0, whole - bytes)
    }

    /// What a connection has read of them.
    init(_ connection: OpaquePointer, schema: String) throws {
        func pragma(_ name: String) throws -> UInt32 {
            let quoted = schema.replacing("\"", with: "\"\"")
            let statement = try SQLiteStatement("PRAGMA \"\(quoted)\".\(name)", on: connection)
            return try statement.step() ? UInt32(truncatingIfNeeded: statement.integer(0)) : 0
        }
        userVersion = try pragma("user_version")
        applicationID = try pragma("application_id")
    }

    /// Reads the header of the file at `path` and throws unless it is an index this version can open.
    ///
    /// - Parameter allowsOlder: Whether one of an earlier format will do.
    static func validate(path: String, allowsOlder: Bool = false) throws(IndexError) {
        let bytes = try beginning(of: path)
        guard !bytes.isEmpty else { throw .notAnIndex(path: path, reason: "the file is empty") }
        guard let header = IndexFileHeader(bytes) else {
            throw .notAnIndex(path: path, reason: "not an SQLite database")
        }
        do { try header.requireKnown(path: path) } catch .olderFormat where allowsOlder { return }
    }

    /// Throws when the file at `path` may be somebody else's, or of a newer version. One that breaks off within its header,
    /// or before it, has nothing in it that could be lost.
    static func requireReplaceable(path: String) throws(IndexError) {
        let bytes = try beginning(of: path)
        if let header = IndexFileHeader(bytes) {
            // Being built anew is the way on for an index of an older format.
            do { return try header.requireKnown(path: path) } catch .olderFormat { return }
        }
        let count = min(bytes.count, magic.count)
        guard bytes.count < length, bytes.prefix(count) == magic.prefix(count) else {
            throw .notAnIndex(path: path, reason: "not an SQLite database")
        }
    }

    func requireKnown(path: String) throws(IndexError) {
        guard applicationID == Self.applicationID else {
            throw .notAnIndex(path: path, reason: "an SQLite database of another program")
        }
        guard userVersion <= UInt32(IndexSchema.version) else {
            throw .newerFormat(path: path, found: Int(userVersion), known: IndexSchema.version)
        }
        // A new file has 0 until its tables are made.
        guard userVersion == 0 || userVersion == UInt32(IndexSchema.version) else {
            throw .olderFormat(path: path, found: Int(userVersion), known: IndexSchema.version)
        }
    }

    /// The file's first 100 bytes, fewer when it has not so many.
    ///
    /// Read through SQLite's own descriptor of the file. A process that closes another one loses all locks that its connections
    /// have on the file (POSIX), and who has no lock may have the file exchanged under it by ``IndexReplacement``.
    private static func beginning(of path: String) throws(IndexError) -> [UInt8] {
        // SQLite takes one byte for none.
        let size: Int64
        switch FileKind(path) {
        case .none: throw .notFound(path: path)
        case .folder: throw .notAnIndex(path: path, reason: "it is a folder")
        // Opening one may wait for ever.
        case .other: throw .notAnIndex(path: path, reason: "it is a pipe, socket or device")
        case .file(let bytes): size = bytes
        }
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        let opened = sqlite3_open_v2(
            IndexConnection.readable(path), &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil)
        guard opened == SQLITE_OK else {
            throw .unreadable(path: path, reason: String(cString: sqlite3_errstr(opened)))
        }
        var pointer: UnsafeMutablePointer<sqlite3_file>?
        let found = withUnsafeMutablePointer(to: &pointer) {
            sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, $0)
        }
        guard found == SQLITE_OK, let file = pointer, let read = file.pointee.pMethods?.pointee.xRead
        else { throw .unreadable(path: path, reason: "SQLite has no file") }
        var bytes = [UInt8](repeating: 0, count: Int(min(size, Int64(length))))
        guard bytes.isEmpty || read(file, &bytes, Int32(bytes.count), 0) == SQLITE_OK else {
            throw .unreadable(path: path, reason: "its first bytes cannot be read")
        }
        return bytes
    }
}
