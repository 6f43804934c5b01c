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
        let first = chunk * Int64(DocumentChunkFormat.length)
        select.bind(first, at: 1)
        select.bind(first + Int64(DocumentChunkFormat.length) - 1, at: 2)
        defer { select.reset() }
        var writer = DocumentChunkWriter()
        var sizes = [0, 0]
        var former = first - 1
        while try select.step() {
            let id = select.integer(0)
            guard id > former, id - first < Int64(DocumentChunkFormat.length) else {
                throw damage(id, "rows out of order")
            }
            former = id
            guard FTS5DocSize.decode(select.bytes(1), into: &sizes) else { throw damage(id, "not two column sizes") }
            writer.append(place: Int(id - first), titleLength: UInt32(sizes[1]), bodyLength: UInt32(sizes[0]))
        }
        return writer.isEmpty ? nil : writer.finish()
    }

    private func damage(_ id: Int64, _ reason: String) -> IndexError {
        .corrupt(path: path, table: "documents_fts_docsize", rowID: id, reason: reason)
    }
}
