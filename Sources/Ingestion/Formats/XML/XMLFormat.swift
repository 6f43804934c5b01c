import CLibxml2

/// XML of no known kind: one document of all its text. Feeds, dumps of a wiki and books are told by their first element.
struct XMLFormat: PageFormat {
    let name = "xml"
    let extensions = ["xml"]
    // XML tells its own encoding.
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        if beginning.text.drop(while: { $0 <= 0x20 }).hasPrefix("<?xml") { return .likely }
        return .none
    }

    func refined(by beginning: InputBeginning) -> any InputFormat {
        let others: [any InputFormat] = [FeedFormat(), MediaWikiFormat(), FictionBookFormat(), OpenDocumentFormat()]
        return others.first { $0.recognition(of: beginning) == .certain } ?? self
    }

    /// Elements of TEI, DocBook and JATS that stand within a line.
    private static let inline: Set = [
        "hi", "emph", "emphasis", "ref", "link", "term", "name", "rs", "foreign", "xref", "literal", "italic", "bold",
        "ulink",
        "persname", "placename", "num", "ext-link", "sc", "styled-content", "inline-formula",
        "named-content",
    ]
    /// Elements of the same that lead elsewhere, by one of some attributes.
    private static let links: Set = ["ref", "link", "ulink", "xref", "ext-link", "ptr", "uri", "a", "self-uri"]
    private static let addresses = ["href", "target", "url"]
    private static let paragraphs: Set = [
        "p", "para", "head", "title", "div", "sec", "section", "abstract", "list", "table", "quote", "lg", "sp",
    ]

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        let tree: XMLTree
        do { tree = try XMLTree(bytes, tally: tally) } catch {
            return Page(text: MarkedText(plain: ""), remarks: [ReadingRemark(.leftOut(reason: "\(error)"), line: nil)])
        }
        var text = SpacedText()
        var title: String?
        var links = TextLinks()
        TreeWalk.forEachNode(below: tree.root.pointer) { node in
            text.append(textOf: node)
            if let element = TreeWalk.element(node) {
                if Self.noteMarks.contains(element), Self.isNoteMark(node) { return false }
                text.part(by: Self.gap(element))
                if title == nil, element == "title" || element == "head" || element == "article-title" {
                    title = XMLNode(pointer: node).text
                }
                if Self.links.contains(element),
                    let target = Self.addresses.lazy.compactMap(XMLNode(pointer: node).attribute).first
                {
                    links.add(target)
                }
            }
            return true
        } leave: { node in
            if let element = TreeWalk.element(node) { text.part(by: Self.gap(element)) }
        }
        tally.note(surplusOf: tree)
        var page = Page(title: title, text: MarkedText(plain: text.text))
        page.add(links)
        if let problem = tree.problem {
            page.remarks = [ReadingRemark(.leftOut(reason: problem.reason), line: problem.line)]
        }
        return page
    }

    /// Elements that may refer to a note.
    private static let noteMarks: Set = ["xref", "ref", "footnoteref"]

    /// Whether such an element is the number of one, which would become a part of the word before it.
    private static func isNoteMark(_ node: XMLNode.Pointer) -> Bool {
        // Safety: libxml2 set these pointers and ends the text with a NUL; no more than four of its bytes are read.
        guard let child = node.pointee.children, child.pointee.next == nil, child.pointee.type == XML_TEXT_NODE,
            let content = child.pointee.content
        else { return false }
        let mark = (0..<4).prefix { content[$0] != 0 }.map { content[$0] }
        return mark.count <= 3 && mark.allSatisfy { (0x30...0x39).contains($0) || "*[]".utf8.contains($0) }
    }

    private static func gap(_ element: String) -> SpacedText.Gap {
        if inline.contains(element) || HTMLElements.inline.contains(element) { return .none }
        return paragraphs.contains(element) ? .paragraph : .line
    }
}
