/// XML of no kind with a format of its own: one document of all its text. JATS, TEI and DocBook tell its title, author and date.
/// Feeds, dumps of a wiki, outlines and books are told by their first element.
struct XMLFormat: PageFormat {
    var name: String { "xml" }
    var extensions: [String] { ["xml", "nxml", "tei", "dbk", "docbook"] }
    // XML tells its own encoding.
    let isText = false

    func recognition(of beginning: InputBeginning) -> Recognition {
        if beginning.text.drop(while: { $0 <= 0x20 }).hasPrefix("<?xml") { return .likely }
        return .none
    }

    func refined(by beginning: InputBeginning) -> any InputFormat {
        let others: [any InputFormat] = [
            FeedFormat(), MediaWikiFormat(), FictionBookFormat(), OpenDocumentFormat(), OutlineFormat(),
            EvernoteFormat(),
        ]
        return others.first { $0.recognition(of: beginning) == .certain } ?? self
    }

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        let tree: XMLTree
        do { tree = try XMLTree(bytes, tally: tally) } catch {
            return Page(text: MarkedText(plain: ""), remarks: [ReadingRemark(.leftOut(reason: "\(error)"), line: nil)])
        }
        tally.note(surplusOf: tree)
        let header = ScholarlyHeader(tree.root)
        let text = ScholarlyText(tree.root, header: header)
        var page = Page(fields: header.fields, title: header.title ?? text.title, text: MarkedText(plain: text.text))
        page.add(text.links)
        if let problem = tree.problem {
            page.remarks = [ReadingRemark(.leftOut(reason: problem.reason), line: problem.line)]
        }
        return page
    }
}
