import CSQLite
import FTS5Format
import GRDB

/// Writes FTS5's records into `documents_fts_data`, `documents_fts_idx` and `documents_fts_docsize`.
final class FTS5TableWriter: FTS5DataSink {
    private let data, index, docsize, docsizes, removeData, removeIndex, removeLength: SQLiteStatement

    /// Documents whose lengths one statement stores.
    static let lengthsAtOnce = 64

    init(_ connection: OpaquePointer) throws {
        data = try SQLiteStatement("REPLACE INTO documents_fts_data(id, block) VALUES (?1, ?2)", on: connection)
        index = try SQLiteStatement(
            "INSERT INTO documents_fts_idx(segid, term, pgno) VALUES (?1, ?2, ?3)", on: connection)
        func lengths(_ rows: Int) throws -> SQLiteStatement {
            try SQLiteStatement(
                inserting: rows, into: "documents_fts_docsize", columns: ["id", "sz"], on: connection)
        }
        docsize = try lengths(1)
        docsizes = try lengths(Self.lengthsAtOnce)
        removeData = try SQLiteStatement(
            "DELETE FROM documents_fts_data WHERE id BETWEEN ?1 AND ?2", on: connection)
        removeIndex = try SQLiteStatement("DELETE FROM documents_fts_idx WHERE segid = ?1", on: connection)
        removeLength = try SQLiteStatement("DELETE FROM documents_fts_docsize WHERE id = ?1", on: connection)
    }

    func put(_ id: FTS5DataID, _ bytes: UnsafeRawBufferPointer) throws {
        data.bind(id.rawValue, at: 1)
        data.bind(borrowing: bytes, at: 2)
        try data.run()
    }

    func putIndexEntry(of segment: SegmentID, term: UnsafeRawBufferPointer, page: Int64) throws {
        index.bind(Int64(segment.rawValue), at: 1)
        index.bind(borrowing: term, at: 2)
        index.bind(page, at: 3)
        try index.run()
    }

    func remove(_ segment: SegmentID) throws {
        let records = FTS5DataID.all(of: segment)
        removeData.bind(records.lowerBound, at: 1)
        removeData.bind(records.upperBound, at: 2)
        try removeData.run()
        removeIndex.bind(Int64(segment.rawValue), at: 1)
        try removeIndex.run()
    }

    /// Stores the lengths of new documents, of each the record at a place in `bytes`; fastest for ``lengthsAtOnce`` of them.
    func putLengths(_ documents: [(id: Int64, record: Range<Int>)], in bytes: UnsafeRawBufferPointer) throws {
        func bind(_ document: (id: Int64, record: Range<Int>), to statement: SQLiteStatement, row: Int) {
            statement.bind(document.id, at: Int32(2 * row + 1))
            let record = UnsafeRawBufferPointer(rebasing: bytes[document.record])
            statement.bind(borrowing: record, at: Int32(2 * row + 2))
        }
        if documents.count == Self.lengthsAtOnce {
            for row in documents.indices { bind(documents[row], to: docsizes, row: row) }
            try docsizes.run()
        } else {
            for document in documents {
                bind(document, to: docsize, row: 0)
                try docsize.run()
            }
        }
    }

    /// Removes the length of a document.
    func removeLength(of document: Int64) throws {
        removeLength.bind(document, at: 1)
        try removeLength.run()
    }
}
