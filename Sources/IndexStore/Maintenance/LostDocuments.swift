import FTS5Format
import GRDB
import Postings

/// Documents whose rows another program has deleted, while the inverted index still has them.
///
/// An index run asks for them, since it passes over their files as unchanged: it would never bring them back.
package struct LostDocuments: Sendable, Hashable {
    /// Their row ids, ascending.
    let ids: [Int64]
    /// The sources that they came from; nil when nothing tells.
    let sources: Set<SourceID>?

    /// How many there are.
    package var count: Int { ids.count }

    /// Looks for them; nil when there are none.
    ///
    /// - Complexity: Compares two numbers, of which SQLite counts one over the smallest index of the documents, a few bytes each.
    init?(_ db: Database, path: String, table: String) throws {
        guard let indexed = try Self.indexedCount(db),
            let rows = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)"), rows < indexed
        else { return nil }
        ids = try Int64.fetchAll(
            db, sql: "SELECT id FROM documents_fts_docsize WHERE id NOT IN (SELECT id FROM \(table)) ORDER BY id")
        // The number was wrong; `postil check` names it.
        if ids.isEmpty { return nil }
        sources = try Self.sources(of: ids, db, path: path, table: table)
    }

    /// The number of documents that FTS5 says it has; nil when that cannot be read.
    static func indexedCount(_ db: Database) throws -> Int? {
        do {
            return try FTS5TableReader(db.handle).averages(columns: 2).rowCount
        } catch is FTS5FormatError {
            return nil
        }
    }

    /// What the columns say: they are made of the rows as these were when the last run ended. Nothing is believed of a chunk
    /// that does not agree with the rows that are left.
    private static func sources(
        of ids: [Int64], _ db: Database, path: String, table: String
    ) throws -> Set<SourceID>? {
        guard try ColumnTable(db, path: path).isCurrent() else { return nil }
        let column = try SourceColumn(db, path: path)
        let rows = try SQLiteStatement(
            "SELECT id, source FROM \(table) WHERE id BETWEEN ?1 AND ?2 ORDER BY id", on: db.handle)
        let length = Int64(DocumentChunkFormat.length)
        var found: Set<SourceID> = []
        for (chunk, lost) in Dictionary(grouping: ids, by: { $0 / length }) {
            guard chunk >= 0, let values = try column.sources(ofChunk: chunk) else { return nil }
            var isTrusted = true
            try rows.forEachRow(of: table, ids: DocumentChunks.ids(of: chunk)) { place in
                if values[place] != (rows.isNull(1) ? nil : rows.integer(1)) { isTrusted = false }
            }
            guard isTrusted else { return nil }
            for id in lost {
                if let source = values[Int(id - chunk * length)] { found.insert(SourceID(rawValue: source)) }
            }
        }
        return found
    }
}

extension IndexFile {
    /// Takes documents whose rows are lost out of all that derives from them, in one transaction, and has the next index run
    /// read their sources again. Does nothing when they are not lost any more.
    ///
    /// - Complexity: Analyses all documents.
    package func forget(_ lost: LostDocuments, patience: Patience) throws {
        let connection = try beginWriting(patience: patience)
        try connection.access { db in
            guard let lost = try LostDocuments(db, path: path, table: settings.compression.table) else {
                return try db.execute(sql: "ROLLBACK")
            }
            try IndexRepair(db, path: path, settings: settings).forget(lost)
            try db.execute(sql: "COMMIT")
        }
    }
}

extension DocumentWriter {
    /// Documents whose rows another program has deleted; nil when there are none.
    package func lostDocuments() throws -> LostDocuments? {
        try readDatabase { try LostDocuments($0, path: $1, table: settings.compression.table) }
    }

    /// Has this run read the sources of lost documents, whatever their files' times and hashes, and gives their paths; nil for all.
    package func readAgain(_ lost: LostDocuments) throws -> [String]? {
        try readDatabase { db, _ in
            try IndexRepair.mark(lost, db)
            try SourceSeals(db).write(ids: lost.sources.map { Set($0.map(\.rawValue)) })
        }
        return try lost.sources.map { ids in
            try sources.all().filter { $0.id.map(ids.contains) ?? false }.map(\.path).sorted()
        }
    }
}
