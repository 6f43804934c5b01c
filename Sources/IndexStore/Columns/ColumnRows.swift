import Foundation
import GRDB
import Postings

/// The columns as they follow from the documents' rows: what a chunk's rows in `document_columns` have to be.
struct ColumnRows {
    private let select: SQLiteStatement

    init(_ db: Database) throws {
        select = try SQLiteStatement(
            """
            SELECT id, date, author, source, tags, title, metadata, line FROM documents WHERE id BETWEEN ?1 AND ?2 ORDER BY id
            """, on: try db.handle)
    }

    /// The columns of a chunk, by name.
    ///
    /// - Complexity: Reads the rows of 4096 documents, without their bodies.
    func columns(of chunk: Int64) throws -> [(name: String, content: [UInt8])] {
        var writer = try ColumnsWriter()
        try forEachDocument(of: chunk) { writer.append($1, at: $0) }
        return writer.finish()
    }

    /// One field's values of a chunk, however long they are.
    func values(of field: ColumnField, inChunk chunk: Int64) throws -> ColumnChunk? {
        var writer = ColumnWriter(field == .authorWord || field == .authorName ? .author : field)
        try forEachDocument(of: chunk) { place, values in
            switch field {
            case .author, .authorName, .authorWord: if let text = values.author { writer.append(text, at: place) }
            case .date: if let text = values.date { writer.append(text, at: place) }
            case .source: if let id = values.source { writer.append(String(id), at: place) }
            case .tag: for text in values.tags { writer.append(text, at: place) }
            case .title: if !values.title.isEmpty { writer.append(values.title, at: place) }
            case .metadata(let key):
                for (name, value) in values.metadata where name.utf8.elementsEqual(key.utf8) {
                    writer.append(value, at: place)
                }
            }
        }
        if field == .authorName { writer = ColumnWriter(namesIn: writer) }
        if field == .authorWord { writer = ColumnWriter(wordsOf: writer, by: try AuthorWords()) }
        var isLong = false
        return writer.encodedWhole().flatMap { $0.withUnsafeBytes { ColumnChunk($0, isLong: &isLong) } }
    }

    private func forEachDocument(of chunk: Int64, _ body: (Int, ColumnsWriter.Values) -> Void) throws {
        try select.forEachRow(of: "documents", ids: DocumentChunks.ids(of: chunk)) { place in
            let values = ColumnsWriter.Values(
                date: select.text(1), author: select.text(2), source: select.isNull(3) ? nil : select.integer(3),
                line: select.integer(7),
                tags: MetadataJSON.array(select.bytes(4)) ?? [], title: select.text(5) ?? "",
                metadata: MetadataJSON.object(select.bytes(6)) ?? [:])
            body(place, values)
        }
    }
}
