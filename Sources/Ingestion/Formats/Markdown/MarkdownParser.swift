import CCmarkGFM

/// cmark-gfm, as Postil uses it: CommonMark 0.29 and footnotes that stay where they are.
///
/// The library's own footnotes are moved to the end, and those that nothing refers to are left out; its tables take
/// quadratic time; and its other extensions mark their characters in a table that all threads share, and clear it when one
/// of them is done. So none of them is used: footnotes are opened here, and the rest is done by `MarkdownParagraph`.
enum MarkdownParser {
    /// Parses a text and calls `body` for each entering and leaving of a node, in order. No recursion, however deep it is.
    ///
    /// A text of usual size takes its memory in few pieces, which last up to the end.
    static func parse(_ source: MarkdownSource, _ body: (_ node: postil_markdown_node, _ isEntering: Bool) -> Void) {
        // Safety: the parser, the tree and the iterator belong to this call and are freed at its end: together, on the thread that took
        // their memory, or each once, in this order.
        if source.bytes.count <= longestAtOnce, let parser = postil_markdown_begin() {
            _ = walk(source, by: parser, body)
            postil_markdown_end()
        } else if let parser = cmark_parser_new(CMARK_OPT_DEFAULT) {
            let (document, iterator) = walk(source, by: parser, body)
            cmark_iter_free(iterator)
            cmark_node_free(document)
            cmark_parser_free(parser)
        }
    }

    /// Bytes of a text whose memory may grow up to its end, to a hundred times as much where each byte is a mark.
    private static let longestAtOnce = 256 << 10

    /// Feeds a parser and walks over the tree that it makes, which is still to be freed.
    private static func walk(
        _ source: MarkdownSource, by parser: OpaquePointer,
        _ body: (_ node: postil_markdown_node, _ isEntering: Bool) -> Void
    ) -> (document: postil_markdown_node?, iterator: OpaquePointer?) {
        cmark_parser_attach_syntax_extension(parser, footnotes)
        source.bytes.withUnsafeBytes { bytes in
            var place = 0
            for cut in source.cuts + [bytes.count..<bytes.count + 1] {
                let part = UnsafeRawBufferPointer(rebasing: bytes[place..<cut.lowerBound])
                cmark_parser_feed(parser, part.assumingMemoryBound(to: CChar.self).baseAddress, part.count)
                if cut.isEmpty { cmark_parser_feed(parser, "\n", 1) }
                place = cut.upperBound
            }
        }
        let document = cmark_parser_finish(parser)
        let iterator = cmark_iter_new(document)
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
            body(node, event == CMARK_EVENT_ENTER)
        }
        return (document, iterator)
    }

    /// Opens `[^label]: text`. The library knows the node and its further lines, whoever opened it.
    // Safety: made once and only read afterwards, by parsers on all threads.
    private nonisolated(unsafe) static let footnotes: OpaquePointer? = {
        let syntax = cmark_syntax_extension_new("postil-footnotes")
        cmark_syntax_extension_set_open_block_func(syntax) { _, indented, parser, parent, input, length in
            guard indented == 0, let parser, let parent, let input else { return nil }
            let start = Int(cmark_parser_get_first_nonspace(parser))
            // Safety: the parser hands on its line with its length, and a place in it.
            assert(start <= Int(length))
            let line = UnsafeBufferPointer(start: input, count: Int(length))
            guard let end = textStart(line, from: start), !isInFootnote(parent) else { return nil }
            let node = cmark_parser_add_child(
                parser, parent, CMARK_NODE_FOOTNOTE_DEFINITION, Int32(end + 1))
            input.withMemoryRebound(to: CChar.self, capacity: Int(length)) { input in
                let offset = cmark_parser_get_offset(parser)
                cmark_parser_advance_offset(parser, input, Int32(end) - offset, 0)
            }
            return node
        }
        return syntax
    }()

    /// Whether a block is a footnote or directly in one, in which no other begins: they could nest without end.
    private static func isInFootnote(_ node: postil_markdown_node) -> Bool {
        cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION
            || cmark_node_parent(node).map { cmark_node_get_type($0) == CMARK_NODE_FOOTNOTE_DEFINITION } ?? false
    }

    /// Where the text of a footnote begins on its first line.
    private static func textStart(_ line: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start + 4 < line.count, line[start] == UInt8(ascii: "["), line[start + 1] == UInt8(ascii: "^") else {
            return nil
        }
        var index = start + 2
        // A label of CommonMark has 999 characters at most.
        while index < min(line.count, start + 1000), line[index] > 0x20, line[index] != UInt8(ascii: "]") { index += 1 }
        guard index + 1 < line.count, line[index] == UInt8(ascii: "]"), index > start + 2,
            line[index + 1] == UInt8(ascii: ":")
        else { return nil }
        index += 2
        while index < line.count, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
        return index
    }
}
