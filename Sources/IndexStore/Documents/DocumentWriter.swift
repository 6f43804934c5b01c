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
    let connection: IndexConnection
    private var statements: Statements?
    /// Documents whose rows are still to be written, where texts are compressed.
    private(set) var waiting: [Identity: KnownDocument] = [:]
    private var isOpen = false
    /// Whether the documents' own indexes are still to be made, as in a new file.
    private(set) var lacksIndexes: Bool
    /// Whether one of them is the index by date.
    private var lacksDates = false
    /// What the documents of a new file are called.
    private(set) var identities = IdentityFilter()
    private var metadataNames: Set<String> = []
    let settings: IndexSettings
    /// What new texts are compressed with; nil where they are stored plainly.
    package let packing: TextPacking?
    /// The last id that was given away. Only with ``packing``; else SQLite gives them.
    private var lastID: Int64 = 0
    /// The last dictionary in the file.
    private var lastDictionary: UInt32 = 0
    /// Chunks of documents that were changed; nil when the score tables have to be made anew.
    private var chunks: Set<Int64>? = []

    final class Statements {
        let rows: DocumentRows
        let index, select, identify, unindex: SQLiteStatement

        /// Finds the documents of an external id and a source. The plus keeps SQLite from going through all documents of the
        /// source: it takes its two indexes for equally good.
        static let identification =
            "SELECT id, content_hash FROM documents WHERE external_id = ?1 AND +source = ?2 ORDER BY id"

        init(_ handle: OpaquePointer, _ compression: TextCompression) throws {
            rows = try DocumentRows(compression, on: handle)
            index = try SQLiteStatement("INSERT INTO documents_fts(rowid, title, body) VALUES (?1, ?2, ?3)", on: handle)
            select = try SQLiteStatement("SELECT title, body FROM documents WHERE id = ?1", on: handle)
            identify = try SQLiteStatement(Self.identification, on: handle)
            unindex = try SQLiteStatement(
                "INSERT INTO documents_fts(documents_fts, rowid, title, body) VALUES ('delete', ?1, ?2, ?3)", on: handle
            )
        }
    }

    /// Begins a transaction on the connection.
    ///
    /// - Throws: ``IndexError/busy(path:)`` when another process is writing.
    init(_ connection: IndexConnection, settings: IndexSettings) throws {
        self.connection = connection
        self.settings = settings
        lacksIndexes = connection.mode == .building
        try connection.access { try $0.execute(sql: "BEGIN IMMEDIATE") }
        do {
            packing = try settings.compression == .none ? nil : connection.access { try TextPacking($0) }
        }
        isOpen = true
        let isCurrent = try connection.access { db in
            let update = try ScoreGridUpdate(db, path: connection.path, parameters: settings.ranking)
            return try update.state() == .current || update.isNew()
        }
        if !isCurrent { chunks = nil }
        if let packing {
            lastDictionary = packing.lastID
            lastID = try connection.access { db in
                try Int64.fetchOne(
                    db, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [settings.compression.table])
                    ?? 0
            }
        }
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
        try index([new])
        return new.id
    }

    /// Takes documents in and gives them their ids, which ascend. They are not found before they are indexed, either by
    /// ``index(_:)`` or by ``load(_:isLast:)``.
    ///
    /// Where texts are compressed, their rows are still to be written by ``storePacked(_:by:)``, in the same order.
    package func store(_ documents: [NewDocument], source: Int64?) throws {
        let rows = try prepared().rows
        for new in documents {
            for name in new.document.metadata.keys where metadataNames.insert(name).inserted {
                try connection.access {
                    try $0.execute(sql: "INSERT OR IGNORE INTO metadata_names(name) VALUES (?)", arguments: [name])
                }
            }
        }
        if lacksIndexes, !lacksDates, documents.contains(where: { $0.document.date != nil }) {
            try connection.access { try IndexSchema.dropDateIndex($0) }
            lacksDates = true
        }
        for new in documents {
            new.source = source
            if lacksIndexes, let source { identities.insert(new.document, source: source) }
        }
        if packing == nil {
            try connection.access { _ in try rows.insert(documents) }
        } else {
            for new in documents {
                lastID += 1
                new.id = DocumentID(rawValue: lastID)
                if !lacksIndexes, let identity = Identity(new) {
                    waiting[identity] = KnownDocument(id: new.id, contentHash: new.contentHash)
                }
            }
        }
        if let first = documents.first?.id.rawValue, let last = documents.last?.id.rawValue {
            let length = Int64(DocumentChunkFormat.length)
            chunks?.formUnion(first / length...last / length)
        }
    }

    /// Writes the rows of documents whose texts `writer` has compressed.
    package func storePacked(_ documents: [NewDocument], by writer: TextFrameWriter) throws {
        let rows = try prepared().rows
        try connection.access { db in
            if let dictionary = writer.dictionary, dictionary.id > lastDictionary {
                try dictionary.store(db)
                lastDictionary = dictionary.id
            }
            try rows.insert(documents)
            for new in documents {
                new.frame = nil
                if let identity = Identity(new) { waiting[identity] = nil }
            }
        }
    }

    /// Hands documents to FTS5 after ``store(_:source:)``, and compresses those that are to be.
    package func index(_ documents: [NewDocument]) throws {
        if let packing {
            let writer = try connection.access { _ in try packing.writer(for: documents) }
            try writer.pack(documents)
            try storePacked(documents, by: writer)
        }
        let index = try prepared().index
        try connection.access { _ in
            for new in documents {
                index.bind(new.id.rawValue, at: 1)
                index.bind(new.document.title, at: 2)
                index.bind(new.document.body, at: 3)
                try index.run()
            }
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
            let grids = try ScoreGridUpdate(db, path: connection.path, parameters: settings.ranking)
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
            try statements.rows.remove(id)
            chunks?.insert(id.rawValue / Int64(DocumentChunkFormat.length))
            return true
        }
    }

    /// All recorded sources by path.
    public func sources() throws -> [String: IndexedSource] {
        try connection.access { [path = connection.path] db in
            let records = try Row.fetchAll(db, sql: "SELECT * FROM sources").map { try IndexedSource($0, path: path) }
            return Dictionary(records.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Records what became of a source and returns its id.
    public func save(_ source: IndexedSource) throws -> Int64 { try connection.access { try source.save($0) } }

    /// Forgets a source whose documents have been deleted.
    public func deleteSource(_ id: Int64) throws {
        try connection.access { try $0.execute(sql: "DELETE FROM sources WHERE id = ?", arguments: [id]) }
    }

    /// Makes everything since ``init`` durable and visible at once.
    ///
    /// New segments get their score grids here, from FTS5's pages.
    public func commit() throws {
        try connection.access { db in
            try ScoreGridUpdate(db, path: connection.path, parameters: settings.ranking).run(chunks: chunks)
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

    func indexDocuments(_ db: Database) throws {
        guard lacksIndexes else { return }
        try IndexSchema.indexDocuments(db, of: settings.compression, dates: lacksDates)
        lacksIndexes = false
        lacksDates = false
    }

    /// Forgets everything since ``init``.
    public func rollback() throws {
        isOpen = false
        try connection.access { try $0.execute(sql: "ROLLBACK") }
    }

    func prepared() throws -> Statements {
        if let statements { return statements }
        let made = try connection.access { db in
            guard let handle = db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
            return try Statements(handle, settings.compression)
        }
        statements = made
        return made
    }
}
