/// A profile's reading part: how records become documents.
///
/// Decoded from YAML by `init(yaml:origin:)`; Documentation/Formats.md is its reference.
public struct RecordMapping: Sendable, Hashable {
    /// The format of every input, whatever its name says; nil to go by the name.
    public var format: DocumentFormat?
    /// Further file name extensions (lower case, no dot) and their formats.
    public var extensions: [String: DocumentFormat] = [:]
    /// What stands between the cells of CSV; nil for the format's own.
    var delimiter: UInt8?
    /// Where the records of a JSON document may lie; the first path that leads somewhere counts. Empty for the value
    /// itself: an array of records, or one record.
    var records: [FieldPath] = []
    /// The documents of each record.
    var documents: [DocumentRule] = []
}
