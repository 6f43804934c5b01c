import PostilTestSupport
import Testing

@testable import Ingestion

@Suite("Markdown")
struct MarkdownTextTests {
    @Test(
        "inline marks are taken out",
        arguments: [
            ("a *b* **c** ***d*** _e_ __f__ ~~g~~", "a b c d e f g"),
            ("snake_case_name and 2*3*4 and a * b", "snake_case_name and 234 and a * b"),
            ("_open and * alone", "_open and * alone"),
            ("**bold *nested* text**", "bold nested text"),
            ("`code *kept*` and ``a ` b``", "code *kept* and a ` b"),
            ("`lonely", "`lonely"),
            ("would\u{A0}_act_\u{A0}now, “_quoted_”—*so*…", "would\u{A0}act\u{A0}now, “quoted”—so…"),
            ("see <img src=\"a.png\" alt=\"A &quot;map&quot;\"> here", "see  A \"map\"  here"),
            ("[text](https://example.org/a_(b) \"Title\") end", "text end"),
            ("[text][ref] and [ref][] and [plain]", "text and ref and [plain]"),
            ("![An *image*](pic.png) and [![alt](p.png)](url)", "An image and alt"),
            ("![x](data:image/png;base64,\(String(repeating: "A", count: 9000))) y", "x y"),
            ("a note[^1] and later![^2]", "a note and later!"),
            ("an ^[inline note] here", "an inline note here"),
            ("<https://example.org/> and <b>bold</b>x<br>y", "https://example.org/ and boldx\ny"),
            ("a <span class=\"x > y\">b</span><td>c</td>d", "a b c d"),
            ("1 < 2 and x <3", "1 < 2 and x <3"),
            ("AT&amp;T &mdash; &#8217;&#x41; &nosuch; R&D", "AT&T — ’A &nosuch; R&D"),
            ("\\*not emphasis\\* and \\[no link\\](x)", "*not emphasis* and [no link](x)"),
            ("let $x_1 * y_2 * z$ and $$a_b$$ for $5", "let $x_1 * y_2 * z$ and $$a_b$$ for $5"),
            ("a <!-- hidden --> b", "a  b"),
            ("[brackets [nested](url) inside]", "[brackets nested inside]"),
        ])
    func inline(source: String, expected: String) {
        #expect(MarkdownText.plain(source) == expected)
    }

    @Test(
        "block marks are taken out",
        arguments: [
            ("# One\n\ntext\n\nTwo\n===\nmore", "One\n\ntext\n\nTwo\n\nmore"),
            ("## Closed ##\n#hashtag", "Closed\n\n#hashtag"),
            ("> quoted\n> *text*\n\nafter", "quoted\ntext\n\nafter"),
            ("> [!NOTE] Title\n> body", "Title\nbody"),
            ("- a\n- b\n  more\n1. c\n- [x] done", "a\nb\nmore\nc\ndone"),
            ("```swift\nlet *a* = 1 # no heading\n```\ntext", "let *a* = 1 # no heading\n\ntext"),
            ("~~~\n```\n~~~\nx", "```\n\nx"),
            ("> ```\n> let *a*\n> ```\n> *b*\n\nc", "let *a*\n\nb\n\nc"), ("> ```\n> a\nafter *b*", "a\nafter b"),
            ("p\n\n    code *kept*\n\nq", "p\n\ncode *kept*\n\nq"),
            ("| a | *b* |\n| --- | :-: |\n| c | d |\n\nx", "a  b\nc  d\n\nx"),
            ("text[^n]\n\n[^n]: The *note*.\n[ref]: https://example.org", "text\n\nThe note."),
            ("a\n\n***\n\nb\n- - -\nc", "a\n\nb\n\nc"),
            ("<!-- one\n\n# two -->\nthree", "three"),
            ("<style>\np { }\n</style>\ntext", "text"),
            ("::: note\ninner\n:::", "inner"),
            ("a\\\nb  \nc", "a\nb\nc"),
            ("crlf\r\n\r\n- x\r\n", "crlf\n\nx"),
            ("", ""),
        ])
    func blocks(source: String, expected: String) {
        #expect(MarkdownText.plain(source) == expected)
    }

    @Test(
        "the first heading is found outside code",
        arguments: [
            ("text\n\n# *First* one\n", "First one"), ("```\n# no\n```\nSet\n---\n", "Set"), ("none", nil),
            ("- item\n---\n## Real", "Real"),
        ] as [(String, String?)])
    func heading(source: String, expected: String?) {
        #expect(MarkdownText.firstHeading(in: source) == expected)
    }

    @Test("any text is read, and no word of plain prose is lost", arguments: 0..<60)
    func total(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let pieces = [
            "*", "_", "`", "```", "[", "]", "(", ")", "!", "<", ">", "&", ";", "\\", "\n", "\n\n", " ", "#", "- ", "> ",
            "|", "$", "~~", "word", "é", "<a href=\"x\">", "<!--", "-->", "[^1]", "    ", "\t", "---", "===", "1. ",
            "^",
        ]
        let source = (0..<200).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        let text = MarkdownText.plain(source)
        #expect(text.utf8.count <= source.utf8.count, "seed: \(seed)")
        let words = (0..<50).map { _ in ["alpha", "beta", "gamma", "éta"].randomElement(using: &random) ?? "" }
        #expect(MarkdownText.plain(words.joined(separator: " ")) == words.joined(separator: " "), "seed: \(seed)")
    }

    @Test(
        "hostile text takes no more than linear time",
        arguments: [
            "[", "![", "[](", "*a ", "_a*b ", "`", "<a ", "$a", "&", "~~a ", "(", "[a](b", "``a`", "<!--", "\\",
        ])
    func hostile(piece: String) {
        let source = String(repeating: piece, count: 5000)
        let duration = ContinuousClock().measure { _ = MarkdownText.plain(source) }
        // A debug build on a busy machine; quadratic time would take minutes.
        #expect(duration < .seconds(20), "\(piece)")
    }
}
