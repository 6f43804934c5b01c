import Documents

/// A document as it lies in the index.
public struct StoredDocument: Sendable, Hashable {
    /// Its row id.
    public internal(set) var id: DocumentID
    /// The document.
    public let document: Document
    /// Path of the source it came from, if it came from one.
    public let source: String?

    static let columns = """
        documents.id, external_id, line, date, author, url, tags, title, metadata, body, markup, sources.path
        """

    /// Reads the present row of a statement over ``columns``.
    ///
    /// Tags and metadata that make no sense are left out and logged: they are no reason to keep a document's text from its
    /// reader.
    ///
    /// - Parameter isStrict: Whether they are an error.
    init(_ row: SQLiteStatement, path: String, isStrict: Bool = false) throws {
        let id = row.integer(0)
        if !isStrict { _ = try IndexSchema.validID(id, path: path) }
        func read<Value>(
            _ column: Int32, named name: String, _ read: (UnsafeRawBufferPointer) -> Value?
        ) throws -> Value? {
            let bytes = row.bytes(column)
            if bytes.baseAddress == nil { return nil }
            if let value = read(bytes) { return value }
            let damage = IndexError.corrupt(
                path: path, table: "documents", rowID: id, reason: "\(name) is not what was written")
            if isStrict { throw damage }
            indexLog.warning("\(damage)")
            return nil
        }
        self.id = DocumentID(rawValue: id)
        document = Document(
            externalID: row.text(1) ?? "",
            title: row.text(7) ?? "",
            body: row.text(9) ?? "",
            markup: row.text(10),
            author: row.text(4),
            date: row.text(3),
            url: row.text(5),
            tags: try read(6, named: "tags", MetadataJSON.array) ?? [],
            metadata: try read(8, named: "metadata", MetadataJSON.object) ?? [:],
            line: Int(row.integer(2)))
        source = row.text(11).map { $0.utf8.first == UInt8(ascii: ".") ? StoredPath(indexAt: path).path(of: $0) : $0 }
    }
}
