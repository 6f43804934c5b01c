/// A profile's reading part: how records become documents.
///
/// Decoded from YAML, for which Documentation/Formats.md is the reference, or made in code:
///
///     let mapping = RecordMapping(
///         format: .init(rawValue: "csv"),
///         documents: [DocumentRule(id: ["URL"], title: ["Title"], body: ["Summary", .path("Notes", markup: .markdown)])])
public struct RecordMapping: Sendable, Hashable {
    /// The format of every input, whatever its name says; nil to go by the name.
    public var format: DocumentFormat?
    /// Further file name extensions (lower case, no dot) and their formats.
    public var extensions: [String: DocumentFormat] = [:]
    /// What stands between the cells of CSV; nil for the format's own.
    public var delimiter: UInt8?
    /// The character set of texts without a byte order mark; nil for UTF-8, or what their bytes look like.
    public var encoding: String?
    /// Where the records of a JSON document may lie; the first path that leads somewhere counts. Empty for the value
    /// itself: an array of records, or one record.
    public var records: [FieldPath] = []
    /// What is read of a database: a query whose rows are the records.
    public var query: String?
    /// The documents of each record.
    public var documents: [DocumentRule] = []

    /// Makes a mapping.
    ///
    /// - Parameters:
    ///   - delimiter: One ASCII character, no quotation mark and no line break.
    ///   - documents: The documents of each record; without any, the usual one.
    public init(
        format: DocumentFormat? = nil, extensions: [String: DocumentFormat] = [:], delimiter: UInt8? = nil,
        encoding: String? = nil,
        records: [FieldPath] = [], query: String? = nil, documents: [DocumentRule] = []
    ) {
        self.format = format
        self.extensions = extensions
        self.delimiter = delimiter
        self.encoding = encoding
        self.records = records
        self.query = query
        self.documents = documents.isEmpty ? Self.usual.documents : documents
    }
}
