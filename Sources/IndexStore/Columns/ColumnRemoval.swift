import Documents
import GRDB
import Postings

/// Takes documents out of a chunk's columns without reading the others again: a run that changes ten files of many takes one document out
/// of each of ten chunks, and adds them all at the end.
struct ColumnRemoval {
    private let db: Database
    private let select, lines, update, delete: SQLiteStatement

    /// - Parameter db: A database whose columns are of the documents as they were before the removal.
    init(_ db: Database) throws {
        self.db = db
        select = try SQLiteStatement("SELECT field, content FROM document_columns WHERE chunk = ?1", on: db.handle)
        lines = try SQLiteStatement(
            "SELECT id, line FROM documents WHERE id BETWEEN ?1 AND ?2 ORDER BY id", on: db.handle)
        update = try SQLiteStatement(
            "UPDATE document_columns SET content = ?3 WHERE chunk = ?1 AND field = ?2", on: db.handle)
        delete = try SQLiteStatement("DELETE FROM document_columns WHERE chunk = ?1 AND field = ?2", on: db.handle)
    }

    /// Takes documents out that have been removed from the table, by their places in the chunk; false, and nothing is changed, where only
    /// the documents' rows can tell what is left.
    func remove(_ places: [Int], ofChunk chunk: Int64) throws -> Bool {
        var columns: [ExactText: ColumnChunk] = [:]
        var others: [ExactText: [UInt8]] = [:]
        select.bind(chunk, at: 1)
        defer { select.reset() }
        while try select.step() {
            let name = ExactText(select.text(0) ?? "")
            if name.text == LineSeals.name
                || WordFilter.fields.contains(where: { WordFilter.name(of: $0) == name.text })
            {
                others[name] = Array(select.bytes(1))
                continue
            }
            var isLong = false
            guard let column = ColumnChunk(select.bytes(1), isLong: &isLong) else { return false }
            columns[name] = column
        }
        // Where an earlier version has left some out, they are made.
        guard let seals = others[ExactText(LineSeals.name)] else { return false }
        for (field, filtered) in [(ColumnField.authorWord, ColumnField.author), (.tag, .tag)] {
            let isThere = others[ExactText(WordFilter.name(of: field))] != nil
            guard columns[ExactText(filtered.name)] == nil || isThere else { return false }
        }
        var isRemoved = [Bool](repeating: false, count: DocumentChunkFormat.length)
        for place in places { isRemoved[place] = true }
        var left = columns.mapValues { $0.removing(isRemoved) }
        guard Self.keepsNames(columns, &left) else { return false }
        for (name, content) in left where content != columns[name] { try write(content?.stored, to: name, chunk) }
        try refilter(columns, left, chunk)
        try write(sealed(seals, without: places, chunk), to: ExactText(LineSeals.name), chunk)
        return true
    }

    /// Puts the names of authors right that are left, or leaves them out, as a chunk does whose authors are all single persons; false where
    /// that cannot be told from the columns.
    private static func keepsNames(
        _ columns: [ExactText: ColumnChunk], _ left: inout [ExactText: ColumnChunk?]
    ) -> Bool {
        let (author, name) = (ExactText(ColumnField.author.name), ExactText(ColumnField.authorName.name))
        let authors = (left[author] ?? nil)?.values ?? []
        guard let names = left[name] else {
            // Names that are left of a list, and its own author no more.
            return authors.count == columns[author]?.valueCount ?? 0
                || authors.allSatisfy { PersonNames.names(in: $0).map(ExactText.init) == [ExactText($0)] }
        }
        let isSame = Set(authors.map(ExactText.init)) == Set((names?.values ?? []).map(ExactText.init))
        if isSame { left[name] = .some(nil) }
        return true
    }

    /// Makes the filters anew of fields that have fewer values than they had.
    private func refilter(
        _ columns: [ExactText: ColumnChunk], _ left: [ExactText: ColumnChunk?], _ chunk: Int64
    ) throws {
        for field in WordFilter.fields {
            let name = ExactText(field.name)
            guard let former = columns[name], let now = left[name], now?.valueCount != former.valueCount else {
                continue
            }
            let words = try field == .tag ? FieldWords().words(ofTag:) : { [Array($0.utf8)] }
            try write(
                now.map { WordFilter(Set($0.values.flatMap(words))).bytes },
                to: ExactText(WordFilter.name(of: field)), chunk)
        }
    }

    /// The seals of lines, with those groups read again that have lost a document.
    private func sealed(_ stored: [UInt8], without places: [Int], _ chunk: Int64) throws -> [UInt8]? {
        let first = chunk * Int64(DocumentChunkFormat.length)
        var fresh = LineSeals()
        let groups = Set(places.map { $0 / LineSeals.groupLength })
        for group in groups.sorted() {
            let start = group * LineSeals.groupLength
            try lines.forEachRow(
                of: "documents", ids: first + Int64(start)...first + Int64(start + LineSeals.groupLength) - 1
            ) {
                fresh.append(lines.integer(1), at: start + $0)
            }
        }
        return fresh.replacing(groups, of: stored)
    }

    private func write(_ content: [UInt8]?, to name: ExactText, _ chunk: Int64) throws {
        let statement = content == nil ? delete : update
        statement.bind(chunk, at: 1)
        statement.bind(name.text, at: 2)
        guard let content else { return try statement.run() }
        try content.withUnsafeBytes { bytes in
            statement.bind(borrowing: bytes, at: 3)
            try statement.run()
        }
    }
}
