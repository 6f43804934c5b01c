/// One text of a collection with what is known about it: a review, a post, a chapter.
///
/// `title` and `body` are what is searched. `body` is plain text: mark-up has been taken out, and `markup` keeps the
/// original for display when it differs.
public struct Document: Sendable, Hashable {
    /// The name users cite it by; unique within its source. Never empty.
    public var externalID: String
    /// Searchable title, or an empty string.
    public var title: String
    /// Searchable plain text.
    public var body: String
    /// The body as its author wrote it (Markdown or HTML), or nil when that is `body` itself.
    public var markup: String?
    /// Authors as shown, separated by ", ", or by "; " where that would leave it open who they are; see ``PersonName/list(_:)``.
    public var author: String?
    /// ISO 8601, as precise as known: `2019`, `2019-06`, `2019-06-05`, `2019-06-05T10:00:00Z`, or with the author's offset
    /// `2019-06-05T10:00:00+02:00`.
    public var date: String?
    /// Where the original is.
    public var url: String?
    /// Labels, in their original order and without repeats.
    public var tags: [String]
    /// Everything else worth keeping, by name. Values are shown and filtered as text.
    public var metadata: [String: String]
    /// The 1-based line (or row, or array index) in its source where it starts; 1 for a source of one document.
    public var line: Int

    /// Creates a document; only its id is required.
    public init(
        externalID: String,
        title: String = "",
        body: String = "",
        markup: String? = nil,
        author: String? = nil,
        date: String? = nil,
        url: String? = nil,
        tags: [String] = [],
        metadata: [String: String] = [:],
        line: Int = 1
    ) {
        self.externalID = externalID
        self.title = title
        self.body = body
        self.markup = markup
        self.author = author
        self.date = date
        self.url = url
        self.tags = tags
        self.metadata = metadata
        self.line = line
    }
}
