/// OpenDocument texts and slides (ODT, ODP): paragraphs, headings, lists and tables in their order, notes and comments behind
/// them. Text that was deleted while changes were recorded is left out. The slides of a presentation are pages. A flat document
/// (FODT) is one file of XML.
struct OpenDocumentFormat: OfficeFormat {
    var name: String { "odt" }
    var extensions: [String] { ["odt", "ott", "odp", "fodt", "fodp"] }
    let mark = "application/vnd.oasis.opendocument."

    func isWanted(_ name: String) -> Bool {
        name == "content.xml" || name == "meta.xml" || name.hasSuffix("/content.xml")
    }

    func recognition(of beginning: InputBeginning) -> Recognition {
        let isFlat = beginning.text.prefix(1000).withUnsafeBytes {
            $0.firstRange(of: Array("<office:document ".utf8), from: 0) != nil
        }
        return isFlat ? .certain : recognitionOfPackage(beginning)
    }

    func page(of files: PackedFiles) throws -> Page {
        page(of: try tree("content.xml", in: files), OfficeFields(files["meta.xml"]), objects: files)
    }

    func page(ofFlat bytes: UnsafeRawBufferPointer, tally: BatchTally) throws -> Page? {
        if bytes.starts(with: [0x50, 0x4B]) { return nil }
        let document = try XMLTree(bytes, tally: tally)
        return page(of: document, OfficeFields(document), objects: nil)
    }

    private func page(of document: XMLTree, _ fields: OfficeFields, objects: PackedFiles?) -> Page {
        var walk = OpenDocumentWalk(objects: objects)
        walk.raisedStyles = Self.raisedStyles(document.root)
        walk.take(document.root.first("body") ?? document.root)
        return
            fields
            .page(
                heading: walk.title ?? walk.heading, date: walk.date, text: walk.text, links: walk.links,
                remarks: remarks(document))
    }
}

extension OpenDocumentFormat {
    /// The styles of what stands above the line.
    private static func raisedStyles(_ root: XMLNode) -> Set<String> {
        let styles = root.children("automatic-styles") + root.children("styles")
        return Set(
            styles.flatMap { $0.children("style") }.compactMap { style in
                guard let position = style.first("text-properties")?.attribute("text-position"),
                    position.hasPrefix("super") || Int(position.prefix { $0 != "%" }).map({ $0 > 0 }) ?? false
                else { return nil }
                return style.attribute("name")
            })
    }
}

/// Gathers the text of OpenDocument's content.
private struct OpenDocumentWalk {
    var text = SpacedText()
    /// The first paragraph of the style for titles, and the first heading.
    var title: String?
    var heading: String?
    /// The first paragraph of the style for dates.
    private(set) var date: String?
    /// Where the text leads.
    private(set) var links = TextLinks(isInPackage: true)
    var raisedStyles: Set<String> = []
    private var start = 0
    private var cells = 0
    private var slides = 0
    private var notes: [XMLNode] = []
    /// Formulas and charts, which are files of their own.
    private let objects: PackedFiles?
    /// Note that is being read behind the text; others within it stay where they are.
    private var isBehind = false

    init(objects: PackedFiles?) { self.objects = objects }

    mutating func take(_ body: XMLNode) {
        walk(body)
        isBehind = true
        for note in notes {
            text.part(by: .paragraph)
            walk(note)
        }
    }

    private mutating func walk(_ root: XMLNode) {
        TreeWalk.forEachNode(below: root.pointer) { node in
            enter(node)
        } leave: { node in
            leave(node)
        }
    }

    private mutating func enter(_ node: XMLNode.Pointer) -> Bool {
        guard let name = TreeWalk.element(node) else {
            // Blanks between elements are not text; those in paragraphs are.
            text.append(textOf: node)
            return false
        }
        switch name {
        case "p", "h":
            text.part(by: cells > 0 ? .space : .paragraph)
            start = text.bytes.count
        case "s", "tab": text.part(by: .space)
        case "span":
            let span = XMLNode(pointer: node)
            if let style = span.attribute("style-name"), raisedStyles.contains(style) { text.part(raised: span) }
        case "line-break": text.part(by: .line)
        case "a", "image":
            if let target = XMLNode(pointer: node).attribute("href") { links.add(target) }
        case "object":
            takeObject(XMLNode(pointer: node))
            return false
        case "desc", "title":
            // What a picture is described as.
            text.part(by: .space)
        case "ruby-text" where XMLNode(pointer: node).text != nil: text.append("（")
        case "creator" where Self.isOfComment(node):
            // Who commented, and not what.
            return false
        case "table-cell": cells += 1
        case "table": text.part(by: .paragraph)
        case "page":
            if slides > 0 { text.endPage() }
            slides += 1
        case "note", "annotation":
            if isBehind { return true }
            notes.append(XMLNode(pointer: node))
            return false
        case "tracked-changes", "note-citation", "forms", "sequence-decls", "page-number", "settings",
            "sender-initials", "date", "table-of-content", "illustration-index", "table-index", "object-index",
            "alphabetical-index", "binary-data":
            // A list of what stands elsewhere in the text says nothing of its own.
            return false
        default: break
        }
        return true
    }

    private static func isOfComment(_ node: XMLNode.Pointer) -> Bool {
        // Safety: libxml2 set this pointer, and the tree is not changed.
        node.pointee.parent.map { TreeWalk.element($0) == "annotation" } ?? false
    }

    /// A formula as its author typed it, or the words of a chart.
    private mutating func takeObject(_ object: XMLNode) {
        // It may be in the text itself.
        var formula = object.first("math")
        if formula == nil, let place = object.attribute("href") {
            let path = PackedFiles.path(of: place, from: "content.xml") + "/content.xml"
            formula = objects?[path].flatMap { try? XMLTree($0) }?.root
        }
        guard let formula else { return }
        text.part(by: .space)
        if formula.name == "math" {
            if let source = formula.all("annotation").first?.text {
                text.append(source)
            } else {
                append(formula: formula.pointer)
            }
        } else {
            for paragraph in formula.all("p") {
                if let words = paragraph.text { text.append(words) }
                text.part(by: .space)
            }
        }
        text.part(by: .space)
    }

    /// Appends what a formula says, its numbers and letters apart from one another.
    private mutating func append(formula: XMLNode.Pointer) {
        TreeWalk.forEachNode(below: formula) { node in
            text.append(textOf: node)
            return true
        } leave: { node in
            if ["mi", "mn", "mo", "mtext"].contains(TreeWalk.element(node)) { text.part(by: .space) }
        }
    }

    private mutating func leave(_ node: XMLNode.Pointer) {
        switch TreeWalk.element(node) {
        case "h":
            if heading == nil { heading = line }
            text.part(by: cells > 0 ? .space : .paragraph)
        case "p":
            let style = title == nil ? XMLNode(pointer: node).attribute("style-name") : nil
            if style == "Title" { title = line }
            if date == nil, XMLNode(pointer: node).attribute("style-name") == "Date" { date = line }
            text.part(by: cells > 0 ? .space : .paragraph)
        case "desc", "title": text.part(by: .space)
        case "ruby-text" where XMLNode(pointer: node).text != nil: text.append("）")
        case "table-cell":
            cells -= 1
            text.part(by: .space)
        case "table-row": text.part(by: .line)
        case "table": text.part(by: .paragraph)
        default: break
        }
    }

    /// The paragraph that was begun last.
    private var line: String? {
        guard text.bytes.count > start else { return nil }
        return String(decoding: text.bytes[start...], as: UTF8.self).collapsed
    }
}
