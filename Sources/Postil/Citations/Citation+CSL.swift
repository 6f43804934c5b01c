import Foundation

extension Citation {
    /// An item of CSL-JSON, which citeproc, Pandoc and Zotero read: one object on one line.
    ///
    /// - Throws: Never for a citation that was made of a document; `EncodingError` otherwise.
    public var cslJSON: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(CSLItem(self)), as: UTF8.self)
        }
    }
}

/// The fields of CSL 1.0.2 that Postil knows.
private struct CSLItem: Encodable {
    var id, type: String
    var title: String?
    var author, editor, reviewedAuthor: [CSLName]?
    var issued, accessed: CSLDate?
    var containerTitle, reviewedTitle, publisher, genre, number, doi, url, note, keyword: String?
    var volume, issue, page, edition, place, series, seriesNumber, isbn, issn: String?

    enum CodingKeys: String, CodingKey {
        case id, type, title, author, editor, volume, issue, page, edition, issued, accessed, publisher, genre, number,
            note, keyword
        case reviewedAuthor = "reviewed-author"
        case reviewedTitle = "reviewed-title"
        case containerTitle = "container-title"
        case place = "publisher-place"
        case series = "collection-title"
        case seriesNumber = "collection-number"
        case isbn = "ISBN"
        case issn = "ISSN"
        case doi = "DOI"
        case url = "URL"
    }

    init(_ citation: Citation) {
        func filled(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
        id = citation.key
        type = citation.type.csl
        title = filled(citation.entryTitle)
        var names = citation.authors.map(CSLName.init)
        if citation.hasMoreAuthors { names.append(CSLName(.literal("et al."))) }
        author = names.isEmpty ? nil : names
        editor = citation.editors.isEmpty ? nil : citation.editors.map(CSLName.init)
        issued = CSLDate(citation.dateParts)
        accessed = citation.url == nil ? nil : CSLDate(Citation.parts(of: citation.accessed))
        switch citation.kind {
        case .book, .thesis, .report: publisher = citation.container
        default: containerTitle = citation.container
        }
        let details = citation.details
        publisher = details.publisher ?? details.institution ?? publisher
        (volume, edition, place, series) = (details.volume, details.edition, details.address, details.series)
        (isbn, issn) = (details.isbn, details.issn)
        page = details.pageRange.map { [$0.first, $0.last].compactMap(\.self).joined(separator: "-") }
        // A number is that of an issue of a journal, of a volume in a series, or the document's own.
        switch citation.kind {
        case .article, .preprint, .conferencePaper, .post, .comment, .review: issue = details.number
        case .book, .chapter: if series == nil { issue = details.number } else { seriesNumber = details.number }
        default: number = details.number
        }
        if let work = citation.work {
            reviewedTitle = filled(work.title)
            reviewedAuthor = work.authors.isEmpty ? nil : work.authors.map(CSLName.init)
        }
        switch citation.kind {
        case .preprint: genre = "preprint"
        case .comment: genre = "comment"
        case .message: genre = citation.type == EntryType(of: .message) ? "E-mail" : nil
        case .thesis: genre = details.genre ?? (citation.type == .mastersThesis ? "Master's thesis" : nil)
        default: genre = details.genre
        }
        if let arXivID = citation.arXivID { number = "arXiv:" + arXivID }
        doi = citation.doi
        url = citation.link
        note = citation.note
        keyword = filled(citation.tags.joined(separator: ", "))
    }
}

private struct CSLName: Encodable {
    var family, given, literal, particle, suffix: String?

    enum CodingKeys: String, CodingKey {
        case family, given, literal, suffix
        case particle = "non-dropping-particle"
    }

    init(_ name: PersonName) {
        if name.isLiteral {
            literal = name.family
            return
        }
        func filled(_ text: String) -> String? { text.isEmpty ? nil : text }
        family = name.family
        given = filled(name.given)
        particle = filled(name.particle)
        suffix = filled(name.suffix)
    }
}

private struct CSLDate: Encodable {
    var parts: [[Int]]

    enum CodingKeys: String, CodingKey { case parts = "date-parts" }

    init?(_ parts: [Int]) {
        guard !parts.isEmpty else { return nil }
        self.parts = [parts]
    }
}
