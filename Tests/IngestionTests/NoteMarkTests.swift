import PostilTestSupport
import Testing

@testable import Documents
@testable import Ingestion

/// Numbers of notes stand above a word and are no part of it; exponents and formulas are.
@Suite struct NoteMarkTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func raisedNumbersInPackagesAreNoPartOfWords() throws {
        func runs(_ parts: [(text: String, isRaised: Bool)]) -> String {
            parts.map {
                "<w:r>\($0.isRaised ? "<w:rPr><w:vertAlign w:val='superscript'/></w:rPr>" : "")<w:t>\($0.text)</w:t></w:r>"
            }.joined()
        }
        let raised = runs([
            ("word", false), ("12", true), (", m", false), ("2", true), (", 10", false), ("9", true),
            (", the 2", false), ("nd", true),
        ])
        let word = "<w:document xmlns:w='w'><w:body><w:p>\(raised)</w:p></w:body></w:document>"
        #expect(
            ReadOutcome(try folder.input(PackedFixture.zip([("word/document.xml", word)]), to: "a.docx")).documents.map(
                \.body)
                == ["word 12, m2, 10 9, the 2nd"])
        let slides = """
            <office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:draw="d"><office:automatic-styles>
            <style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>
            <style:style style:name="T2"><style:text-properties style:text-position="-33% 58%"/></style:style></office:automatic-styles>
            <office:body><office:presentation><draw:page><text:p>word<text:span text:style-name="T1">12</text:span> water<text:span text:style-name="T2">2</text:span></text:p>
            </draw:page></office:presentation></office:body></office:document-content>
            """
        let mark = "application/vnd.oasis.opendocument.presentation"
        let open = ReadOutcome(
            try folder.input(PackedFixture.zip([("mimetype", mark), ("content.xml", slides)]), to: "a.odp"))
        #expect(open.documents.map(\.body) == ["word 12 water2"], "\(open.skipTexts)")
    }

    @Test func linksToNotesInAFictionBookNeedNoType() throws {
        let book = """
            <FictionBook xmlns:l="x"><description/><body><section><p>word<a l:href="#n1"><sup>12</sup></a>, again<sup>3</sup> and
            <a l:href="#c2">chapter 2</a>.</p></section></body></FictionBook>
            """
        #expect(
            ReadOutcome(try folder.input(book, to: "a.fb2")).documents.map(\.body) == ["word, again 3 and chapter 2."])
    }

    @Test func raisedNumbersInHTMLAreNoPartOfWords() throws {
        let page =
            "<p>word<sup>12</sup>, m<sup>2</sup>, 10<sup>9</sup>, 2<sup>nd</sup>, quantile<sup>1,2</sup>, x<sup>n</sup>, kept<sup><b>3</b></sup></p>"
        #expect(
            ReadOutcome(try folder.input(page, to: "a.html")).documents.map(\.body)
                == ["word 12, m2, 10 9, 2nd, quantile 1,2, xn, kept 3"])
    }

    @Test(arguments: [
        // They count up through the text.
        (
            ["The share1 of actions2 is small.3 GPT3 and covid19.", "Here is more4."],
            ["The share 1 of actions 2 is small.3 GPT3 and covid19.", "Here is more 4."]
        ),
        // One is told by its note.
        (["The share1 of GPT3.\n\n1 Taylor said so."], ["The share 1 of GPT3.\n\n1 Taylor said so."]),
        (["The share7 of it.\n\n7Taylor said so."], ["The share 7 of it.\n\n7Taylor said so."]),
        // Nothing tells these.
        (["The covid19 of level2.\n3 apples"], ["The covid19 of level2.\n3 apples"]),
        (["The x2 of m1, utf8 and sha256."], ["The x2 of m1, utf8 and sha256."]),
        // Each chapter counts anew.
        (["One1 two2 then3.", "Four1 five2 then3."], ["One 1 two 2 then 3.", "Four 1 five 2 then 3."]),
        (["Ab1, naïve1 naïve2 naïve3"], ["Ab1, naïve 1 naïve 2 naïve 3"]),
        (["", "1", "word0 word1234 1word"], ["", "1", "word0 word1234 1word"]),
    ])
    func marksInAPDFAreToldByTheirOrder(pages: [String], parted: [String]) {
        #expect(PDFNoteMarks.parting(pages) == parted)
    }
}
