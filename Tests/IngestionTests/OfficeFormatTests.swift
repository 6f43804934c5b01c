import PostilTestSupport
import Testing

@testable import Ingestion

@Suite struct OfficeFormatTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: ["docx", "odt", "pptx"])
    func aDocumentOfPandocKeepsItsWordsAndFields(suffix: String) throws {
        let outcome = ReadOutcome(try PackedFixture.input("essay.\(suffix)"))
        #expect(outcome.skips.isEmpty && outcome.warnings.isEmpty)
        let document = try #require(outcome.documents.first)
        #expect(outcome.documents.count == 1)
        #expect(document.title == "On Quantilizers" && document.externalID == "essay.\(suffix)")
        #expect(document.author?.contains("Émile Second") ?? false)
        #expect(document.date?.hasPrefix("2020-01-01") ?? false)
        for phrase in [
            "A quantilizer picks an action at random from the top share of a base distribution",
            "method pressure\nargmax extreme\nrandom none", "First, choose a base distribution.",
            "is bounded by one over q — “for every cost”.", "Taylor called this share the quantile.",
        ] {
            #expect(document.body.contains(phrase), "\(phrase)")
        }
        if suffix != "pptx" { #expect(document.tags == ["satisficing", "safety"]) }
    }

    /// A German Word calls the style of titles `Titel`, and the program's name is no author.
    @Test func stylesGoByTheirNamesInAllLanguages() throws {
        func paragraph(_ style: String, _ text: String) -> String {
            "<w:p><w:pPr><w:pStyle w:val='\(style)'/></w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>"
        }
        let body =
            paragraph("Verzeichnis1", "Listed") + paragraph("berschrift1", "Kapitel") + paragraph("Titel", "Der Titel")
            + paragraph("x", "word")
        let styles = [("Titel", "Title"), ("berschrift1", "heading 1"), ("Verzeichnis1", "toc 1")].map {
            "<w:style w:styleId='\($0)'><w:name w:val='\($1)'/></w:style>"
        }
        let files = [
            ("word/document.xml", "<w:document xmlns:w='w'><w:body>\(body)</w:body></w:document>"),
            ("word/styles.xml", "<w:styles xmlns:w='w'>\(styles.joined())</w:styles>"),
            (
                "docProps/core.xml",
                "<c xmlns:dc='d'><dc:creator>python-docx</dc:creator><dc:creator>Ann Bee</dc:creator></c>"
            ),
        ]
        let document = try #require(
            ReadOutcome(try folder.input(PackedFixture.zip(files), to: "a.docx")).documents.first)
        #expect(
            document.title == "Der Titel" && document.body == "Kapitel\n\nDer Titel\n\nword"
                && document.author == "Ann Bee")
    }

    @Test func aFictionBookGivesItsSections() throws {
        let outcome = ReadOutcome(try PackedFixture.input("essay.fb2"))
        #expect(outcome.documents.map(\.title) == ["Mild Optimization", "Limits of Mildness", "Notes"])
        #expect(
            outcome.documents.map(\.externalID) == [
                "essay.fb2#mild-optimization", "essay.fb2#limits-of-mildness", "essay.fb2#notes",
            ])
        #expect(outcome.documents.first?.author == "Ada Example, Émile Second")
        #expect(outcome.documents.last?.body == "1\n\nTaylor called this share the quantile.")
        #expect(outcome.documents.first?.body.contains("a base distribution. It never") ?? false)
    }

    @Test func chaptersOfAPartAreDocuments() throws {
        let book = """
            <FictionBook><description><title-info><genre>sf</genre><keywords>kwone, kw two</keywords><book-title>B</book-title></title-info></description>
            <body><title><p>B</p></title><epigraph><p>epigw</p></epigraph>
            <section><title><p>Part 1</p></title><section><title><p>Ch 1</p></title><p>one</p><section><title><p>Inner</p></title><p>deep</p></section></section>
            <section id="two"><title><p>Ch 2</p></title><p>two</p></section></section>
            <section><section><p>a</p></section><section><p>b</p></section></section></body></FictionBook>
            """
        let documents = ReadOutcome(try folder.input(book, to: "p.fb2")).documents
        #expect(documents.map(\.title) == ["Ch 1", "Ch 2", "B, 3"])
        #expect(documents.map(\.externalID) == ["p.fb2#1", "p.fb2#two", "p.fb2#3"])
        #expect(documents.map(\.body) == ["epigw\n\nPart 1\n\nCh 1\n\none\n\nInner\n\ndeep", "Ch 2\n\ntwo", "a\n\nb"])
        #expect(documents.first?.tags == ["sf", "kwone", "kw two"])
    }

    @Test func partsOfFormulasAreWordsAndContentsAreNoText() throws {
        let document = """
            <w:document xmlns:w="w" xmlns:m="m"><w:body><w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Listed</w:t></w:r></w:p>
            <w:p><w:r><w:t>x</w:t></w:r><m:oMath><m:f><m:num><m:r><m:t>numerw</m:t></m:r></m:num><m:den><m:r><m:t>denomw</m:t></m:r></m:den></m:f>
            </m:oMath><w:r><w:t>y</w:t></w:r></w:p></w:body></w:document>
            """
        let word = ReadOutcome(try folder.input(PackedFixture.zip([("word/document.xml", document)]), to: "f.docx"))
        #expect(word.documents.first?.body == "x numerw denomw y")
        let text = """
            <office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text><text:table-of-content><text:index-body>
            <text:p>Listed</text:p></text:index-body></text:table-of-content><text:p>word</text:p></office:text></office:body></office:document-content>
            """
        let mark = "application/vnd.oasis.opendocument.text"
        let open = ReadOutcome(
            try folder.input(PackedFixture.zip([("mimetype", mark), ("content.xml", text)]), to: "f.odt"))
        #expect(open.documents.first?.body == "word", "\(open.skipTexts)")
    }

    @Test func picturesOfAFictionBookAreNoText() throws {
        let picture = String(repeating: "A", count: 11_000_000) + "\n"
        let text = """
            <FictionBook><description/><body><section><p>word</p></section></body>
            <binary id="a">\(picture)</binary><body><section><p>behind</p></section></body></FictionBook>
            """
        let outcome = ReadOutcome(try folder.input(text, to: "a.fb2"))
        #expect(outcome.documents.map(\.body) == ["word", "behind"] && outcome.skips.isEmpty)
    }

    @Test func deletedTextIsLeftOutAndRunsAreNotParted() throws {
        let document = """
            <w:document xmlns:w="w"><w:body>
            <w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Top</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">mesa</w:t></w:r><w:r><w:t>optimizer </w:t></w:r>
            <w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>there</w:t></w:r></w:ins>
            <w:r><w:instrText>HYPERLINK</w:instrText><w:br/><w:t>next</w:t></w:r></w:p></w:body></w:document>
            """
        let outcome = ReadOutcome(try folder.input(PackedFixture.zip([("word/document.xml", document)]), to: "a.docx"))
        #expect(outcome.documents.map(\.body) == ["Top\n\nmesaoptimizer there\nnext"])
        #expect(outcome.documents.map(\.title) == ["Top"])
    }

    @Test func slidesArePagesInTheOrderOfThePresentation() throws {
        let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        func relations(_ targets: [(String, String, String)]) -> String {
            "<Relationships>"
                + targets.map { "<Relationship Id=\"\($0)\" Type=\"t/\($1)\" Target=\"\($2)\"/>" }.joined()
                + "</Relationships>"
        }
        func slide(_ text: String) -> String {
            "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><p:sp><a:p><a:t>\(text)</a:t></a:p></p:sp></p:sld>"
        }
        let files = [
            (
                "ppt/presentation.xml",
                "<p:presentation xmlns:p=\"p\" xmlns:r=\"\(namespace)\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"r2\"/><p:sldId id=\"257\" r:id=\"r1\"/></p:sldIdLst></p:presentation>"
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                relations([("r1", "slide", "slides/slide1.xml"), ("r2", "slide", "slides/slide2.xml")])
            ),
            ("ppt/slides/slide1.xml", slide("second")), ("ppt/slides/slide2.xml", slide("first")),
            (
                "ppt/slides/_rels/slide2.xml.rels",
                relations([
                    ("n", "notesSlide", "../notesSlides/notesSlide1.xml"),
                    ("c", "comments", "../comments/comment1.xml"),
                ])
            ),
            (
                "ppt/comments/comment1.xml",
                "<p:cmLst xmlns:p=\"p\"><p:cm><p:text>a remark</p:text></p:cm><p:cm><p:text>another</p:text></p:cm></p:cmLst>"
            ),
            ("ppt/notesSlides/notesSlide1.xml", slide("spoken")),
        ]
        let outcome = ReadOutcome(try folder.input(PackedFixture.zip(files), to: "a.pptx"))
        #expect(
            outcome.documents.map(\.body) == ["first\n\nspoken\n\na remark\nanother\u{0C}second"]
                && outcome.warnings.isEmpty)
        // A file that is named twice is read once; the page stays.
        var repeating = files
        repeating[0].1 = files[0].1.replacing("</p:sldIdLst>", with: "<p:sldId id=\"258\" r:id=\"r2\"/></p:sldIdLst>")
        repeating.append(
            (
                "ppt/slides/_rels/slide1.xml.rels",
                relations([
                    ("n", "notesSlide", "../notesSlides/notesSlide1.xml"), ("s", "slide", "slide2.xml"),
                    ("c", "comments", "../comments/comment1.xml"),
                ])
            ))
        let once = ReadOutcome(try folder.input(PackedFixture.zip(repeating), to: "c.pptx"))
        #expect(once.documents.map(\.body) == ["first\n\nspoken\n\na remark\nanother\u{0C}second\u{0C}"])
        // What is lost is said, and the rest is read.
        let lacking = ReadOutcome(
            try folder.input(PackedFixture.zip(files.filter { $0.0 != "ppt/slides/slide1.xml" }), to: "b.pptx"))
        #expect(lacking.documents.first?.body.hasPrefix("first\n\nspoken") ?? false)
        #expect(lacking.warnings.count == 1 && lacking.warnings[0].contains("ppt/slides/slide1.xml is not in the file"))
        let empty = files.map { $0.0 == "ppt/slides/slide1.xml" ? ($0.0, "") : $0 }
        let damaged = ReadOutcome(try folder.input(PackedFixture.zip(empty), to: "c.pptx"))
        #expect(damaged.documents.count == 1 && damaged.warnings.count == 1, "\(damaged.warnings)")
    }

    @Test func damagedXMLIsReadAsFarAsItGoes() throws {
        let document = "<w:document xmlns:w='w'><w:p><w:t>before</w:t></w:p>\n<w:p><w:t>here</w:p></w:t></w:document>"
        let outcome = ReadOutcome(try folder.input(PackedFixture.zip([("word/document.xml", document)]), to: "a.docx"))
        #expect(outcome.documents.first?.body.hasPrefix("before") ?? false)
        #expect(outcome.warnings.count == 1 && outcome.warnings.first?.hasPrefix("2: is damaged XML") ?? false)
        let missing = ReadOutcome(try folder.input(PackedFixture.zip([("x", "y")]), to: "b.docx"))
        #expect(missing.skipTexts == ["b.docx: is no docx: it holds no word/document.xml"])
        let old = ReadOutcome(try folder.input([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], to: "c.docx"))
        #expect(old.skips.first?.reason.hasPrefix("is protected by a password") ?? false)
    }

    @Test func entitiesThatGrowWithoutMeasureEndTheFile() throws {
        let levels = (1...9).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }.joined()
        let bomb = """
            <!DOCTYPE r [<!ENTITY l0 "lol">\(levels)<!ENTITY file SYSTEM "file:///etc/passwd">]>
            <r><body><p>&file;&l9;&eacute;</p></body></r>
            """
        let outcome = ReadOutcome(try folder.input(PackedFixture.zip([("content.xml", bomb)]), to: "a.odt"))
        #expect(outcome.documents.allSatisfy { $0.body.utf8.count < 100 })
        let deep = String(repeating: "<a>", count: 100_000) + "x"
        let nested = ReadOutcome(try folder.input(PackedFixture.zip([("content.xml", deep)]), to: "b.odt"))
        #expect(nested.documents.allSatisfy { $0.body.utf8.count < 100 } && nested.warnings.count == 1)
    }

    @Test(arguments: ["a.fodt", "a.xml"])
    func aFlatDocumentIsReadLikeAPackedOne(name: String) throws {
        let source = """
            <?xml version="1.0"?><office:document xmlns:office="o" xmlns:meta="m" xmlns:dc="d" xmlns:text="t" xmlns:draw="w">
            <office:meta><dc:title>Flat</dc:title><meta:initial-creator>Ann Bee</meta:initial-creator></office:meta>
            <office:settings><x>0</x></office:settings><office:body><office:text><text:h>Head</text:h>
            <text:p text:style-name="Date">6 May 2021</text:p><draw:image><office:binary-data>AAAA</office:binary-data></draw:image>
            <text:p>Word.</text:p></office:text></office:body></office:document>
            """
        let outcome = ReadOutcome(try folder.input(source, to: name))
        let document = try #require(outcome.documents.first)
        #expect(document.title == "Flat" && document.author == "Ann Bee" && document.date == "2021-05-06")
        #expect(document.body == "Head\n\n6 May 2021\n\nWord." && outcome.warnings.isEmpty)
        let damaged = ReadOutcome(try folder.input("no XML", to: "b.fodt"))
        #expect(damaged.skips.count == 1 && damaged.documents.isEmpty)
    }

    @Test func descriptionsAndReadingsOfOpenDocumentAreNoPartOfWords() throws {
        let content = """
            <body xmlns:draw="w"><p><draw:frame><draw:image/><title>Cat</title><desc>a cat</desc></draw:frame>Begins
            <ruby><ruby-base>漢字</ruby-base><ruby-text>かんじ</ruby-text></ruby><ruby><ruby-base>x</ruby-base><ruby-text/></ruby>
            <annotation><creator>Rev</creator><p>A remark by <creator>Ann</creator>.</p></annotation></p></body>
            """
        let document = ReadOutcome(try folder.input(PackedFixture.zip([("content.xml", content)]), to: "a.odt"))
            .documents.first
        #expect(document?.body == "Cat a cat Begins 漢字（かんじ）x\n\nA remark by Ann.", "\(document?.body ?? "")")
    }

    /// Programs note when they made the file; the text may have a date of its own.
    @Test func theDateIsThatOfTheText() throws {
        let paragraph = { (text: String) in
            "<w:document xmlns:w='w'><w:p><w:pPr><w:pStyle w:val='Date'/></w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p></w:document>"
        }
        let core =
            "<cp:coreProperties xmlns:dcterms='t'><dcterms:created>2024-01-02T03:04:05Z</dcterms:created></cp:coreProperties>"
        for (text, date) in [("2021-05-06", "2021-05-06"), ("some day", "2024-01-02T03:04:05Z")] {
            let files = [("word/document.xml", paragraph(text)), ("docProps/core.xml", core)]
            let document = ReadOutcome(try folder.input(PackedFixture.zip(files), to: "a.docx")).documents.first
            #expect(document?.date == date)
        }
    }

    @Test func partsOfFormulasOfOpenDocumentAreApart() throws {
        let formula = "<math><mfrac><mi>numer</mi><mi>denom</mi></mfrac><mo>+</mo><mn>1</mn></math>"
        let content = "<body xmlns:draw='w'><p>See <draw:object>\(formula)</draw:object> so</p></body>"
        let document = ReadOutcome(try folder.input(PackedFixture.zip([("content.xml", content)]), to: "a.odt"))
            .documents.first
        #expect(document?.body == "See numer denom + 1 so")
    }

    // MARK: What refers to what

    private static let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    private static func relations(_ targets: [(type: String, target: String)]) -> String {
        let all = targets.enumerated().map { index, target in
            "<Relationship Id='r\(index)' Type='\(types)/\(target.type)' Target='\(target.target)'/>"
        }
        return "<Relationships>\(all.joined())</Relationships>"
    }

    private static let chart = """
        <c:chartSpace xmlns:c='c' xmlns:a='a'><c:title><a:p><a:r><a:t>Walrus chart</a:t></a:r></a:p></c:title><c:cat><c:strRef>
        <c:strCache><c:pt><c:v>North</c:v></c:pt><c:pt><c:v>South</c:v></c:pt></c:strCache></c:strRef></c:cat>
        <c:val><c:numCache><c:pt><c:v>17</c:v></c:pt></c:numCache></c:val></c:chartSpace>
        """

    @Test(arguments: [" xmlns:x='w'", ""])
    func theMainFileIsTheOneThatIsReferredTo(declaration: String) throws {
        let text =
            "<x:document\(declaration)><x:p><x:pPr><x:pStyle x:val='Title'/></x:pPr><x:r><x:t>Lynx</x:t></x:r></x:p></x:document>"
        let files = [
            ("_rels/.rels", Self.relations([("officeDocument", "/text/main.xml")])), ("text/main.xml", text),
            ("text/_rels/main.xml.rels", Self.relations([("footnotes", "notes1.xml"), ("chart", "../charts/c.xml")])),
            ("text/notes1.xml", "<w:footnotes xmlns:w='w'><w:p><w:t>A note.</w:t></w:p></w:footnotes>"),
            ("charts/c.xml", Self.chart), ("customXml/item1.xml", "<x>no</x>"),
        ]
        let outcome = ReadOutcome(try folder.input(PackedFixture.zip(files), to: "a.docx"))
        let document = try #require(outcome.documents.first)
        #expect(document.title == "Lynx" && outcome.warnings.isEmpty, "\(outcome.skipTexts)")
        let words = document.body.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words == "Lynx Walrus chart North South A note.")
    }

    @Test func chartsAndDescriptionsOfSlidesAreText() throws {
        let slide = """
            <p:sld xmlns:p='p' xmlns:a='a'><p:sp><p:nvSpPr><p:cNvPr id='1' name='x'/></p:nvSpPr><a:p><a:t>Words</a:t></a:p></p:sp>
            <p:pic><p:nvPicPr><p:cNvPr id='2' name='y' descr='An otter at sea'/></p:nvPicPr></p:pic></p:sld>
            """
        let files = [
            (
                "ppt/presentation.xml",
                "<p:presentation xmlns:p='p' xmlns:r='\(Self.types)'><p:sldIdLst><p:sldId r:id='r0'/></p:sldIdLst></p:presentation>"
            ),
            ("ppt/_rels/presentation.xml.rels", Self.relations([("slide", "slides/slide1.xml")])),
            ("ppt/slides/slide1.xml", slide),
            ("ppt/slides/_rels/slide1.xml.rels", Self.relations([("chart", "../charts/chart1.xml")])),
            ("ppt/charts/chart1.xml", Self.chart),
        ]
        let outcome = ReadOutcome(try folder.input(PackedFixture.zip(files), to: "a.pptx"))
        let words = outcome.documents.first?.body.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words == "Words An otter at sea Walrus chart North South", "\(outcome.skipTexts)")
    }

    @Test func formulasOfOpenDocumentAreText() throws {
        let content = """
            <o:d xmlns:o='o' xmlns:l='l'><o:body><o:p>Energy <o:frame><o:object l:href='./Object 1'/></o:frame> is mass.</o:p></o:body></o:d>
            """
        let formula =
            "<math><semantics><mi>E</mi><annotation encoding='StarMath 5.0'>E = m c^2</annotation></semantics></math>"
        let files = [("content.xml", content), ("Object 1/content.xml", formula)]
        let outcome = ReadOutcome(try folder.input(PackedFixture.zip(files), to: "a.odt"))
        #expect(outcome.documents.map(\.body) == ["Energy E = m c^2 is mass."])
    }
}
