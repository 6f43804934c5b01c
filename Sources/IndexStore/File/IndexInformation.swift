import FTS5Format
import GRDB

/// Figures about an index.
public struct IndexInformation: Sendable, Hashable {
    /// Path of the file.
    public let path: String
    /// Size of the file with what waits in its write-ahead log.
    public let indexBytes: Int64
    /// Documents.
    public let documents: Int
    /// Files that were read.
    public let sources: Int
    /// Files of which something could not be read.
    public let failedSources: Int
    /// Earliest and latest date of a document.
    public let firstDate: String?
    /// See ``firstDate``.
    public let lastDate: String?
    /// Analyzer as named.
    public let analyzer: String
    /// Name of the profile.
    public let profile: String
    /// How texts are stored.
    public let compression: TextCompression
    /// Format version of the file.
    public let formatVersion: Int
    /// Version of the SQLite library in use.
    public let sqliteVersion: String
}

extension IndexFile {
    /// Figures about the index.
    public func information() throws -> IndexInformation {
        let connection = try IndexConnection(path: path, mode: .readOnly)
        return try connection.access { db in
            func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
            let dates = try dates(db)
            return IndexInformation(
                path: path, indexBytes: memory?.byteCount ?? fileSize(path) + fileSize(followingLinks(path) + "-wal"),
                // Both are what FTS5 has; the first is one record instead of a row for each document.
                documents: try LostDocuments.indexedCount(db) ?? count("SELECT count(*) FROM documents_fts_docsize"),
                sources: try count("SELECT count(*) FROM sources"),
                failedSources: try count("SELECT count(*) FROM sources WHERE outcome <> 'indexed'"),
                firstDate: dates.first, lastDate: dates.last,
                analyzer: settings.analyzer, profile: settings.profileName,
                compression: settings.compression,
                formatVersion: try count("PRAGMA user_version"),
                sqliteVersion: try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "")
        }
    }

    /// The first and the last date of a document.
    private func dates(_ db: Database) throws -> (first: String?, last: String?) {
        do {
            if let columns = try DocumentColumns.open(db, path: path) {
                let chunks = try columns.chunks(of: .date).compactMap(\.self)
                return (chunks.map { $0.value(0) }.min(), chunks.map { $0.value($0.valueCount - 1) }.max())
            }
        } catch is FTS5FormatError {
            // What is damaged does not say which documents the columns are of.
        }
        let row = try Row.fetchOne(db, sql: "SELECT min(date), max(date) FROM documents")
        return (row?[0], row?[1])
    }

    private func fileSize(_ path: String) -> Int64 {
        // A file that is not there has no bytes.
        guard case .file(let bytes) = FileKind(path) else { return 0 }
        return bytes
    }
}
