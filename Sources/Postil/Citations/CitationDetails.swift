/// Where in its journal, book or series a work stands, and who made it a book: what bibliographies print and nothing else needs.
struct CitationDetails: Hashable {
    var volume, number, pages, publisher, address, edition, series, isbn, issn: String?
    /// The school of a thesis, or the institution of a report.
    var institution: String?
    /// The class of a paper at arXiv, `cs.LG`.
    var arXivClass: String?
    /// What a thesis or report is one of: `Master's thesis`.
    var genre: String?

    init(_ metadata: CitedMetadata) {
        volume = metadata["volume"]
        number =
            metadata["number", "reportnumber", "patentnumber"]
            ?? metadata["issue"].flatMap { Self.isNumber($0) ? $0 : nil }
        pages = metadata["pages", "page"]
        publisher = metadata["publisher"]
        address = metadata["address", "location", "place", "publisherplace"]
        edition = metadata["edition"]
        series = metadata["series", "seriestitle", "collectiontitle"]
        isbn = metadata["isbn"]
        issn = metadata["issn"]
        institution = metadata["school", "institution", "university", "organization"]
        arXivClass = metadata["primaryclass", "eprintclass"]
        genre = metadata["genre", "thesistype"]
    }

    /// Whether an issue is called by a number, `2`, `3–4`, `Suppl. 1`, rather than by the name of a newsletter, `AN #35`.
    static func isNumber(_ issue: String) -> Bool {
        let words = issue.split { !$0.isLetter }
        return issue.contains(where: \.isNumber) && !issue.contains("#")
            && words.allSatisfy { $0.count == 1 || issueWords.contains($0.lowercased()) }
    }

    private static let issueWords: Set<String> = [
        "suppl", "supplement", "special", "issue", "part", "pt", "no", "nr", "bis", "spec", "january", "february",
        "march",
        "april", "may", "june", "july", "august", "september", "october", "november", "december", "spring", "summer",
        "autumn", "fall", "winter",
    ]

    /// First and last page of `12–20`; the last is nil where there is one.
    var pageRange: (first: String, last: String?)? {
        guard let pages else { return nil }
        let parts = pages.split { "-–—‐‑".contains($0) }.map { String($0).trimmingBlanks }
        guard let first = parts.first, parts.count <= 2 else { return (pages, nil) }
        return (first, parts.count == 2 ? parts[1] : nil)
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
