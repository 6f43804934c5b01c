import Documents

/// What a document says of itself in its metadata, under the names that Postil's profiles, BibTeX, CSL and Zotero give it.
struct CitedFacts {
    var type: EntryType
    var title: String
    var container: String?
    var doi: String?
    var arXivID: String?
    var work: Citation.Work?
    /// The day when the source says that it was looked at.
    var accessed: String?
    /// Who got a letter or mail.
    var recipients: String?

    init(_ document: Document, _ metadata: CitedMetadata) {
        let kindWords = Set((metadata["kind"] ?? "").lowercased().split { !$0.isLetter }.map(String.init))
        let url = document.url ?? ""
        accessed = metadata["urldate", "accessed", "accessdate", "lastchecked"].flatMap(Self.day)
        doi = metadata["doi"].map(DigitalObjectIdentifier.plain) ?? Self.doi(in: url)
        arXivID = Self.arXivID(metadata, url: url)
        let issue = metadata["issue"].flatMap { CitationDetails.isNumber($0) ? nil : $0 }
        let book = metadata["booktitle"].map { Self.title($0, subtitle: metadata["booksubtitle"]) } ?? metadata["book"]
        let isPartOfBook = metadata["book"] != nil && metadata["book"] != document.title
        container =
            metadata["venue", "journal", "journaltitle", "container", "publication"] ?? book
            ?? metadata["publicationtitle", "containertitle", "proceedingstitle", "conferencename", "encyclopediatitle"]
            ?? metadata["newsletter"] ?? issue ?? metadata["site", "blog", "websitetitle", "blogtitle"]
        let stated = metadata["type", "itemtype", "entrytype"]
        let named = stated.flatMap(EntryType.init(named:))
        // What says that it is in a book, and names a journal, too, is in the book.
        if named?.containerField == "booktitle" { container = book ?? container }

        // What it is about.
        let isReview = !kindWords.isDisjoint(with: Self.reviewWords)
        let workTitle = metadata["papertitle", "worktitle", "reviewedtitle"]
        let workAuthors = metadata["paperauthors", "workauthors", "reviewedauthors"]
        let isMail = metadata["messageid"] != nil && named == nil
        var isComment =
            kindWords.contains { Self.commentWords.contains($0) } || document.title.hasPrefix("Re: ") && !isMail
        if metadata["post"] != nil { isComment = true }
        if isReview || workTitle != nil || workAuthors != nil {
            let names = PersonName.list(workAuthors ?? "").names
            // Without a title of its own, a review has the work's.
            let title = workTitle ?? document.title
            work =
                title.isEmpty && names.isEmpty
                ? nil
                : Citation.Work(
                    title: title, authors: names,
                    date: metadata["paperyear", "workyear", "paperdate"] ?? (workTitle == nil ? document.date : nil))
            // The venue of a summary is the work's; the newsletter that it stands in is the issue.
            container = issue ?? metadata["newsletter"] ?? (workTitle == nil ? nil : container)
        } else if isComment {
            let title = metadata["post"] ?? document.title.droppingBeginning("Re: ")
            work = title.isEmpty ? nil : Citation.Work(title: title)
        }
        title = Self.title(document.title, subtitle: metadata["subtitle"])
        if let work, !isComment, work.title == document.title, !title.isEmpty {
            let noun =
                kindWords.contains("opinion")
                ? "Opinion on" : kindWords.contains("summary") ? "Summary of" : "Review of"
            title = "\(noun) “\(document.title)”"
        }

        if isComment || work != nil {
            type = EntryType(of: isComment ? .comment : .review)
            // These are the numbers of what it is about.
            (doi, arXivID) = (nil, nil)
        } else if let named {
            type = Self.refined(named, stated: stated ?? "", container: container, hasArXivID: arXivID != nil, metadata)
        } else if isMail {
            type = EntryType(of: .message)
        } else if arXivID != nil {
            type = .preprint
        } else if metadata["journal", "journaltitle"] ?? doi != nil, !stated.map(EntryType.isGeneral, or: false) {
            type = EntryType(of: .article)
        } else if isPartOfBook {
            type = EntryType(of: .chapter)
        } else if metadata["isbn"] != nil {
            type = EntryType(of: .book)
        } else {
            type = EntryType(of: Self.kind(ofHost: url))
        }
        if type.kind == .message { recipients = metadata["to", "recipient"] }
    }

    /// The type that a source names, where its name alone does not say it.
    private static func refined(
        _ named: EntryType, stated: String, container: String?, hasArXivID: Bool, _ metadata: CitedMetadata
    ) -> EntryType {
        // Bibliographies have papers that are at arXiv alone as articles of a journal of that name.
        let isAtArXiv = hasArXivID && container.map { $0.lowercased().contains("arxiv") } ?? true
        // CSL's `article` is a preprint, where it says so.
        if named == EntryType(of: .article), isAtArXiv || metadata["genre"]?.lowercased() == "preprint" {
            return .preprint
        }
        if stated.lowercased() == "conf", container == nil { return .proceedings }
        if named.kind == .preprint, hasArXivID { return .preprint }
        if named.kind == .thesis, metadata["genre", "thesistype"]?.lowercased().contains("master") == true {
            return .mastersThesis
        }
        return named
    }

    private static let reviewWords: Set<String> = ["opinion", "summary", "review", "blurb", "highlight"]
    private static let commentWords: Set<String> = ["comment", "question", "reply", "answer"]

    /// `Title: Subtitle`, where the title has not got it already.
    private static func title(_ title: String, subtitle: String?) -> String {
        guard let subtitle, !title.isEmpty, !title.lowercased().contains(subtitle.lowercased()) else { return title }
        return title + (".?!:".contains(title.last ?? " ") ? " " : ": ") + subtitle
    }

    /// `2023-01-01` of `2023/01/01/` and `2023-01-01 10:00:00`; nil for what begins with no date.
    private static func day(_ text: String) -> String? {
        let parts = text.split { !$0.isASCII || !$0.isNumber }.prefix(3)
        guard let year = parts.first, year.count == 4, text.hasPrefix(year) else { return nil }
        let numbers = parts.dropFirst().prefix { (1...31).contains(Int($0) ?? 0) && $0.count <= 2 }
        return ([String(year)] + numbers.map { $0.count == 1 ? "0" + $0 : String($0) }).joined(separator: "-")
    }

    private static func kind(ofHost url: String) -> Citation.Kind {
        guard let scheme = url.range(of: "://"), url.lowercased().hasPrefix("http") else { return .document }
        var host = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }.lowercased()
        if host.hasPrefix("www.") { host.removeFirst(4) }
        if host == "youtube.com" || host == "youtu.be" || host == "vimeo.com" { return .video }
        let isForum =
            host.hasSuffix("lesswrong.com") || host.hasSuffix("alignmentforum.org")
            || host.hasSuffix("effectivealtruism.org")
        let isBlog = ["medium.com", "substack.com", "wordpress.com", "blogspot.com"].contains { host.hasSuffix($0) }
        return isForum || isBlog || host.hasPrefix("blog.") || url.contains("/blog/") ? .post : .page
    }

    private static func doi(in url: String) -> String? {
        guard let range = url.range(of: "doi.org/10.") else { return nil }
        let text = "10." + url[range.upperBound...].prefix { $0 != "?" && $0 != "#" }
        return PercentEncoding.decoded(text) ?? text
    }

    // MARK: Numbers at arXiv

    private static func arXivID(_ metadata: CitedMetadata, url: String) -> String? {
        // Other archives have numbers, too.
        let archive = metadata["archiveprefix", "eprinttype"]?.lowercased() ?? "arxiv"
        for value in [metadata["arxiv"], metadata["arxivid"], archive == "arxiv" ? metadata["eprint"] : nil] {
            if let value, let id = arXivID(named: value) ?? arXivID(Substring(value)) { return id }
        }
        let others = [
            url, metadata["venue"], metadata["journal"], metadata["journaltitle"], metadata["archiveid"],
            metadata["number"],
            metadata["publicationtitle"], metadata["howpublished"], metadata["extra"],
        ]
        return others.lazy.compactMap { $0 }.compactMap(arXivID(named:)).first
    }

    /// `1906.01820` of an address or of `arXiv:1906.01820v2 [cs]`.
    private static func arXivID(named text: String) -> String? {
        let lower = text.lowercased()
        for mark in ["arxiv.org/abs/", "arxiv.org/pdf/", "arxiv.org/html/", "arxiv:"] {
            guard let range = lower.range(of: mark) else { continue }
            // Letters of ASCII alone are shorter or longer in small letters, never those of numbers.
            return arXivID(lower[range.upperBound...].drop(while: \.isWhitespace))
        }
        return nil
    }

    /// The number that a text begins with: `1906.01820`, or as before 2007 `cs/9901001`, `math.GT/0309136`. Versions are left out.
    private static func arXivID(_ text: Substring) -> String? {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count >= 2, parts[0].count == 4, (4...5).contains(parts[1].count) { return "\(parts[0]).\(parts[1])" }
        let archive = text.prefix { $0.isASCII && ($0.isLetter || $0 == "-" || $0 == ".") }
        let rest = text.dropFirst(archive.count)
        let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
        guard rest.first == "/", let first = archive.first, first.isLetter, digits.count == 7 else { return nil }
        // The class behind the dot is written in capitals.
        let name = archive.split(separator: ".")
        return name.prefix(1).map { $0.lowercased() }.joined() + name.dropFirst().map { "." + $0.uppercased() }.joined()
            + "/" + digits
    }
}

extension Optional {
    fileprivate func map<Result>(_ transform: (Wrapped) -> Result, or other: Result) -> Result {
        map(transform) ?? other
    }
}

extension String {
    fileprivate func droppingBeginning(_ beginning: String) -> String {
        hasPrefix(beginning) ? String(dropFirst(beginning.count)) : self
    }
}
