/// Which searchable fields a leaf of the query looks at.
public struct FieldSet: OptionSet, Hashable, Sendable {
    /// Bit 0 is the title (FTS5 column 0), bit 1 the body (column 1).
    public let rawValue: UInt8

    /// Creates a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The title.
    public static let title = FieldSet(rawValue: 1)
    /// The body.
    public static let body = FieldSet(rawValue: 2)
    /// Title and body.
    public static let all: FieldSet = [.title, .body]
}
