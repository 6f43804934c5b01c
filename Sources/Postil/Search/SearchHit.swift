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

/// A passage of a document that shows why it is a hit.
///
/// Lengths and places count Unicode scalars, as programs that read the JSON do (in Python `len` and slices, for example).
public struct Snippet: Sendable, Hashable {
    /// The passage; white space is folded, and an ellipsis stands where it leaves text out. It begins and ends between grapheme
    /// clusters, so that no accent, syllable or emoji is taken apart, and where it can between sentences or words.
    public let text: String
    /// The words that match, as ranges of Unicode scalars of ``text``, ascending and apart. A word longer than the passage is
    /// marked as far as it is shown.
    public let highlights: [Range<Int>]
}
