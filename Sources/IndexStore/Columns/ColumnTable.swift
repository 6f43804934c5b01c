import Documents
import Foundation
import GRDB

/// The table `document_columns`, and how it stands to the documents.
///
/// Its rows are of the state of the index that `score_state` has under `columns`: FTS5's structure record, which every change
/// of a document changes. An earlier version of Postil, or somebody else, that writes to the index leaves that row as it is.
struct ColumnTable {
    private let db: Database
    private let path: String

    init(_ db: Database, path: String) {
        self.db = db
        self.path = path
    }

    static let definition = """
        CREATE TABLE document_columns(
          chunk INTEGER NOT NULL,
          field TEXT NOT NULL,
          content BLOB NOT NULL,
          PRIMARY KEY(chunk, field)
        )
        """

    /// Whether there is such a table; earlier versions made none.
    func exists() throws -> Bool {
        try Row.fetchOne(db, sql: "SELECT 1 FROM sqlite_schema WHERE name = 'document_columns'") != nil
    }

    /// Whether its rows are of the present documents.
    func isCurrent() throws -> Bool {
        guard try exists() else { return false }
        let recorded = try Data.fetchOne(db, sql: "SELECT value FROM score_state WHERE name = 'columns'")
        return try recorded.map { [UInt8]($0) } == FTS5TableReader(db.handle).structureBytes()
    }

    /// Makes it current: the chunks in `chunks`, or all, are made anew from the documents' rows.
    ///
    /// After `ScoreGridUpdate.run(chunks:)`, by which FTS5 has written what it held back.
    func update(chunks: Set<Int64>?) throws {
        if try !exists() { try db.execute(sql: Self.definition) }
        let rows = try ColumnRows(db)
        let all: [Int64]
        if let chunks {
            all = chunks.sorted()
        } else {
            try db.execute(sql: "DELETE FROM document_columns")
            all = try DocumentChunks(db, path: path).last().map { Array(0...$0) } ?? []
        }
        for chunk in all { try write(rows.columns(of: chunk), chunk: chunk) }
        try db.execute(
            sql: "INSERT OR REPLACE INTO score_state(name, value) VALUES ('columns', ?)",
            arguments: [Data(try FTS5TableReader(db.handle).structureBytes())])
    }

    /// Puts the columns of a chunk in the place of those it had.
    func write(_ columns: [(name: String, content: [UInt8])], chunk: Int64) throws {
        try db.execute(sql: "DELETE FROM document_columns WHERE chunk = ?", arguments: [chunk])
        let insert = try SQLiteStatement(
            "INSERT INTO document_columns(chunk, field, content) VALUES (?1, ?2, ?3)", on: db.handle)
        for (name, content) in columns {
            insert.bind(chunk, at: 1)
            insert.bind(name, at: 2)
            try content.withUnsafeBytes { bytes in
                insert.bind(borrowing: bytes, at: 3)
                try insert.run()
            }
        }
    }

    /// What does not agree with the documents.
    func faults() throws -> [IndexFault] {
        let rows = try ColumnRows(db)
        let select = try SQLiteStatement(
            "SELECT field, content FROM document_columns WHERE chunk = ?1 ORDER BY field", on: db.handle)
        let last = try DocumentChunks(db, path: path).last() ?? -1
        for chunk in stride(from: 0, through: last, by: 1) {
            var expected = try Dictionary(
                uniqueKeysWithValues: rows.columns(of: chunk).map { (ExactText($0.name), $0.content) })
            select.bind(chunk, at: 1)
            defer { select.reset() }
            while try select.step() {
                let name = select.text(0) ?? ""
                guard let content = expected.removeValue(forKey: ExactText(name)) else {
                    return [IndexFault(.columns, "document_columns, chunk \(chunk): values that no document has")]
                }
                guard select.bytes(1).elementsEqual(content) else { return [Self.fault(chunk, name)] }
            }
            // Indexes of earlier versions have none of these, and authors are gone through instead.
            for name in [ColumnField.authorName.name, ColumnField.authorWord.name]
                + WordFilter.fields.map(WordFilter.name)
            {
                expected[ExactText(name)] = nil
            }
            if let missing = expected.keys.map(\.text).min() { return [Self.fault(chunk, missing)] }
        }
        let rest = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM document_columns WHERE chunk < 0 OR chunk > ?", arguments: [last])
        return rest == 0 ? [] : [IndexFault(.columns, "document_columns: values of documents that are not there")]
    }

    private static func fault(_ chunk: Int64, _ name: String) -> IndexFault {
        IndexFault(.columns, "document_columns, chunk \(chunk), \(name): not what the documents have")
    }
}
