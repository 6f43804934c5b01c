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

    /// Lucene's idf, `ln(1 + (N - n + 0.5) / (n + 0.5))`: positive for every term, however common.
    ///
    /// - Parameter documentFrequency: Number of live documents with the term.
    public func inverseDocumentFrequency(_ documentFrequency: Int) -> Double {
        let count = Double(max(documentCount, documentFrequency))
        let frequency = Double(documentFrequency)
        return logarithm(1 + (count - frequency + 0.5) / (frequency + 0.5))
    }
}
