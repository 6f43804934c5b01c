import Documents

/// What a document says of itself in its metadata, under the names that Postil's profiles and Zotero give it.
struct CitedFacts {
    var kind: Citation.Kind
    var title: String
    var container: String?
    var doi: String?
    var arXivID: String?
    var work: Citation.Work?

    init(_ document: Document) {
        let metadata = document.metadata
        func value(_ names: String...) -> String? {
            names.lazy.compactMap { metadata[$0] }.first { !$0.isEmpty }
        }
        let kindWords = Set((metadata["kind"] ?? "").lowercased().split { !$0.isLetter }.map(String.init))
        let url = document.url ?? ""
        doi = value("doi", "DOI") ?? Self.doi(in: url)
        arXivID =
            [value("arxiv", "arxiv_id", "eprint"), url, value("venue")].lazy.compactMap { $0 }
            .compactMap(Self.arXivID).first
        container = value(
            "venue", "journal", "container", "publication", "booktitle", "newsletter", "issue", "site", "blog")

        // What it is about.
        let isReview = !kindWords.isDisjoint(with: Self.reviewWords)
        let workTitle = value("paper_title", "work_title", "reviewed_title")
        let workAuthors = value("paper_authors", "work_authors", "reviewed_authors")
        var isComment = kindWords.contains { Self.commentWords.contains($0) } || document.title.hasPrefix("Re: ")
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
                    date: value("paper_year", "work_year", "paper_date") ?? (workTitle == nil ? document.date : nil))
            // The venue of a summary is the work's; the newsletter that it stands in is the issue.
            container = value("issue", "newsletter") ?? (workTitle == nil ? nil : container)
        } else if isComment {
            let title = value("post") ?? document.title.droppingBeginning("Re: ")
            work = title.isEmpty ? nil : Citation.Work(title: title)
        }
        title = document.title
        if let work, !isComment, work.title == document.title, !title.isEmpty {
            let noun =
                kindWords.contains("opinion")
                ? "Opinion on" : kindWords.contains("summary") ? "Summary of" : "Review of"
            title = "\(noun) “\(document.title)”"
        }

        if isComment || work != nil {
            kind = isComment ? .comment : .review
            // These are the numbers of what it is about.
            (doi, arXivID) = (nil, nil)
        } else if let named = value("type", "item_type", "itemType", "ENTRYTYPE").flatMap({
            Self.types[$0.lowercased()]
        }) {
            kind = named == .article && arXivID != nil ? .preprint : named
        } else if arXivID != nil {
            kind = .preprint
        } else if doi != nil || value("journal") != nil {
            kind = .article
        } else {
            kind = Self.kind(ofHost: url)
        }
    }

    private static let reviewWords: Set<String> = ["opinion", "summary", "review", "blurb", "highlight"]
    private static let commentWords: Set<String> = ["comment", "question", "reply", "answer"]

    /// The types of Zotero, BibTeX and CSL, in small letters.
    private static let types: [String: Citation.Kind] = [
        "journalarticle": .article, "article": .article, "article-journal": .article, "magazinearticle": .article,
        "newspaperarticle": .article, "preprint": .preprint, "unpublished": .preprint, "manuscript": .preprint,
        "conferencepaper": .conferencePaper, "inproceedings": .conferencePaper, "paper-conference": .conferencePaper,
        "booksection": .chapter, "incollection": .chapter, "inbook": .chapter, "chapter": .chapter, "book": .book,
        "thesis": .thesis, "phdthesis": .thesis, "mastersthesis": .thesis, "report": .report, "techreport": .report,
        "blogpost": .post, "post": .post, "post-weblog": .post, "forumpost": .post, "webpage": .page, "website": .page,
        "comment": .comment, "review": .review, "videorecording": .video, "video": .video, "podcast": .video,
        "presentation": .video,
    ]

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
        return "10." + url[range.upperBound...]
    }

    /// `1906.01820` of an address, of `arXiv:1906.01820 [cs]` or of itself.
    private static func arXivID(in text: String) -> String? {
        var rest = text[...]
        for mark in ["arxiv.org/abs/", "arxiv.org/pdf/", "arXiv:", "arxiv:"] {
            guard let range = rest.range(of: mark) else { continue }
            rest = rest[range.upperBound...]
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count >= 2, parts[0].count == 4, (4...5).contains(parts[1].count) else { return nil }
            return "\(parts[0]).\(parts[1])"
        }
        return nil
    }
}

extension String {
    fileprivate func droppingBeginning(_ beginning: String) -> String {
        hasPrefix(beginning) ? String(dropFirst(beginning.count)) : self
    }
}
