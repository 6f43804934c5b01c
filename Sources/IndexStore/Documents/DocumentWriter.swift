import Documents
import FTS5Bridge
import FTS5Format
import GRDB
import Postings
import Ranking
import TextAnalysis

/// The one way documents get into an index and out of it: a transaction, from its making to ``commit()`` or ``rollback()``.
///
///     let writer = try index.makeWriter()
///     try writer.insert(Document(externalID: "note-1", title: "Goodhart", body: "When a measure becomes a target …"))
///     try writer.commit()
///
/// Nobody sees any of it before ``commit()``, and nothing of it survives if the process dies earlier; a writer that is let go
/// without either is rolled back. Belongs to one thread at a time, and serves one transaction: what is called after its end
/// traps.
public final class DocumentWriter {
    /// The files that documents come from.
    package let sources: SourceTable
    /// The places that are indexed as a whole.
    package let roots: RootTable
    /// What the index says about itself, as of this transaction.
    package private(set) var settings: IndexSettings
    /// What the run that writes has seen, if the next one can build on it; see there.
    package var walk: WalkRecord?
    private let transaction: WriteTransaction
    private let sourceChanges: SourceChanges
    private let indexes: DeferredIndexes
    private let words: WordCounter
    private let analyzer: AnalyzerSpecification
    private let limits: DocumentRemoval.Limits
    /// Whether the list of words has to be made anew: another program has written documents, whose words nobody has counted.
    private let wordsAreOutdated: Bool
    /// Chunks of documents that have got new ones.
    private var changed: Set<Int64> = []
    /// Chunks that have lost documents, by their places in the chunk.
    private var removed: [Int64: [Int]] = [:]
    /// Chunks whose rows in `score_documents` are those of their documents.
    private var measured: Set<Int64> = []
    /// Whether the score tables have to be made anew.
    private var gridsAreOutdated: Bool
    /// The columns of new documents.
    private var columns: ColumnCollector
    /// Whether all columns have to be made anew.
    private let columnsAreOutdated: Bool
    /// nil when the transaction has ended: no statement may outlive the connection.
    private var tables: (documents: DocumentTable, fullText: FullTextTable, removal: DocumentRemoval)?

    private var connection: IndexConnection { transaction.connection }

    /// Begins a transaction on the connection. Tests set how much text is a segment of its own.
    ///
    /// - Throws: ``IndexError/busy(path:)`` when another process is writing.
    init(_ connection: IndexConnection, limits: DocumentRemoval.Limits = .init()) throws {
        transaction = try WriteTransaction(connection)
        sourceChanges = try SourceChanges(connection)
        sources = SourceTable(connection, sourceChanges)
        roots = RootTable(connection, sourceChanges)
        let settings = try connection.access { try IndexSettings($0, path: connection.path) }
        self.settings = settings
        let analyzer = try AnalyzerSpecification(settings.analyzer)
        try connection.access { db in
            // What FTS5 writes with another one no query finds.
            let found = try FTS5TableReader.tokenizer(db)
            guard analyzer.isMeant(byTokenizer: found) else {
                throw IndexError.corrupt(
                    path: connection.path, table: "documents_fts", rowID: nil,
                    reason: "its tokenizer is \(found), not analyzer \(settings.analyzer)")
            }
        }
        self.analyzer = analyzer
        self.limits = limits
        indexes = DeferredIndexes(connection, compression: settings.compression)
        columns = try ColumnCollector()
        words = WordCounter(analyzer)
        (gridsAreOutdated, columnsAreOutdated, wordsAreOutdated) = try connection.access { db in
            let update = try ScoreGridUpdate(db, path: connection.path, parameters: settings.ranking)
            let isNew = try update.isNew()
            let state = try update.state()
            let columns = ColumnTable(db, path: connection.path)
            // An index of an earlier version gets its columns and its list of words with all else.
            if try !columns.exists() { try db.execute(sql: ColumnTable.definition) }
            let hasWords = try WordListReader.exists(db)
            if !hasWords { try db.execute(sql: WordListFormat.definition) }
            return (
                !(isNew || state == .current), try !(isNew || columns.isCurrent()),
                !isNew && (state == .outdated || !hasWords)
            )
        }
        let fullText = try connection.access { try FullTextTable($0) }
        tables = (
            try DocumentTable(connection, compression: settings.compression), fullText,
            DocumentRemoval(from: fullText, analyzer, countedBy: words, limits: limits)
        )
    }

    deinit { letGo() }

    /// Adds a document and returns its new id, which no other document had or will have.
    ///
    /// - Throws: ``IndexError`` when it cannot be written.
    @discardableResult
    public func insert(_ document: Document) throws -> DocumentID { try insert(document, source: nil) }

    /// Adds a document in the place of those of its external id that came from a program, as this one does, and returns its id. One that is
    /// there as it is stays, and keeps its id. Documents that came from files are other ones, whatever their ids.
    ///
    /// - Throws: ``IndexError`` when it cannot be written.
    @discardableResult
    public func upsert(_ document: Document) throws -> DocumentID {
        let new = NewDocument(document)
        let former = try documents.ownDocuments(externalID: document.externalID)
        let same = former.last { $0.contentHash == new.contentHash }
        for known in former where known.id != same?.id { try delete(known.id) }
        if let same { return same.id }
        try store([new], source: nil)
        try index([new])
        return new.id
    }

    /// Removes the document of an external id that came from a program. Returns false when there is none.
    ///
    /// - Throws: ``IndexError`` when it cannot be written.
    @discardableResult
    public func delete(externalID: String) throws -> Bool {
        let former = try documents.ownDocuments(externalID: externalID)
        for known in former { try delete(known.id) }
        return !former.isEmpty
    }

    /// Removes a document. Its id is never given again. Returns false when there is no such document.
    ///
    /// - Throws: ``IndexError`` when it cannot be written.
    @discardableResult
    public func delete(_ id: DocumentID) throws -> Bool {
        let (documents, _, removal) = open
        return try connection.access { db in
            guard let texts = try documents.texts(of: id) else { return false }
            try removal.add(id.rawValue, texts, db)
            try documents.remove(id)
            let length = Int64(DocumentChunkFormat.length)
            removed[id.rawValue / length, default: []].append(Int(id.rawValue % length))
            columns.forget(id.rawValue)
            measured.remove(id.rawValue / length)
            return true
        }
    }

    /// Makes everything since the beginning durable and visible at once, and ends the transaction.
    ///
    /// New segments get their score grids here, from FTS5's pages.
    ///
    /// - Throws: ``IndexError`` when it cannot be written; the transaction is then rolled back with the writer.
    public func commit() throws {
        _ = open
        try transaction.commit(after: complete)
        letGo()
    }

    /// Makes what derives from the documents.
    private func complete(_ db: Database) throws {
        try indexes.make(db)
        try open.removal.finish(db)
        let grids = try ScoreGridUpdate(db, path: connection.path, parameters: settings.ranking)
        let chunks = changed.union(removed.keys).subtracting(measured)
        if try grids.run(chunks: gridsAreOutdated ? nil : chunks) == .current {
            try updateColumns(db)
        }
        if wordsAreOutdated {
            try WordListWriter(db).replace(with: WordCounter.words(of: db, analyzer: settings.analyzer))
        } else {
            let counted = words.takeWords()
            try WordListWriter(db).add([
                CountedWordsCursor(counted.came), CountedWordsCursor(counted.went, sign: -1),
            ])
        }
        sourceChanges.sources.formUnion(open.documents.disowned)
        try sourceChanges.seal(db)
        try walk?.write(db)
        try open.documents.sealNames(db)
    }

    /// How many documents the index would have after ``commit()``, and bytes its file. Only ``rollback()`` may follow.
    ///
    /// - Complexity: That of ``commit()``, without the disk's.
    package func sizeWhenCommitted() throws -> (documents: Int, bytes: Int64) {
        let documents = try open.documents.count()
        return try connection.access { db in
            try complete(db)
            // FTS5 writes what it has gathered when a savepoint begins, else at the commit.
            try db.execute(sql: "SAVEPOINT size; RELEASE size")
            let size = try Int64.fetchOne(
                db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
            return (documents, size ?? 0)
        }
    }

    /// Forgets everything since the beginning, and ends the transaction.
    public func rollback() throws {
        letGo()
        try transaction.rollback()
    }

    /// Commits unless that has been done, and lets go of the connection's statements.
    func finish() throws { if transaction.isOpen { try commit() } }

    /// Lets go of the connection's statements.
    private func letGo() {
        tables = nil
        sources.finish()
    }

    private var open: (documents: DocumentTable, fullText: FullTextTable, removal: DocumentRemoval) {
        guard let tables else { preconditionFailure("the transaction has ended") }
        return tables
    }

    private func updateColumns(_ db: Database) throws {
        let table = ColumnTable(db, path: connection.path)
        if columnsAreOutdated { return try table.update(chunks: nil) }
        for id in open.documents.altered { columns.forget(id.rawValue) }
        let altered = open.documents.altered.map { $0.rawValue / Int64(DocumentChunkFormat.length) }
        try columns.finish(db, path: connection.path)
        let chunks = changed.union(altered)
        try table.update(
            chunks: chunks.subtracting(columns.finished), removed: removed.filter { !chunks.contains($0.key) })
    }

    private func change(_ documents: ClosedRange<Int64>) {
        let length = Int64(DocumentChunkFormat.length)
        changed.formUnion(documents.lowerBound / length...documents.upperBound / length)
    }
}

/// The steps that an index run takes one by one.
extension DocumentWriter {
    /// Changes what the index says about itself, without its analyzer and the way it stores texts, which stay.
    ///
    /// With other parameters of the terms, score grids are made anew at ``commit()``: the old ones would hold, but their bounds be
    /// too wide to pass over much.
    ///
    /// - Complexity: Then, reads all postings at ``commit()``.
    package func change(to new: IndexSettings) throws {
        precondition(new.analyzerIdentity == settings.analyzerIdentity && new.compression == settings.compression)
        guard new != settings else { return }
        try connection.access { try new.write($0) }
        if new.ranking.terms != settings.ranking.terms { gridsAreOutdated = true }
        settings = new
    }

    /// What the last run has seen, if it holds for the present sources.
    package func lastWalk() throws -> WalkRecord? { try connection.access { try WalkRecord.read($0) } }

    /// The rows of the documents.
    package var documents: DocumentTable { open.documents }

    /// What new texts are compressed with; nil where they are stored plainly.
    package var packing: TextPacking? { documents.packing }

    /// Whether documents can be looked up by external id: always, but for a file that is being built.
    package var findsDocuments: Bool { !indexes.areMissing }

    /// Documents of a file that is being built that are in their source twice; see there.
    package func repeatedDocuments() throws -> [DeferredIndexes.RepeatedDocument] { try indexes.repeatedDocuments() }

    /// Runs `body`, which calls the writer and its tables many times, with the connection held for all of it.
    package func together<Value>(_ body: () throws -> Value) throws -> Value {
        try connection.access { _ in try body() }
    }

    /// Adds a document of a source and returns its new id.
    @discardableResult
    package func insert(_ document: Document, source: SourceID?) throws -> DocumentID {
        let new = NewDocument(document)
        try store([new], source: source)
        try index([new])
        return new.id
    }

    /// Takes documents in and gives them their ids, which ascend. They are not found before they are indexed, either by
    /// ``index(_:)`` or by ``load(_:isLast:)``.
    ///
    /// Where texts are compressed, their rows are still to be written by ``storePacked(_:by:)``, in the same order.
    package func store(_ new: [NewDocument], source: SourceID?) throws {
        for new in new { new.source = source }
        try store(new)
    }

    /// Takes documents in, each of its ``NewDocument/source``; see ``store(_:source:)``.
    package func store(_ new: [NewDocument]) throws {
        try indexes.prepare(for: new)
        try connection.access { db in
            try documents.add(new, areFindable: !indexes.areMissing, db)
            if !columnsAreOutdated { try columns.append(new, db, path: connection.path) }
        }
        if let first = new.first?.id.rawValue, let last = new.last?.id.rawValue { change(first...last) }
    }

    /// Writes the rows of documents whose texts `writer` has compressed.
    package func storePacked(_ new: [NewDocument], by writer: TextFrameWriter) throws {
        try connection.access { try documents.addPacked(new, by: writer, $0) }
    }

    /// Indexes documents after ``store(_:source:)``, and compresses those that are to be: short ones through FTS5, each long one by a
    /// segment of its own, since FTS5 holds all postings of a document in memory.
    package func index(_ new: [NewDocument]) throws {
        let (documents, fullText, removal) = open
        try connection.access { db in
            try removal.finish(db)
            if let packing = documents.packing {
                let writer = try packing.writer(for: new)
                try writer.pack(new)
                try documents.addPacked(new, by: writer, db)
            }
            for new in new {
                if try new.textBytes > limits.few && FullTextTable.takesSegments(by: analyzer, db) {
                    let inverter = try RunInverter(analyzer, memory: limits.memory)
                    inverter.invert([new], runBeginning: new.id)
                    try load([inverter], isLast: false)
                } else {
                    try fullText.index(new)
                    try words.add(title: new.document.title, body: new.document.body)
                }
            }
        }
    }

    /// Runs `body` inside the transaction, with the path of the index.
    func readDatabase<Value>(_ body: (Database, String) throws -> Value) throws -> Value {
        try connection.access { try body($0, connection.path) }
    }

    /// Whether ``load(_:isLast:)`` can write segments of this index.
    package func takesSegments() throws -> Bool { try connection.access { try FullTextTable.takesSegments($0) } }

    /// Indexes stored documents by writing a finished segment; the inverters are then empty.
    ///
    /// - Parameter isLast: Whether no document will be stored after this.
    package func load(_ runs: [RunInverter], isLast: Bool) throws {
        try connection.access { db in
            try open.fullText.letGo(db)
            let grids = try ScoreGridUpdate(db, path: connection.path, parameters: settings.ranking)
            let chunks = try FullTextTable.load(runs, grids: grids, db) { if isLast { try indexes.make(db) } }
            measured.formUnion(chunks)
        }
    }
}
