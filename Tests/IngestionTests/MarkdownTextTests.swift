import PostilTestSupport
import Testing

@testable import Ingestion

@Suite
struct MarkdownTextTests {
    @Test(
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
            ("[text][ref], [ref][], [ref], [other][none]\n\n[ref]: u", "text, ref, ref, [other][none]"),
            ("a[i][j] and [0][1]", "a[i][j] and [0][1]"),
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
    func takesInlineMarksOut(source: String, expected: String) {
        #expect(MarkdownText.plain(source) == expected)
    }

    @Test(
        arguments: [
            ("# One\n\ntext\n\nTwo\n===\nmore", "One\n\ntext\n\nTwo\n\nmore"),
            ("## Closed ##\n#hashtag", "Closed\n\n#hashtag"),
            ("> quoted\n> *text*\n\nafter", "quoted\ntext\n\nafter"),
            ("> [!NOTE] Title\n> body", "Title\nbody"),
            ("- a\n- b\n  more\n1. c\n- [x] done", "a\nb\nmore\nc\ndone"),
            ("```swift\nlet *a* = 1 # no heading\n```\ntext", "let *a* = 1 # no heading\n\ntext"),
            ("~~~\n```\n~~~\nx", "```\n\nx"),
            ("> ```\n> let *a*\n> ```\n> *b*\n\nc", "let *a*\n\nb\n\nc"), ("> ```\n> a\nafter *b*", "a\n\nafter b"),
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
    func takesBlockMarksOut(source: String, expected: String) {
        #expect(MarkdownText.plain(source) == expected)
    }

    @Test(
        arguments: [
            ("> [!NOTE]-\n> body", "body"),
            ("> [!NOTE]+ T\n> body\n\n- [ ] a [ ] b\n- [x] c", "T\nbody\n\na [ ] b\nc"),
            ("[!note] no call-out", "[!note] no call-out"),
            (
                "see [[Page|label]] and [[Other page]], ![[pic.png|300]], `[[code]]`, [[a#b]]",
                "see label and Other page, pic.png, [[code]], a#b"
            ),
            ("[[a\nb]] and [[]]", "[[a\nb]] and [[]]"),
            ("x ^[a ^[b] c] y", "x a b c y"),
            (
                "[^1]: https://example.org\n\n[^2]: two\n    lines\n\n    para\n",
                "https://example.org\n\ntwo\nlines\n\npara"
            ),
            ("t[^n]\n\n[^n]: The note.\n[ref]: https://example.org\n[b]: u", "t\n\nThe note."),
            ("a\n\n[^unused]: Nothing refers to it.", "a\n\nNothing refers to it."),
            ("\\[^1] \\[\\[no\\]\\] \\[_yes_\\] \\# `\\[x\\]`", "[^1] [[no]] [yes] # \\[x\\]"),
            ("a | b\n--- | ---\n1 | 2", "a  b\n1  2"),
            ("a | b in prose", "a | b in prose"),
            ("| a | b |\n|---|---|\n| `x|y` | $P(A|B)$ |\n| c \\| d | [[P\\|l]] |", "a  b\nx|y  $P(A|B)$\nc | d  l"),
            ("~~a~~ and a~b~c and ~~~ x", "a and a~b~c and ~~~ x"),
        ])
    func readsWhatPeopleWriteBeyondCommonMark(source: String, expected: String) {
        #expect(MarkdownText.plain(source) == expected)
    }

    @Test(
        arguments: [
            ("$$\n- x_1 + y_2\n= 3 \\\\\n# no\n$$\nafter", "$$\n- x_1 + y_2\n= 3 \\\\\n# no\n$$\nafter"),
            ("> $$\n> a_1 _b_\n> $$", "$$\na_1 _b_\n$$"),
            ("costs $20,000 and *really* $30,000", "costs $20,000 and really $30,000"),
            ("`$a_b` and `$c_d` *x*", "$a_b and $c_d x"),
            ("$R(\\text{``p_1_''})$ *x*", "$R(\\text{``p_1_''})$ x"),
            ("$a [l](http://b) c$", "$a l c$"),
            ("x <!-- $a --> *b* $c$", "x  b $c$"),
            ("- $5 *a*\n- b 7$", "$5 a\nb 7$"),
            ("```\n$$\n```\n*a* $$", "$$\n\na $$"),
        ])
    func keepsFormulas(source: String, expected: String) {
        #expect(MarkdownText.plain(source) == expected)
    }

    @Test(
        arguments: [
            (
                "map <A, E, W>, Vec<String>, <your-name>, Option<Link>",
                "map <A, E, W>, Vec<String>, <your-name>, Option<Link>"
            ),
            ("Foo <Bar>x</Bar> <b>y</b> <x-y z=\"1\">w", "Foo <Bar>x</Bar> y w"),
            ("[@5hc]: This is prose that begins so.", "[@5hc]: This is prose that begins so."),
            ("see [a]\n\n[a]:\n   https://example.org/x", "see a"),
            ("<!-- never ends\n\ntext *a*", "<!-- never ends\n\ntext *a*"),
            ("a <?php echo ?> b <!DOCTYPE x> c", "a <?php echo ?> b <!DOCTYPE x> c"),
            ("<div>\n  <p>Hello &amp; <b>you</b></p>\n\n*md*\n\n</div>", "Hello & you\n\nmd"),
            ("---\nA rule above.\n\n---\n\nAnd below.", "A rule above.\n\nAnd below."),
            ("\u{1}a\u{2}b", "\u{1}a\u{2}b"),
        ])
    func losesNoWord(source: String, expected: String) {
        #expect(MarkdownText.plain(source) == expected)
    }

    @Test(
        arguments: [
            ("- a\n\n- b\n\nafter", "a\n\nb\n\nafter"), ("para\n- item", "para\nitem"),
            ("para:\n\n    - [a](u)\n    - *b*\n\nend", "para:\n\na\nb\n\nend"),
            ("- a\n\n    - b", "a\n\nb"), ("```\na\n\n    - *b*\n```", "a\n\n    - *b*"),
            ("- outer\n  - inner\n    deeper\n- next", "outer\ninner\ndeeper\nnext"),
            ("- a\n\n  b\n- c", "a\n\nb\nc"), ("1. a\n   > q\n2. b", "a\nq\nb"),
            ("![](a.png)\n\ntext\n\n![](b.png)\n\nmore", "text\n\nmore"),
        ])
    func separatesBlocksAsReadersSeeThem(source: String, expected: String) {
        #expect(MarkdownText.plain(source) == expected)
    }

    @Test(
        arguments: [
            ("text\n\n# *First* one\n", "First one"), ("```\n# no\n```\nSet\n---\n", "Set"), ("none", nil),
            ("- item\n---\n## Real", "Real"), ("> # quoted\n\n- # listed\n\n# Own \\#1", "Own #1"),
            ("# \n\n## Two", "Two"),
        ] as [(String, String?)])
    func findsTheFirstHeadingOutsideCode(source: String, expected: String?) {
        #expect(MarkdownText(source).heading == expected)
    }

    @Test(
        arguments: [
            ("#one and #project/alpha, (#two) #one", ["one", "project/alpha", "two"]),
            ("#1 ## a#b http://x/#y [l](#z) C# #", []),
            ("`#code` and\n\n    #indented\n\n# Heading #no\n\n\\#escaped", []),
            ("#snake_case #ünïcode #a-b- #2024-goals #ends.", ["snake_case", "ünïcode", "a-b", "2024-goals", "ends"]),
            ("$x #y$ - #z", ["z"]),
        ] as [(String, [String])])
    func findsTagsInTheText(source: String, expected: [String]) {
        #expect(MarkdownText(source).tags == expected)
    }

    /// Attributes as pandoc, kramdown and MkDocs write them.
    @Test(arguments: [
        ("![Map](m.png){width=50%} and [x](y){.wide #id} z", "Map and x z"), ("[x](y){: target=_blank }.", "x."),
        ("[x](y){a set} {b=c}", "x{a set} {b=c}"), ("[x](y){", "x{"), ("[x](y){}", "x{}"), ("x{a=b}", "x{a=b}"),
    ])
    func attributesOfLinksAreNoText(source: String, text: String) {
        #expect(MarkdownText.plain(source) == text)
    }

    @Test(
        arguments: [
            ("see [[Corrigibility Notes|this]] and ![[pic.png|100]]", ["Corrigibility Notes", "pic.png"]),
            ("[[Page#Part]] [[#here]] [[Page]]", ["Page"]),
            ("at https://x.org/a_b?c=1. And (http://y.org)", ["https://x.org/a_b?c=1", "http://y.org"]),
            ("https://en.wikipedia.org/wiki/A_(b), x", ["https://en.wikipedia.org/wiki/A_(b)"]),
            ("<a href=\"https://x.org/?a&amp;b\">x</a> <img src='p.png'>", ["https://x.org/?a&b", "p.png"]),
            ("<div>\n<a class='c' href='/below'>x</a>\n</div>", ["/below"]),
            ("[a](b) <https://c.d> ![e](f)", ["b", "https://c.d", "f"]),
            ("http:// xhttp://a.b c: d", []), ("**https://x.org/y** `z`", ["https://x.org/y"]),
        ])
    func listsWhereLinksLead(source: String, links: [String]) {
        #expect(MarkdownText(source).links.targets == links)
    }

    @Test(
        arguments: [
            ("a %%secret%% b", "a  b"), ("%%\nsecret\n\nmore\n%%\ntext", "text"), ("%% one %%", ""),
            ("100%% sure and 50%% more", "100%% sure and 50%% more"), ("%%time\nx\n%%bash\ny", "%%time\nx\n%%bash\ny"),
            ("`%%a%%` b", "%%a%% b"), ("```\n%% a %%\n```", "%% a %%"), ("a %% b", "a %% b"),
            ("%%% a %%%", "%%% a %%%"),
            ("word^[a note] more", "word a note more"), ("^[alone]", "alone"), ("word ^[note].", "word note."),
        ])
    func commentsGoAndNotesStayApart(source: String, text: String) {
        #expect(
            MarkdownText.plain(source).split(separator: " ") == text.split(separator: " "),
            "\(MarkdownText.plain(source))")
    }

    /// READMEs have their titles in HTML, Pandoc and Obsidian marks of their own behind them.
    @Test(arguments: [
        (
            "<h1 align=\"center\">\n  <img alt=\"Logo\" src=\"a.png\"><br>Readme <b>Project</b>\n</h1>\n\n## Usage\n",
            "Logo Readme Project"
        ),
        ("<H1>Upper</H1>\n\n# Other", "Upper"), ("<p>x</p>\n\n## Usage", "Usage"), ("<h1></h1>\n\n# Other", "Other"),
        ("# Title {#id .class}\n", "Title"), ("# Set {a, b}\n", "Set {a, b}"), ("Title {.x}\n=====\n", "Title"),
    ])
    func headingsAreFoundInHTMLAndWithoutAttributes(source: String, heading: String) {
        #expect(MarkdownText(source).heading == heading)
    }

    @Test(arguments: [
        ("See [[#Local]] and #real.", ["real"], "See Local and #real."),
        ("[Text]{.class #id} #a", ["a"], "[Text]{.class #id} #a"),
        ("[[C^blk]] and [[D#^x1]]", [], "C and D"),
        ("{#fig:x .y #no} and {x #yes}", ["yes"], "{#fig:x .y #no} and {x #yes}"),
    ])
    func placesInLinksAndAttributesAreNoTags(source: String, tags: [String], plain: String) {
        let text = MarkdownText(source)
        #expect(text.tags == tags && text.plain == plain)
        #expect(!text.links.targets.contains { $0.contains("^") })
    }

    @Test(.timeLimit(.minutes(1))) func manySignsTakeLinearTime() {
        for unit in ["%%a ", "%% ", "a %%b\n", "%%a%", "http://", "https://a.b/( ", "[[a|b]] "] {
            let source = String(repeating: unit, count: 24_000)
            _ = MarkdownText(source)
        }
    }

    @Test(arguments: 0..<60)
    func readsAnyTextAndLosesNoWordOfPlainProse(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let pieces = [
            "*", "_", "`", "```", "[", "]", "(", ")", "!", "<", ">", "&", ";", "\\", "\n", "\n\n", " ", "#", "- ", "> ",
            "|", "$", "$$", "~~", "word", "é", "<a href=\"x\">", "<!--", "-->", "[^1]", "[^1]: ", "]:", "    ", "\t",
            "---",
            "===", "1. ", "^", "[[", "]]", ":::", "[!note]", "\r", "\r\n", "\u{3}", "\u{18}",
        ]
        let source = (0..<200).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        let text = MarkdownText.plain(source)
        #expect(text.utf8.count <= source.utf8.count * 2, "seed: \(seed)")
        let words = (0..<50).map { _ in ["alpha", "beta", "gamma", "éta"].randomElement(using: &random) ?? "" }
        #expect(MarkdownText.plain(words.joined(separator: " ")) == words.joined(separator: " "), "seed: \(seed)")
    }

    /// Long texts are parsed with other memory than short ones.
    @Test func aLongTextReadsAsItsPartsDo() {
        let part = """
            # On *wireheading*

            > A quotation with `code`, a [link](https://example.org/a) and
            > - an item
            >   1. and another &amp; more

            The measure ~~is~~ was $x_1^2$, **a target**[^1].

            [^1]: A note.

            """ + String(repeating: "A long paragraph that grows and grows, *again* and again.\n", count: 90) + "\n"
        let count = 300_000 / part.utf8.count
        let plain = MarkdownText(part).plain
        #expect(
            MarkdownText(String(repeating: part, count: count)).plain
                == Array(repeating: plain, count: count).joined(separator: "\n\n"))
    }
}
