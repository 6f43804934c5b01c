import FTS5Format
import GRDB
import Threads
import TextAnalysis

/// The table of FTS5 over title and body, as a writer sees it. All is called inside `IndexConnection.access`.
///
/// FTS5 does not look again at what it has once read in a transaction. Segments are loaded before it is handed any document, or after
/// ``letGo(_:)``.
final class FullTextTable {
    private let add, remove: SQLiteStatement
    /// Whether FTS5 has been handed a document, and so has read its structure.
    private(set) var isInUse = false

    /// Prepares the statements.
    init(_ db: Database) throws {
        add = try SQLiteStatement("INSERT INTO documents_fts(rowid, title, body) VALUES (?1, ?2, ?3)", on: db.handle)
        remove = try SQLiteStatement(
            "INSERT INTO documents_fts(documents_fts, rowid, title, body) VALUES ('delete', ?1, ?2, ?3)", on: db.handle)
    }

    /// Hands a document to FTS5.
    func index(_ new: NewDocument) throws {
        isInUse = true
        add.bind(new.id.rawValue, at: 1)
        add.bind(new.document.title, at: 2)
        add.bind(new.document.body, at: 3)
        try add.run()
    }

    /// Takes a document out, whose texts FTS5 has to see once more for that.
    func unindex(_ id: Int64, _ texts: DocumentTable.Texts) throws {
        isInUse = true
        remove.bind(id, at: 1)
        remove.bind(texts.title, at: 2)
        remove.bind(texts.body, at: 3)
        try remove.run()
    }

    /// Has FTS5 write what it holds, and forget what it has read, so that segments can be written again.
    func letGo(_ db: Database) throws {
        guard isInUse else { return }
        // FTS5 writes before a savepoint begins, and forgets when there is a return to it.
        try db.execute(sql: "SAVEPOINT segment; ROLLBACK TO segment; RELEASE segment")
        isInUse = false
    }

    /// Whether an inverter for the analyzer can make segments of this table.
    static func takesSegments(by analyzer: AnalyzerSpecification, _ db: Database) throws -> Bool {
        if case .fts5 = analyzer.kind { return false }
        return try takesSegments(db)
    }

    /// Whether ``load(_:grids:meanwhile:_:)`` can write segments of this table.
    static func takesSegments(_ db: Database) throws -> Bool {
        do {
            _ = try SegmentLoad(db)
            return true
        } catch FTS5FormatError.unsupported {
            return false
        }
    }

    /// Writes what the inverters hold as a finished segment; they are then empty.
    ///
    /// - Parameter meanwhile: What else is to be done on the connection, while others lay out the first pages.
    /// - Returns: Chunks of documents whose rows in `score_documents` are as they have to be.
    static func load(
        _ runs: [RunInverter], grids: ScoreGridUpdate, _ db: Database, meanwhile: () throws -> Void
    ) throws -> Set<Int64> {
        let load = try SegmentLoad(db)
        let words = Locked<Result<[WordListBlock], any Error>>(.success([]))
        // Safety: sealed runs are only read.
        nonisolated(unsafe) let shared = runs
        let chunks = try load.write(runs, grids: grids, meanwhile: meanwhile) {
            let blocks = Result { try WordListWriter.blocks(of: shared.map { CountedWordsCursor($0.words) }) }
            words.withLock { $0 = blocks }
        }
        try load.mergeFullLevels()
        try WordListWriter(db).add(words.withLock { try $0.get() })
        for run in runs { run.removeAll() }
        return chunks
    }

    /// Takes out the documents of an inverter by a finished segment, and their words out of the list; the inverter is then empty.
    static func remove(_ run: RunInverter, _ db: Database) throws {
        let load = try SegmentLoad(db)
        try load.writeRemoval(run)
        try load.mergeFullLevels()
        try WordListWriter(db).add([CountedWordsCursor(run.words, sign: -1)])
        run.removeAll()
    }
}
