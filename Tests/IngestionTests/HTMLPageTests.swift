import PostilTestSupport
import Testing

@testable import Ingestion

/// What is read from HTML: text, title and fields.
@Suite struct HTMLPageTests {
    private let page = """
        <!DOCTYPE html><html lang="en"><head><title> A  page </title>
        <meta name="author" content="Ann Lee"><meta property="article:published_time" content="2021-05-04T10:00:00Z">
        <meta name="keywords" content="alpha, beta"><meta name="description" content="About it">
        <link rel="canonical" href="https://example.org/p"><style>p { color: red }</style></head>
        <body><nav>Home | About</nav><h1>Head&shy;ing</h1><p>First <b>bo</b>ld &amp; <i>it</i>.</p>
        <script>var hidden = 1 < 2;</script><ul><li>one</li><li>two</li></ul>
        <table><tr><td>a</td><td>b</td></tr></table><pre>x  y
          z</pre>after<br>break <img src="i.png" alt="Picture">end</body></html>
        """

    /// What pages show as MathML, for the eyes and as a picture, is there once.
    @Test(arguments: [
        (
            #"""
            <p>So <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x^2
            </annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><span>x</span><span>2</span></span></span>, it is.</p>
            """#, "So x^2, it is."
        ),
        (
            #"""
            <p>A <span class="mwe-math-element"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">{\displaystyle x}</annotation></semantics></math>
            <img class="mwe-math-fallback-image-inline" alt="{\displaystyle x}" src="x.svg"></span>.</p>
            """#, "A {\\displaystyle x} ."
        ),
        ("<p>a <math><mi>x</mi><mo>=</mo><mn>2</mn></math>!</p>", "a x = 2 !"),
        ("<math><semantics></semantics></math>b", "b"),
    ])
    func formulasAreTextOnce(source: String, text: String) {
        #expect(HTMLPage(fragment: source).text == text)
    }

    /// The letters of a word stay together, and how it is read stands behind it.
    @Test func readingsOfARubyStandBehindItsWord() throws {
        let source = "<p>これは<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>の<ruby>本</ruby>。</p>"
        let folder = try TemporaryFolder()
        #expect(ReadOutcome(try folder.input(source, to: "a.html")).documents.map(\.body) == ["これは漢字（かんじ）の本。"])
        let word = """
            <w:document xmlns:w="w"><w:p><w:r><w:ruby><w:rt><w:r><w:t>かんじ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢字</w:t></w:r></w:rubyBase>
            </w:ruby></w:r><w:r><w:t>の本</w:t></w:r></w:p></w:document>
            """
        let file = try folder.input(PackedFixture.zip([("word/document.xml", word)]), to: "a.docx")
        #expect(ReadOutcome(file).documents.map(\.body) == ["漢字（かんじ）の本"])
    }

    @Test func pagesGiveTextTitleAndFieldsWithoutScripts() throws {
        let folder = try TemporaryFolder()
        let document = try #require(ReadOutcome(try folder.input(page, to: "p.html")).documents.first)
        #expect(document.title == "A page" && document.author == "Ann Lee" && document.date == "2021-05-04T10:00:00Z")
        #expect(document.url == "https://example.org/p" && document.tags == ["alpha", "beta"])
        #expect(
            document.metadata == ["description": "About it", "language": "en", "links": "i.png"]
                && document.markup == nil)
        let expected = """
            Head\u{AD}ing

            First bold & it.

            one
            two

            a b

            x  y
              z

            after
            break Picture end
            """
        #expect(document.body == expected)
    }

    @Test(arguments: [
        (
            "<meta name=dcterms.date content=2021-03-04><meta name=dcterms.creator content='Ann Bee'>", "Ann Bee",
            "2021-03-04"
        ),
        (
            "<meta itemprop=datePublished content=2021-03-04><meta name=author content='Ann Bee'>", "Ann Bee",
            "2021-03-04"
        ),
        (
            #"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","datePublished":"2000-01-01"},{"@type":["NewsArticle"],"headline":"H","datePublished":"2021-03-04","author":[{"@id":"p1"}]},{"@type":"Person","@id":"p1","name":"Ann Bee"}]}</script>"#,
            "Ann Bee", "2021-03-04"
        ),
        (
            #"<script type="application/ld+json">{"@type":"BlogPosting","author":"Ann Bee","dateCreated":"2021-03-04"}</script><script>{"@type":"Article"}</script>"#,
            "Ann Bee", "2021-03-04"
        ),
        (#"<script type="application/ld+json">{"@type":"Organization","name":"X"}</script>"#, nil, nil),
        (#"<script type="application/ld+json">{"@type":"Article","author":</script>"#, nil, nil),
    ])
    func whatThePageSaysOfItselfIsFound(head: String, author: String?, date: String?) throws {
        let folder = try TemporaryFolder()
        let page = "<html><head><title>T</title>\(head)</head><body>x</body></html>"
        let document = try #require(ReadOutcome(try folder.input(page, to: "a.html")).documents.first)
        #expect(document.author == author && document.date == date && document.body == "x")
    }

    @Test func aSavedPaperSaysWhereItIsPublished() throws {
        let folder = try TemporaryFolder()
        let head = [
            ("author", "Bee, Ann"), ("author", "Dee, Zoe"), ("journal_title", "J"), ("doi", "10.1/x"), ("volume", "3"),
            ("issue", "2"),
            ("firstpage", "10"), ("lastpage", "19"), ("publication_date", "2021/03/04"), ("keywords", "a"),
            ("keywords", "b c"),
        ].map { "<meta name=\"citation_\($0)\" content=\"\($1)\">" }.joined()
        let document = try #require(
            ReadOutcome(try folder.input("<html><head>\(head)</head><body>x", to: "a.html")).documents.first)
        #expect(
            document.author == "Ann Bee, Zoe Dee" && document.date == "2021-03-04" && document.tags == ["a", "b c"])
        #expect(
            document.metadata == ["journal": "J", "doi": "10.1/x", "volume": "3", "number": "2", "pages": "10–19"])
    }

    @Test(arguments: [
        ("<p>a<p>b", "a\n\nb"), ("a <b>b</i> c", "a b c"), ("<div>a</div>b", "a\nb"), ("plain", "plain"), ("", ""),
        ("<p>x &lt; y</p><!-- no -->", "x < y"), ("a<span>b</span>c", "abc"), ("<p>&nbsp;é 😀</p>", "\u{A0}é 😀"),
    ])
    func brokenFragmentsGiveTheirText(source: String, expected: String) {
        #expect(HTMLPage(fragment: source).text == expected)
    }

    @Test func encodingIsTheDeclaredOneOrWindows1252() throws {
        let folder = try TemporaryFolder()
        let declared = Array("<meta charset=\"iso-8859-2\"><p>".utf8) + [0xB3] + Array("x</p>".utf8)
        #expect(ReadOutcome(try folder.input(declared, to: "a.html")).documents.first?.body == "łx")
        let xml = Array("<?xml version=\"1.0\" encoding='windows-1251'?><html><body><p>".utf8) + [0xEC, 0xE8, 0xF0]
        #expect(ReadOutcome(try folder.input(xml, to: "d.xhtml")).documents.first?.body == "мир")
        let undeclared = Array("<p>caf".utf8) + [0xE9, 0x20, 0x96] + Array("</p>".utf8)
        #expect(ReadOutcome(try folder.input(undeclared, to: "b.html")).documents.first?.body == "café –")
        #expect(
            ReadOutcome(try folder.input("<h1>The <i>title</i></h1><p>x", to: "c.html")).documents.first?.title
                == "The title")
    }

    /// As browsers do: latin1 is Windows-1252, and the name of a set may come late, or be wrong.
    @Test(arguments: [
        ("<meta charset=\"iso-8859-1\">", "windows-1252", "“smart” €5 – café"),
        ("<meta charset=latin1>", "windows-1252", "“smart”"), ("<meta charset='us-ascii'>", "windows-1252", "“smart”"),
        ("<meta content='text/html; charset = GB2312'>", "gb18030", "“镕”"),
        (
            "<script charset=utf-8></script><!--\(String(repeating: "x", count: 3000))--><meta charset=koi8-r>",
            "koi8-r", "мир"
        ),
        ("<meta charset=shift_jis>", "utf-8", "Köln ändert Größe"), ("<meta charset=utf-8>", "windows-1252", "café"),
        ("<meta charset=iso-2022-jp>", "iso-2022-jp", "日本語"), ("<meta charset=utf-16>", "us-ascii", "plain"),
        ("<meta charset=nonsense>", "windows-1252", "café"),
    ])
    func aPageIsReadInTheSetThatBrowsersReadItIn(head: String, set: String, text: String) throws {
        let folder = try TemporaryFolder()
        let page = try PackedFixture.converted("<html><head>\(head)</head><body><p>\(text)</p>", to: set)
        #expect(ReadOutcome(try folder.input(page, to: "a.html")).documents.first?.body == text)
    }

    @Test(arguments: 0..<30)
    func randomTagsNeverTrap(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let pieces = [
            "<p>", "</p>", "<div", ">", "<", "&", "<!--", "-->", "<script>", "</script>", "word ", "<td>", "=\"", "é",
            "<svg>", "\0",
        ]
        let source = (0..<200).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        _ = HTMLPage(fragment: source).text
        _ = Array(source.utf8).withUnsafeBytes { HTMLPage(bytes: $0, tally: BatchTally()).text }
    }

    @Test func openElementsOverflowNoStack() {
        let source = String(repeating: "<b>", count: 100_000) + "x"
        let text = HTMLPage(fragment: source).text
        #expect(text == "x" || text.isEmpty)
    }
}
