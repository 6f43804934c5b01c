import Documents
import GRDB

/// Writes the rows of documents, stored as a ``TextCompression`` says.
///
/// Plain rows get their ids from SQLite; compressed ones have theirs already, because it takes the documents of a whole
/// stretch to decide how they are compressed.
final class DocumentRows {
    private let insert, remove: SQLiteStatement

    /// Prepares the statements.
    init(_ compression: TextCompression, on connection: OpaquePointer) throws {
        let table = compression.table
        let columns = "id, external_id, source, line, date, author, url, tags, content_hash"
        switch compression {
        case .none:
            insert = try SQLiteStatement(
                """
                INSERT INTO documents(\(columns), title, metadata, body, markup)
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                """, on: connection)
        case .zstd:
            insert = try SQLiteStatement(
                "INSERT INTO \(table)(\(columns), text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                on: connection)
        }
        remove = try SQLiteStatement("DELETE FROM \(table) WHERE id = ?1", on: connection)
    }

    /// Inserts a row with plain texts and gives the document the row's id.
    func insert(_ new: NewDocument, _ db: Database) throws {
        let document = new.document
        insert.bindNull(at: 1)
        bindShortColumns(of: new)
        insert.bind(document.title, at: 10)
        insert.bind(JSONText.object(document.metadata), at: 11)
        insert.bind(document.markup, at: 13)
        var body = document.body
        try body.withUTF8 { bytes in
            insert.bind(borrowing: bytes, at: 12)
            try insert.run()
        }
        new.id = DocumentID(rawValue: db.lastInsertedRowID)
    }

    /// Inserts a row with compressed texts.
    func insert(_ new: NewDocument, frame: [UInt8]) throws {
        insert.bind(new.id.rawValue, at: 1)
        bindShortColumns(of: new)
        try frame.withUnsafeBytes { bytes in
            insert.bind(bytes, at: 10)
            try insert.run()
        }
    }

    /// Removes the row with an id.
    func remove(_ id: DocumentID) throws {
        remove.bind(id.rawValue, at: 1)
        try remove.run()
    }

    private func bindShortColumns(of new: NewDocument) {
        let document = new.document
        insert.bind(document.externalID, at: 2)
        if let source = new.source { insert.bind(source, at: 3) } else { insert.bindNull(at: 3) }
        insert.bind(Int64(document.line), at: 4)
        insert.bind(document.date, at: 5)
        insert.bind(document.author, at: 6)
        insert.bind(document.url, at: 7)
        insert.bind(JSONText.array(document.tags), at: 8)
        insert.bind(new.contentHash, at: 9)
    }
}
