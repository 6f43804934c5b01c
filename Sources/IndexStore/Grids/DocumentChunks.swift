import FTS5Format
import GRDB
import Postings

/// The rows of `score_documents` as they follow from FTS5's lengths.
struct DocumentChunks {
    private let path: String
    private let ends: SQLiteStatement
    private let select: SQLiteStatement

    init(_ db: Database, path: String) throws {
        self.path = path
        ends = try SQLiteStatement("SELECT min(id), max(id) FROM documents_fts_docsize", on: db.handle)
        select = try SQLiteStatement(
            "SELECT id, sz FROM documents_fts_docsize WHERE id BETWEEN ?1 AND ?2 ORDER BY id", on: db.handle)
    }

    /// The last chunk that has a document; nil when there is none.
    ///
    /// - Throws: ``IndexError/corrupt(path:table:rowID:reason:)`` when FTS5 has documents that Postil never made.
    func last() throws -> Int64? {
        defer { ends.reset() }
        guard try ends.step(), !ends.isNull(0) else { return nil }
        for id in [ends.integer(0), ends.integer(1)] where !(0..<IndexSchema.idLimit).contains(id) {
            throw damage(id, "a row id out of range")
        }
        return ends.integer(1) / Int64(DocumentChunkFormat.length)
    }

    /// The row of a chunk; nil for one without documents.
    func bytes(of chunk: Int64) throws -> [UInt8]? {
        let ids = Self.ids(of: chunk)
        var writer = DocumentChunkWriter()
        var sizes = [0, 0]
        try select.forEachRow(of: "documents_fts_docsize", ids: ids) { place in
            guard FTS5DocSize.decode(select.bytes(1), into: &sizes) else {
                throw damage(ids.lowerBound + Int64(place), "not two column sizes")
            }
            writer.append(place: place, titleLength: UInt32(sizes[1]), bodyLength: UInt32(sizes[0]))
        }
        return writer.isEmpty ? nil : writer.finish()
    }

    /// The ids that the documents of a chunk can have.
    static func ids(of chunk: Int64) -> ClosedRange<Int64> {
        let first = chunk * Int64(DocumentChunkFormat.length)
        return first...first + Int64(DocumentChunkFormat.length) - 1
    }

    private func damage(_ id: Int64, _ reason: String) -> IndexError {
        .corrupt(path: path, table: "documents_fts_docsize", rowID: id, reason: reason)
    }
}
