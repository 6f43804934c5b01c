/// A query file that cannot be used, and why.
public struct QueryFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as it was named.
    public var file: String
    /// The line, from 1, where one is at fault.
    public var line: Int?
    /// What is wrong, to be read behind the place.
    public var reason: String

    /// `queries.jsonl:3 is no {"query": …} object`.
    public var description: String { file + (line.map { ":\($0) " } ?? " ") + reason }
}
