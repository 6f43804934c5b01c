import Documents

/// Documents whose texts are nearly the same.
public struct DuplicateGroup: Sendable, Hashable {
    /// Another document of the group.
    public struct Member: Sendable, Hashable {
        /// Its row id.
        public let id: DocumentID
        /// The share of the shingles of its text and the representative's that both have, 0 to 1. Less than the threshold
        /// where the two are alike only by way of others of the group.
        public let similarity: Double
    }

    /// The document that stands for the group: of the earliest date, and of those the one with the lowest row id. Documents
    /// without a date come last.
    public let representative: DocumentID
    /// The others, the most similar first, then by row id.
    public let others: [Member]
}
