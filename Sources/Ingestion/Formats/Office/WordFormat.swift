/// DOCX (Office Open XML): paragraphs and tables in their order, then notes and comments. Deleted text is left out, inserted
/// text is in it.
struct WordFormat: OfficeFormat {
    var name: String { "docx" }
    var extensions: [String] { ["docx", "docm", "dotx"] }
    let mark = "word/document.xml"

    /// What stands apart from the text, behind it, and what it is called where nothing refers to it.
    private static let apart = ["footnotes", "endnotes", "comments"]

    func isWanted(_ name: String) -> Bool {
        OfficeRelations.mayBeText(name) || name.lowercased().hasSuffix("/styles.xml")
    }

    func page(of files: PackedFiles) throws -> Page {
        let main = OfficeRelations.main(of: files) ?? mark
        let document = try tree(main, in: files)
        let targets = OfficeRelations.targets(of: main, in: files)
        let styles = targets.values.first { $0.type.hasSuffix("/styles") }?.path ?? "word/styles.xml"
        var walk = WordWalk(styles: Self.styles(files[styles]))
        walk.take(document.root, links: OfficeRelations.links(of: main, in: files))
        var remarks = remarks(document)
        OfficeRelations.appendDrawings(targets, of: files, to: &walk.text)
        for kind in Self.apart {
            let name = targets.values.first { $0.type.hasSuffix("/" + kind) }?.path ?? "word/\(kind).xml"
            guard files[name] != nil, let notes = part(name, in: files, &remarks) else { continue }
            walk.text.part(by: .paragraph)
            walk.take(notes.root, links: OfficeRelations.links(of: name, in: files))
        }
        return OfficeFields(files["docProps/core.xml"])
            .page(
                heading: walk.title ?? walk.heading, date: walk.date, text: walk.text, links: walk.links,
                remarks: remarks)
    }
}

extension WordFormat {
    /// What styles are called, by their ids, both in lower case: a German Word calls that of titles `Titel`, and the name in the file is
    /// `Title` in all languages.
    private static func styles(_ bytes: [UInt8]?) -> [String: String] {
        var names: [String: String] = [:]
        for style in bytes.flatMap({ try? XMLTree($0) })?.root.children("style") ?? [] {
            guard let id = style.attribute("styleId"), let name = style.first("name")?.attribute("val") else {
                continue
            }
            names[id.lowercased()] = name.lowercased()
        }
        return names
    }
}

/// Gathers the text of WordprocessingML.
private struct WordWalk {
    var text = SpacedText()
    /// The first paragraph of the style for titles, and the first of a style for headings.
    var title: String?
    var heading: String?
    /// The first paragraph of the style for dates.
    private(set) var date: String?
    private var style: String?
    private var cells = 0
    private var start = 0
    /// Whether the paragraph is one of the table of contents.
    private var isOfContents = false
    /// Where the text leads, and where the ids of its links do.
    private(set) var links = TextLinks(isInPackage: true)
    private var addresses: [String: String] = [:]
    /// What styles are called, by their ids.
    private let styles: [String: String]
    /// The instruction of a field, which comes in pieces: `HYPERLINK "https://…"`.
    private var instruction = ""
    /// Whether the run that is being read stands above the line.
    private var isRaised = false
    /// How the words of a ruby are read, which stands above them.
    private var readings = ""

    init(styles: [String: String]) { self.styles = styles }

    /// Takes a file of the package.
    ///
    /// - Parameter links: Where the links in it lead, by their ids.
    mutating func take(_ root: XMLNode, links addresses: [String: String]) {
        self.addresses = addresses
        instruction = ""
        TreeWalk.forEachNode(below: root.pointer) { node in
            enter(node)
        } leave: { node in
            leave(node)
        }
    }

    private mutating func enter(_ node: XMLNode.Pointer) -> Bool {
        switch TreeWalk.element(node) {
        case "t":
            // A table of contents says what stands elsewhere.
            if isOfContents { return false }
            if isRaised { text.part(raised: XMLNode(pointer: node)) }
            var child = node.pointee.children
            while let next = child {
                text.append(textOf: next)
                child = next.pointee.next
            }
            return false
        case "r": isRaised = false
        case "vertalign": isRaised = XMLNode(pointer: node).attribute("val") == "superscript"
        case "tab", "ptab": text.part(by: .space)
        case "br", "cr": text.part(by: .line)
        case "nobreakhyphen": text.append("-")
        case "p":
            text.part(by: cells > 0 ? .space : .paragraph)
            style = nil
            isOfContents = false
            start = text.bytes.count
        case "tbl": text.part(by: .paragraph)
        case "docpr":
            // What a picture is described as.
            if let description = XMLNode(pointer: node).attribute("descr"), !description.isBlank {
                text.part(by: .space)
                text.append(description)
                text.part(by: .space)
            }
        case "tc": cells += 1
        case "pstyle":
            style = XMLNode(pointer: node).attribute("val").map { $0.lowercased() }.map { styles[$0] ?? $0 }
            let level = style.map { $0.hasPrefix("toc") ? $0.dropFirst(3).drop { $0 == " " } : "" } ?? ""
            isOfContents = level == "heading" || !level.isEmpty && level.allSatisfy(\.isNumber)
        // What formulas have one over the other.
        case "num", "den", "deg", "lim", "fname", "e": text.part(by: .space)
        // What programs without the newer drawing show; the same text once more.
        case "fallback", "del", "movefrom", "deltext": return false
        case "rt":
            readings += XMLNode(pointer: node).text ?? ""
            return false
        case "hyperlink":
            if let target = XMLNode(pointer: node).attribute("id").flatMap({ addresses[$0] }) { links.add(target) }
        case "instrtext":
            if instruction.utf8.count < Self.longestInstruction { instruction += XMLNode(pointer: node).verbatim }
            return false
        case "fldchar":
            note(instruction: instruction)
            instruction = ""
        case "fldsimple": note(instruction: XMLNode(pointer: node).attribute("instr") ?? "")
        default: break
        }
        return true
    }

    /// Bytes of an instruction that leads elsewhere.
    private static let longestInstruction = 4096

    /// Notes where a field leads. One to a place in the text has no address but `\\l`.
    private mutating func note(instruction: String) {
        guard let name = instruction.firstRange(of: "HYPERLINK") else { return }
        let rest = instruction[name.upperBound...].drop(while: \.isWhitespace)
        if rest.first == "\"" { links.add(rest.dropFirst().prefix { $0 != "\"" }) }
    }

    private mutating func leave(_ node: XMLNode.Pointer) {
        switch TreeWalk.element(node) {
        case "p":
            if let style, title == nil || heading == nil || style == "date", text.bytes.count > start {
                let line = String(decoding: text.bytes[start...], as: UTF8.self).collapsed
                if style == "title" { title = title ?? line }
                if style == "date" { date = date ?? line }
                if style.hasPrefix("heading") { heading = heading ?? line }
            }
            text.part(by: cells > 0 ? .space : .paragraph)
        case "tc":
            cells -= 1
            text.part(by: .space)
        case "ruby":
            if !readings.isEmpty { text.append("（\(readings)）") }
            readings = ""
        case "tr": text.part(by: .line)
        case "tbl": text.part(by: .paragraph)
        case "num", "den", "deg", "lim", "fname": text.part(by: .space)
        // The limits of a sum, and what it is of.
        case "sub", "sup":
            if TreeWalk.element(node.pointee.parent) == "nary" { text.part(by: .space) }
        default: break
        }
    }
}
