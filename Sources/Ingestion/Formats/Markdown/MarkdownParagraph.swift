import CByteScan
import CCmarkGFM

/// The text of one block after the other: what the parser gives, and what people write beyond CommonMark.
///
/// Here wiki links, embeds, footnote marks, call-outs, tasks, tables, strike-through and tags are read, in the text of
/// paragraphs without their code. A byte that goes is first made a NUL, which no text from the parser has, and all of them
/// go at the paragraph's end at once, so that nothing is moved twice.
struct MarkdownParagraph {
    /// What a paragraph is the first of.
    enum Container { case item, quotation }

    /// The text so far.
    private(set) var output: [UInt8] = []
    /// Whether code has masks of its own.
    private(set) var isMasked = false
    /// The tags so far.
    private(set) var tags: [String] = []
    private var knownTags: Set<String> = []
    /// Where links and pictures lead, and what pages are linked to.
    private(set) var links = TextLinks()

    private var separatorStart = 0
    /// Where the link or picture ended behind which nothing has come yet.
    private var linkEnd: Int?
    /// Where the block's text begins.
    private var start = 0
    private var opening: Container?
    /// Whether blanks and a call-out's fold mark are passed over, behind its type or a task's box.
    private var skips: Container?
    private var hasNULs = false
    /// Where brackets opened.
    private var brackets: [Int] = []
    /// The last pair of brackets, from the first to behind the last.
    private var closed = 0..<0

    /// Names of pages with their labels, and of footnotes, are shorter: as labels of CommonMark.
    private static let longestName = 1000
    /// More tags than this are no help to anybody.
    private static let mostTags = 1000

    init(capacity: Int) { output.reserveCapacity(capacity) }

    /// Notes where a link leads, unless it is to a place in the text itself.
    mutating func add(link bytes: some Collection<UInt8>) {
        var target = Array(bytes)
        MarkdownMask.unmask(&target)
        links.add(target.asText)
    }

    // MARK: Blocks

    mutating func begin(behind separator: StaticString, opening: Container?) {
        separatorStart = output.count
        if !output.isEmpty { separator.withUTF8Buffer { output.append(contentsOf: $0) } }
        start = output.count
        self.opening = opening
        skips = nil
        brackets.removeAll(keepingCapacity: true)
        closed = 0..<0
    }

    /// Whether the block has no text.
    var isBlank: Bool { output[start...].allSatisfy(MarkdownMask.isBlank) }

    /// The block's text.
    var blockText: String {
        var text = Array(output[start...])
        MarkdownMask.unmask(&text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Ends the block. Returns false when it has no text: then it leaves nothing.
    mutating func end() -> Bool {
        var end = output.count
        while end > start, MarkdownMask.isBlank(output[end - 1]) { end -= 1 }
        output.removeSubrange((end == start ? separatorStart : end)...)
        return end > start
    }

    mutating func appendBlock(code node: postil_markdown_node) { append(code: literal(of: node), isInline: false) }

    mutating func appendBlock(html node: postil_markdown_node) {
        for link in MarkdownHTML.appendBlock(literal(of: node), to: &output) { add(link: link) }
    }

    /// The words of the first `h1` of a block of HTML; nil without any.
    func heading(ofHTML node: postil_markdown_node) -> String? {
        let html = UnsafeRawBufferPointer(literal(of: node))
        func place(_ text: String, from start: Int) -> Int? {
            [text, text.uppercased()].compactMap { html.firstRange(of: Array($0.utf8), from: start) }.min()
        }
        guard let tag = place("<h1", from: 0), let start = html.first(UInt8(ascii: ">"), from: tag) else { return nil }
        let end = place("</h1", from: start) ?? html.count
        var words: [UInt8] = []
        _ = MarkdownHTML.appendBlock(
            UnsafeBufferPointer(rebasing: literal(of: node)[(start + 1)..<max(start + 1, end)]), to: &words)
        let text = words.asText.collapsed
        return text.isEmpty ? nil : text
    }

    // MARK: Parts of a paragraph

    mutating func appendLineEnd() {
        if output.count > start { output.append(0x0A) }
    }

    mutating func append(code node: postil_markdown_node) {
        skips = nil
        append(code: literal(of: node), isInline: true)
    }

    /// Writes code: with its backslashes, and within a paragraph with masks for what `finishMarks` would take for marks.
    private mutating func append(code: UnsafeBufferPointer<UInt8>, isInline: Bool) {
        let place = output.count
        output.append(contentsOf: code)
        for index in place..<output.count {
            switch output[index] {
            case MarkdownMask.escape: output[index] = UInt8(ascii: "\\")
            case UInt8(ascii: "|"), UInt8(ascii: "#"), UInt8(ascii: "~"):
                if isInline {
                    output[index] = MarkdownMask.mask(output[index])
                    isMasked = true
                }
            default: break
            }
        }
    }

    mutating func append(html node: postil_markdown_node) {
        for link in MarkdownHTML.appendTag(literal(of: node), to: &output) { add(link: link) }
    }

    mutating func append(text node: postil_markdown_node) {
        let text = UnsafeRawBufferPointer(literal(of: node))
        var place = linkEnd == output.count ? Self.attributeLength(of: text) : 0
        linkEnd = nil
        while true {
            let bracket = ByteSearch.firstIndex(
                of: UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "]"), in: text, from: place)
            if bracket > place { append(plain: UnsafeRawBufferPointer(rebasing: text[place..<bracket])) }
            guard bracket < text.count else { return }
            skips = nil
            output.append(text[bracket])
            if text[bracket] == UInt8(ascii: "[") {
                brackets.append(output.count - 1)
            } else if let open = brackets.popLast() {
                close(open)
            }
            place = bracket + 1
        }
    }

    /// Says that a link or picture ends here, behind which its attributes may stand.
    mutating func endLink() { linkEnd = output.count }

    /// Bytes of attributes at the beginning of a text: `{width=50%}`, `{.wide #map}`.
    private static func attributeLength(of text: UnsafeRawBufferPointer) -> Int {
        guard text.first == UInt8(ascii: "{"), let end = text.prefix(longestName).firstIndex(of: UInt8(ascii: "}")),
            end > 1
        else { return 0 }
        let words = text[1..<end].drop { $0 == UInt8(ascii: ":") }.split(separator: 0x20)
        let isEach = words.allSatisfy { word in
            word.first == UInt8(ascii: ".") || word.first == UInt8(ascii: "#") || word.contains(UInt8(ascii: "="))
        }
        return isEach && !words.isEmpty ? end + 1 : 0
    }

    private mutating func append(plain text: UnsafeRawBufferPointer) {
        guard let skips else { return output.append(contentsOf: text) }
        let rest = text.drop {
            $0 == 0x20 || skips == .quotation && ($0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-"))
        }
        if rest.isEmpty { return }
        self.skips = nil
        output.append(contentsOf: rest)
    }

    private func literal(of node: postil_markdown_node) -> UnsafeBufferPointer<UInt8> {
        var length: Int32 = 0
        // Safety: the tree lives until the walk has ended, and the text is `length` bytes long.
        let bytes = postil_markdown_literal(node, &length)
        assert(length >= 0 && (bytes != nil || length == 0))
        return UnsafeBufferPointer(start: bytes, count: Int(length))
    }

    // MARK: Brackets

    private mutating func close(_ open: Int) {
        let content = open + 1..<output.count - 1
        let previous = closed
        closed = 0..<0
        if isFootnoteMark(content) {
            output.removeLast(output.count - open)
        } else if open > start, output[open - 1] == UInt8(ascii: "^") {
            // An inline note, ^[like this], is no part of the word before it.
            output.removeLast()
            output[open - 1] = open - 1 > start && !MarkdownMask.isBlank(output[open - 2]) ? 0x20 : 0
            output[open] = 0
            hasNULs = true
        } else if open == start, let opening, isOpening(content, of: opening) {
            output.removeLast(output.count - open)
            skips = opening
        } else if previous == content, isPageName(content) {
            replaceWikiLink(open, name: content.lowerBound + 1..<content.upperBound - 1)
        } else {
            closed = open..<output.count
        }
    }

    private func isFootnoteMark(_ content: Range<Int>) -> Bool {
        content.count > 1 && content.count < Self.longestName && output[content.lowerBound] == UInt8(ascii: "^")
            && !output[content].contains { $0 <= 0x20 }
    }

    /// Whether what stands in brackets is `[Page]`.
    private func isPageName(_ content: Range<Int>) -> Bool {
        content.count > 2 && content.count < Self.longestName && !output[content].contains(0x0A)
    }

    /// Whether brackets hold the type of a call-out, `[!note]`, or are the box of a task.
    private func isOpening(_ content: Range<Int>, of opening: Container) -> Bool {
        switch opening {
        case .item:
            content.count == 1 && [0x20, 0x78, 0x58].contains(output[content.lowerBound])
        case .quotation:
            content.count > 1 && content.count < 100 && output[content.lowerBound] == UInt8(ascii: "!")
                && !output[content].contains { $0 <= 0x20 }
        }
    }

    /// `[[Page]]` and `![[Page]]` become the page's name, `[[Page|label]]` the label unless it is an image's size.
    private mutating func replaceWikiLink(_ open: Int, name: Range<Int>) {
        let bar = MarkdownMask.mask(UInt8(ascii: "|"))
        var shown = Array(output[name])
        // A page, without the place in it or the label.
        let page = shown.prefix { !"#|^".utf8.contains($0) && $0 != bar }
        add(link: page.trimmedBlanks)
        if let place = shown.lastIndex(where: { $0 == UInt8(ascii: "|") || $0 == bar }), place + 1 < shown.count {
            let label = shown[(place + 1)...]
            let isSize = label.allSatisfy { $0 == UInt8(ascii: "x") || (0x30...0x39).contains($0) }
            shown = Array(isSize ? shown[..<place] : label)
        } else if let block = shown.firstIndex(of: UInt8(ascii: "^")) {
            // The name of a block, which nobody reads: [[Page^a1b2c3]], [[Page#^a1b2c3]].
            shown = Array(shown[..<block])
            if shown.last == UInt8(ascii: "#") { shown.removeLast() }
        }
        // A place in the text itself: [[#Heading]].
        if shown.first == UInt8(ascii: "#") { shown.removeFirst() }
        let mark = open > start ? output[open - 1] : 0
        let isTag = mark == UInt8(ascii: "#") && (open - 1 == start || MarkdownMask.isBlank(output[open - 2]))
        // Logseq's tags of more than one word: #[[big game]].
        if isTag { add(tag: shown) }
        output.removeLast(output.count - open + (isTag || mark == UInt8(ascii: "!") ? 1 : 0))
        output += shown
    }

    // MARK: What is left at the end

    /// Takes tables, strike-through, fences of divisions and tags out of a paragraph that is complete.
    mutating func finishMarks(isHeading: Bool = false) {
        let found = marks
        if found.isEmpty, !hasNULs, !isHeading { return }
        if isHeading { removeAttributes() }
        if found.contains(.numberSign), !isHeading { takeTags() }
        if found.contains(.colon) { takeAddresses() }
        if found.contains(.tilde) { takeStrikes() }
        if hasNULs { removeNULs() }
        if found.contains(.bar) || found.contains(.colon) && hasDivision, !isHeading {
            MarkdownTable.unfold(&output, from: start)
        }
    }

    /// What there may be to take out of the block.
    private struct Marks: OptionSet {
        let rawValue: UInt8
        static let numberSign = Marks(rawValue: 1)
        static let tilde = Marks(rawValue: 2)
        static let bar = Marks(rawValue: 4)
        static let colon = Marks(rawValue: 8)
    }

    /// The marks that stand in the block.
    private var marks: Marks {
        output.withUnsafeBytes { output in
            var marks: Marks = []
            var index = start
            while true {
                index = ByteSearch.firstIndex(in: output, from: index) { place in
                    postil_equal(place, UInt8(ascii: "#")) | postil_equal(place, UInt8(ascii: "~"))
                        | postil_equal(place, UInt8(ascii: "|")) | postil_equal(place, UInt8(ascii: ":"))
                }
                guard index < output.count else { return marks }
                switch output[index] {
                case UInt8(ascii: "#"): marks.insert(.numberSign)
                case UInt8(ascii: "~"): marks.insert(.tilde)
                case UInt8(ascii: "|"): marks.insert(.bar)
                default: marks.insert(.colon)
                }
                index += 1
            }
        }
    }

    /// Whether a line begins with `:::`.
    private var hasDivision: Bool {
        output.withUnsafeBytes { output in
            var place = start
            while let index = output.first(UInt8(ascii: ":"), from: place), index + 2 < output.count {
                let isLineStart = index == start || output[index - 1] == 0x0A
                if isLineStart, output[index + 1] == UInt8(ascii: ":"), output[index + 2] == UInt8(ascii: ":") {
                    return true
                }
                place = index + 1
            }
            return false
        }
    }

    private mutating func removeNULs() {
        let text = output[start...].filter { $0 != 0 }
        output.replaceSubrange(start..., with: text)
        hasNULs = false
    }

    /// Pairs `~~` with the next `~~`.
    private mutating func takeStrikes() {
        var opener: Int?
        var index = start
        while index < output.count {
            guard output[index] == UInt8(ascii: "~") else {
                index += 1
                continue
            }
            var end = index
            while end < output.count, output[end] == UInt8(ascii: "~") { end += 1 }
            if end - index == 2 {
                if let open = opener, !MarkdownMask.isBlank(output[index - 1]) {
                    for place in [open, open + 1, index, index + 1] { output[place] = 0 }
                    hasNULs = true
                    opener = nil
                } else if end < output.count, !MarkdownMask.isBlank(output[end]) {
                    opener = index
                }
            }
            index = end
        }
    }

    /// Notes addresses that stand in the text as they are: `https://…`.
    private mutating func takeAddresses() {
        guard output.withUnsafeBytes({ $0.firstRange(of: Array("://".utf8), from: start) }) != nil else { return }
        var text = Array(output[start...])
        MarkdownMask.unmask(&text)
        links.add(addressesIn: text)
    }

    /// Takes the attributes away that end a heading: `# Title {#id .class}`.
    private mutating func removeAttributes() {
        let text = output[start...].trimmedBlanks
        guard text.last == UInt8(ascii: "}"), let open = text.lastIndex(of: UInt8(ascii: "{")), open > text.startIndex,
            "#.-:".utf8.contains(text[open + 1])
        else { return }
        output.removeSubrange(open...)
        while output.count > start, let last = output.last, MarkdownMask.isBlank(last) { output.removeLast() }
    }

    private mutating func add(tag bytes: [UInt8]) {
        var text = bytes
        MarkdownMask.unmask(&text)
        let name = String(decoding: text, as: UTF8.self).trimmed
        if !name.isEmpty { add(tag: name) }
    }

    private mutating func add(tag: String) {
        if tags.count < Self.mostTags, knownTags.insert(tag).inserted { tags.append(tag) }
    }

    private mutating func takeTags() {
        var index = start
        // Whether attributes are open: {.class #id}.
        var isInAttributes = false
        while index < output.count, tags.count < Self.mostTags {
            if output[index] == UInt8(ascii: "{") {
                isInAttributes = index + 1 < output.count && "#.".utf8.contains(output[index + 1])
            } else if output[index] == UInt8(ascii: "}") {
                isInAttributes = false
            } else if output[index] == UInt8(ascii: "#"), !isInAttributes,
                index == start || MarkdownMask.isBlank(output[index - 1]) || output[index - 1] == 0x28,
                let tag = MarkdownTag.name(output[(index + 1)...])
            {
                add(tag: tag)
                index += tag.utf8.count
            }
            index += 1
        }
    }
}
