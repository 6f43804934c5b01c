import Documents

/// One document of a result list.
public struct SearchHit: Sendable {
    /// 1 for the best hit of the query, whatever the offset.
    public internal(set) var rank: Int
    /// The document's row id.
    public let id: DocumentID
    /// The id users cite it by.
    public let externalID: String
    /// BM25 score; comparable within one result list only.
    public internal(set) var score: Double
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
    /// Path of the index it is in, where several are searched; nil where there is one.
    public internal(set) var index: String?
    /// The best passage of the body.
    public internal(set) var snippet: Snippet?
    /// How the score came about, when asked for.
    public let explanation: Explanation?
    /// Rank of the best hit before this one, of those returned, of which this one is a copy. Only with
    /// ``SearchRequest/CopyTreatment/marked``.
    public let duplicateOf: Int?
    /// The copies of this hit's text that would stand before the end of the page, best first. Only with
    /// ``SearchRequest/CopyTreatment/collapsed``.
    public internal(set) var duplicates: [Copy]
    /// Ranks of the page's hits whose texts stand whole in this hit's, which is no copy of them. Not with
    /// ``SearchRequest/CopyTreatment/ignored``.
    public internal(set) var quotes: [Int]

    /// Words of the query that are not in the document, where no document has all of them; see
    /// ``SearchRequest/tellsMissingWords``.
    public internal(set) var missingWords: [String]
    /// The best passages of the body, the first of which ``snippet`` is, where ``SearchRequest/passages`` asks for more than
    /// that.
    public internal(set) var passages: [Passage] = []
    /// The same before their places in the document are looked up, where ``SearchRequest/locatesPassages`` leaves that to later.
    var found: [FoundPassage] = []

    /// A place of a hit's text that shows why it is a hit.
    public struct Passage: Sendable, Hashable {
        /// What is shown of it.
        public let snippet: Snippet
        /// The address of the paragraph in which its matches begin, as ``DocumentOutline`` knows it: `p12-k3f9`.
        public let address: String
        /// The headings that it stands under, the highest first.
        public let headings: [String]
        /// What its terms are worth; see ``Searcher/searchPassages(_:)``.
        public let score: Double
    }

    /// A document that has a hit's text, too, or nearly so.
    public struct Copy: Sendable, Hashable {
        /// Its row id.
        public let id: DocumentID
        /// The id users cite it by.
        public let externalID: String
        /// Title, or an empty string.
        public let title: String
        /// Where the original is.
        public let url: String?
        /// Path of the file it came from.
        public let source: String?
        /// Line (or row) in that file.
        public let line: Int
        /// The share of the sequences of five words of both texts that both have, 0 to 1; see
        /// ``Searcher/duplicates(threshold:progress:)``.
        public let similarity: Double
    }
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
    /// The page of the document that what matches stands on, from 1; nil where it has no pages, as all but PDF and slides.
    public internal(set) var page: Int?

    package init(text: String, highlights: [Range<Int>]) {
        self.text = text
        self.highlights = highlights
    }
}
