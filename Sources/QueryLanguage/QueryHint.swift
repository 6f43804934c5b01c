/// A remark on a part of a query that was not taken as its author may have meant it.
public struct QueryHint: Sendable, Hashable {
    /// Where the part begins: 1-based, in Unicode scalars of the query.
    public var column: Int
    /// What was done and how to write what was meant; a sentence without its full stop.
    public var message: String

    /// Creates a hint.
    public init(column: Int, message: String) {
        self.column = column
        self.message = message
    }
}
