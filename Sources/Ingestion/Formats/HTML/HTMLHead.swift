import CLibxml2

/// Gathers what the elements of a page say about it.
struct HTMLHead {
    private var pageTitle: String?
    private var values: [String: [String]] = [:]

    /// Names of `meta` elements by the field they tell, the surest first.
    private static let names: [(field: String, names: [String])] = [
        ("title", ["og:title", "citation_title", "dc.title", "dcterms.title", "ld:title"]),
        (
            "author",
            [
                "author", "citation_author", "citation_authors", "dc.creator", "dcterms.creator", "ld:author",
                "article:author",
                "parsely-author", "sailthru.author",
            ]
        ),
        (
            "date",
            [
                "article:published_time", "citation_publication_date", "citation_date", "citation_online_date", "date",
                "dc.date", "dcterms.date", "dcterms.issued", "dcterms.created", "dc.date.issued", "pubdate",
                "datepublished",
                "ld:date", "parsely-pub-date", "sailthru.date",
            ]
        ),
        (
            "description",
            [
                "description", "og:description", "dc.description", "dcterms.description", "dcterms.abstract",
                "citation_abstract",
                "ld:description",
            ]
        ),
        (
            "tags",
            [
                "article:tag", "keywords", "citation_keywords", "news_keywords", "dc.subject", "dcterms.subject",
                "ld:tags",
            ]
        ),
        ("url", ["canonical", "og:url", "ld:url"]),
        ("language", ["language", "dc.language", "dcterms.language", "citation_language"]),
        // What papers say where they are published, under the names that bibliographies have for it.
        ("journal", ["citation_journal_title", "prism.publicationname"]),
        ("booktitle", ["citation_conference_title", "citation_inbook_title"]),
        ("doi", ["citation_doi", "prism.doi"]), ("volume", ["citation_volume", "prism.volume"]),
        ("number", ["citation_issue", "prism.number"]), ("pages", ["citation_pages"]),
        ("publisher", ["citation_publisher"]), ("institution", ["citation_technical_report_institution"]),
        ("school", ["citation_dissertation_institution"]), ("issn", ["citation_issn"]), ("isbn", ["citation_isbn"]),
        ("arxiv", ["citation_arxiv_id"]),
    ]

    /// Looks at one node.
    mutating func take(_ node: UnsafeMutablePointer<xmlNode>) {
        switch TreeWalk.element(node) {
        case "title":
            if pageTitle == nil { pageTitle = TreeWalk.content(node)?.collapsed }
        case "meta":
            let name =
                TreeWalk.attribute("name", of: node) ?? TreeWalk.attribute("property", of: node)
                ?? TreeWalk.attribute("itemprop", of: node)
            add(TreeWalk.attribute("content", of: node), as: name?.lowercased())
        case "link":
            if TreeWalk.attribute("rel", of: node)?.lowercased() == "canonical" {
                add(TreeWalk.attribute("href", of: node), as: "canonical")
            }
        case "script":
            if TreeWalk.attribute("type", of: node)?.lowercased() == "application/ld+json",
                let source = TreeWalk.content(node), let data = LinkedData(source)
            {
                for (name, texts) in data.fields { for text in texts { add(text, as: "ld:" + name) } }
            }
        case "html":
            add(TreeWalk.attribute("lang", of: node), as: "language")
        default:
            break
        }
    }

    /// The page's title.
    var title: String? { pageTitle.flatMap { $0.isBlank ? nil : $0 } ?? texts(of: "title").first }

    /// The other fields that are there.
    var fields: [FieldValue.Member] {
        var values = self
        if let first = values.values["citation_firstpage"]?.first {
            let last = values.values["citation_lastpage"]?.first
            values.add(last.map { $0 == first ? first : "\(first)–\($0)" } ?? first, as: "citation_pages")
        }
        return values.all
    }

    private var all: [FieldValue.Member] {
        Self.names.compactMap { entry in
            let texts = texts(of: entry.field)
            guard entry.field != "title", let first = texts.first else { return nil }
            let value = texts.count == 1 ? FieldValue.text(first) : .list(texts.map { .text($0) })
            return FieldValue.Member(name: entry.field, value: value)
        }
    }

    private mutating func add(_ value: String?, as name: String?) {
        guard let name, let text = value?.collapsed, !text.isBlank else { return }
        values[name, default: []].append(text)
    }

    private func texts(of field: String) -> [String] {
        let names = Self.names.first { $0.field == field }?.names ?? []
        return names.lazy.compactMap { values[$0] }.first ?? []
    }
}

extension String {
    /// The text with every run of white space made one space, and none at its ends.
    var collapsed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
