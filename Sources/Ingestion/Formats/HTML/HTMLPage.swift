import CLibxml2

/// What an HTML page, or a fragment of one, says: its text, its title, and the fields in its head.
///
/// Parsed by libxml2's HTML parser, which mends what is broken. Its messages are switched off for each call, and it
/// fetches nothing. Text of scripts, styles, navigation and forms is left out; blocks end lines.
struct HTMLPage {
    /// The text that readers see.
    private(set) var text = ""
    /// The page's `title`, else its `og:title`, else its heading.
    private(set) var title: String?
    /// Its first `h1`, else its first heading below that.
    private(set) var heading: String?
    /// `author`, `date`, `description`, `tags`, `url`, `language`, where the page has them.
    private(set) var fields: [FieldValue.Member] = []
    /// The line of the first element that has more attributes than are read, where there is one.
    private(set) var surplusLine: Int?
    /// What it says that it is within a book: the values of `epub:type` of the body and what is directly in it.
    private(set) var bookTypes: Set<String> = []
    /// Where in the text the elements begin that were asked for, in bytes, by their ids.
    private(set) var anchorPlaces: [String: Int] = [:]
    /// Where its links and pictures lead, with the bytes of the text where they stand.
    private var linkPlaces: [(place: Int, target: String)] = []
    private let anchors: Set<String>
    private let isChapter: Bool
    private let marksQuotes: Bool

    /// Parses a fragment that is text already.
    ///
    /// - Parameter marksQuotes: Whether lines of quotations shall begin with `> `, as in mail.
    init(fragment: String, marksQuotes: Bool = false) {
        isChapter = false
        anchors = []
        self.marksQuotes = marksQuotes
        var fragment = fragment
        fragment.withUTF8 { parse(UnsafeRawBufferPointer($0)) }
    }

    /// Parses a page whose encoding is UTF-8, what it declares, what its bytes look like, or Windows-1252, whichever is first to
    /// fit.
    ///
    /// - Parameters:
    ///   - isChapter: Whether it is a chapter of a book; then it is asked for its type and its source.
    ///   - marksQuotes: Whether lines of quotations shall begin with `> `, as in mail.
    ///   - anchors: The ids of elements whose places in the text are wanted.
    init(
        bytes: UnsafeRawBufferPointer, tally: BatchTally, isChapter: Bool = false, marksQuotes: Bool = false,
        anchors: Set<String> = []
    ) {
        self.isChapter = isChapter
        self.anchors = anchors
        self.marksQuotes = marksQuotes
        if bytes.first(0x1B, from: 0) == nil, TextDecoding.isUTF8(bytes) {
            parse(bytes)
            return
        }
        var decoded = TextDecoding.text(bytes, declared: Self.declaredCharset(bytes), tally: tally)
        decoded.withUTF8 { parse(UnsafeRawBufferPointer($0)) }
    }

    /// libxml2 asks to be initialised once before several threads use it.
    private static let initialised: Void = xmlInitParser()

    /// Parses UTF-8.
    private mutating func parse(_ bytes: UnsafeRawBufferPointer) {
        let attributes = MarkupAttributes(bytes)
        if let limited = attributes.limited {
            surplusLine = attributes.surplusLine
            return limited.withUnsafeBytes { parseLimited($0) }
        }
        parseLimited(bytes)
    }

    private mutating func parseLimited(_ bytes: UnsafeRawBufferPointer) {
        _ = Self.initialised
        guard bytes.count > 0, bytes.count < Int(Int32.max), let context = htmlNewParserCtxt() else { return }
        defer { htmlFreeParserCtxt(context) }
        let options = Int32(
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
                | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue)
        // Safety: the parser reads bytes.count bytes and keeps none of them; the tree is freed below.
        let document = postil_html_parse(
            context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), "UTF-8", options)
        guard let document else { return }
        defer { xmlFreeDoc(document) }
        guard let root = xmlDocGetRootElement(document) else { return }
        var head = HTMLHead()
        var body = HTMLText(anchors: anchors)
        let source = isChapter ? ChapterSource.take(from: root) : nil
        if isChapter { bookTypes = Self.bookTypes(below: root) }
        TreeWalk.forEachNode(below: root) { node in
            head.take(node)
            return body.take(node)
        } leave: { node in
            body.leave(node)
        }
        text = marksQuotes ? body.textWithMarkedQuotes : body.text
        anchorPlaces = body.anchorPlaces
        linkPlaces = body.links
        heading = body.firstHeading.flatMap { $0.isEmpty ? nil : $0 } ?? body.firstSubheading
        title = head.title ?? heading
        fields = head.fields
        if let source, !fields.contains(where: { $0.name == "url" }) {
            fields.append(FieldValue.Member(name: "url", value: .text(source)))
        }
    }

    /// Where the links and pictures lead that stand in some bytes of the text, or in all of it.
    func links(in range: Range<Int>? = nil, isInPackage: Bool = false) -> TextLinks {
        var links = TextLinks(isInPackage: isInPackage)
        for (place, target) in linkPlaces where range?.contains(place) ?? true { links.add(target) }
        return links
    }

    private static func bookTypes(below root: UnsafeMutablePointer<xmlNode>) -> Set<String> {
        let body = XMLNode(pointer: root).children("body")
        let types = (body + body.flatMap(\.children)).compactMap { TreeWalk.attribute("epub:type", of: $0.pointer) }
        return Set(types.flatMap { $0.lowercased().split(separator: " ").map(String.init) })
    }

    /// The character set that the first bytes declare, in a `meta` element or else in an XML declaration.
    ///
    /// Browsers look at 1024 bytes at first, and begin anew where they find it later.
    private static func declaredCharset(_ bytes: UnsafeRawBufferPointer) -> String? {
        let start = String(decoding: bytes.prefix(ByteStream.prefixLength), as: UTF8.self).lowercased()
        var rest = start[...]
        while let element = rest.firstRange(of: "<meta") {
            rest = rest[element.upperBound...]
            let attributes = rest.prefix { $0 != ">" }
            if let name = attributes.firstRange(of: "charset"), let set = value(attributes[name.upperBound...]) {
                return set
            }
        }
        guard start.hasPrefix("<?xml"), let name = start.prefix(while: { $0 != ">" }).firstRange(of: "encoding") else {
            return nil
        }
        return value(start[name.upperBound...])
    }

    /// What stands behind `=`, perhaps in quotes: a name.
    private static func value(_ text: Substring) -> String? {
        let text = text.drop(while: \.isWhitespace)
        guard text.first == "=" else { return nil }
        let name = text.dropFirst().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }.prefix {
            $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:".contains($0))
        }
        return name.isEmpty ? nil : String(name)
    }
}
