import GRDB

/// Decides what the texts of new documents are compressed with. For one thread at a time.
///
/// The decision depends on the documents and the index alone, so that equal runs give equal files.
package final class TextPacking {
    /// Bytes of new text from which on the first dictionary is made.
    package var minimumBytes = TextFrameFormat.minimumTrainingBytes
    /// Bytes of new text from which on another one is made.
    package var renewalBytes = TextFrameFormat.stretchBytes / 4
    private var newest: TextDictionary?
    private var writer: TextFrameWriter?
    /// Id of the last dictionary that was made.
    private(set) var lastID: UInt32

    /// Begins with the dictionaries that the index has.
    convenience init(_ db: Database) throws { try self.init(db, newest: try TextDictionary.newest(db)) }

    /// Begins with one of the dictionaries, or none.
    init(_ db: Database, newest: TextDictionary?) throws {
        let last = try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'text_dictionaries'") ?? 0
        guard let last = UInt32(exactly: last), last < UInt32(Int32.max) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "text_dictionaries: id \(last) is none")
        }
        lastID = last
        self.newest = newest
    }

    /// Bytes of new text from which on a dictionary is made for it.
    var trainingBytes: Int { newest == nil ? minimumBytes : renewalBytes }

    /// What these documents are to be compressed with: a dictionary of their own when they are many, else the newest one.
    ///
    /// - Complexity: Some 40 ms when a dictionary is made.
    package func writer(for documents: [NewDocument]) throws -> TextFrameWriter {
        let bytes = documents.reduce(0) { $0 + $1.textBytes }
        if bytes >= trainingBytes, let made = DictionaryTraining(documents).dictionary(id: lastID + 1) {
            let range = TextDictionary.Documents(
                first: documents.map(\.id.rawValue).min() ?? 0, last: documents.map(\.id.rawValue).max() ?? 0,
                count: documents.count)
            lastID += 1
            newest = try TextDictionary(id: lastID, bytes: made, documents: range)
            writer = nil
        }
        if let writer { return writer }
        let made = try TextFrameWriter(newest)
        writer = made
        return made
    }
}

extension TextDictionary {
    private static let columns = "id, first_document, last_document, documents, content"

    /// The dictionary with an id; nil when there is none.
    static func find(_ id: UInt32, on connection: OpaquePointer) throws -> TextDictionary? {
        let select = try SQLiteStatement("SELECT \(columns) FROM text_dictionaries WHERE id = ?1", on: connection)
        select.bind(Int64(id), at: 1)
        return try select.step() ? try TextDictionary(select) : nil
    }

    /// The dictionary that was made last; nil when there is none.
    static func newest(_ db: Database) throws -> TextDictionary? {
        let select = try SQLiteStatement(
            "SELECT \(columns) FROM text_dictionaries ORDER BY id DESC LIMIT 1", on: db.handle)
        return try select.step() ? try TextDictionary(select) : nil
    }

    private convenience init(_ row: SQLiteStatement) throws {
        guard let id = UInt32(exactly: row.integer(0)) else {
            throw TextFrameError.damaged("dictionary \(row.integer(0)) has no such id")
        }
        try self.init(
            id: id, packed: row.bytes(4),
            documents: Documents(first: row.integer(1), last: row.integer(2), count: Int(row.integer(3))))
    }

    /// Puts the dictionary into the file.
    func store(_ db: Database) throws {
        let insert = try SQLiteStatement(
            "INSERT INTO text_dictionaries(\(Self.columns)) VALUES (?1, ?2, ?3, ?4, ?5)", on: db.handle)
        insert.bind(Int64(id), at: 1)
        insert.bind(documents?.first ?? 0, at: 2)
        insert.bind(documents?.last ?? 0, at: 3)
        insert.bind(Int64(documents?.count ?? 0), at: 4)
        try packed().withUnsafeBytes { insert.bind($0, at: 5) }
        try insert.run()
    }
}
