/// What BibTeX, CSL and RIS call one type of entry: a row of ``all``, so that what is read from one of them is written as the same
/// type in each.
///
/// The types are those of BibTeX and biblatex, of CSL 1.0.2 and of RIS as Zotero and EndNote write it. Styles of BibTeX treat what they
/// do not know (`dataset`) as `misc`.
struct EntryType: Hashable {
    let kind: Citation.Kind
    let bibtex, csl, ris: String
    /// Under which names sources have it, in small letters without blanks and hyphens: those of the three above are among them, unless
    /// another row comes first, and those of Zotero.
    fileprivate let names: [String]

    private init(_ kind: Citation.Kind, _ bibtex: String, _ csl: String, _ ris: String, _ names: String...) {
        (self.kind, self.bibtex, self.csl, self.ris, self.names) = (kind, bibtex, csl, ris, names)
    }

    /// The field of BibTeX that names what the document is in.
    var containerField: String {
        switch bibtex {
        case "article": "journal"
        case "inproceedings", "incollection", "inbook", "inreference": "booktitle"
        case "book", "manual", "proceedings", "booklet": "publisher"
        case "phdthesis", "mastersthesis": "school"
        case "techreport": "institution"
        default: "howpublished"
        }
    }

    /// Of several rows of a kind, or with a name, the first counts.
    static let all: [EntryType] = [
        .init(.article, "article", "article-journal", "JOUR", "journalarticle", "article", "ejour", "inpr"),
        .init(.article, "article", "article-magazine", "MGZN", "magazinearticle"),
        .init(.article, "article", "article-newspaper", "NEWS", "newspaperarticle", "newspaper"),
        .init(.preprint, "misc", "article", "UNPB", "preprint"),
        .init(.preprint, "unpublished", "manuscript", "UNPB", "manscpt"),
        .init(.conferencePaper, "inproceedings", "paper-conference", "CPAPER", "conferencepaper", "conference", "conf"),
        .init(.chapter, "incollection", "chapter", "CHAP", "booksection", "echap"),
        .init(.chapter, "inbook", "chapter", "CHAP", "bookinbook", "suppbook", "suppcollection"),
        .init(.chapter, "incollection", "entry-encyclopedia", "ENCYC", "encyclopediaarticle", "inreference", "entry"),
        .init(.chapter, "incollection", "entry-dictionary", "DICT", "dictionaryentry"),
        .init(
            .book, "book", "book", "BOOK", "mvbook", "ebook", "edbook", "collection", "mvcollection", "reference",
            "mvreference", "classic"),
        .init(.book, "proceedings", "book", "CONF", "mvproceedings"),
        .init(.book, "periodical", "periodical", "JFULL", "serial"),
        .init(.book, "manual", "book", "BOOK"),
        .init(.book, "booklet", "pamphlet", "PAMP"),
        .init(.thesis, "phdthesis", "thesis", "THES"),
        .init(.thesis, "mastersthesis", "thesis", "THES"),
        .init(.report, "techreport", "report", "RPRT", "govdoc"),
        .init(.report, "techreport", "standard", "STAND"),
        .init(.post, "misc", "post-weblog", "BLOG", "blogpost", "blog"),
        .init(.post, "misc", "post", "BLOG", "forumpost"),
        .init(.comment, "misc", "post", "BLOG", "comment"),
        .init(.review, "misc", "review", "GEN"),
        .init(.review, "misc", "review-book", "GEN"),
        .init(.video, "misc", "motion_picture", "VIDEO", "videorecording", "film", "movie", "mpct", "advs", "podcast"),
        .init(.video, "misc", "speech", "SLIDE", "presentation", "talk"),
        .init(.video, "misc", "broadcast", "VIDEO", "tvbroadcast", "radiobroadcast"),
        .init(.video, "misc", "performance", "VIDEO"),
        .init(.video, "misc", "song", "SOUND", "audiorecording", "audio"),
        .init(.page, "misc", "webpage", "ELEC", "website", "web", "site"),
        .init(.page, "online", "webpage", "ELEC", "electronic", "www"),
        .init(.dataset, "dataset", "dataset", "DATA", "aggr", "dbase"),
        .init(.software, "software", "software", "COMP", "computerprogram"),
        .init(.patent, "patent", "patent", "PAT"),
        .init(.message, "misc", "personal_communication", "ICOMM", "email", "mail", "instantmessage"),
        .init(.message, "misc", "personal_communication", "PCOMM", "letter"),
        .init(.message, "misc", "interview", "PCOMM"),
        .init(.document, "misc", "bill", "BILL"),
        .init(.document, "misc", "legislation", "STAT", "statute"),
        .init(.document, "misc", "legal_case", "CASE", "case"),
        .init(.document, "misc", "regulation", "STAT"),
        .init(.document, "misc", "treaty", "GEN"),
        .init(.document, "misc", "hearing", "HEAR"),
        .init(.document, "misc", "event", "GEN"),
        .init(.document, "misc", "musical_score", "MUSIC"),
        .init(.document, "misc", "map", "MAP"),
        .init(.document, "misc", "graphic", "ART", "artwork", "image", "figure"),
        // `document` is of CSL 1.0.2; readers of 1.0.1 know `article`.
        .init(.document, "misc", "document", "GEN"),
    ]

    private static let named: [String: EntryType] = {
        var named: [String: EntryType] = [:]
        for type in all { for name in type.names where named[name] == nil { named[name] = type } }
        for type in all {
            for name in [type.csl, type.ris, type.bibtex].map(plain) where named[name] == nil && !general.contains(name)
            {
                named[name] = type
            }
        }
        return named
    }()

    /// Types that say no more than that there is a document.
    private static let general: Set<String> = ["misc", "document", "gen", "other"]

    private static let ofKind: [Citation.Kind: EntryType] = Dictionary(all.map { ($0.kind, $0) }) { first, _ in first }

    private static func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }

    /// The type that documents of a kind have as a rule.
    init(of kind: Citation.Kind) {
        self = kind == .document ? Self.all[Self.all.count - 1] : Self.ofKind[kind] ?? Self.all[Self.all.count - 1]
    }

    /// The type that a source calls by a name; nil for names that say nothing, and unknown ones.
    init?(named name: String) {
        guard let type = Self.named[Self.plain(name)] else { return nil }
        self = type
    }

    /// Whether a source says by a name that the document is nothing in particular: `misc`.
    static func isGeneral(_ name: String) -> Bool { general.contains(plain(name)) }

    /// The proceedings themselves, of which RIS has `CONF` as of papers in them.
    static let proceedings = EntryType(named: "proceedings") ?? EntryType(of: .book)
    static let preprint = EntryType(of: .preprint)
    static let mastersThesis = EntryType(named: "mastersthesis") ?? EntryType(of: .thesis)
}
