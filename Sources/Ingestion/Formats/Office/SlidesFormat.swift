/// PPTX (Office Open XML): one document whose pages are the slides, each with the speaker's notes behind it.
struct SlidesFormat: OfficeFormat {
    var name: String { "pptx" }
    var extensions: [String] { ["pptx", "pptm", "ppsx"] }
    let mark = "ppt/presentation.xml"

    private static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    func isWanted(_ name: String) -> Bool { OfficeRelations.mayBeText(name) }

    func page(of files: PackedFiles) throws -> Page {
        let main = OfficeRelations.main(of: files) ?? mark
        let presentation = try tree(main, in: files)
        let targets = OfficeRelations.targets(of: main, in: files)
        var text = SpacedText()
        var heading: String?
        var links = TextLinks(isInPackage: true)
        var remarks = remarks(presentation)
        let slides = presentation.root.first("sldidlst")?.children("sldid") ?? []
        // Each file is read once, however often the package names it.
        var known: Set<String> = [], knownBeside: Set<String> = []
        for (index, slide) in slides.enumerated() {
            if index > 0 { text.endPage() }
            guard let id = slide.attribute("id", in: Self.relations), let path = targets[id]?.path,
                known.insert(path).inserted, let tree = part(path, in: files, &remarks)
            else { continue }
            Self.append(tree.root, to: &text, title: &heading)
            let addresses = OfficeRelations.links(of: path, in: files)
            for link in tree.root.all("hlinkclick") {
                if let target = link.attribute("id").flatMap({ addresses[$0] }) { links.add(target) }
            }
            let beside = OfficeRelations.targets(of: path, in: files)
                .filter { knownBeside.insert($0.value.path).inserted }
            OfficeRelations.appendDrawings(beside, of: files, to: &text)
            let notes = beside.values.first { $0.type.hasSuffix("/notesSlide") }
            if let notes = notes.flatMap({ part($0.path, in: files, &remarks) }) {
                var none: String? = ""
                text.part(by: .paragraph)
                Self.append(notes.root, to: &text, title: &none)
            }
            let comments = beside.values.filter { $0.type.hasSuffix("/comments") }.map(\.path).sorted()
            for comment in comments.compactMap({ part($0, in: files, &remarks) }) {
                Self.append(comments: comment.root, to: &text)
            }
        }
        return OfficeFields(files["docProps/core.xml"])
            .page(heading: heading, text: text, links: links, remarks: remarks)
    }

    /// Appends what readers of the slide wrote beside it, each on a line: the text of old programs stands in `text`, that of new
    /// ones in runs.
    private static func append(comments: XMLNode, to text: inout SpacedText) {
        text.part(by: .paragraph)
        for comment in comments.all("text") + comments.all("p") {
            if let words = comment.text { text.append(words) }
            text.part(by: .line)
        }
        text.part(by: .paragraph)
    }

    private static func append(_ slide: XMLNode, to text: inout SpacedText, title: inout String?) {
        for shape in slide.all("sp") + slide.all("graphicframe") {
            let kind = shape.first("nvsppr", "nvpr", "ph")?.attribute("type")
            if ["sldNum", "dt", "ftr", "hdr"].contains(kind) { continue }
            text.part(by: .paragraph)
            let start = text.bytes.count
            var cells = 0
            var isRaised = false
            TreeWalk.forEachNode(below: shape.pointer) { node in
                switch TreeWalk.element(node) {
                case "r": isRaised = false
                case "t":
                    if isRaised { text.part(raised: XMLNode(pointer: node)) }
                    var child = node.pointee.children
                    while let next = child {
                        text.append(textOf: next)
                        child = next.pointee.next
                    }
                    return false
                case "br": text.part(by: .line)
                case "p": text.part(by: cells > 0 ? .space : .line)
                case "tc": cells += 1
                case "num", "den", "deg", "lim", "fname", "e": text.part(by: .space)
                case "rpr": isRaised = XMLNode(pointer: node).attribute("baseline").flatMap(Int.init) ?? 0 > 0
                case "fld" where XMLNode(pointer: node).attribute("type") == "slidenum": return false
                default: break
                }
                return true
            } leave: { node in
                switch TreeWalk.element(node) {
                case "p": text.part(by: cells > 0 ? .space : .line)
                case "tc":
                    cells -= 1
                    text.part(by: .space)
                case "tr": text.part(by: .line)
                case "num", "den", "deg", "lim", "fname": text.part(by: .space)
                default: break
                }
            }
            if title == nil, ["title", "ctrTitle"].contains(kind), text.bytes.count > start {
                title = String(decoding: text.bytes[start...], as: UTF8.self).collapsed
            }
        }
        // What pictures and drawings are described as.
        for properties in slide.all("cnvpr") {
            guard let description = properties.attribute("descr"), !description.isBlank else { continue }
            text.part(by: .paragraph)
            text.append(description)
        }
    }
}
