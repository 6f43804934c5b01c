import Documents
import GRDB
import Ranking

/// The documents of an index that is built anew, for those whose sources cannot be read now: they stay as they are.
///
/// The index may be of an earlier format or analyzer. All formats so far have the table of documents in common, and differ in
/// what derives from it, in the settings and in what is known of sources:
///
///     format 1   no `roots`; `sources` without `changed`, `node` and `name`, its paths as they were typed
package struct FormerDocuments {
    private let connection: IndexConnection
    /// Names of metadata that are lists in some document.
    private let lists: Set<String>
    /// The format of the file.
    package let format: Int
    /// How it was made.
    package let settings: IndexSettings
    /// The files that were read into it. Paths of format 1 may be relative to the folder that was current then.
    package let sources: [IndexedSource]
    /// The places that it remembers.
    package let roots: [IndexedRoot]

    /// Whether the file is of a format that this version does not open otherwise.
    package var isOlder: Bool { format < IndexSchema.version }

    /// Opens the index at a path.
    ///
    /// - Throws: ``IndexError`` when there is none, or none whose documents can be read.
    package init(indexAt path: String) throws {
        connection = try IndexConnection(path: path, mode: .takingOver)
        let table = try connection.access { db in
            // What is read belongs to one state of the file.
            try db.execute(sql: "BEGIN")
            let format = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            let isOlder = format < IndexSchema.version
            let settings = try IndexSettings(db, path: path, missing: isOlder ? IndexSettings.ofFormerFormats : [:])
            let columns = isOlder ? Self.sourceColumnsOfFormat1 : IndexedSource.columns
            let sources = try IndexedSource.all(db, indexAt: path, columns: columns)
            return (
                format, settings, sources, try isOlder ? [] : IndexedRoot.all(db, indexAt: path),
                // Names that cannot be read cost no document.
                isOlder ? [] : (try? MetadataNames.lists(db)) ?? []
            )
        }
        (format, settings, sources, roots, lists) = table
    }

    private static let sourceColumnsOfFormat1 =
        "id, path, reading, size, modified, 0 AS changed, 0 AS node, '' AS name, hash, outcome, skipped"

    /// How many documents came from a source.
    package func count(of source: IndexedSource) throws -> Int {
        try connection.access { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM documents WHERE source = ?", arguments: [source.id?.rawValue])
                ?? 0
        }
    }

    /// How many documents there are.
    package func count() throws -> Int {
        try connection.access { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(settings.compression.table)") ?? 0 }
    }

    /// Hands out the documents of sources that are not recorded any more, in the order of their ids.
    ///
    /// - Throws: What `body` throws. A document that cannot be read is passed over.
    package func forEachOrphan(_ body: (Document) throws -> Void) throws {
        let ids = try connection.access { db in
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT id FROM \(settings.compression.table)
                    WHERE source IS NOT NULL AND source NOT IN (SELECT id FROM sources) ORDER BY id
                    """)
        }
        if !ids.isEmpty { try forEach(of: ids.map { ($0, nil) }) { document, _ in try body(document) } }
    }

    /// Hands out the documents of some sources and those of none, in the order of their ids.
    ///
    /// - Throws: What `body` throws. A document that cannot be read is passed over.
    package func forEach(of wanted: [IndexedSource], _ body: (Document, IndexedSource?) throws -> Void) throws {
        let wanted = Dictionary(wanted.compactMap { source in source.id.map { ($0.rawValue, source) } }) { $1 }
        let rows = try connection.access { db in
            let select = try SQLiteStatement(
                "SELECT id, source FROM \(settings.compression.table) ORDER BY id", on: db.handle)
            var rows: [(id: Int64, source: IndexedSource?)] = []
            while try select.step() {
                if select.isNull(1) {
                    rows.append((select.integer(0), nil))
                } else if let source = wanted[select.integer(1)] {
                    rows.append((select.integer(0), source))
                }
            }
            return rows
        }
        try forEach(of: rows, body)
    }

    private func forEach(
        of rows: [(id: Int64, source: IndexedSource?)], _ body: (Document, IndexedSource?) throws -> Void
    ) throws {
        let select = try connection.access { db in
            try SQLiteStatement(
                """
                SELECT \(StoredDocument.columns) FROM documents LEFT JOIN sources ON sources.id = source
                WHERE documents.id = ?1
                """, on: db.handle)
        }
        for (id, source) in rows {
            let document: Document?
            do { document = try read(id, by: select) } catch is IndexError {
                indexLog.warning("\(connection.path): document \(id) cannot be read and is left out")
                continue
            }
            if let document { try body(document, source) }
        }
    }

    private func read(_ id: Int64, by select: SQLiteStatement) throws -> Document? {
        try connection.access { [path = connection.path, lists] _ in
            select.bind(id, at: 1)
            defer { select.reset() }
            guard try select.step() else { return nil }
            var document = try StoredDocument(select, path: path).document
            document.lists.names = lists.intersection(document.metadata.keys)
            return document
        }
    }
}
