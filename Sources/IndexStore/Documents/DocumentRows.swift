import Documents

/// Writes the rows of documents, stored as a ``TextCompression`` says.
///
/// Plain rows get their ids from SQLite; compressed ones have theirs already, because it takes the documents of a whole
/// stretch to decide how they are compressed.
final class DocumentRows {
    /// Rows of one statement. What SQLite does once for each (locks, cursors, the last id that was given) costs as much as two
    /// rows do, so that more than these gain nothing.
    private static let rowsAtOnce = 32
    private static let shortColumns = "id, external_id, source, line, date, author, url, tags, content_hash"

    private let connection: OpaquePointer
    private let compression: TextCompression
    private let columns: [Substring]
    private let one, remove: SQLiteStatement
    private var many: SQLiteStatement?
    private let texts = BoundTexts(capacity: rowsAtOnce << 10)
    // No access to it outlives a statement, so its exclusivity needs no check at run time.
    @exclusivity(unchecked) private var json: [UInt8] = []

    /// Prepares the statements.
    init(_ compression: TextCompression, on connection: OpaquePointer) throws {
        self.connection = connection
        self.compression = compression
        let texts =
            switch compression {
            case .none: "title, metadata, markup, body"
            case .zstd: "text"
            }
        columns = "\(Self.shortColumns), \(texts)".split(separator: ", ")
        one = try SQLiteStatement(inserting: 1, into: compression.table, columns: columns, on: connection)
        remove = try SQLiteStatement("DELETE FROM \(compression.table) WHERE id = ?1", on: connection)
    }

    /// Inserts rows in order. Documents whose texts are not compressed get their rows' ids, which follow each other.
    func insert(_ documents: [NewDocument]) throws {
        var rest = documents[...]
        while rest.count >= Self.rowsAtOnce {
            let many = try many ?? prepareMany()
            try insert(rest.prefix(Self.rowsAtOnce), by: many)
            rest = rest.dropFirst(Self.rowsAtOnce)
        }
        for index in rest.indices { try insert(rest[index...index], by: one) }
    }

    /// Removes the row with an id.
    func remove(_ id: DocumentID) throws {
        remove.bind(id.rawValue, at: 1)
        try remove.run()
    }

    private func prepareMany() throws -> SQLiteStatement {
        let statement = try SQLiteStatement(
            inserting: Self.rowsAtOnce, into: compression.table, columns: columns, on: connection)
        many = statement
        return statement
    }

    private func insert(_ documents: ArraySlice<NewDocument>, by statement: SQLiteStatement) throws {
        statement.clearBindings()
        texts.removeAll()
        try run(statement, documents, from: documents.startIndex)
        guard compression == .none else { return }
        let last = statement.lastInsertedRowID
        for (index, new) in zip(documents.indices, documents) {
            new.id = DocumentID(rawValue: last - Int64(documents.endIndex - 1 - index))
        }
    }

    /// Binds the documents from `index` on, each within the scope of the bytes that are bound, and runs the statement.
    private func run(_ statement: SQLiteStatement, _ documents: ArraySlice<NewDocument>, from index: Int) throws {
        guard index < documents.endIndex else { return try statement.run() }
        let new = documents[index]
        var position = Int32((index - documents.startIndex) * columns.count)
        func next() -> Int32 {
            position += 1
            return position
        }
        func bind(_ text: String?) {
            let position = next()
            if let text { texts.bind(text, to: statement, at: position) }
        }
        func bindJSON(_ isEmpty: Bool, _ write: (inout [UInt8]) -> Void) {
            let position = next()
            if isEmpty { return }
            json.removeAll(keepingCapacity: true)
            write(&json)
            json.withUnsafeBufferPointer { texts.bind($0, to: statement, at: position) }
        }
        if compression == .none { _ = next() } else { statement.bind(new.id.rawValue, at: next()) }
        bind(new.document.externalID)
        let source = next()
        if let id = new.source { statement.bind(id.rawValue, at: source) }
        statement.bind(Int64(new.document.line), at: next())
        bind(new.document.date)
        bind(new.document.author)
        bind(new.document.url)
        bindJSON(new.document.tags.isEmpty) { MetadataJSON.append(array: new.document.tags, to: &$0) }
        statement.bind(new.contentHash, at: next())
        switch compression {
        case .none:
            bind(new.document.title)
            bindJSON(new.document.metadata.isEmpty) { MetadataJSON.append(object: new.document.metadata, to: &$0) }
            let markup = next()
            func bindBody() throws {
                try new.document.body.withUTF8Bytes { bytes in
                    statement.bind(borrowing: bytes, at: next())
                    try run(statement, documents, from: index + 1)
                }
            }
            guard let text = new.document.markup else { return try bindBody() }
            try text.withUTF8Bytes { bytes in
                statement.bind(borrowing: bytes, at: markup)
                try bindBody()
            }
        case .zstd:
            guard let frame = new.frame else { preconditionFailure("a text that has not been compressed") }
            try frame.withUnsafeBytes { bytes in
                statement.bind(borrowing: bytes, at: next())
                try run(statement, documents, from: index + 1)
            }
        }
    }
}

/// Room for the short texts that are bound to a statement, which SQLite would otherwise copy into memory of its own, each.
final class BoundTexts {
    private let room: UnsafeMutableRawBufferPointer
    private var count = 0

    /// Room for `capacity` bytes.
    init(capacity: Int) { room = .allocate(byteCount: capacity, alignment: 16) }

    deinit { room.deallocate() }

    /// Begins anew: none of the texts is bound any more, or none of the statements will run again before new texts are.
    func removeAll() { count = 0 }

    /// Binds a text until ``removeAll()``. One for which there is no room is left to SQLite to copy.
    func bind(_ text: String, to statement: SQLiteStatement, at position: Int32) {
        text.withUTF8Bytes { bind($0, to: statement, at: position) }
    }

    /// Binds UTF-8 text until ``removeAll()``.
    func bind(_ bytes: UnsafeBufferPointer<UInt8>, to statement: SQLiteStatement, at position: Int32) {
        guard bytes.count <= room.count - count else { return statement.bind(copying: bytes, at: position) }
        // Safety: count + bytes.count <= room.count, checked on entry; the bytes stay there until `removeAll`.
        let place = UnsafeMutableRawBufferPointer(rebasing: room[count..<count + bytes.count])
        place.copyBytes(from: bytes)
        count += bytes.count
        statement.bind(borrowing: UnsafeBufferPointer(place.bindMemory(to: UInt8.self)), at: position)
    }
}
