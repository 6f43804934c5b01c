import CCmarkGFM

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Markdown brought to plain text for matching: what a reader sees, without the marks.
///
/// cmark-gfm parses; this walks over its tree once, from block to block, and `MarkdownParagraph` makes the text of each.
/// Quote, list and heading marks go, link definitions, destinations and HTML comments go; code, formulas and footnotes stay.
/// Blocks have a blank line between them; the items of a tight list and the rows of a table stand on lines of their own.
/// Linear in the text, and total.
struct MarkdownText: Equatable {
    /// The text.
    let plain: String
    /// The text of the first heading that is in no list or quotation; nil without one.
    let heading: String?
    /// All headings, in order; empty unless they were asked for.
    let headings: [MarkupHeading]
    /// The tags in the text, `#tag` or `#tag/below`, without their `#`, each once.
    let tags: [String]
    /// Where its links and pictures lead and the pages that it names.
    let links: TextLinks

    /// Reads Markdown without front matter.
    ///
    /// - Parameter listsHeadings: Whether ``headings`` are wanted.
    init(_ source: String, listsHeadings: Bool = false) {
        let source = MarkdownSource(source)
        var walk = MarkdownWalk(capacity: source.bytes.count, listsHeadings: listsHeadings)
        MarkdownParser.parse(source) { node, isEntering in
            if isEntering { walk.enter(node) } else { walk.leave(node) }
        }
        var output = walk.text.output
        while let last = output.last, MarkdownMask.isBlank(last) { output.removeLast() }
        if source.isMasked || walk.text.isMasked { MarkdownMask.unmask(&output) }
        plain = String(decoding: output, as: UTF8.self)
        heading = walk.heading
        headings = walk.headings
        tags = walk.text.tags
        links = walk.text.links
    }

    /// The text of Markdown without front matter.
    static func plain(_ source: String) -> String { MarkdownText(source).plain }
}

/// The state of a walk over the blocks of a text.
private struct MarkdownWalk {
    var text: MarkdownParagraph
    var heading: String?
    private(set) var headings: [MarkupHeading] = []
    private let listsHeadings: Bool
    private var lists = 0
    private var quotations = 0
    /// What the block that comes next is the first of.
    private var opening: MarkdownParagraph.Container?
    /// The last paragraph's last line, 0 behind other blocks.
    private var paragraphEnd = 0

    init(capacity: Int, listsHeadings: Bool) {
        text = MarkdownParagraph(capacity: capacity)
        self.listsHeadings = listsHeadings
    }

    mutating func enter(_ node: postil_markdown_node) {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT: text.append(text: node)
        case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text.appendLineEnd()
        case CMARK_NODE_CODE: text.append(code: node)
        case CMARK_NODE_HTML_INLINE: text.append(html: node)
        case CMARK_NODE_LINK, CMARK_NODE_IMAGE: add(link: node)
        case CMARK_NODE_PARAGRAPH: begin(node, isParagraph: true)
        case CMARK_NODE_HEADING: begin(node, isParagraph: false)
        case CMARK_NODE_LIST: lists += 1
        case CMARK_NODE_ITEM: opening = .item
        case CMARK_NODE_BLOCK_QUOTE:
            quotations += 1
            opening = .quotation
        case CMARK_NODE_CODE_BLOCK:
            begin(node, isParagraph: false)
            text.appendBlock(code: node)
            end(node, isParagraph: false)
        case CMARK_NODE_HTML_BLOCK:
            begin(node, isParagraph: false)
            text.appendBlock(html: node)
            if heading == nil, lists == 0, quotations == 0 { heading = text.heading(ofHTML: node) }
            end(node, isParagraph: false)
        case CMARK_NODE_THEMATIC_BREAK:
            opening = nil
            paragraphEnd = 0
        default: break
        }
    }

    mutating func leave(_ node: postil_markdown_node) {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH:
            text.finishMarks()
            end(node, isParagraph: true)
        case CMARK_NODE_HEADING:
            text.finishMarks(isHeading: true)
            if heading == nil, lists == 0, quotations == 0, !text.isBlank {
                heading = text.blockText
            }
            if listsHeadings, !text.isBlank {
                headings.append(
                    MarkupHeading(level: Int(cmark_node_get_heading_level(node)), text: text.blockText))
            }
            end(node, isParagraph: false)
        case CMARK_NODE_LINK, CMARK_NODE_IMAGE: text.endLink()
        case CMARK_NODE_LIST: lists -= 1
        case CMARK_NODE_BLOCK_QUOTE: quotations -= 1
        default: break
        }
    }

    private mutating func add(link node: postil_markdown_node) {
        guard let target = cmark_node_get_url(node) else { return }
        // Safety: the address ends with a NUL, and the tree lives until the walk has ended.
        text.add(link: UnsafeRawBufferPointer(start: target, count: strlen(target)))
    }

    private mutating func begin(_ node: postil_markdown_node, isParagraph: Bool) {
        // Paragraphs without a blank line between them, of which one is in a list, are a tight list's.
        let isTight =
            isParagraph && paragraphEnd > 0 && (opening == .item || lists > 0)
            && Int(cmark_node_get_start_line(node)) <= paragraphEnd + 1
        text.begin(behind: isTight ? "\n" : "\n\n", opening: isParagraph ? opening : nil)
    }

    private mutating func end(_ node: postil_markdown_node, isParagraph: Bool) {
        opening = nil
        if text.end() { paragraphEnd = isParagraph ? Int(cmark_node_get_end_line(node)) : 0 }
    }
}
