import FTS5Format
import GRDB
import Ranking

/// Makes anew what derives from the documents, inside one transaction.
///
/// Nothing that is lost stays so: a source of which a document is gone or changed is marked as never read, so that the next
/// index run compares all its documents with their fingerprints.
struct IndexRepair {
    private let db: Database
    private let path: String
    private let settings: IndexSettings
    private var table: String { settings.compression.table }

    init(_ db: Database, path: String, settings: IndexSettings) {
        self.db = db
        self.path = path
        self.settings = settings
    }

    /// Mends the parts that have faults, and what derives from them.
    func run(_ faults: [IndexFault]) throws {
        let parts = Set(faults.map(\.part))
        if parts.contains(.settings) { try settings.write(db) }
        if parts.contains(.documents) { try mendDocuments() }
        if parts.contains(.sources) { try SourceRepair(db, path: path, table: table).run() }
        if parts.contains(.names) || parts.contains(.documents) { try collectNames() }
        if faults.contains(where: \.isAboutSources) { try SourceColumn(db, path: path).restore(in: table) }
        // Nobody knows whose document it was.
        if faults.contains(where: { $0.isLoss || $0.isAboutSources }) { try IndexRepair.markAllSources(db) }
        if parts.contains(.fullText) || parts.contains(.documents) {
            try removeDoubles()
            try rebuildFullText()
        }
        if !parts.isDisjoint(with: [.documents, .words]) || faults.contains(where: \.isLoss) { try remakeWords() }
        // Whatever was marked is now what was written.
        try SourceSeals(db).write(ids: nil)
        // Sources are in the columns.
        if !parts.isDisjoint(with: [.fullText, .documents, .grids, .columns, .sources]) {
            try remakeScores(withGrids: !parts.isDisjoint(with: [.fullText, .documents, .grids]))
        }
    }

    /// Takes documents whose rows are lost out of what derives from them, and marks their sources.
    func forget(_ lost: LostDocuments) throws {
        try IndexRepair.mark(lost, db)
        try SourceSeals(db).write(ids: nil)
        try rebuildFullText()
        try remakeWords()
        try remakeScores(withGrids: true)
    }

    private func remakeWords() throws {
        try WordListWriter(db).replace(with: WordCounter.words(of: db, analyzer: settings.analyzer))
    }

    private func remakeScores(withGrids: Bool) throws {
        try db.execute(sql: "DELETE FROM score_state WHERE typeof(name) <> 'text' OR typeof(value) <> 'blob'")
        let grids = try ScoreGridUpdate(db, path: path, parameters: settings.ranking)
        if try grids.run(chunks: withGrids ? nil : []) == .current {
            try ColumnTable(db, path: path).update(chunks: nil)
        }
    }

    /// Has the next index run read the sources of lost documents.
    static func mark(_ lost: LostDocuments, _ db: Database) throws {
        guard let sources = lost.sources else { return try markAllSources(db) }
        for source in sources { try mark(source: source.rawValue, db) }
    }

    /// Has the next index run read a source again, whatever its file's time and hash.
    static func mark(source id: Int64, _ db: Database) throws {
        try db.execute(sql: "UPDATE sources SET size = -1, modified = -1, hash = NULL WHERE id = ?", arguments: [id])
    }

    static func markAllSources(_ db: Database) throws {
        try db.execute(sql: "UPDATE sources SET size = -1, modified = -1, hash = NULL")
    }

    // MARK: Documents

    private func mendDocuments() throws {
        try mendKinds()
        let reader = try DocumentRowReader(db, path: path)
        for id in try Int64.fetchAll(db, sql: "SELECT id FROM \(table) ORDER BY id") {
            do {
                guard let row = try reader.read(id), !row.isAsIndexed else { continue }
                try accept(id, row)
            } catch is IndexError {
                try clearRecords(of: id)
                if let row = try reader.read(id) { try accept(id, row) }
            }
        }
        for documents in try ColumnTable(db, path: path).documentsOfOtherLines() { try readAgain(documents) }
        try moveIntoRange()
    }

    /// Has the next index run bring documents anew whose lines only their sources can tell.
    private func readAgain(_ documents: ClosedRange<Int64>) throws {
        let range = "id BETWEEN \(documents.lowerBound) AND \(documents.upperBound) AND source IS NOT NULL"
        for source in try Int64.fetchAll(db, sql: "SELECT DISTINCT source FROM \(table) WHERE \(range)") {
            try Self.mark(source: source, db)
        }
        try db.execute(
            sql: "UPDATE \(table) SET content_hash = ? WHERE \(range)", arguments: [DocumentFingerprint.unknown])
    }

    /// Makes texts of texts that are kept as bytes. A line that is no number its source has to tell again.
    private func mendKinds() throws {
        let texts = ["external_id", "date", "author", "url", "tags"]
        for column in settings.compression == .none ? texts + ["title", "metadata", "body", "markup"] : texts {
            try db.execute(
                sql:
                    "UPDATE \(table) SET \(column) = CAST(\(column) AS TEXT) WHERE typeof(\(column)) NOT IN ('text', 'null')"
            )
        }
        let odd = "typeof(line) <> 'integer' OR typeof(content_hash) <> 'integer'"
        for source in try Int64.fetchAll(db, sql: "SELECT DISTINCT source FROM \(table) WHERE \(odd)") {
            try Self.mark(source: source, db)
        }
        try db.execute(
            sql: "UPDATE \(table) SET line = CAST(line AS INTEGER), content_hash = ? WHERE \(odd)",
            arguments: [DocumentFingerprint.unknown])
    }

    /// Takes the document for what it says now, until its source has been read again.
    private func accept(_ id: Int64, _ row: DocumentRowReader.Row) throws {
        try db.execute(
            sql: "UPDATE \(table) SET content_hash = ? WHERE id = ?",
            arguments: [DocumentFingerprint.of(row.document), id])
        if let source = row.source { try Self.mark(source: source, db) }
    }

    /// Removes tags and metadata that make no sense. Compressed metadata is not touched by a stray byte that leaves the frame
    /// whole, so it is only the tags there.
    private func clearRecords(of id: Int64) throws {
        let columns = settings.compression == .none ? ["tags", "metadata"] : ["tags"]
        for column in columns {
            try db.execute(
                sql: "UPDATE \(table) SET \(column) = NULL WHERE id = ? AND NOT json_valid(\(column))", arguments: [id])
        }
        for (column, kind) in [("tags", "array"), ("metadata", "object")] where columns.contains(column) {
            try db.execute(
                sql: """
                    UPDATE \(table) SET \(column) = NULL WHERE id = ? AND \(column) IS NOT NULL AND (json_type(\(column)) <> ?
                      OR EXISTS (SELECT 1 FROM json_each(\(column)) AS each WHERE each.type <> 'text'))
                    """, arguments: [id, kind])
        }
    }

    /// Gives documents with ids that Postil never gives the next ones that it does.
    private func moveIntoRange() throws {
        let range = "id BETWEEN 0 AND \(IndexSchema.idLimit - 1)"
        var last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table) WHERE \(range)") ?? 0
        for id in try Int64.fetchAll(db, sql: "SELECT id FROM \(table) WHERE NOT \(range) ORDER BY id") {
            last += 1
            try db.execute(sql: "UPDATE \(table) SET id = ? WHERE id = ?", arguments: [last, id])
        }
        try db.execute(sql: "DELETE FROM sqlite_sequence WHERE name = ?", arguments: [table])
        try db.execute(sql: "INSERT INTO sqlite_sequence(name, seq) VALUES (?, ?)", arguments: [table, last])
    }

    // MARK: Full text

    /// Removes rows that are in no inverted index and have a namesake of their source that is.
    private func removeDoubles() throws {
        try db.execute(
            sql: """
                DELETE FROM \(table) WHERE id NOT IN (SELECT id FROM documents_fts_docsize) AND source IS NOT NULL
                  AND EXISTS (
                    SELECT 1 FROM \(table) AS other WHERE other.external_id = \(table).external_id
                      AND other.source = \(table).source AND other.id IN (SELECT id FROM documents_fts_docsize))
                """)
    }

    /// FTS5 does not even open a table whose first records are damaged, so they are made those of an empty one before.
    private func rebuildFullText() throws {
        try db.execute(
            sql: """
                DELETE FROM documents_fts_data;
                DELETE FROM documents_fts_idx;
                DELETE FROM documents_fts_docsize;
                INSERT INTO documents_fts_data(id, block) VALUES
                  (\(FTS5DataID.averages.rawValue), x''), (\(FTS5DataID.structure.rawValue), x'00000000000000');
                REPLACE INTO documents_fts_config(k, v) VALUES
                  ('version', \(FTS5TableOptions.supportedVersion)), ('automerge', 0);
                INSERT INTO documents_fts(documents_fts) VALUES ('rebuild');
                """)
    }

    // MARK: Names

    private func collectNames() throws {
        let reader = try DocumentRowReader(db, path: path)
        var names: Set<String> = []
        for id in try Int64.fetchAll(db, sql: "SELECT id FROM \(table) ORDER BY id") {
            guard let row = try reader.read(id) else { continue }
            names.formUnion(row.document.metadata.keys)
        }
        // Those that no document has were others.
        try MetadataNames.replace(with: names, lists: try MetadataNames.lists(db), db)
    }
}
