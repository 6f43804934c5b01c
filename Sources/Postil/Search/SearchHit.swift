import Documents

/// One document of a result list.
public struct SearchHit: Sendable {
    /// 1 for the best hit of the query, whatever the offset.
    public let rank: Int
    /// The document's row id.
    public let id: DocumentID
    /// The id users cite it by.
    public let externalID: String
    /// BM25 score; comparable within one result list only.
    public let score: Double
    /// Title, or an empty string.
    public let title: String
    /// Authors as shown.
    public let author: String?
    /// ISO 8601, as precise as known.
    public let date: String?
    /// Where the original is.
    public let url: String?
    /// Labels.
    public let tags: [String]
    /// Everything else that is known of it, by name.
    public let metadata: [String: String]
    /// Path of the file it came from.
    public let source: String?
    /// Line (or row) in that file.
    public let line: Int
    /// The best passage of the body.
    public let snippet: Snippet?
    /// How the score came about, when asked for.
    public let explanation: Explanation?
    /// Rank of the best hit before this one, of those returned, that has this hit's text, or nearly all of it: the same text,
    /// or one that is quoted there. Nil for none, and when it was not asked for.
    public let duplicateOf: Int?
}
