import GRDB
import Postings
import Ranking

/// The columns of a snapshot: answers conditions on documents without reading their rows.
///
/// Equivalent to: `SELECT id FROM documents WHERE …` with ``DocumentFilter/sql``, which is what answers where there are no
/// columns of the present documents.
///
/// A field is read whole when it is first asked for, a few bytes a document, and kept; so are the sets of documents of the
/// conditions asked for last, up to ``answerLimit`` bytes.
final class DocumentColumns {
    private let path: String
    private let db: Database
    private let select: SQLiteStatement
    private let rows: ColumnRows
    /// Chunks that the index has.
    let chunkCount: Int
    private var columns: [ColumnField: [ColumnChunk?]] = [:]
    /// The words of authors in the chunks that were looked into, and what tells which chunks these have to be.
    private var authorWords: [Int: ColumnChunk?] = [:]
    private var authorWordFilters: [WordFilter?]?
    private var answers: [DocumentFilter: DocumentBitmap] = [:]
    private var answerBytes = 0
    private var live: DocumentBitmap?
    private let words: FieldWords
    private var keys: [String]?
    /// Whether there is a table of columns; without one they are made from the documents' rows, chunk by chunk.
    private let isStored: Bool
    private let titles: SQLiteStatement

    /// Bytes of sets that are kept: two hundred of half a million documents.
    private static let answerLimit = 16 << 20

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
        if let known = columns[field] { return known }
        let made = try (0..<chunkCount).map { try read(field, chunk: $0) }
        columns[field] = made
        return made
    }

    private func read(_ field: ColumnField, chunk: Int) throws -> ColumnChunk? {
        guard isStored else { return try rows.values(of: field, inChunk: Int64(chunk)) }
        var isLong = false
        let column = try withStored(field.name, chunk: chunk) { bytes in
            let column = ColumnChunk(bytes, isLong: &isLong)
            guard column != nil || isLong else { throw corrupt(field.name, chunk: chunk) }
            return column
        }
        return isLong ? try rows.values(of: field, inChunk: Int64(chunk)) : column ?? nil
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
        let known = try keys ?? String.fetchAll(db, sql: "SELECT name FROM metadata_names ORDER BY name")
        keys = known
        let wanted = Self.withoutCase(name)
        return known.filter { Self.withoutCase($0).elementsEqual(wanted) }.map { .metadata($0) }
    }

    /// As SQLite's NOCASE compares.
    private static func withoutCase(_ text: String) -> [UInt8] {
        text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }

    // MARK: Conditions

    /// The documents for which a condition holds, paths in it as they are stored.
    ///
    /// - Parameter scan: Answers a part of the condition that is about no column.
    func documents(
        where filter: DocumentFilter, _ scan: (DocumentFilter) throws -> DocumentBitmap
    ) throws -> DocumentBitmap {
        if let known = answers[filter] { return known }
        let documents = try find(filter, scan)
        let bytes = 8 * documents.words.count
        if answerBytes + bytes > Self.answerLimit {
            answers.removeAll(keepingCapacity: true)
            answerBytes = 0
        }
        answers[filter] = documents
        answerBytes += bytes
        return documents
    }

    private func find(
        _ filter: DocumentFilter, _ scan: (DocumentFilter) throws -> DocumentBitmap
    ) throws -> DocumentBitmap {
        switch filter {
        case .id, .named, .words(.url, _, _): return try scan(filter)
        case .words(.author, let text, let isBeginning):
            return try documents(ofAuthor: text, isBeginning: isBeginning)
        case .words(.tag, let text, let isBeginning):
            let probe = WordProbe(words.tagWords(of: text))
            return try documents(of: .tag) { [words] value in
                probe.mayMatch(value)
                    && words.matchesTag(String(decoding: value, as: UTF8.self), text, isBeginning: isBeginning)
            }
        case .words(.metadata(let name), let text, let isBeginning):
            return try documents(with: metadataFields(named: name), text, isBeginning: isBeginning)
        case .words(.source, let text, let isBeginning):
            let ids = try sources(text, isBeginning: isBeginning)
            return try documents(of: .source) { ids.contains(String(decoding: $0, as: UTF8.self)) }
        case .date(let lower, let upper):
            return try documents(of: .date, from: lower, through: upper)
        case .number(let name, let range):
            var found = DocumentBitmap()
            for field in try metadataFields(named: name) { found.formUnion(try documents(of: field, in: range)) }
            return found
        case .all(let parts):
            return try parts.reduce(into: liveDocuments()) { $0.formIntersection(try documents(where: $1, scan)) }
        case .any(let parts):
            return try parts.reduce(into: DocumentBitmap()) { $0.formUnion(try documents(where: $1, scan)) }
        case .not(let part):
            var rest = try liveDocuments()
            rest.subtract(try documents(where: part, scan))
            return rest
        }
    }

    /// The documents of authors with all words of a text; the last one may be the beginning of a word.
    ///
    /// Equivalent to: ``documents(with:_:isBeginning:)`` of the authors, which answers where an index of an earlier version
    /// has not their words.
    ///
    /// - Complexity: O(chunks), and the words of the chunks that seem to have all that is asked for.
    private func documents(ofAuthor text: String, isBeginning: Bool) throws -> DocumentBitmap {
        let wanted = words.words(of: text)
        guard !wanted.isEmpty, isStored else { return try documents(with: [.author], text, isBeginning: isBeginning) }
        let hashes = (isBeginning ? wanted.dropLast() : wanted[...]).map(WordFilter.hash)
        var found = DocumentBitmap(capacity: Int64(chunkCount * DocumentChunkFormat.length))
        for (number, filter) in try filters().enumerated() {
            if let filter, !hashes.allSatisfy(filter.mayContain) { continue }
            guard let chunk = try authorWords(inChunk: number) else {
                guard try isStored(.author, chunk: number) else { continue }
                return try documents(with: [.author], text, isBeginning: isBeginning)
            }
            var places: Set<UInt16>?
            for (index, word) in wanted.enumerated() {
                let mayGoOn = isBeginning && index == wanted.count - 1
                let first = chunk.firstValue { !$0.lexicographicallyPrecedes(word) }
                var end = first
                while end < chunk.valueCount,
                    chunk.withBytes(of: end, { mayGoOn ? $0.starts(with: word) : $0.elementsEqual(word) })
                {
                    end += 1
                }
                let having = first < end ? chunk.places[chunk.places(ofValues: first..<end)] : []
                places = places?.intersection(having) ?? Set(having)
            }
            for place in places ?? [] { found.insert(Int64(number * DocumentChunkFormat.length) + Int64(place)) }
        }
        return found
    }

    /// What tells of the chunks which words of authors they do not have, by number; nil where nothing does.
    private func filters() throws -> [WordFilter?] {
        if let authorWordFilters { return authorWordFilters }
        let made = try (0..<chunkCount).map { number -> WordFilter? in
            try withStored(WordFilter.name, chunk: number) { bytes in
                guard let filter = WordFilter(bytes) else { throw corrupt(WordFilter.name, chunk: number) }
                return filter
            }
        }
        authorWordFilters = made
        return made
    }

    private func authorWords(inChunk number: Int) throws -> ColumnChunk? {
        if let known = authorWords[number] { return known }
        let made = try read(.authorWord, chunk: number)
        authorWords[number] = .some(made)
        return made
    }

    private func isStored(_ field: ColumnField, chunk: Int) throws -> Bool {
        try withStored(field.name, chunk: chunk) { _ in true } ?? false
    }

    private func documents(with fields: [ColumnField], _ text: String, isBeginning: Bool) throws -> DocumentBitmap {
        let probe = WordProbe(words.words(of: text))
        var found = DocumentBitmap()
        for field in fields {
            found.formUnion(
                try documents(of: field) { [words] value in
                    probe.mayMatch(value)
                        && words.matches(String(decoding: value, as: UTF8.self), text, isBeginning: isBeginning)
                })
        }
        return found
    }

    /// The documents with a value for which `isWanted` holds.
    func documents(of field: ColumnField, where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool) throws
        -> DocumentBitmap
    {
        try documents(of: field) { chunk, add in
            var value = 0
            while value < chunk.valueCount {
                let first = value
                while value < chunk.valueCount, chunk.withBytes(of: value, isWanted) { value += 1 }
                add(first..<value)
                value += 1
            }
        }
    }

    private func documents(of field: ColumnField, from lower: String?, through upper: String?) throws -> DocumentBitmap
    {
        // U+10FFFF sorts behind everything that can continue the bound.
        let least = lower.map { Array($0.utf8) }
        let greatest = upper.map { Array(($0 + "\u{10FFFF}").utf8) }
        return try documents(of: field) { chunk, add in
            let first = least.map { least in chunk.firstValue { !$0.lexicographicallyPrecedes(least) } } ?? 0
            let end =
                greatest.map { greatest in chunk.firstValue { greatest.lexicographicallyPrecedes($0) } }
                ?? chunk.valueCount
            add(first..<max(first, end))
        }
    }

    private func documents(of field: ColumnField, in range: NumberRange) throws -> DocumentBitmap {
        try documents(of: field) { chunk, add in
            // Numbers come before all that is none.
            func number(_ value: UnsafeBufferPointer<UInt8>) -> Double? {
                ValueOrder.number(String(decoding: value, as: UTF8.self))
            }
            let first = chunk.firstValue { value in number(value).map { !range.isAbove($0) } ?? true }
            let end = chunk.firstValue { value in number(value).map { range.isBelow($0) } ?? true }
            add(first..<max(first, end))
        }
    }

    /// The documents of the values that `select` adds, chunk by chunk.
    private func documents(of field: ColumnField, select: (ColumnChunk, (Range<Int>) -> Void) -> Void) throws
        -> DocumentBitmap
    {
        var found = DocumentBitmap(capacity: Int64(chunkCount * DocumentChunkFormat.length))
        for (number, chunk) in try chunks(of: field).enumerated() {
            guard let chunk else { continue }
            select(chunk) { values in
                guard !values.isEmpty else { return }
                found.insert(
                    chunk.places[chunk.places(ofValues: values)],
                    from: Int64(number * DocumentChunkFormat.length), span: DocumentChunkFormat.length)
            }
        }
        return found
    }

    /// The row ids of the sources whose path has the words, as the column has them.
    private func sources(_ text: String, isBeginning: Bool) throws -> Set<String> {
        let select = try SQLiteStatement("SELECT id, path FROM sources", on: db.handle)
        var found: Set<String> = []
        while try select.step() {
            guard let path = select.text(1), words.matches(path, text, isBeginning: isBeginning) else { continue }
            found.insert(String(select.integer(0)))
        }
        return found
    }
}
