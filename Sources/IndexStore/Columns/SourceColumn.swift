import GRDB
import Postings

/// The sources of documents as the columns have them: made of the rows as these were when the last run ended.
struct SourceColumn {
    private let db: Database
    private let path: String
    private let select: SQLiteStatement

    init(_ db: Database, path: String) throws {
        self.db = db
        self.path = path
        select = try SQLiteStatement(
            "SELECT content FROM document_columns WHERE chunk = ?1 AND field = '\(ColumnField.source.name)'",
            on: db.handle)
    }

    /// The source of each document of a chunk, by its place there; nil when the column cannot be read.
    func sources(ofChunk chunk: Int64) throws -> [Int64?]? {
        var values = [Int64?](repeating: nil, count: DocumentChunkFormat.length)
        select.bind(chunk, at: 1)
        defer { select.reset() }
        guard try select.step() else { return values }
        var isLong = false
        guard let stored = ColumnChunk(select.bytes(0), isLong: &isLong) else { return nil }
        for index in 0..<stored.valueCount {
            guard let source = Int64(stored.value(index)) else { return nil }
            for place in stored.places[stored.places(ofValues: index..<index + 1)] { values[Int(place)] = source }
        }
        return values
    }

    /// Gives documents of no source back the one that the column has for them. Only where nothing else differs in their chunk: a
    /// column that is damaged itself has another document in the place of one.
    func restore(in table: String) throws {
        guard try ColumnTable(db, path: path).isCurrent(), let last = try DocumentChunks(db, path: path).last() else {
            return
        }
        let known = try Set(Int64.fetchAll(db, sql: "SELECT id FROM sources"))
        let rows = try SQLiteStatement(
            "SELECT id, source FROM \(table) WHERE id BETWEEN ?1 AND ?2 ORDER BY id", on: db.handle)
        for chunk in stride(from: 0, through: last, by: 1) {
            guard let values = try sources(ofChunk: chunk) else { continue }
            var lost: [(id: Int64, source: Int64)] = []
            var isTrusted = true
            try rows.forEachRow(of: table, ids: DocumentChunks.ids(of: chunk)) { place in
                let (id, source) = (rows.integer(0), rows.isNull(1) ? nil : rows.integer(1))
                let written = values[place]
                if written == source { return }
                if source == nil, let written, known.contains(written) {
                    lost.append((id, written))
                } else {
                    isTrusted = false
                }
            }
            guard isTrusted else { continue }
            for (id, source) in lost {
                try db.execute(sql: "UPDATE \(table) SET source = ? WHERE id = ?", arguments: [source, id])
            }
        }
    }
}
