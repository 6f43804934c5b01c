/// RSS (0.9 to 2.0) and Atom: one document an item, called by its id.
struct FeedFormat: WholeFormat {
    var name: String { "feed" }
    var extensions: [String] { ["rss", "atom"] }
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        let start = beginning.text.prefix(2000)
        let marks: [StaticString] = ["<rss", "<feed", "<rdf:RDF"]
        return start.indices.contains {
            start[$0] == UInt8(ascii: "<") && marks.contains(where: start[$0...].hasPrefix)
        }
            ? .certain : .none
    }

    func maximumBytes(_ limits: ReadingLimits) -> Int { limits.maximumContainerBytes }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let tree: XMLTree
        do { tree = try XMLTree(bytes, tally: tally) } catch {
            return try handler(.skipped(line: nil, reason: "\(error)"))
        }
        tally.note(surplusOf: tree)
        let channel = tree.root.first("channel") ?? tree.root
        let feed = channel.children.first { $0.name == "title" }?.text.map(Self.plain)
        // Whose entries have no author are by that of the feed (RFC 4287, 4.2.1).
        var authors = Self.people(channel.children)
        if authors.isEmpty { authors = channel.children("managingeditor").compactMap(\.text).flatMap(Self.people) }
        let writers = Self.writers(channel)
        // RSS 1.0 has its items beside the channel.
        let items =
            channel.children("item") + channel.children("entry")
            + (tree.root.name == "rdf" ? tree.root.children("item") : [])
        for (index, item) in items.enumerated() {
            let place = RecordContext(file: file, line: max(1, item.line), row: index + 1)
            try reader.map(
                Self.page(item, feed: feed, authors: authors, writers: writers), in: place, tally: tally, into: handler)
        }
        if let problem = tree.problem { try handler(.stopped(line: problem.line, reason: problem.reason)) }
    }

    private static func page(_ item: XMLNode, feed: String?, authors feedAuthors: [String], writers: [String: String])
        -> Page
    {
        // Yahoo's extension, as YouTube has it, keeps the description one level deeper.
        let elements = item.children + item.children("group").flatMap(\.children)
        func texts(_ names: String...) -> [String] {
            names.lazy.map { name in elements.filter { $0.name == name }.compactMap(\.text) }.first { !$0.isEmpty }
                ?? []
        }
        var fields: [FieldValue.Member] = []
        func add(_ name: String, _ texts: [String]) {
            guard let first = texts.first else { return }
            let value = texts.count == 1 ? FieldValue.text(first) : .list(texts.map { .text($0) })
            fields.append(FieldValue.Member(name: name, value: value))
        }
        let links = elements.filter { $0.name == "link" }
        let link =
            links.first { ["alternate", nil].contains($0.attribute("rel")) }?.attribute("href")
            ?? links.compactMap(\.text).first
        add("id", Array(texts("guid", "id").prefix(1)))
        add("url", [link].compactMap(\.self))
        let authors = people(elements)
        let creators = authors.isEmpty ? texts("creator").map { writers[$0] ?? plain($0) } : authors
        add("author", creators.isEmpty ? feedAuthors : creators)
        add("date", Array(texts("pubdate", "published", "date", "updated").prefix(1)))
        add("tags", elements.filter { $0.name == "category" }.compactMap { $0.attribute("term") ?? $0.text })
        add("feed", [feed].compactMap(\.self))
        // The whole text, where the feed has it, else what it has.
        let content = ["encoded", "content", "description", "summary"].lazy
            .compactMap { name in elements.first { $0.name == name && ($0.text != nil) } }.first
        var (body, targets) = content.map(text) ?? (MarkedText(plain: ""), TextLinks())
        // A description that is no beginning of the text says something of its own.
        for name in ["description", "summary"] {
            guard let element = elements.first(where: { $0.name == name && $0.text != nil }),
                element.pointer != content?.pointer
            else { continue }
            let said = text(of: element).text.plain.collapsed
            let start = said.prefix { $0 != "…" && $0 != "[" }
            if !said.isEmpty, !body.plain.collapsed.hasPrefix(start) { add(name, [said]) }
        }
        let comments = item.children("comment").compactMap(comment)
        if !comments.isEmpty {
            body = MarkedText(plain: ([body.plain] + comments).filter { !$0.isEmpty }.joined(separator: "\n\n"))
        }
        var page = Page(fields: fields, title: texts("title").first.map(plain) ?? body.plain.beginning, text: body)
        page.add(targets)
        return page
    }

    /// The authors among some elements: Atom has a name in each, RSS an address with a name (`zoe@example.org (Zoe Dee)`).
    private static func people(_ elements: [XMLNode]) -> [String] {
        elements.filter { $0.name == "author" && $0.first("author_login") == nil }.flatMap { author in
            author.first("name")?.text.map { [$0] } ?? author.text.map(people) ?? []
        }
    }

    private static func people(_ text: String) -> [String] {
        text.contains("@") ? MailMessage.addresses(text).map { $0.name ?? $0.address } : [text]
    }

    /// What those are called who write for a blog that WordPress has exported, by the names that its items have.
    private static func writers(_ channel: XMLNode) -> [String: String] {
        var writers: [String: String] = [:]
        for author in channel.children("author") {
            guard let login = author.first("author_login")?.text else { continue }
            writers[login] = author.first("author_display_name")?.text ?? login
        }
        return writers
    }

    /// A comment of such an export, with who wrote it.
    private static func comment(_ comment: XMLNode) -> String? {
        guard let content = comment.first("comment_content") else { return nil }
        let said = text(of: content).text.plain
        return said.isBlank
            ? nil : [comment.first("comment_author")?.text, said].compactMap(\.self).joined(separator: ": ")
    }

    private static func plain(_ title: String) -> String {
        HTMLMarkup.looksLikeHTML(title) ? TextMarkup.html.plainText(of: title) : title
    }

    /// HTML that is written as text, or (in Atom's XHTML) as elements, and where it leads.
    private static func text(of element: XMLNode) -> (text: MarkedText, links: TextLinks) {
        if element.attribute("type") == "xhtml" {
            var text = HTMLText()
            TreeWalk.forEachNode(below: element.pointer) {
                text.take($0)
            } leave: {
                text.leave($0)
            }
            var links = TextLinks()
            for link in text.links { links.add(link.target) }
            return (MarkedText(plain: text.text), links)
        }
        let source = element.verbatim
        guard HTMLMarkup.looksLikeHTML(source) else {
            var links = TextLinks()
            links.add(addressesIn: source.utf8)
            return (MarkedText(plain: source.trimmed), links)
        }
        let page = HTMLPage(fragment: source)
        return (MarkedText(plain: page.text, source: source), page.links())
    }
}
