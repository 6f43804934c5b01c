/// FictionBook 2 (FB2): one document a chapter; the notes are one more. A chapter is a section with text of its own, or with no
/// titled sections in it: those of a part are the chapters.
struct FictionBookFormat: WholeFormat {
    var name: String { "fb2" }
    var extensions: [String] { ["fb2"] }
    // XML tells its own encoding.
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        beginning.holds("<FictionBook", within: 1000) ? .certain : .none
    }

    func maximumBytes(_ limits: ReadingLimits) -> Int { limits.maximumContainerBytes }

    func read(
        _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
        into handler: (consuming ReadEvent) throws -> Void
    ) rethrows {
        let tree: XMLTree
        do {
            tree = try XMLTree(XMLPayload.removed(from: bytes, between: "<binary", and: "</binary>"), tally: tally)
        } catch {
            return try handler(.skipped(line: nil, reason: "\(error)"))
        }
        tally.note(surplusOf: tree)
        let book = Self.description(tree.root)
        var count = 0
        for body in tree.root.children("body") {
            let isNotes = ["notes", "comments"].contains(body.attribute("name") ?? "")
            let chapters = isNotes ? [Chapter(section: body)] : Self.chapters(of: body)
            for chapter in chapters {
                let section = chapter.section
                var text = SpacedText()
                var links = TextLinks(isInPackage: true)
                for part in chapter.before { Self.append(part, to: &text, &links) }
                text.part(by: .paragraph)
                Self.append(section, to: &text, &links)
                if text.bytes.isEmpty { continue }
                count += 1
                let own = section.first("title")?.text ?? (isNotes ? "Notes" : Self.boldBeginning(of: section))
                let fields = book.fields + [FieldValue.Member(name: "chapter", value: .text(String(count)))]
                var page = Page(
                    fields: fields, title: own ?? book.title.map { chapters.count == 1 ? $0 : "\($0), \(count)" },
                    text: MarkedText(plain: text.text))
                page.add(links)
                let part = section.attribute("id") ?? (isNotes ? "notes" : String(count))
                let place = RecordContext(file: file, line: max(1, section.line), row: count, part: part)
                try reader.map(page, in: place, tally: tally, into: handler)
            }
        }
        if let problem = tree.problem {
            try handler(.stopped(line: problem.line, reason: problem.reason))
        } else if count == 0 {
            try handler(.skipped(line: nil, reason: "holds no chapters"))
        }
    }

    /// A chapter, with what stands before it: the title and epigraph of the part that it begins.
    private struct Chapter {
        var before: [XMLNode] = []
        let section: XMLNode
    }

    /// The chapters of a body; a body without sections is one.
    private static func chapters(of body: XMLNode) -> [Chapter] {
        let sections = body.children("section")
        if sections.isEmpty { return [Chapter(section: body)] }
        // The title of the body is that of the book.
        var before = body.children("epigraph")
        var chapters: [Chapter] = []
        for section in sections { add(chaptersOf: section, to: &chapters, before: &before) }
        return chapters
    }

    /// As deep as libxml2 lets elements nest.
    private static func add(chaptersOf section: XMLNode, to chapters: inout [Chapter], before: inout [XMLNode]) {
        let children = section.children
        let inner = children.filter { $0.name == "section" }
        let hasText = children.contains { ["p", "poem", "cite", "subtitle", "table"].contains($0.name) }
        guard !hasText, inner.contains(where: { $0.first("title") != nil }) else {
            chapters.append(Chapter(before: before, section: section))
            before = []
            return
        }
        before += children.filter { ["title", "epigraph", "annotation"].contains($0.name) }
        for section in inner { add(chaptersOf: section, to: &chapters, before: &before) }
    }

    /// The first paragraph of a section, where it is bold as a whole: the title as Calibre writes it.
    private static func boldBeginning(of section: XMLNode) -> String? {
        guard let first = section.children.first, first.name == "p", first.children.count == 1,
            let bold = first.first("strong")?.text, bold == first.text, bold.utf8.count <= longestTitle
        else { return nil }
        return bold
    }

    /// Bytes of a title. A longer text is a paragraph that is to be seen.
    private static let longestTitle = 200

    private static func append(_ section: XMLNode, to text: inout SpacedText, _ links: inout TextLinks) {
        TreeWalk.forEachNode(below: section.pointer) { node in
            text.append(textOf: node)
            text.part(by: gap(around: node))
            let element = XMLNode(pointer: node)
            switch element.name {
            case "sup": text.part(raised: element)
            case "a":
                guard let target = element.attribute("href") else { break }
                links.add(target)
                // Programs leave out that a link is to a note.
                let isNote = target.hasPrefix("#") && element.text.map(NoteMark.isOne) ?? true
                return !isNote && element.attribute("type") != "note"
            default: break
            }
            return true
        } leave: { node in
            text.part(by: gap(around: node))
        }
    }

    private static func gap(around node: XMLNode.Pointer) -> SpacedText.Gap {
        switch TreeWalk.element(node) {
        case "p", "title", "subtitle", "section", "poem", "stanza", "cite", "epigraph", "annotation", "empty-line",
            "text-author", "table":
            .paragraph
        case "v", "tr", "date": .line
        case "td", "th": .space
        default: .none
        }
    }

    private static func description(_ root: XMLNode) -> (title: String?, fields: [FieldValue.Member]) {
        guard let info = root.first("description", "title-info") else { return (nil, []) }
        let title = info.first("book-title")?.text
        var fields: [FieldValue.Member] = []
        func add(_ name: String, _ texts: [String]) {
            guard let first = texts.first else { return }
            let value = texts.count == 1 ? FieldValue.text(first) : .list(texts.map { .text($0) })
            fields.append(FieldValue.Member(name: name, value: value))
        }
        add("book", [title].compactMap(\.self))
        add(
            "author",
            info.children("author").compactMap { author in
                let names = ["first-name", "middle-name", "last-name"].compactMap { author.first($0)?.text }
                return names.isEmpty ? author.first("nickname")?.text : names.joined(separator: " ")
            })
        let date = info.first("date")
        add("date", [date?.attribute("value") ?? date?.text].compactMap(\.self))
        let keywords = info.children("keywords").compactMap(\.text).flatMap { $0.split { $0 == "," || $0 == ";" } }
        add(
            "tags",
            info.children("genre").compactMap(\.text) + keywords.map { String($0).trimmed }.filter { !$0.isEmpty })
        add("language", info.children("lang").compactMap(\.text))
        add("description", [info.first("annotation")?.text].compactMap(\.self))
        return (title, fields)
    }
}
