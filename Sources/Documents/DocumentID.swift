/// The row id of a document in its index: positive, given in order, never used again after a deletion.
public struct DocumentID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The SQLite row id.
    public let rawValue: Int64

    /// Wraps a row id.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Orders by age: an id that is smaller was given earlier.
    public static func < (left: DocumentID, right: DocumentID) -> Bool { left.rawValue < right.rawValue }

    /// The number itself.
    public var description: String { String(rawValue) }
}
