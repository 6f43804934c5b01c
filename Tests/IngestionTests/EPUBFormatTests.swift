import PostilTestSupport
import Testing

@testable import Ingestion

@Suite struct EPUBFormatTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let container = """
        <container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>
        """

    /// A book of chapters, each the body of a page.
    private func book(
        _ chapters: [(name: String, body: String)], metadata: String = "<dc:title>The Book</dc:title>",
        more: [(name: String, text: String)] = [], items moreItems: String = ""
    ) throws -> InputFile {
        let items = chapters.map { "<item id=\"\($0.name)\" href=\"text/\($0.name).xhtml\"/>" }.joined()
        let spine = chapters.map { "<itemref idref=\"\($0.name)\"/>" }.joined()
        let opf = """
            <package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>\(metadata)</metadata>
            <manifest>\(items)\(moreItems)</manifest><spine>\(spine)</spine></package>
            """
        let pages = chapters.map {
            (
                name: "OPS/text/\($0.name).xhtml",
                text:
                    "<html xmlns:epub=\"http://www.idpf.org/2007/ops\">\($0.body.hasPrefix("<head>") ? "" : "<head><title/></head>")\($0.body)</html>"
            )
        }
        let files = [("META-INF/container.xml", Self.container), ("OPS/book.opf", opf)] + pages + more
        return try folder.input(PackedFixture.zip(files), to: "book.epub")
    }

    /// A table of contents of some files of a book.
    private func contents(_ names: String...) -> [(name: String, text: String)] {
        let links = names.map { "<li><a href=\"text/\($0).xhtml\">Called \($0)</a></li>" }.joined()
        return [
            (
                "OPS/nav.xhtml",
                "<html xmlns:epub=\"x\"><body><nav epub:type=\"toc\"><ol>\(links)</ol></nav></body></html>"
            )
        ]
    }
    private static let navigation = "<item id=\"nav\" href=\"nav.xhtml\" properties=\"nav\"/>"

    @Test func aChapterThatIsCutIntoFilesIsOne() throws {
        let cut = try book(
            [
                ("a_split_000", "<body><h1>A</h1><p>one <a href=\"https://a.org/x\">x</a></p></body>"),
                ("a_split_001", "<body><p>two <a href=\"https://b.org/y\">y</a></p></body>"),
                ("a_split_002", "<body><p>three</p></body>"), ("b_split_000", "<body><p>four</p></body>"),
                ("c", "<body><p>five</p></body>"),
            ], more: contents("a_split_000", "a_split_002"), items: Self.navigation)
        let documents = ReadOutcome(cut).documents
        #expect(documents.map(\.body) == ["A\n\none x\n\ntwo y", "three", "four", "five"])
        #expect(
            documents.first?.title == "Called a_split_000"
                && documents.first?.metadata["links"] == "https://a.org/x, https://b.org/y")
        // Without a table of contents nothing tells what a chapter is.
        let alone = try book([("a_split_000", "<body><p>one</p></body>"), ("a_split_001", "<body><p>two</p></body>")])
        #expect(ReadOutcome(alone).documents.map(\.body) == ["one", "two"])
    }

    @Test func pagesOfAFixedLayoutAreChapters() throws {
        let pages = (1...5).map {
            (name: "p\($0)", body: "<body><p>page \($0)</p><span epub:type=\"pagebreak\">\($0)</span></body>")
        }
        let fixed = try book(
            pages, metadata: "<dc:title>The Book</dc:title><meta property=\"rendition:layout\">pre-paginated</meta>",
            more: contents("p1", "p4"),
            items: Self.navigation)
        let documents = ReadOutcome(fixed).documents
        #expect(documents.map(\.title) == ["Called p1", "Called p4"])
        #expect(documents.map(\.body) == ["page 1\n\npage 2\n\npage 3", "page 4\n\npage 5"])
    }

    @Test func aBookIsCalledByTitleAndSubtitle() throws {
        let titles =
            "<dc:title id=\"a\">Main</dc:title><dc:title id=\"b\">Series</dc:title><dc:title id=\"c\">Below</dc:title>"
        for (type, title) in [("subtitle", "Main: Below"), ("collection", "Main")] {
            let metadata = titles + "<meta refines=\"#c\" property=\"title-type\">\(type)</meta>"
            let book = try book([("a", "<body><p>one</p></body>")], metadata: metadata)
            #expect(ReadOutcome(book).documents.map { $0.metadata["book"] } == [title])
        }
        #expect(
            ReadOutcome(
                try book([("a", "<body><p>one</p></body>")], metadata: "<dc:title>A</dc:title><dc:title>B</dc:title>")
            )
            .documents.map { $0.metadata["book"] } == ["A"])
    }

    @Test func aTitleThatSeveralHeadsHaveIsNone() throws {
        let chapter = { (title: String, body: String) in "<head><title>\(title)</title></head><body>\(body)</body>" }
        let file = try book([
            ("a", chapter("Exported", "<h2>First</h2><p>x</p>")), ("b", chapter("Exported", "<p>y</p>")),
            ("c", chapter("Own", "<h1>Other</h1><p>z</p>")),
        ])
        #expect(ReadOutcome(file).documents.map(\.title) == ["First", "The Book, 2", "Own"])
    }

    @Test(arguments: ["essay.epub2.epub", "essay.epub3.epub"])
    func aBookOfPandocGivesItsChaptersInOrder(name: String) throws {
        let outcome = ReadOutcome(try PackedFixture.input(name))
        #expect(outcome.skips.isEmpty && outcome.warnings.isEmpty)
        #expect(outcome.documents.map(\.title) == ["Mild Optimization", "Limits of Mildness"])
        #expect(outcome.documents.map(\.externalID) == ["\(name)#text/ch001.xhtml", "\(name)#text/ch002.xhtml"])
        let chapter = try #require(outcome.documents.first)
        #expect(chapter.author == "Ada Example, Émile Second" && chapter.date == "2020-01-01")
        #expect(chapter.metadata["book"] == "On Quantilizers" && chapter.metadata["chapter"] == "1")
        #expect(chapter.tags == ["mild optimization"])
        #expect(
            chapter.body == """
                Mild Optimization

                A quantilizer picks an action at random from the top share of a base distribution. It never looks for \
                the very best action.

                method pressure
                argmax extreme
                random none

                First, choose a base distribution.
                Second, choose a share.

                Taylor called this share the quantile.
                """)
    }

    @Test func theOrderIsTheSpinesAndNotTheArchives() throws {
        let file = try book([("z", "<body><p>first</p></body>"), ("a", "<body><p>second</p></body>")])
        let outcome = ReadOutcome(file)
        #expect(outcome.documents.map(\.body) == ["first", "second"])
        #expect(outcome.documents.map(\.title) == ["The Book, 1", "The Book, 2"])
    }

    @Test func whatStandsAroundABookIsLeftOut() throws {
        let outcome = ReadOutcome(
            try book([
                ("cover", "<body><p>Cover</p></body>"), ("p1", "<body epub:type=\"cover\"><p>Front</p></body>"),
                ("p2", "<body><section epub:type=\"copyright-page\"><p>All rights</p></section></body>"),
                ("p3", "<body><section epub:type=\"chapter\"><h1>One</h1><p>text</p></section></body>"),
                ("p4", "<body><img src=\"x.png\"/></body>"),
            ]))
        #expect(outcome.documents.map(\.title) == ["One"] && outcome.skips.isEmpty)
    }

    /// A chapter may well be about copyright.
    @Test(arguments: ["copyright", "toc", "cover", "contents"])
    func aLongFileIsAChapterWhateverItsName(name: String) throws {
        let chapter =
            "<body><h1>On \(name)</h1><p>\(String(repeating: "Whoever writes owns it. ", count: 100))</p></body>"
        let outcome = ReadOutcome(try book([(name, chapter), ("a", "<body><p>text</p></body>")]))
        #expect(outcome.documents.map(\.title) == ["On \(name)", "The Book, 2"])
        let short = ReadOutcome(
            try book([(name, "<body><h1>On \(name)</h1></body>"), ("a", "<body><p>text</p></body>")]))
        #expect(short.documents.count == 1)
    }

    /// One file may hold several chapters, as the table of contents has them on one level.
    @Test(arguments: [2, 3])
    func severalChaptersOfAFileAreDocuments(version: Int) throws {
        let file = """
            <body><p>Before.</p><h1 id="one">One</h1><p>first</p><h2 id="deep">Deep</h2><p>deeper</p>
            <h1><a id="two"/>Two</h1><p>second</p><div id="three"><p>third</p></div></body>
            """
        let titles = [("one", "I. One"), ("two", "II. Two"), ("three", "III. Three"), ("gone", "Gone")]
        let navigation: (name: String, text: String)
        if version == 3 {
            let list = titles.map { id, title in
                "<li><a href=\"text/a.xhtml#\(id)\">\(title)</a>\(id == "one" ? "<ol><li><a href='text/a.xhtml#deep'>Deep</a></li></ol>" : "")</li>"
            }
            navigation = (
                "OPS/nav.xhtml",
                "<html xmlns:epub='e'><nav epub:type='page-list'><ol><li><a href='text/a.xhtml#p1'>1</a></li></ol></nav><nav epub:type='toc'><ol>\(list.joined())</ol></nav></html>"
            )
        } else {
            func point(_ id: String, _ title: String, _ inner: String = "") -> String {
                "<navPoint><navLabel><text>\(title)</text></navLabel><content src=\"text/a.xhtml#\(id)\"/>\(inner)</navPoint>"
            }
            navigation = (
                "OPS/toc.ncx",
                "<ncx><navMap>\(titles.map { point($0, $1, $0 == "one" ? point("deep", "Deep") : "") }.joined())</navMap></ncx>"
            )
        }
        let item =
            version == 3
            ? "<item id='nav' href='nav.xhtml' properties='nav'/>"
            : "<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/>"
        let outcome = ReadOutcome(try book([("a", file)], more: [navigation], items: item))
        #expect(outcome.documents.map(\.title) == ["I. One", "II. Two", "III. Three"])
        #expect(
            outcome.documents.map(\.body) == ["Before.\n\nOne\n\nfirst\n\nDeep\n\ndeeper", "Two\n\nsecond", "third"])
        #expect(
            outcome.documents.map(\.externalID)
                == ["book.epub#text/a.xhtml", "book.epub#text/a.xhtml#two", "book.epub#text/a.xhtml#three"])
    }

    @Test func aChapterSaysWhereItComesFrom() throws {
        let crosspost = """
            <body><h1>Post</h1><div>Crossposted from the <a href="https://example.org/p/1">Forum</a>. Mind the jargon.</div>
            <p>See <a href="https://example.org/other">this</a>.</p></body>
            """
        let plain = "<body><h1>Other</h1><p>As <a href=\"https://example.org/x\">they</a> say.</p></body>"
        let outcome = ReadOutcome(try book([("a", crosspost), ("b", plain)]))
        #expect(outcome.documents.map(\.url) == ["https://example.org/p/1", nil])
        #expect(outcome.documents.map(\.body) == ["Post\n\nSee this.", "Other\n\nAs they say."])
    }

    @Test func aNotesNumberIsNoPartOfAWord() throws {
        let body =
            "<body><p>the base<a href=\"#n1\">1</a> and<sup><a href=\"n.xhtml#n2\">[2]</a></sup> x<sup>2</sup></p></body>"
        #expect(ReadOutcome(try book([("a", body)])).documents.map(\.body) == ["the base and x2"])
    }

    @Test func aMissingOrEncryptedChapterIsNamedAndTheOthersAreRead() throws {
        let encryption = """
            <encryption><EncryptedData><CipherData><CipherReference URI="OPS/text/b.xhtml"/></CipherData></EncryptedData></encryption>
            """
        let file = try book(
            [("a", "<body><p>plain</p></body>"), ("b", "<body><p>cipher</p></body>")],
            more: [("META-INF/encryption.xml", encryption)])
        let outcome = ReadOutcome(file)
        #expect(outcome.documents.map(\.body) == ["plain"])
        #expect(outcome.skipTexts == ["book.epub:2: chapter text/b.xhtml is encrypted (DRM)"])
    }

    @Test func anArchiveThatIsNoBookSaysSo() throws {
        let file = try folder.input(PackedFixture.zip([("a.txt", "x")]), to: "no.epub")
        #expect(ReadOutcome(file).skipTexts == ["no.epub: is no EPUB: it holds no package document (.opf)"])
        let text = ReadOutcome(try folder.input("words", to: "text.epub"))
        #expect(text.documents.isEmpty && text.skips.count == 1)
    }

    @Test func aBookIsToldByItsFirstBytes() throws {
        let unnamed = ReadOutcome(try folder.input(try PackedFixture.bytes("essay.epub3.epub"), to: "unnamed"))
        #expect(unnamed.documents.map(\.title) == ["Mild Optimization", "Limits of Mildness"])
    }
}
