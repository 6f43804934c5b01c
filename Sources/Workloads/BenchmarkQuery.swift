/// One query of a benchmark.
public struct BenchmarkQuery: Sendable, Hashable {
    /// The query as a user would type it.
    public var text: String
    /// What kind of query it is (`union`, `phrase`); figures are given for each tag.
    public var tags: [String]

    /// Creates a query.
    public init(text: String, tags: [String] = []) {
        self.text = text
        self.tags = tags
    }
}
