import Documents
import GRDB

/// The table of documents, as a writer sees it: gives ids, stores and removes rows, and finds documents again.
///
/// What is not `package` is called inside `IndexConnection.access`.
package final class DocumentTable {
    private let connection: IndexConnection
    private let compression: TextCompression
    private let rows: DocumentRows
    private let select, identify, identifyOwn, list: SQLiteStatement
    private var metadataNames: Set<String> = []

    /// What new texts are compressed with; nil where they are stored plainly.
    let packing: TextPacking?
    /// Documents whose rows are still to be written, where texts are compressed.
    private var waiting: [Identity: KnownDocument] = [:]
    /// The last id that was given away. Only with ``packing``; else SQLite gives them.
    private var lastID: Int64 = 0
    /// The last dictionary in the file.
    private var lastDictionary: UInt32 = 0

    /// Documents that have another source or line than before: such as have got a source again which had lost theirs.
    private(set) var altered: [DocumentID] = []

    /// Sources that are not recorded, whose documents have been disowned.
    private(set) var disowned: [Int64] = []

    /// A document as an index run knows it again: by id and fingerprint.
    package struct KnownDocument: Hashable, Sendable {
        /// Its row id.
        package var id: DocumentID
        /// Fingerprint of its content.
        package var contentHash: Int64
        /// Where it began in its source.
        package var line: Int
    }

    /// What FTS5 has indexed of a document.
    typealias Texts = (title: String?, body: String?)

    /// What two documents cannot share: ids that differ in any byte are two.
    struct Identity: Hashable, Sendable {
        /// Nil for those that a program brought itself.
        var source: SourceID?
        var externalID: String

        static func == (left: Identity, right: Identity) -> Bool {
            left.source == right.source && ExactText(left.externalID) == ExactText(right.externalID)
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(source)
            hasher.combine(ExactText(externalID))
        }
    }

    /// Finds the documents of an external id and a source. The plus keeps SQLite from going through all documents of the
    /// source: it takes its two indexes for equally good.
    static let identification =
        """
        SELECT id, content_hash, line, source FROM documents WHERE external_id = ?1 AND +source IN (?2, \(SourceID.lost.rawValue))
        ORDER BY id
        """

    /// The same for documents that came from no source.
    private static let identificationOfOwn =
        "SELECT id, content_hash, line FROM documents WHERE external_id = ?1 AND +source IS NULL ORDER BY id"

    /// Prepares the statements.
    init(_ connection: IndexConnection, compression: TextCompression) throws {
        self.connection = connection
        self.compression = compression
        (rows, select, identify, identifyOwn, list) = try connection.access { db in
            (
                try DocumentRows(compression, on: db.handle),
                try SQLiteStatement("SELECT title, body FROM documents WHERE id = ?1", on: db.handle),
                try SQLiteStatement(Self.identification, on: db.handle),
                try SQLiteStatement(Self.identificationOfOwn, on: db.handle),
                try SQLiteStatement("SELECT id FROM documents WHERE source = ?1 ORDER BY id", on: db.handle)
            )
        }
        guard compression != .none else {
            packing = nil
            return
        }
        let packing = try connection.access { try TextPacking($0) }
        self.packing = packing
        lastDictionary = packing.lastID
        lastID = try connection.access { db in
            try Int64.fetchOne(
                db, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [compression.table]) ?? 0
        }
    }

    /// Gives documents their ids, which ascend, and stores their rows, unless their texts are still to be compressed.
    ///
    /// - Parameter areFindable: Whether ``documents(externalID:ofSource:)`` is to find them before their rows are stored.
    func add(_ documents: [NewDocument], areFindable: Bool, _ db: Database) throws {
        for new in documents {
            for name in new.document.metadata.keys where metadataNames.insert(name).inserted {
                try db.execute(sql: "INSERT OR IGNORE INTO metadata_names(name) VALUES (?)", arguments: [name])
            }
            for name in new.document.lists.names where metadataNames.insert(MetadataNames.row(ofList: name)).inserted {
                try db.execute(
                    sql: "INSERT OR IGNORE INTO metadata_names(name) VALUES (?)",
                    arguments: [MetadataNames.row(ofList: name)])
            }
        }
        guard packing != nil else {
            do { return try rows.insert(documents) } catch let error as DatabaseError
                where error.resultCode == .SQLITE_FULL
            {
                // SQLite says the same of a full disk and of a last id that leaves none.
                let last =
                    try Int64.fetchOne(
                        db, sql: "SELECT max(seq) FROM sqlite_sequence WHERE name = ?", arguments: [compression.table])
                    ?? 0
                guard last >= IndexSchema.idLimit else { throw error }
                throw IndexError.corrupt(
                    path: connection.path, table: "sqlite_sequence", rowID: nil,
                    reason: "it leaves no id for a document")
            }
        }
        for new in documents {
            lastID += 1
            new.id = DocumentID(rawValue: lastID)
            if areFindable {
                waiting[Identity(source: new.source, externalID: new.document.externalID)] = KnownDocument(
                    id: new.id, contentHash: new.contentHash, line: new.document.line)
            }
        }
    }

    /// Stores the rows of documents whose texts `writer` has compressed.
    func addPacked(_ documents: [NewDocument], by writer: TextFrameWriter, _ db: Database) throws {
        if let dictionary = writer.dictionary, dictionary.id > lastDictionary {
            try dictionary.store(db)
            lastDictionary = dictionary.id
        }
        try rows.insert(documents)
        for new in documents {
            new.frame = nil
            let identity = Identity(source: new.source, externalID: new.document.externalID)
            // Another one may have come in its place, which still waits.
            if waiting[identity]?.id == new.id { waiting[identity] = nil }
        }
    }

    /// Seals the names of metadata, after documents were added or in an index whose names no version has sealed.
    func sealNames(_ db: Database) throws {
        if try !metadataNames.isEmpty || MetadataNames.areUnsealed(db) { try MetadataNames(db).seal(db) }
    }

    /// Title and body of a document; nil when there is no such document.
    func texts(of id: DocumentID) throws -> Texts? {
        select.bind(id.rawValue, at: 1)
        defer { select.reset() }
        return try select.step() ? (select.text(0), select.text(1)) : nil
    }

    /// Notes that a document begins on another line of its source now, while it is what it was.
    package func move(_ id: DocumentID, toLine line: Int) throws {
        try connection.access { [compression] db in
            try db.cachedStatement(sql: "UPDATE \(compression.table) SET line = ? WHERE id = ?")
                .execute(arguments: [line, id.rawValue])
        }
        altered.append(id)
    }

    /// Removes the row of a document. Its id is never given again.
    func remove(_ id: DocumentID) throws { try rows.remove(id) }

    /// The documents that a source has under an external id, by ascending id. Not in a file whose indexes are missing.
    package func documents(externalID: String, ofSource source: SourceID) throws -> [KnownDocument] {
        try connection.access { [path = connection.path, compression] db in
            identify.bind(externalID, at: 1)
            identify.bind(source.rawValue, at: 2)
            defer { identify.reset() }
            var found: [KnownDocument] = []
            var adopted: [DocumentID] = []
            while try identify.step() {
                let id = try IndexSchema.validID(identify.integer(0), path: path)
                found.append(
                    KnownDocument(id: id, contentHash: identify.integer(1), line: Int(identify.integer(2))))
                if identify.integer(3) == SourceID.lost.rawValue { adopted.append(id) }
            }
            identify.reset()
            altered += adopted
            for id in adopted {
                try db.execute(
                    sql: "UPDATE \(compression.table) SET source = ? WHERE id = ?",
                    arguments: [source.rawValue, id.rawValue])
            }
            if let written = waiting[Identity(source: source, externalID: externalID)] {
                found.append(written)
            }
            return found
        }
    }

    /// The documents of an external id that came from no source, by ascending id. Not in a file whose indexes are missing.
    package func ownDocuments(externalID: String) throws -> [KnownDocument] {
        try connection.access { [path = connection.path] _ in
            identifyOwn.bind(externalID, at: 1)
            defer { identifyOwn.reset() }
            var found: [KnownDocument] = []
            while try identifyOwn.step() {
                found.append(
                    KnownDocument(
                        id: try IndexSchema.validID(identifyOwn.integer(0), path: path),
                        contentHash: identifyOwn.integer(1), line: Int(identifyOwn.integer(2))))
            }
            if let written = waiting[Identity(source: nil, externalID: externalID)] { found.append(written) }
            return found
        }
    }

    /// Number of documents of a source.
    package func count(ofSource source: SourceID) throws -> Int {
        try connection.access { db in
            // Prepared once: a run asks so of every file that has not changed.
            let statement = try db.cachedStatement(sql: "SELECT count(*) FROM documents WHERE source = ?")
            return try Int.fetchOne(statement, arguments: [source.rawValue]) ?? 0
        }
    }

    /// Marks documents as lost whose source is not recorded any more, so that the next source which has them adopts them.
    ///
    /// - Complexity: One look at an index for each source.
    package func disownOrphans() throws {
        let table = compression.table
        try connection.access { db in
            // Going from one source to the next greater one takes no look at the documents between.
            let orphans = try Int64.fetchAll(
                db,
                sql: """
                    WITH RECURSIVE used(id) AS (
                      SELECT min(source) FROM \(table)
                      UNION ALL SELECT (SELECT min(source) FROM \(table) WHERE source > used.id) FROM used
                      WHERE used.id IS NOT NULL)
                    SELECT id FROM used WHERE typeof(id) = 'integer' AND id <> \(SourceID.lost.rawValue)
                      AND id NOT IN (SELECT id FROM sources)
                    """)
            self.disowned += orphans
            for source in orphans {
                try db.execute(
                    sql: "UPDATE \(table) SET source = \(SourceID.lost.rawValue) WHERE source = ?",
                    arguments: [source])
            }
        }
    }

    /// Those of some external ids that documents have.
    ///
    /// - Complexity: Reads the rows of all documents, without their texts.
    package func known(among externalIDs: Set<ExactText>) throws -> Set<ExactText> {
        try connection.access { [compression] db in
            let select = try SQLiteStatement("SELECT external_id FROM \(compression.table)", on: db.handle)
            var found: Set<ExactText> = []
            while try select.step() {
                if let id = select.text(0).map(ExactText.init), externalIDs.contains(id) { found.insert(id) }
            }
            return found
        }
    }

    /// Numbers of documents of all sources that have some.
    ///
    /// - Complexity: Reads a few bytes of each document.
    package func countsBySource() throws -> [SourceID: Int] {
        try connection.access { [compression] db in
            let select = try SQLiteStatement(
                "SELECT source, count(*) FROM \(compression.table) WHERE source > 0 GROUP BY source",
                on: db.handle)
            var counts: [SourceID: Int] = [:]
            while try select.step() { counts[SourceID(rawValue: select.integer(0))] = Int(select.integer(1)) }
            return counts
        }
    }

    /// Number of documents that sources have together.
    package func countOfSources() throws -> Int {
        try connection.access { [compression] db in
            // A lost source has a number below.
            try Int.fetchOne(db, sql: "SELECT count(*) FROM \(compression.table) WHERE source > 0") ?? 0
        }
    }

    /// Number of documents.
    ///
    /// - Complexity: Reads a few bytes of each.
    package func count() throws -> Int {
        try connection.access { try Int.fetchOne($0, sql: "SELECT count(*) FROM documents") ?? 0 }
    }

    /// The documents of a source, by ascending id.
    package func ids(ofSource source: SourceID) throws -> [DocumentID] {
        try connection.access { [path = connection.path] _ in
            list.bind(source.rawValue, at: 1)
            defer { list.reset() }
            var ids: [DocumentID] = []
            while try list.step() { ids.append(try IndexSchema.validID(list.integer(0), path: path)) }
            return ids
        }
    }
}
