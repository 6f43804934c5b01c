import Documents

/// What an article in JATS, a text in TEI or a book in DocBook says of itself, and which of its elements are no text for that.
struct ScholarlyHeader {
    private(set) var title: String?
    private(set) var fields: [FieldValue.Member] = []
    /// Elements whose text is left out, unless it is in one of `kept`: those that speak of the journal, the licence, the file.
    private(set) var leftOut: Set<XMLNode.Pointer> = []
    private(set) var kept: Set<XMLNode.Pointer> = []

    /// Reads the header of a document; one of another kind has none.
    init(_ root: XMLNode) {
        switch root.name {
        case "article" where root.first("front") != nil: readJATS(root)
        case "tei", "tei.2":
            if let header = root.first("teiheader") { readTEI(header) }
        case "article", "book", "chapter", "section", "refentry", "part", "set", "topic":
            let names = ["info", root.name + "info", "artheader", "bookinfo"]
            if let info = names.lazy.compactMap({ root.first($0) }).first { readDocBook(info, of: root) }
        // Answers of PubMed Central and of OAI hold one article.
        case "pmc-articleset", "pmcarticleset", "record", "metadata", "oai-pmh", "getrecord":
            let inner = root.all("article").filter { $0.first("front") != nil }
            if inner.count == 1 { readJATS(inner[0]) }
        default: break
        }
    }

    private mutating func add(_ name: String, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        fields.append(FieldValue.Member(name: name, value: .text(text)))
    }

    private mutating func add(_ name: String, list: [String]) {
        if !list.isEmpty { fields.append(FieldValue.Member(name: name, value: .list(list.map { .text($0) }))) }
    }

    private mutating func add(people: [String]) {
        if !people.isEmpty { add("author", PersonNames.text(of: people)) }
    }

    private mutating func keep(_ nodes: [XMLNode]) { for node in nodes { kept.insert(node.pointer) } }

    // MARK: JATS

    private mutating func readJATS(_ article: XMLNode) {
        guard let front = article.first("front") else { return }
        let meta = front.first("article-meta") ?? front
        leftOut.insert(front.pointer)
        let titles = meta.first("title-group")
        title = Self.joined([titles?.first("article-title"), titles?.first("subtitle")])
        keep([titles].compactMap(\.self))
        keep(meta.children("abstract") + meta.children("trans-abstract") + front.children("notes"))
        let groups = meta.children("contrib-group")
        let contributors = groups.flatMap { $0.children("contrib") }
        let authors = contributors.filter { ["author", nil].contains($0.attribute("contrib-type")) }
        add(people: authors.compactMap(Self.contributor))
        add("date", Self.publication(meta))
        for identifier in meta.children("article-id") {
            if let kind = identifier.attribute("pub-id-type"), ["doi", "pmid", "pmcid", "arxiv"].contains(kind) {
                add(kind, identifier.text)
            }
        }
        add("tags", list: meta.children("kwd-group").flatMap { $0.all("kwd") }.compactMap(\.text))
        let journal = front.first("journal-meta")
        add(
            "journal",
            journal?.first("journal-title-group", "journal-title")?.text ?? journal?.first("journal-title")?.text)
        add("volume", meta.first("volume")?.text)
        add("number", meta.first("issue")?.text)
        let pages = [meta.first("fpage")?.text, meta.first("lpage")?.text].compactMap(\.self)
        add("pages", pages.isEmpty ? meta.first("elocation-id")?.text : pages.joined(separator: "–"))
        add("language", article.attribute("lang"))
    }

    /// Somebody who took part: `<name>` has the parts of a name, `<collab>` an organisation's.
    private static func contributor(_ node: XMLNode) -> String? {
        let name = node.first("name") ?? node.first("name-alternatives", "name") ?? node.first("string-name")
        if let name, let family = name.first("surname")?.text {
            return [family, name.first("suffix")?.text, name.first("given-names")?.text].compactMap(\.self).joined(
                separator: ", ")
        }
        return name?.text
            ?? node.first("collab").flatMap { collaboration in
                // Its members stand within it.
                (collaboration.first("institution") ?? collaboration).ownText.map { "{" + $0 + "}" }
            }
    }

    /// The first day on which it could be read; that of the printed issue may be a year later.
    private static func publication(_ meta: XMLNode) -> String? {
        let dates = meta.children("pub-date").map { date in
            date.attribute("iso-8601-date")
                ?? [date.first("year")?.text, month(date.first("month")?.text), two(date.first("day")?.text)]
                .prefix { $0 != nil }.compactMap(\.self).joined(separator: "-")
        }.filter { !$0.isEmpty }
        // The most exact of those of the earliest year.
        let year = dates.map { $0.prefix(4) }.min()
        return dates.filter { $0.prefix(4) == year }.min { ($1.count, $0) < ($0.count, $1) }
    }

    private static func month(_ text: String?) -> String? {
        guard let text else { return nil }
        if let number = Int(text) { return (1...12).contains(number) ? two(text) : nil }
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        return names.firstIndex { text.lowercased().hasPrefix($0) }.flatMap { two(String($0 + 1)) }
    }

    private static func two(_ text: String?) -> String? { text.map { $0.utf8.count == 1 ? "0" + $0 : $0 } }

    /// A title and what stands below it.
    private static func joined(_ parts: [XMLNode?]) -> String? {
        let texts = parts.compactMap { $0?.text }
        return texts.isEmpty ? nil : texts.joined(separator: ": ")
    }

    // MARK: TEI

    private mutating func readTEI(_ header: XMLNode) {
        leftOut.insert(header.pointer)
        keep(header.children("profiledesc").flatMap { $0.children("abstract") })
        guard let file = header.first("filedesc") else { return }
        let statement = file.first("titlestmt")
        let titles = statement?.children("title") ?? []
        title =
            (titles.first { ["main", "a"].contains($0.attribute("type") ?? $0.attribute("level")) } ?? titles.first)?
            .text
        let source = file.first("sourcedesc")
        // Of a paper that GROBID read, the header names nobody else.
        let authors = (statement?.children("author") ?? []).compactMap(Self.person)
        let others =
            (source?.first("biblstruct", "analytic") ?? source?.first("biblstruct", "monogr"))?.children("author") ?? []
        add(people: authors.isEmpty ? others.compactMap(Self.person) : authors)
        // What was written long before it was made a file has its own date.
        let places = [header.first("profiledesc", "creation"), source, file.first("publicationstmt")].compactMap(\.self)
        for place in places {
            guard let date = place.all("date").prefix(Self.mostDates).compactMap(Self.date).first else { continue }
            add("date", date)
            break
        }
        let keywords = header.first("profiledesc", "textclass")?.children("keywords") ?? []
        add(
            "tags",
            list: keywords.flatMap { $0.all("term") + $0.all("item").filter { $0.all("term").isEmpty } }.compactMap(
                \.text))
        add("language", header.first("profiledesc", "langusage", "language")?.attribute("ident"))
        let identifiers = (source?.all("idno") ?? []) + (file.first("publicationstmt")?.all("idno") ?? [])
        add("doi", identifiers.first { $0.attribute("type")?.lowercased() == "doi" }?.text)
    }

    /// Dates that are looked at in a part of a header. One with more is a list of something else.
    private static let mostDates = 20

    private static func person(_ author: XMLNode) -> String? {
        let name = author.first("persname") ?? author
        if let family = name.first("surname")?.text {
            let given = name.children("forename").compactMap(\.text).joined(separator: " ")
            return [family, given].filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return name.text
    }

    private static func date(_ node: XMLNode) -> String? {
        let given = ["when", "notbefore", "from", "when-iso"].lazy.compactMap { node.attribute($0) }.first
        return [given, node.text].lazy.compactMap(\.self).first { CalendarDate.iso8601(from: $0) != nil }
    }

    // MARK: DocBook

    private mutating func readDocBook(_ info: XMLNode, of root: XMLNode) {
        leftOut.insert(info.pointer)
        keep(info.children("title") + info.children("subtitle") + info.children("abstract"))
        title = Self.joined([
            info.first("title") ?? root.first("title"), info.first("subtitle") ?? root.first("subtitle"),
        ])
        let authors = info.children("author") + info.children("authorgroup").flatMap { $0.children("author") }
        add(
            people: authors.compactMap { author in
                let name = author.first("personname") ?? author
                if let family = name.first("surname")?.text {
                    return [family, name.first("firstname")?.text ?? name.first("givenname")?.text].compactMap(\.self)
                        .joined(separator: ", ")
                }
                return author.first("orgname")?.text.map { "{" + $0 + "}" } ?? name.text
            })
        add("date", info.first("pubdate")?.text ?? info.first("date")?.text)
        add("tags", list: info.children("keywordset").flatMap { $0.children("keyword") }.compactMap(\.text))
        add("publisher", info.first("publisher", "publishername")?.text)
        add("language", root.attribute("lang"))
    }
}

extension XMLNode {
    /// Its text without that of elements in it.
    fileprivate var ownText: String? {
        var text = SpacedText()
        // Safety: libxml2 set these pointers, and the tree is not changed.
        var next = pointer.pointee.children
        while let node = next {
            if TreeWalk.element(node) == nil { text.append(textOf: node) }
            next = node.pointee.next
        }
        return text.bytes.isEmpty ? nil : text.text
    }
}
