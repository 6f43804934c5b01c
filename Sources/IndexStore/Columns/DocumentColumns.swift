import GRDB
import Postings
import Ranking

/// The columns of a snapshot: answers conditions on documents without reading their rows.
///
/// Equivalent to: `SELECT id FROM documents WHERE …` with ``DocumentFilter/sql``, which is what answers where there are no
/// columns of the present documents.
///
/// A field is read whole when it is first asked for, a few bytes a document, and kept; so are the sets of documents of the
/// conditions asked for last (``RecentAnswers``).
final class DocumentColumns {
    let path: String
    let db: Database
    private let select: SQLiteStatement
    private let rows: ColumnRows
    /// Chunks that the index has.
    let chunkCount: Int
    private var columns: [String: [ColumnChunk?]] = [:]
    /// Chunks that were read by themselves, by number.
    private var single: [String: [Int: ColumnChunk?]] = [:]
    /// What tells which chunks cannot have a word, by number.
    private var filters: [String: [WordFilter?]] = [:]
    private var chunksWithAuthors: [Bool]?
    var answers = RecentAnswers()
    private var live: DocumentBitmap?
    let words: FieldWords
    private var names: MetadataNames?
    /// Whether there is a table of columns; without one they are made from the documents' rows, chunk by chunk.
    let isStored: Bool
    private let titles: SQLiteStatement

    /// Opens the columns; nil when they are not of the index's present state.
    static func open(_ db: Database, path: String) throws -> DocumentColumns? {
        let table = ColumnTable(db, path: path)
        return try table.isCurrent() ? DocumentColumns(db, path: path, isStored: true) : nil
    }

    /// The columns as they follow from the documents' rows, for what cannot do without.
    ///
    /// - Complexity: Each field takes a scan of the table's short columns.
    static func reading(_ db: Database, path: String) throws -> DocumentColumns {
        try DocumentColumns(db, path: path, isStored: false)
    }

    private init(_ db: Database, path: String, isStored: Bool) throws {
        self.isStored = isStored
        self.path = path
        self.db = db
        select = try SQLiteStatement(
            isStored ? "SELECT content FROM document_columns WHERE chunk = ?1 AND field = ?2" : "SELECT ?1, ?2",
            on: db.handle)
        titles = try SQLiteStatement("SELECT title FROM documents WHERE id = ?1", on: db.handle)
        rows = try ColumnRows(db)
        words = try FieldWords()
        let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM documents_fts_docsize") ?? -1
        guard (-1..<IndexSchema.idLimit).contains(last) else {
            throw IndexError.corrupt(
                path: path, table: "documents_fts_docsize", rowID: last, reason: "a row id out of range")
        }
        chunkCount = last < 0 ? 0 : Int(last) / DocumentChunkFormat.length + 1
    }

    /// The documents that exist.
    func liveDocuments() throws -> DocumentBitmap {
        if let live { return live }
        var made = DocumentBitmap()
        guard isStored else {
            let ids = try SQLiteStatement("SELECT id FROM documents_fts_docsize", on: db.handle)
            while try ids.step() { made.insert(try IndexSchema.validID(ids.integer(0), path: path).rawValue) }
            live = made
            return made
        }
        let chunk = DocumentChunk()
        let lengths = try SQLiteStatement("SELECT chunk, lengths FROM score_documents ORDER BY chunk", on: db.handle)
        while try lengths.step() {
            let number = Int(lengths.integer(0))
            guard (0..<chunkCount).contains(number), chunk.load(lengths.bytes(1)) else {
                throw IndexError.corrupt(
                    path: path, table: "score_documents", rowID: Int64(number), reason: "not a chunk of documents")
            }
            for block in 0..<DocumentChunkFormat.blockCount {
                made.set(block: number * DocumentChunkFormat.blockCount + block, to: chunk.live(inBlock: block))
            }
        }
        live = made
        return made
    }

    /// The chunks of a field, by number; nil for one in which no document has it.
    ///
    /// - Complexity: The first time O(bytes of the column).
    func chunks(of field: ColumnField) throws -> [ColumnChunk?] {
        if let known = columns[field.name] { return known }
        let made = try (0..<chunkCount).map { try read(field, chunk: $0) }
        columns[field.name] = made
        return made
    }

    /// The filters of a field, by chunk; nil where an earlier version made none.
    func filters(of field: ColumnField) throws -> [WordFilter?] {
        if let known = filters[field.name] { return known }
        let name = WordFilter.name(of: field)
        let made = try (0..<chunkCount).map { number in
            try withStored(name, chunk: number) { bytes in
                guard let filter = WordFilter(bytes) else { throw corrupt(name, chunk: number) }
                return filter
            }
        }
        filters[field.name] = made
        return made
    }

    /// One chunk of a field, which is kept.
    func chunk(_ number: Int, of field: ColumnField) throws -> ColumnChunk? {
        if let all = columns[field.name] { return all[number] }
        if let known = single[field.name]?[number] { return known }
        let made = try read(field, chunk: number)
        single[field.name, default: [:]][number] = .some(made)
        return made
    }

    /// Whether a document of a chunk has an author.
    func hasAuthors(inChunk chunk: Int) throws -> Bool {
        if let known = chunksWithAuthors { return known[chunk] }
        let made = try (0..<chunkCount).map {
            try withStored(ColumnField.author.name, chunk: $0) { _ in true } ?? false
        }
        chunksWithAuthors = made
        return made[chunk]
    }

    private func read(_ field: ColumnField, chunk: Int) throws -> ColumnChunk? {
        guard isStored else { return try rows.values(of: field, inChunk: Int64(chunk)) }
        var isLong = false
        let column = try withStored(field.name, chunk: chunk) { bytes in
            let column = ColumnChunk(bytes, isLong: &isLong)
            guard column != nil || isLong else { throw corrupt(field.name, chunk: chunk) }
            return column
        }
        if isLong { return try rows.values(of: field, inChunk: Int64(chunk)) }
        guard let column else { return field == .authorName ? try self.chunk(chunk, of: .author) : nil }
        return column
    }

    /// Calls `body` with a row's content; nil where there is no such row.
    private func withStored<Result>(
        _ name: String, chunk: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result? {
        select.bind(Int64(chunk), at: 1)
        select.bind(name, at: 2)
        defer { select.reset() }
        return try select.step() ? try body(select.bytes(0)) : nil
    }

    private func corrupt(_ name: String, chunk: Int) -> IndexError {
        .corrupt(
            path: path, table: "document_columns", rowID: nil, reason: "\(name) of chunk \(chunk) is no column")
    }

    /// The title of a document.
    func title(of document: Int64) throws -> String {
        titles.bind(document, at: 1)
        defer { titles.reset() }
        return try titles.step() ? titles.text(0) ?? "" : ""
    }

    /// The paths of the sources, by the values that the column has for them.
    func sourcePaths() throws -> [String: String] {
        let stored = StoredPath(indexAt: path)
        let select = try SQLiteStatement("SELECT id, path FROM sources", on: db.handle)
        var paths: [String: String] = [:]
        while try select.step() {
            if let text = select.text(1) { paths[String(select.integer(0))] = stored.path(of: text) }
        }
        return paths
    }

    /// The metadata fields of a name, which people write in any case.
    func metadataFields(named name: String) throws -> [ColumnField] {
        let wanted = Self.withoutCase(name)
        return try metadataNames().all.filter { Self.withoutCase($0).elementsEqual(wanted) }.sorted().map {
            .metadata($0)
        }
    }

    /// The fields within whose values a name leads to a place: `obj` for `obj.k`, where they are JSON.
    func nestedFields(named name: String) throws -> [(field: ColumnField, path: [String])] {
        try NestedValue.places(of: name).flatMap { place in
            try metadataFields(named: place.name).map { ($0, place.path) }
        }
    }

    /// Whether the values of a metadata field are lists.
    func isList(_ name: String) throws -> Bool { try metadataNames().lists.contains(name) }

    private func metadataNames() throws -> MetadataNames {
        let known = try names ?? MetadataNames(db)
        names = known
        return known
    }

    /// As SQLite's NOCASE compares.
    private static func withoutCase(_ text: String) -> [UInt8] {
        text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }
}
