/// OPML, as outliners write it and programs for feeds their subscriptions: one document, in which each outline is a line with its note
/// below. Feeds and pages that it names are links.
struct OutlineFormat: PageFormat {
    var name: String { "opml" }
    var extensions: [String] { ["opml"] }
    // XML tells its own encoding.
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        beginning.holds("<opml", within: 1000) ? .certain : .none
    }

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        let tree: XMLTree
        do { tree = try XMLTree(bytes, tally: tally) } catch {
            return Page(text: MarkedText(plain: ""), remarks: [ReadingRemark(.leftOut(reason: "\(error)"), line: nil)])
        }
        tally.note(surplusOf: tree)
        var text = SpacedText()
        var links = TextLinks()
        TreeWalk.forEachNode(below: (tree.root.first("body") ?? tree.root).pointer) { node in
            if TreeWalk.element(node) == "outline" { Self.append(XMLNode(pointer: node), to: &text, &links) }
            return true
        } leave: { _ in
        }
        let head = tree.root.first("head")
        var page = Page(title: head?.first("title")?.text, text: MarkedText(plain: text.text))
        for (field, names) in [("author", ["ownername"]), ("date", ["datecreated", "datemodified"])] {
            guard let value = names.lazy.compactMap({ head?.first($0)?.text }).first else { continue }
            page.fields.append(FieldValue.Member(name: field, value: .text(value)))
        }
        page.add(links)
        if let problem = tree.problem {
            page.remarks = [ReadingRemark(.leftOut(reason: problem.reason), line: problem.line)]
        }
        return page
    }

    /// Attributes with what an outline says, some of which may say the same, and with where it leads.
    private static let words = ["text", "title", "description", "_note", "_comment"]
    private static let addresses = ["xmlurl", "htmlurl", "url", "_url"]

    private static func append(_ outline: XMLNode, to text: inout SpacedText, _ links: inout TextLinks) {
        let attributes = outline.attributes
        // What has others in it begins a paragraph.
        text.part(by: outline.first("outline") == nil ? .line : .paragraph)
        var said: Set<String> = []
        for name in words {
            guard let value = attributes[name] else { continue }
            let plain = HTMLMarkup.looksLikeHTML(value) ? TextMarkup.html.plainText(of: value) : value.trimmed
            guard !plain.isEmpty, said.insert(plain).inserted else { continue }
            links.add(addressesIn: value.utf8)
            text.append(plain, isKept: true)
            text.part(by: .line)
        }
        for name in addresses { if let address = attributes[name] { links.add(address) } }
    }
}
