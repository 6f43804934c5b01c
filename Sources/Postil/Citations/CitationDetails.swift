/// Where in its journal, book or series a work stands, and who made it a book: what bibliographies print and nothing else needs.
struct CitationDetails: Hashable {
    var volume, number, pages, publisher, address, edition, series, isbn, issn: String?
    /// The school of a thesis, or the institution of a report.
    var institution: String?

    /// Reads the metadata of a document, whose names may begin with a capital, as Zotero's tables have them.
    init(_ metadata: [String: String]) {
        func value(_ names: String...) -> String? {
            for name in names {
                for name in [name, name.prefix(1).uppercased() + name.dropFirst(), name.uppercased()] {
                    if let value = metadata[name], !value.isEmpty { return value }
                }
            }
            return nil
        }
        volume = value("volume")
        number = value("number")
        pages = value("pages")
        publisher = value("publisher")
        address = value("address", "location", "place")
        edition = value("edition")
        series = value("series")
        isbn = value("isbn")
        issn = value("issn")
        institution = value("school", "institution", "organization")
    }

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
