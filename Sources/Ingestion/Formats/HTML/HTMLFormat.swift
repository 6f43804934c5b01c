/// HTML: one document, a page.
struct HTMLFormat: PageFormat {
    var name: String { "html" }
    var extensions: [String] { ["html", "htm", "xhtml"] }
    let declaresEncoding = true

    func recognition(of beginning: InputBeginning) -> Recognition {
        let start = String(decoding: beginning.text.drop { $0 <= 0x20 }.prefix(14), as: UTF8.self).lowercased()
        if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") { return .certain }
        // A browser that saved the page says so first.
        let isPage = start.hasPrefix("<!--") && beginning.text.prefix(2000).asText.lowercased().contains("<html")
        return isPage ? .certain : .none
    }

    func page(_ bytes: UnsafeRawBufferPointer, tally: BatchTally) -> Page {
        let page = HTMLPage(bytes: bytes, tally: tally)
        if let line = page.surplusLine {
            tally.note(.leftOut(reason: MarkupAttributes.surplusReason), line: line)
        }
        var content = Page(fields: page.fields, title: page.title, text: MarkedText(plain: page.text))
        content.add(page.links())
        return content
    }
}

extension DocumentFormat {
    /// One document: a page.
    public static let html = DocumentFormat(HTMLFormat())
}
