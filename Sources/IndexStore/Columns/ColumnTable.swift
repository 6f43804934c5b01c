import Documents
import Foundation
import GRDB
import Postings

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

    /// Makes it current: the chunks in `chunks`, or all, are made anew from the documents' rows; those that have only lost documents, by
    /// their places in the chunk, from what is left of their columns.
    ///
    /// After `ScoreGridUpdate.run(chunks:)`, by which FTS5 has written what it held back.
    func update(chunks: Set<Int64>?, removed: [Int64: [Int]] = [:]) throws {
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
        if !removed.isEmpty {
            let removal = try ColumnRemoval(db)
            for (chunk, places) in removed.sorted(by: { $0.key < $1.key })
            where try !removal.remove(places, ofChunk: chunk) {
                try write(rows.columns(of: chunk), chunk: chunk)
            }
        }
        // A run that changes nothing writes nothing.
        if try isCurrent() { return }
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
        var lines: [IndexFault] = []
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
                if select.bytes(1).elementsEqual(content) { continue }
                guard name == LineSeals.name else { return [Self.fault(chunk, name)] }
                lines += LineSeals.differences(select.bytes(1), content).map { Self.fault(inLinesOf: $0, chunk: chunk) }
            }
            // Indexes of earlier versions have none of these, and authors are gone through instead.
            for name in [ColumnField.authorName.name, ColumnField.authorWord.name, LineSeals.name]
                + WordFilter.fields.map(WordFilter.name)
            {
                expected[ExactText(name)] = nil
            }
            if let missing = expected.keys.map(\.text).min() { return [Self.fault(chunk, missing)] }
        }
        let rest = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM document_columns WHERE chunk < 0 OR chunk > ?", arguments: [last])
        return rest == 0 ? lines : [IndexFault(.columns, "document_columns: values of documents that are not there")]
    }

    /// Documents whose lines are not what was written, as far as the columns tell.
    func documentsOfOtherLines() throws -> [ClosedRange<Int64>] {
        guard try isCurrent() else { return [] }
        let rows = try ColumnRows(db)
        let select = try SQLiteStatement(
            "SELECT chunk, content FROM document_columns WHERE field = '\(LineSeals.name)' ORDER BY chunk",
            on: db.handle)
        var found: [ClosedRange<Int64>] = []
        while try select.step() {
            let chunk = select.integer(0)
            guard (0..<IndexSchema.idLimit / Int64(DocumentChunkFormat.length)).contains(chunk) else { continue }
            let expected = try rows.columns(of: chunk).first { $0.name == LineSeals.name }?.content ?? []
            found += LineSeals.differences(select.bytes(1), expected).map { Self.documents($0, chunk: chunk) }
        }
        return found
    }

    private static func documents(_ places: ClosedRange<Int>, chunk: Int64) -> ClosedRange<Int64> {
        let first = chunk * Int64(DocumentChunkFormat.length)
        return first + Int64(places.lowerBound)...first + Int64(places.upperBound)
    }

    private static func fault(inLinesOf places: ClosedRange<Int>, chunk: Int64) -> IndexFault {
        let documents = documents(places, chunk: chunk)
        return IndexFault(
            .documents,
            "documents, rows \(documents.lowerBound) to \(documents.upperBound): a line is not what was written")
    }

    private static func fault(_ chunk: Int64, _ name: String) -> IndexFault {
        IndexFault(.columns, "document_columns, chunk \(chunk), \(name): not what the documents have")
    }
}
