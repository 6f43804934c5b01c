import CSQLite
import Documents
import FTS5Bridge
import FTS5Format
import GRDB
import Ranking
import TextAnalysis

/// An index as it was at one moment: a read transaction on a connection of its own. Serves one thread at a time.
///
/// A writer that commits meanwhile does not show here before ``refresh()``. On a connection that is borrowed the transaction is
/// its owner's, and the snapshot is of use as long as that one sees the same; see ``HostConnection``.
public final class IndexSnapshot {
    /// The file.
    public let path: String
    /// What the index says about itself.
    public private(set) var settings: IndexSettings
    private(set) var connection: IndexConnection
    /// How the index stores paths.
    private lazy var paths = StoredPath(indexAt: path)
    private var documentByID: SQLiteStatement?
    /// The same for the row ids of users' ids.
    private var rowByExternalID: SQLiteStatement?
    /// Nil before they are asked for; then nil in it where there are none of the present documents.
    private var knownColumns: DocumentColumns??
    /// What stands for them there.
    private var knownRowColumns: DocumentColumns?
    /// The terms, once some were listed.
    private var knownTerms: TermRange?
    /// The list of words, likewise.
    private var knownWordList: WordListReader??

    init(_ connection: IndexConnection) throws {
        self.connection = connection
        path = connection.path
        settings = try connection.access { [path] db in
            if !connection.isBorrowed { try db.execute(sql: "BEGIN") }
            return try IndexSettings(db, path: path)
        }
    }

    deinit {
        documentByID = nil
        rowByExternalID = nil
        knownColumns = nil
        knownRowColumns = nil
        knownWordList = nil
        knownTerms = nil
        guard !connection.isBorrowed else { return }
        // GRDB must not see its connection roll back while it closes.
        do { try connection.access { try $0.execute(sql: "COMMIT") } } catch {
            // The connection is beyond use; nothing was written through it.
        }
    }

    /// Moves on to the present state of the file.
    ///
    /// - Returns: Whether that is on another connection, so that what was made of the former is of no use any more.
    @discardableResult
    public func refresh() throws -> Bool {
        knownColumns = nil
        knownRowColumns = nil
        knownWordList = nil
        knownTerms = nil
        if connection.isOutdated {
            let newer = try IndexConnection(path: path, mode: .readOnly)
            documentByID = nil
            rowByExternalID = nil
            settings = try newer.access { [path] db in
                try db.execute(sql: "BEGIN")
                return try IndexSettings(db, path: path)
            }
            connection = newer
            return true
        }
        settings = try connection.access { [path] db in
            if !connection.isBorrowed { try db.execute(sql: "COMMIT; BEGIN") }
            return try IndexSettings(db, path: path)
        }
        return false
    }

    /// The evaluator for a strategy. It holds on to what it has read, so keep it while the snapshot is not refreshed.
    public func evaluator(for strategy: EvaluationStrategy) throws -> any Evaluator {
        try partialEvaluator(for: strategy)
    }

    /// The same as one that can score documents as a part of a larger collection.
    func partialEvaluator(for strategy: EvaluationStrategy) throws -> any PartialEvaluator {
        switch strategy {
        case .automatic, .blockMax:
            do {
                if let evaluator = try BlockMaxEvaluator.open(connection) { return evaluator }
                indexLog.warning("\(path): \(ScoreGridState.outdated)")
            } catch FTS5FormatError.unsupported(let feature) {
                indexLog.warning("\(path): \(ScoreGridState.unsupported(feature))")
            }
        case .exhaustive: break
        }
        return VocabularyEvaluator(VocabularyPostingSource(connection))
    }

    /// A new analyzer of the index's kind, for one thread.
    public func makeAnalyzer() throws -> any Analyzer {
        let specification = try AnalyzerSpecification(settings.analyzer)
        return try connection.access { try IndexConnection.fts5API(of: $0.handle).analyzer(for: specification) }
    }

    /// The places that are indexed as a whole, by path.
    public func roots() throws -> [IndexedRoot] {
        try connection.access { [path] in try IndexedRoot.all($0, indexAt: path) }
    }

    /// Names of the metadata values that documents of the index have.
    public func metadataNames() throws -> Set<String> {
        try connection.access { db in try MetadataNames(db).all }
    }

    /// Those of them that are lists in some document.
    package func listNames() throws -> Set<String> { try connection.access { db in try MetadataNames(db).lists } }

    /// The document with the row id.
    public func document(_ id: DocumentID) throws -> StoredDocument? {
        try connection.access { [path] db in
            let statement =
                try documentByID
                ?? SQLiteStatement(
                    "SELECT \(StoredDocument.columns) FROM documents LEFT JOIN sources ON sources.id = source WHERE documents.id = ?1",
                    on: try db.handle)
            documentByID = statement
            defer { statement.reset() }
            statement.bind(id.rawValue, at: 1)
            return try statement.step() ? try StoredDocument(statement, path: path) : nil
        }
    }

    /// Up to `limit` documents in order of their ids, from the first behind `id` on.
    public func documents(after id: DocumentID, limit: Int) throws -> [StoredDocument] {
        try connection.access { [path] db in
            let statement = try SQLiteStatement(
                """
                SELECT \(StoredDocument.columns) FROM documents LEFT JOIN sources ON sources.id = source
                  WHERE documents.id > ?1 ORDER BY documents.id LIMIT ?2
                """, on: try db.handle)
            statement.bind(id.rawValue, at: 1)
            statement.bind(Int64(limit), at: 2)
            var documents: [StoredDocument] = []
            while try statement.step() { documents.append(try StoredDocument(statement, path: path)) }
            return documents
        }
    }

    /// The documents that users know by this id; several only when several sources use it. `SOURCE:ID` is the document of
    /// that source, if none has such an id itself.
    public func documents(externalID: String) throws -> [StoredDocument] {
        let ids = try connection.access { db in
            let ids = try Int64.fetchAll(
                db, sql: "SELECT id FROM documents WHERE external_id = ? ORDER BY id", arguments: [externalID])
            guard ids.isEmpty, externalID.contains(":") else { return ids }
            return try Int64.fetchAll(
                db,
                sql: """
                    WITH places AS (SELECT id, \(paths.sql("path")) AS path FROM sources)
                    SELECT documents.id FROM places CROSS JOIN documents
                    WHERE substr(?1, 1, length(path) + 1) = path || ':' AND external_id = substr(?1, length(path) + 2)
                      AND +source = places.id ORDER BY documents.id
                    """, arguments: [externalID])
        }
        return try ids.compactMap { try document(DocumentID(rawValue: $0)) }
    }

    /// The documents for which a condition holds.
    ///
    /// - Complexity: By way of the columns: what they have of the condition's fields the first time a field is asked for, then
    ///   O(their different values + documents in the set). Without columns, and for ids, URLs and names that were pasted, a scan
    ///   of the table's short columns.
    public func documents(where filter: DocumentFilter) throws -> DocumentBitmap {
        if case .named(let name) = filter, name.isWords { return try documents(withIDs: name.ids) }
        let filter = filter.storing(paths)
        return try connection.access { db in
            guard let columns = try columns(db) else { return try scan(filter, db) }
            return try columns.documents(where: filter) { try scan($0, db) }
        }
    }

    /// The documents that have one of some ids.
    ///
    /// - Complexity: O(log n) for each, by the index of ids.
    private func documents(withIDs ids: [String]) throws -> DocumentBitmap {
        try connection.access { db in
            let select =
                try rowByExternalID
                ?? SQLiteStatement("SELECT id FROM documents WHERE external_id = ?1", on: db.handle)
            rowByExternalID = select
            var found = DocumentBitmap()
            for id in ids {
                defer { select.reset() }
                select.bind(id, at: 1)
                while try select.step() {
                    found.insert(try IndexSchema.validID(select.integer(0), path: path).rawValue)
                }
            }
            return found
        }
    }

    /// The same by reading the row of each document: the slow twin of the columns, and what answers where there are none.
    package func documents(scanning filter: DocumentFilter) throws -> DocumentBitmap {
        try connection.access { try scan(filter.storing(paths), $0) }
    }

    private func scan(_ filter: DocumentFilter, _ db: Database) throws -> DocumentBitmap {
        // A borrowed connection has them, and replaces no function while it runs a statement.
        if !connection.isBorrowed { try FieldWords.register(on: try db.handle) }
        var bitmap = DocumentBitmap()
        let cursor = try SQLRequest<Int64>(literal: "SELECT id FROM documents WHERE \(filter.sql)").fetchCursor(db)
        while let id = try cursor.next() { bitmap.insert(try IndexSchema.validID(id, path: path).rawValue) }
        return bitmap
    }

    /// Whether there are columns of the present documents.
    package var hasColumns: Bool { get throws { try connection.access { try columns($0) != nil } } }

    /// The columns; nil where there are none of the present documents. Inside `IndexConnection.access`.
    func columns(_ db: Database) throws -> DocumentColumns? {
        if let known = knownColumns { return known }
        let opened = try DocumentColumns.open(db, path: path)
        knownColumns = .some(opened)
        return opened
    }

    /// The list of words; nil where there is none. Inside `IndexConnection.access`.
    func wordList(_ db: Database) throws -> WordListReader? {
        if let known = knownWordList { return known }
        let opened = try WordListReader.exists(db) ? WordListReader(db) : nil
        knownWordList = .some(opened)
        return opened
    }

    /// What stands for the columns where there are none. Inside `IndexConnection.access`.
    func rowColumns(_ db: Database) throws -> DocumentColumns {
        if let known = knownRowColumns { return known }
        let made = try DocumentColumns.reading(db, path: path)
        knownRowColumns = made
        return made
    }

    /// The values of a field, those of most documents first, at most `limit`.
    ///
    /// - Complexity: A scan of the table's short columns.
    public func values(of field: DocumentFilter.Field, limit: Int) throws -> [String] {
        let from: SQL =
            switch field {
            case .author: "SELECT author AS value FROM documents"
            case .url: "SELECT url AS value FROM documents"
            case .source: "SELECT path AS value FROM sources"
            case .tag: "SELECT value FROM documents, json_each(tags)"
            case .metadata(let name):
                "SELECT value FROM documents, json_each(metadata) WHERE key = \(name) COLLATE NOCASE"
            }
        return try connection.access { db in
            try SQLRequest<String>(
                literal: """
                    SELECT CAST(value AS TEXT) FROM (\(from)) WHERE value IS NOT NULL
                      GROUP BY value ORDER BY count(*) DESC, value LIMIT \(limit)
                    """
            ).fetchAll(db)
        }
    }

    /// Terms that begin with `prefix`, ascending, at most `limit`. Some of them may be of deleted documents only.
    ///
    /// - Complexity: O(terms that begin so) and reading the pages they stand on, in each segment.
    public func terms(withPrefix prefix: [UInt8], limit: Int) throws -> [[UInt8]] {
        try connection.access { db in
            do {
                return try termRange(db).terms(withPrefix: prefix, limit: limit)
            } catch FTS5FormatError.unsupported {
                return try reportedTerms(db, withPrefix: prefix, limit: limit)
            }
        }
    }

    /// Of the terms that begin with `prefix` at least the `limit` whose postings are longest, with about how many bytes these take.
    ///
    /// - Complexity: O(terms that begin so + pages of their postings).
    package func longestTerms(withPrefix prefix: [UInt8], limit: Int) throws -> [HashedTerm: Int] {
        try connection.access { db in
            do {
                return try termRange(db).longestTerms(withPrefix: prefix, limit: limit)
            } catch FTS5FormatError.unsupported {
                // Of these nothing is known but their order.
                let terms = try reportedTerms(db, withPrefix: prefix, limit: limit)
                return Dictionary(uniqueKeysWithValues: terms.map { (HashedTerm($0), 1) })
            }
        }
    }

    private func termRange(_ db: Database) throws -> TermRange {
        let known = try knownTerms ?? TermRange(FTS5TableReader(db.handle))
        knownTerms = known
        return known
    }

    /// The same as FTS5 itself reports it, at the cost of all postings of the terms.
    private func reportedTerms(_ db: Database, withPrefix prefix: [UInt8], limit: Int) throws -> [[UInt8]] {
        let statement = try SQLiteStatement(
            "SELECT DISTINCT term FROM documents_vocabulary WHERE term >= ?1 AND term < ?2 LIMIT ?3", on: db.handle)
        let text = String(decoding: prefix, as: UTF8.self)
        statement.bind(text, at: 1)
        statement.bind(text + "\u{10FFFF}", at: 2)
        statement.bind(Int64(limit), at: 3)
        var terms: [[UInt8]] = []
        while try statement.step() { if let term = statement.text(0) { terms.append(Array(term.utf8)) } }
        return terms
    }
}
