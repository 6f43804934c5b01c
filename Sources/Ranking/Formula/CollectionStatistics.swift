/// What the ranking formula needs to know about the whole collection.
public struct CollectionStatistics: Sendable, Hashable {
    /// Number of live documents.
    public var documentCount: Int
    /// Tokens in all titles and bodies together.
    public var totalLength: Int

    /// Creates statistics.
    public init(documentCount: Int, totalLength: Int) {
        self.documentCount = documentCount
        self.totalLength = totalLength
    }

    /// Mean document length in tokens; 1 for an empty collection, so that it can always be divided by.
    public var averageLength: Double {
        documentCount > 0 && totalLength > 0 ? Double(totalLength) / Double(documentCount) : 1
    }
}
