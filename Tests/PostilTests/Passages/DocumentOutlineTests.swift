import Testing

@testable import Postil

struct DocumentOutlineTests {
    private static let markdown = Document(
        externalID: "n.md",
        body:
            "Top heading\n\nPara one\nline two.\n\nitem a\nitem b\n\nSub\n\nDirect text\n\nDeeper\n\nx\n\nSub\n\nTop 2\n\ny",
        markup:
            "# Top *heading*\n\nPara one\nline two.\n\n- item a\n- item b\n\n## Sub ##\nDirect text\n\n### Deeper\n\nx\n\nSub\n\nTop 2\n=====\n\ny"
    )

    private func text(_ outline: DocumentOutline, _ address: String) -> String? {
        outline.passage(at: address).map { String(outline.text[$0.range]) }
    }

    @Test func headingsAreThoseOfTheMarkup() {
        let outline = DocumentOutline(Self.markdown)
        // The paragraph "Sub" is none, though it says what a heading says.
        #expect(outline.headings.map(\.address) == ["top-heading", "sub", "deeper", "top-2"])
        #expect(outline.headings.map(\.level) == [1, 2, 3, 1])
        #expect(outline.paragraphs.count == 10)
        #expect(text(outline, "sub") == "Sub\n\nDirect text\n\nDeeper\n\nx\n\nSub")
        #expect(text(outline, "Deeper") == "Deeper\n\nx\n\nSub" && text(outline, "top-2") == "Top 2\n\ny")
        #expect(outline.passage(at: "p7")?.headings == ["Top heading", "Sub", "Deeper"])
        #expect(
            outline.passage(at: "p11") == nil && outline.passage(at: "p0") == nil
                && outline.passage(at: "nothing") == nil)
    }

    @Test func pagesHaveAddressesAndEndParagraphs() throws {
        let outline = DocumentOutline(
            Document(externalID: "a.pdf", body: "One of\nits own.\u{0C}Two page.\n\nMore.\u{0C}\u{0C} \n\u{0C}Five"))
        #expect(outline.paragraphs.count == 4)
        #expect(text(outline, "page=1") == "One of\nits own." && text(outline, "PAGE=2") == "Two page.\n\nMore.")
        #expect(text(outline, "page=5") == "Five" && outline.passage(at: "page=5")?.address == "page=5")
        for none in ["page=0", "page=3", "page=4", "page=6", "page=", "page=x", "page=-1"] {
            #expect(outline.passage(at: none) == nil, "\(none)")
        }
        #expect(outline.paragraphs.map { outline.passage(of: $0).page } == [1, 2, 2, 5])
        #expect(DocumentOutline(Self.markdown).passage(at: "page=1") == nil)
        #expect(DocumentOutline(Self.markdown).passage(at: "sub")?.page == nil)
    }

    /// One of several headings of the same words is known by what stands under it.
    @Test func headingsOfTheSameWordsAreToldApart() throws {
        func outline(_ parts: [String]) -> DocumentOutline {
            let text = parts.map { "Same\n\n\($0)" }.joined(separator: "\n\n")
            return DocumentOutline(
                Document(externalID: "a.md", body: text, markup: text.replacing("Same", with: "## Same")))
        }
        let before = outline(["one", "two"])
        let address = try #require(before.passage(at: "same-1")?.address)
        #expect(address.hasPrefix("same-1-") && text(before, address) == "Same\n\ntwo")
        #expect(text(outline(["zero", "one", "two"]), address) == "Same\n\ntwo")
        #expect(outline(["zero", "one", "two"]).passage(at: address)?.hasChanged == false)
        #expect(outline(["one", "three"]).passage(at: address)?.hasChanged == true)
        #expect(text(outline(["one", "two"]), "same") == "Same\n\none")
        #expect(outline(["one"]).passage(at: "same")?.address == "same" && outline(["one"]).passage(at: address) == nil)
    }

    @Test func htmlHasHeadingsToo() {
        let page = Document(
            externalID: "p", body: "One & two\n\ntext\n\nThree\n\nmore",
            markup: "<H2 class='a'>One &amp; <i>two</i></H2><p>text</p><h3>Three</h3><p>more</p>")
        #expect(DocumentOutline(page).headings.map(\.address) == ["one-two", "three"])
    }

    @Test func shortLinesBeforeParagraphsAreHeadingsOfPlainText() {
        let long = String(repeating: "Words that make a paragraph of some length. ", count: 4)
        let chapter = Document(
            externalID: "c", body: "Chapter One\n\n\(long)\n\nAs he said:\n\n\(long)\n\nChapter One\n\n\(long)")
        #expect(DocumentOutline(chapter).headings.map(\.address) == ["chapter-one", "chapter-one-1"])
        #expect(DocumentOutline(Document(externalID: "e")).headings.isEmpty)
    }

    /// Whatever is done to other paragraphs, an address leads to the same words.
    @Test func addressesStayWhenTheTextElsewhereChanges() throws {
        let outline = DocumentOutline(Self.markdown)
        for paragraph in outline.paragraphs {
            let passage = outline.passage(of: paragraph)
            let words = String(outline.text[passage.range])
            var edited = Self.markdown
            edited.markup = nil
            for other in outline.paragraphs.reversed() where other.number != paragraph.number {
                // A paragraph is taken out, put in, or says something else.
                let replacement = ["", "new\n\nand new", "changed"][other.number % 3]
                edited.body.replaceSubrange(other.range, with: replacement)
            }
            let found = try #require(DocumentOutline(edited).passage(at: passage.address))
            #expect(String(edited.body[found.range]) == words && !found.hasChanged, "\(passage.address)")
        }
        let third = outline.passage(of: outline.paragraphs[2])
        var edited = Self.markdown
        edited.body = edited.body.replacing("item b", with: "item c")
        let changed = try #require(DocumentOutline(edited).passage(at: third.address))
        #expect(changed.hasChanged && String(edited.body[changed.range]) == "item a\nitem c")
    }

    @Test func passagesAreFoundByTheirWords() throws {
        let outline = DocumentOutline(Self.markdown)
        let passage = try #require(outline.passage(quoting: "one line"))
        #expect(String(outline.text[passage.range]) == "one\nline" && passage.address.hasPrefix("p2-"))
        #expect(outline.passage(quoting: "item z") == nil)
    }
}
