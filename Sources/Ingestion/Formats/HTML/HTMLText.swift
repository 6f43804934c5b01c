import CLibxml2

/// Gathers the text of a page with the spaces and line ends that its elements mean.
struct HTMLText {
    private var output = SpacedText()
    private var preDepth = 0
    /// The heading that is open: its element, and where its text begins.
    private var openHeading: (element: String, start: Int)?
    private var quoteDepth = 0
    private var quoteStart = 0
    /// The bytes of the text that are quotations.
    private var quotes: [Range<Int>] = []
    /// The first `h1`, and the first heading below that.
    private(set) var firstHeading: String?
    private(set) var firstSubheading: String?
    private static let subheadings: Set = ["h2", "h3", "h4"]
    /// Ids of elements that are asked for, and the bytes of the text where they begin.
    private let anchors: Set<String>
    private(set) var anchorPlaces: [String: Int] = [:]
    /// Where links and pictures lead, with the bytes of the text where they stand.
    private(set) var links: [(place: Int, target: String)] = []
    /// How the words of a ruby are read, which stands above them.
    private var readings = ""

    init(anchors: Set<String> = []) { self.anchors = anchors }

    /// The text so far.
    var text: String { output.text }

    /// The same with `> ` before each line of a quotation.
    var textWithMarkedQuotes: String {
        guard !quotes.isEmpty else { return text }
        var marked: [UInt8] = []
        var place = 0
        for quote in quotes {
            marked += output.bytes[place..<quote.lowerBound]
            // The gap before it is no part of it.
            var isLineStart = quote.lowerBound == 0 || output.bytes[quote.lowerBound] == 0x0A
            for byte in output.bytes[quote] {
                if isLineStart, byte != 0x0A { marked += [UInt8(ascii: ">"), 0x20] }
                isLineStart = byte == 0x0A
                marked.append(byte)
            }
            place = quote.upperBound
        }
        return (marked + output.bytes[place...]).asText
    }

    /// Takes a node; whether its children count.
    mutating func take(_ node: UnsafeMutablePointer<xmlNode>) -> Bool {
        if node.pointee.type == XML_TEXT_NODE || node.pointee.type == XML_CDATA_SECTION_NODE {
            if let content = node.pointee.content { output.append(content, isKept: preDepth > 0) }
            return false
        }
        guard let element = TreeWalk.element(node) else { return false }
        if !anchors.isEmpty, let id = TreeWalk.attribute("id", of: node) ?? TreeWalk.attribute("name", of: node),
            anchors.contains(id), anchorPlaces[id] == nil
        {
            anchorPlaces[id] = output.bytes.count
        }
        if let name = HTMLElements.addresses[element], let target = TreeWalk.attribute(name, of: node) {
            links.append((output.bytes.count, target))
        }
        // The head's fields are gathered elsewhere, and it has no text of its own.
        if element == "head" { return true }
        if element == "title" || HTMLElements.ignored.contains(element) { return false }
        if element == "a", Self.isNoteMark(node) { return false }
        if node.pointee.properties != nil, Self.isPageBreak(element, node) || Self.isSecondFormula(element, node) {
            return false
        }
        if element == "math", let source = Self.source(ofFormula: node) {
            output.append(source)
            return false
        }
        // Readings stand between the letters of a word, and make none of it.
        if element == "rp" { return false }
        if element == "rt" || element == "rtc" {
            readings += XMLNode(pointer: node).text ?? ""
            return false
        }
        widen(around: element)
        if element == "sup" { output.part(raised: XMLNode(pointer: node)) }
        if element == "pre" { preDepth += 1 }
        if element == "blockquote" {
            if quoteDepth == 0 { quoteStart = output.bytes.count }
            quoteDepth += 1
        }
        if element == "h1" && firstHeading == nil || Self.subheadings.contains(element) && firstSubheading == nil {
            openHeading = (element, output.bytes.count)
        }
        if element == "img", let alternative = TreeWalk.attribute("alt", of: node) {
            output.append(alternative, isKept: preDepth > 0)
            output.part(by: .space)
        }
        return true
    }

    /// Whether an element is the number of a page of what a book was printed in.
    private static func isPageBreak(_ element: String, _ node: UnsafeMutablePointer<xmlNode>) -> Bool {
        guard element == "span" || element == "div" || element == "a" || element == "hr" else { return false }
        return TreeWalk.attribute("epub:type", of: node) == "pagebreak"
            || TreeWalk.attribute("role", of: node) == "doc-pagebreak"
    }

    /// What the author of a formula typed, where the page has it beside the formula.
    private static func source(ofFormula node: UnsafeMutablePointer<xmlNode>) -> String? {
        XMLNode(pointer: node).first("semantics")?.children("annotation")
            .first { $0.attribute("encoding")?.contains("tex") ?? false }?.text
    }

    /// Whether an element shows a formula once more that stands beside it: KaTeX's for the eyes, and the pictures of MediaWiki.
    private static func isSecondFormula(_ element: String, _ node: UnsafeMutablePointer<xmlNode>) -> Bool {
        guard element == "span" || element == "img", let name = TreeWalk.attribute("class", of: node) else {
            return false
        }
        return element == "span" ? name == "katex-html" : name.hasPrefix("mwe-math-fallback-image")
    }

    /// Whether a link is the number of a note, or leads back from one: it would become a part of the word before it.
    private static func isNoteMark(_ link: UnsafeMutablePointer<xmlNode>) -> Bool {
        guard TreeWalk.attribute("href", of: link)?.contains("#") ?? false else { return false }
        return XMLNode(pointer: link).text.map(NoteMark.isOne) ?? false
    }

    /// Ends an element.
    mutating func leave(_ node: UnsafeMutablePointer<xmlNode>) {
        guard let element = TreeWalk.element(node) else { return }
        if element == "ruby", !readings.isEmpty {
            output.append("（\(readings)）")
            readings = ""
        }
        if element == "pre" { preDepth -= 1 }
        if element == "blockquote" {
            quoteDepth -= 1
            if quoteDepth == 0, output.bytes.count > quoteStart { quotes.append(quoteStart..<output.bytes.count) }
        }
        if let (heading, start) = openHeading, heading == element {
            let text = String(decoding: output.bytes[min(start, output.bytes.count)...], as: UTF8.self).collapsed
            if heading == "h1" { firstHeading = text } else if !text.isEmpty { firstSubheading = text }
            openHeading = nil
        }
        widen(around: element)
    }

    private mutating func widen(around element: String) {
        if HTMLElements.inline.contains(element) { return }
        if HTMLElements.paragraphs.contains(element) {
            output.part(by: .paragraph)
        } else {
            output.part(by: HTMLElements.cells.contains(element) ? .space : .line)
        }
    }
}
