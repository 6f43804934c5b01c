import CLibxml2

/// Gathers what the elements of a page say about it.
struct HTMLHead {
    private var pageTitle: String?
    private var values: [String: [String]] = [:]

    /// Names of `meta` elements by the field they tell, the surest first.
    private static let names: [(field: String, names: [String])] = [
        ("title", ["og:title", "citation_title", "dc.title"]),
        ("author", ["author", "citation_author", "article:author", "dc.creator"]),
        (
            "date",
            ["article:published_time", "citation_publication_date", "citation_date", "date", "dc.date", "pubdate"]
        ),
        ("description", ["description", "og:description", "dc.description"]),
        ("tags", ["article:tag", "keywords"]),
        ("url", ["canonical", "og:url"]),
        ("language", ["language"]),
    ]

    /// Looks at one node.
    mutating func take(_ node: UnsafeMutablePointer<xmlNode>) {
        switch TreeWalk.element(node) {
        case "title":
            if pageTitle == nil { pageTitle = TreeWalk.content(node)?.collapsed }
        case "meta":
            let name = TreeWalk.attribute("name", of: node) ?? TreeWalk.attribute("property", of: node)
            add(TreeWalk.attribute("content", of: node), as: name?.lowercased())
        case "link":
            if TreeWalk.attribute("rel", of: node)?.lowercased() == "canonical" {
                add(TreeWalk.attribute("href", of: node), as: "canonical")
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
