import CSQLite
import FTS5Format
import GRDB
import Postings
import Ranking

/// Postings through FTS5's own view of its index (`fts5vocab`, instance): slow, and right whatever happened to the index.
///
/// It needs no knowledge of FTS5's records, so it serves an FTS5 of an unknown format version and an index that other
/// programs have written to; and it is what faster sources are tested against.
public final class VocabularyPostingSource: PostingSource {
    private let connection: IndexConnection
    private var lengths: [Int64: FieldLengths]?
    private typealias FieldLengths = (body: Int, title: Int)
    /// The postings read last; a query asks for each term's twice.
    private var recent: [[UInt8]: TermPostings] = [:]

    init(_ connection: IndexConnection) { self.connection = connection }

    /// All live postings of the term; FTS5 leaves out deleted documents.
    public func postings(of term: [UInt8]) throws -> TermPostings {
        if let known = recent[term] { return known }
        let read = try connection.access { db in
            let statement = try SQLiteStatement(
                "SELECT doc, col = 'title', offset FROM documents_vocabulary WHERE term = ?1", on: try db.handle)
            statement.bind(String(decoding: term, as: UTF8.self), at: 1)
            var postings = TermPostings()
            while try statement.step() {
                let document = statement.integer(0)
                guard document >= postings.documents.last ?? 0, document < IndexSchema.idLimit else {
                    throw IndexError.corrupt(
                        path: connection.path, table: "documents_fts_data", rowID: nil,
                        reason: "a posting of document \(document) behind one of \(postings.documents.last ?? 0)")
                }
                postings.append(
                    document: document, isTitle: statement.integer(1) == 1,
                    position: UInt32(truncatingIfNeeded: statement.integer(2)))
            }
            return postings
        }
        if recent.count >= VocabularyPostingSource.recentTerms { recent.removeAll() }
        recent[term] = read
        return read
    }

    /// More than a query usually has.
    private static let recentTerms = 64

    /// Tokens of a document, from `documents_fts_docsize`.
    public func lengths(of document: Int64) throws -> DocumentLengths {
        guard let found = try allLengths()[document] else { return .none }
        return DocumentLengths(title: UInt32(clamping: found.title), body: UInt32(clamping: found.body))
    }

    /// Every document that FTS5 has a size for.
    public func liveDocuments() throws -> DocumentBitmap {
        try allLengths().keys.reduce(into: DocumentBitmap()) { if $1 >= 0 { $0.insert($1) } }
    }

    /// Documents and tokens of the whole index.
    public func statistics() throws -> CollectionStatistics {
        let lengths = try allLengths()
        return CollectionStatistics(
            documentCount: lengths.count, totalLength: lengths.values.reduce(0) { $0 + $1.body + $1.title })
    }

    private func allLengths() throws -> [Int64: FieldLengths] {
        if let lengths { return lengths }
        let read = try connection.access { [path = connection.path] db in
            let statement = try SQLiteStatement("SELECT id, sz FROM documents_fts_docsize", on: try db.handle)
            var lengths: [Int64: FieldLengths] = [:]
            var sizes = [0, 0]
            while try statement.step() {
                let id = statement.integer(0)
                guard (0..<IndexSchema.idLimit).contains(id) else {
                    throw IndexError.corrupt(
                        path: path, table: "documents_fts_docsize", rowID: id, reason: "a row id out of range")
                }
                guard FTS5DocSize.decode(statement.bytes(1), into: &sizes) else {
                    throw IndexError.corrupt(
                        path: path, table: "documents_fts_docsize", rowID: id, reason: "not two column sizes")
                }
                lengths[id] = (sizes[0], sizes[1])
            }
            return lengths
        }
        lengths = read
        return read
    }
}

extension Database {
    /// The raw connection, for statements on hot paths.
    var handle: OpaquePointer {
        get throws {
            guard let sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
            return sqliteConnection
        }
    }
}
