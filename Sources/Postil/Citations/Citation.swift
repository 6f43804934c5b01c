import Documents
import Foundation

/// What a bibliography needs to know of a document, or of a passage of it.
///
///     let citation = Citation(of: stored.document, accessed: "2026-11-28")
///     print(citation.bibtex)
public struct Citation: Sendable, Hashable {
    /// What the document is, which decides the type of its entry.
    public enum Kind: String, Sendable, CaseIterable {
        /// A paper in a journal.
        case article
        /// A paper that is not published yet, or on arXiv.
        case preprint
        /// A paper of a conference.
        case conferencePaper
        /// A chapter of a book.
        case chapter
        /// A book.
        case book
        /// A thesis.
        case thesis
        /// A report of an institution.
        case report
        /// A post of a blog or forum.
        case post
        /// A comment on something else.
        case comment
        /// A review, summary or opinion of another work: ``Citation/work``.
        case review
        /// A talk or film.
        case video
        /// A set of data.
        case dataset
        /// A program.
        case software
        /// A patent.
        case patent
        /// A letter or mail.
        case message
        /// A page of the web that is nothing else.
        case page
        /// Anything else.
        case document
    }

    /// The work that a review or comment is about.
    public struct Work: Sendable, Hashable {
        /// Its title.
        public var title: String
        /// Its authors.
        public var authors: [PersonName] = []
        /// When it appeared, as it is written.
        public var date: String?
    }

    /// Names the entry: letters, digits and hyphens of ASCII. The same for the same document, or passage, in every run and index;
    /// see `CitationKey`.
    public internal(set) var key: String
    /// The id of the document in its index.
    public let id: String
    /// What it is.
    public var kind: Kind { type.kind }
    let type: EntryType
    /// Who wrote it.
    public let authors: [PersonName]
    /// Whether there are more authors than ``authors``.
    public let hasMoreAuthors: Bool
    /// Who edited it, or the volume that it is in.
    public let editors: [PersonName]
    /// Its title, or an empty string. A review that has none but the work's is called one: *Opinion on “Corrigibility”*.
    public let title: String
    /// Its date, as precise as known: a year, a month or a day.
    public let date: String?
    /// Where it is.
    public let url: String?
    /// The day when it was looked at, `2026-11-28`.
    public internal(set) var accessed: String?
    /// The journal, proceedings, book, blog or newsletter that it is in.
    public let container: String?
    /// Its DOI.
    public let doi: String?
    /// Its number at arXiv.
    public let arXivID: String?
    /// The work that it is about.
    public let work: Work?
    /// Labels.
    public let tags: [String]
    /// The passage that is cited, if it is one.
    public let passage: PassageReference?
    /// The page that the passage begins on, in a document that has pages.
    package var page: Int?
    let details: CitationDetails
    /// Who got it, if it is a letter or mail.
    let recipients: String?

    /// Describes a document.
    ///
    /// - Parameters:
    ///   - document: The document; its metadata tells what it is (`type`, `kind`, `venue`, `doi`, `volume`, `pages`, `editor`,
    ///     `work_authors`, `paper_title` and others; see Documentation/Formats.md).
    ///   - accessed: The day when it was looked at, `2026-11-28`, where its metadata do not say one (`urldate`, `accessed`).
    ///   - passage: The passage of it that is cited.
    public init(of document: Document, accessed: String? = nil, passage: PassageReference? = nil) {
        let metadata = CitedMetadata(document.metadata)
        let facts = CitedFacts(document, metadata)
        id = document.externalID
        let editor = metadata["editor", "editors"] ?? ""
        editors = PersonName.list(editor).names
        // A book without an author is found by its editors, who are no authors for that.
        let author = document.author == editor ? "" : document.author ?? ""
        (authors, hasMoreAuthors) = PersonName.list(author)
        details = CitationDetails(metadata)
        date = document.date.map { String($0.prefix { $0 != "T" }.prefix(10)) }.flatMap { $0.isEmpty ? nil : $0 }
        url = document.url.flatMap { $0.isEmpty ? nil : $0 }
        self.accessed = facts.accessed ?? accessed
        type = facts.type
        recipients = facts.recipients
        work = facts.work
        title = facts.title
        container = facts.container
        doi = facts.doi
        arXivID = facts.arXivID
        tags = document.tags
        self.passage = passage
        let own = CitationKey.text(
            authors: authors.isEmpty ? editors : authors, date: date,
            title: title.isEmpty ? document.externalID : title,
            identity: [document.externalID, document.title, document.url ?? ""])
        key = passage?.quote.map { "\(own)-\(CitationKey.fingerprint(of: $0, letters: 3))" } ?? own
    }

    /// Describes the document of a hit.
    public init(of hit: SearchHit, accessed: String? = nil) {
        self.init(
            of: Document(
                externalID: hit.externalID, title: hit.title, author: hit.author, date: hit.date, url: hit.url,
                tags: hit.tags, metadata: hit.metadata, line: hit.line), accessed: accessed)
    }

    /// Where the passage is to be seen, for web pages: ``url`` with a text fragment (`#:~:text=`), which browsers scroll to and mark.
    /// Without a passage, and where the URL is that of another text (a review's is often its work's), ``url`` itself.
    public var link: String? {
        guard let url, let quote = passage?.quote, work == nil || kind == .comment else {
            return url.map(TextFragment.encoded)
        }
        return TextFragment.link(to: quote, at: url)
    }

    /// The citation under another key.
    public func renamed(_ key: String) -> Citation {
        var result = self
        result.key = key
        return result
    }

    /// The citation with another day of access, or none.
    package func accessed(on day: String?) -> Citation {
        var result = self
        result.accessed = day
        return result
    }

    /// Year, month and day, as far as they are known.
    var dateParts: [Int] { Self.parts(of: date) }

    static func parts(of date: String?) -> [Int] {
        guard let date else { return [] }
        var parts: [Int] = []
        for part in date.prefix(10).split(separator: "-", omittingEmptySubsequences: false).prefix(3) {
            guard let number = Int(part), parts.isEmpty || (1...31).contains(number) else { break }
            parts.append(number)
        }
        return parts
    }
}
