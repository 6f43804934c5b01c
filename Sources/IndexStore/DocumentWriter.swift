import Documents
import FTS5Format
import GRDB
import Postings
import Ranking

/// The one way documents get into an index and out of it: a transaction from ``init`` to ``commit()`` or ``rollback()``.
///
/// The documents table and FTS5 change together. Nobody sees any of it before ``commit()``, and nothing of it survives if
/// the process dies earlier.
public final class DocumentWriter {
    private let connection: IndexConnection
    private var statements: Statements?
    private var isOpen = false
    /// Whether the documents' own indexes are still to be made, as in a new file.
    private var lacksIndexes: Bool
    private var metadataNames: Set<String> = []
    private let ranking: RankingParameters
    /// Chunks of documents that were changed; nil when the score tables have to be made anew.
    private var chunks: Set<Int64>? = []

    private final class Statements {
        let insert, index, select, unindex, delete: SQLiteStatement

        init(_ handle: OpaquePointer) throws {
            insert = try SQLiteStatement(
                """
                INSERT INTO documents(external_id, source, line, date, author, url, tags, content_hash, title, metadata,
                  body, markup) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                """, on: handle)
            index = try SQLiteStatement("INSERT INTO documents_fts(rowid, title, body) VALUES (?1, ?2, ?3)", on: handle)
            select = try SQLiteStatement("SELECT title, body FROM documents WHERE id = ?1", on: handle)
            unindex = try SQLiteStatement(
                "INSERT INTO documents_fts(documents_fts, rowid, title, body) VALUES ('delete', ?1, ?2, ?3)", on: handle
            )
            delete = try SQLiteStatement("DELETE FROM documents WHERE id = ?1", on: handle)
        }
    }

    /// Begins a transaction on the connection.
    ///
    /// - Throws: ``IndexError/busy(path:)`` when another process is writing.
    init(_ connection: IndexConnection, ranking: RankingParameters) throws {
        self.connection = connection
        self.ranking = ranking
        lacksIndexes = connection.mode == .building
        try connection.access { try $0.execute(sql: "BEGIN IMMEDIATE") }
        isOpen = true
        let isCurrent = try connection.access { db in
            let update = try ScoreGridUpdate(db, path: connection.path, parameters: ranking)
            return try update.isCurrent() || update.isNew()
        }
        if !isCurrent { chunks = nil }
    }

    deinit {
        statements = nil
        if isOpen {
            do { try connection.access { try $0.execute(sql: "ROLLBACK") } } catch {
                // The connection is beyond use; SQLite rolls back when it closes.
            }
        }
    }

    /// Adds a document and returns its new id.
    @discardableResult
    public func insert(_ document: Document, source: Int64?) throws -> DocumentID {
        let new = NewDocument(document)
        try store([new], source: source)
        try index(new)
        return new.id
    }

    /// Stores documents and gives them their ids, which ascend. They are not found before they are indexed, each by
    /// ``index(_:)`` or all by ``load(_:)``.
    package func store(_ documents: [NewDocument], source: Int64?) throws {
        let statements = try prepared()
        for new in documents {
            for name in new.document.metadata.keys where metadataNames.insert(name).inserted {
                try connection.access {
                    try $0.execute(sql: "INSERT OR IGNORE INTO metadata_names(name) VALUES (?)", arguments: [name])
                }
            }
        }
        try connection.access { db in
            let insert = statements.insert
            for new in documents {
                let document = new.document
                insert.bind(document.externalID, at: 1)
                if let source { insert.bind(source, at: 2) } else { insert.bindNull(at: 2) }
                insert.bind(Int64(document.line), at: 3)
                insert.bind(document.date, at: 4)
                insert.bind(document.author, at: 5)
                insert.bind(document.url, at: 6)
                insert.bind(JSONText.array(document.tags), at: 7)
                insert.bind(new.contentHash, at: 8)
                insert.bind(document.title, at: 9)
                insert.bind(JSONText.object(document.metadata), at: 10)
                insert.bind(document.markup, at: 12)
                var body = document.body
                try body.withUTF8 { bytes in
                    insert.bind(borrowing: bytes, at: 11)
                    try insert.run()
                }
                new.id = DocumentID(rawValue: db.lastInsertedRowID)
                chunks?.insert(new.id.rawValue / Int64(DocumentChunkFormat.length))
            }
        }
    }

    /// Hands a stored document to FTS5.
    package func index(_ new: NewDocument) throws {
        let index = try prepared().index
        try connection.access { _ in
            index.bind(new.id.rawValue, at: 1)
            index.bind(new.document.title, at: 2)
            index.bind(new.document.body, at: 3)
            try index.run()
        }
    }

    /// Whether ``load(_:)`` can write segments of this index.
    package func takesSegments() throws -> Bool {
        do {
            _ = try connection.access { try SegmentLoad($0) }
            return true
        } catch FTS5FormatError.unsupported {
            return false
        }
    }

    /// Indexes stored documents by writing a finished segment; the inverters are then empty.
    ///
    /// Only before the first ``index(_:)`` or ``delete(_:)`` of the transaction: FTS5 does not look again at what it has
    /// once read.
    ///
    /// - Parameter isLast: Whether no document will be stored after this.
    package func load(_ runs: [RunInverter], isLast: Bool) throws {
        try connection.access { db in
            let load = try SegmentLoad(db)
            let grids = try ScoreGridUpdate(db, path: connection.path, parameters: ranking)
            try load.write(runs, grids: grids) { if isLast { try indexDocuments(db) } }
            try load.mergeFullLevels()
        }
        for run in runs { run.removeAll() }
    }

    /// Removes a document. Its id is never given again. Returns false when there is no such document.
    @discardableResult
    public func delete(_ id: DocumentID) throws -> Bool {
        let statements = try prepared()
        return try connection.access { _ in
            statements.select.bind(id.rawValue, at: 1)
            guard try statements.select.step() else {
                statements.select.reset()
                return false
            }
            let title = statements.select.text(0)
            let body = statements.select.text(1)
            statements.select.reset()
            statements.unindex.bind(id.rawValue, at: 1)
            statements.unindex.bind(title, at: 2)
            statements.unindex.bind(body, at: 3)
            try statements.unindex.run()
            statements.delete.bind(id.rawValue, at: 1)
            try statements.delete.run()
            chunks?.insert(id.rawValue / Int64(DocumentChunkFormat.length))
            return true
        }
    }

    /// All recorded sources by path.
    public func sources() throws -> [String: SourceRecord] {
        try connection.access { [path = connection.path] db in
            let records = try Row.fetchAll(db, sql: "SELECT * FROM sources").map { try SourceRecord($0, path: path) }
            return Dictionary(records.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Records what became of a source and returns its id.
    public func save(_ source: SourceRecord) throws -> Int64 { try connection.access { try source.save($0) } }

    /// Forgets a source whose documents have been deleted.
    public func deleteSource(_ id: Int64) throws {
        try connection.access { try $0.execute(sql: "DELETE FROM sources WHERE id = ?", arguments: [id]) }
    }

    /// What the index holds of a source: row id and content hash by external id.
    public func documents(ofSource source: Int64) throws -> [String: (id: DocumentID, contentHash: Int64)] {
        try connection.access { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT id, external_id, content_hash FROM documents WHERE source = ?", arguments: [source])
            return Dictionary(
                rows.map { ($0[1], (DocumentID(rawValue: $0[0]), $0[2])) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Makes everything since ``init`` durable and visible at once.
    ///
    /// New segments get their score grids here, from FTS5's pages.
    public func commit() throws {
        try connection.access { db in
            do {
                try ScoreGridUpdate(db, path: connection.path, parameters: ranking).run(chunks: chunks)
            } catch FTS5FormatError.unsupported {
                // An FTS5 newer than this version knows: its index is answered by FTS5 alone.
                try db.execute(sql: "DELETE FROM score_state")
            }
            try db.execute(sql: "COMMIT")
        }
        isOpen = false
    }

    /// Ends the writing of a file that is being built: commits, and lets go of the connection's statements.
    func finish() throws {
        statements = nil
        guard isOpen else { return }
        try connection.access { try indexDocuments($0) }
        try commit()
    }

    private func indexDocuments(_ db: Database) throws {
        guard lacksIndexes else { return }
        try IndexSchema.indexDocuments(db)
        lacksIndexes = false
    }

    /// Forgets everything since ``init``.
    public func rollback() throws {
        isOpen = false
        try connection.access { try $0.execute(sql: "ROLLBACK") }
    }

    private func prepared() throws -> Statements {
        if let statements { return statements }
        let made = try connection.access { db in
            guard let handle = db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
            return try Statements(handle)
        }
        statements = made
        return made
    }
}
