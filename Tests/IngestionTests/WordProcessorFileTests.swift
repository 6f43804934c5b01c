import PostilTestSupport
import Testing

@testable import Ingestion

/// Files as the programs write them that people have: LibreOffice, Calibre, TeX, mutt. Fixtures/Formats/make makes them.
@Suite struct WordProcessorFileTests {
    @Test(arguments: ["essay.writer.docx", "essay.writer.odt", "essay.writer.pdf", "essay.impress.pptx"])
    func whatLibreOfficeWritesKeepsItsWordsAndFields(name: String) throws {
        let outcome = ReadOutcome(try PackedFixture.input(name))
        #expect(outcome.skips.isEmpty && outcome.warnings.isEmpty, "\(outcome.warnings)")
        let document = try #require(outcome.documents.first)
        #expect(outcome.documents.count == 1)
        #expect(document.title == "On Quantilizers" && document.author == "Ada Example; Émile Second")
        // Lines of a PDF end where they do on paper.
        let words = document.body.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for phrase in [
            "picks an action at random from the top share of a base", "It never looks for the very best action.",
            "First, choose a base distribution.", "is bounded by one over q — “for every cost”.",
            "Taylor called this share the quantile.",
        ] {
            #expect(words.contains(phrase), "\(phrase)")
        }
    }

    @Test func aBookOfLibreOfficeHasItsChapters() throws {
        let outcome = ReadOutcome(try PackedFixture.input("essay.writer.epub"))
        #expect(outcome.skips.isEmpty && outcome.documents.count == 3)
        #expect(outcome.documents.dropFirst().map(\.title) == ["Mild Optimization", "Limits of Mildness"])
        #expect(outcome.documents.allSatisfy { $0.metadata["book"] == "On Quantilizers" })
        #expect(outcome.documents.contains { $0.body.contains("Taylor called this share the quantile.") })
    }

    /// Of a page of the web, which Calibre cuts at its headings.
    @Test(arguments: ["post.calibre.epub", "post.calibre3.epub"])
    func aBookOfCalibreHasItsChaptersFieldsAndLinks(name: String) throws {
        let outcome = ReadOutcome(try PackedFixture.input(name))
        #expect(outcome.skips.isEmpty && outcome.warnings.isEmpty, "\(outcome.warnings)")
        let documents = outcome.documents
        #expect(documents.map(\.title) == ["Against Argmax", "What argmax does", "What the limits are"])
        #expect(documents.allSatisfy { $0.author == "Ada Example" && $0.date == "2021-03-04" })
        #expect(
            documents.map { $0.metadata["links"] } == ["https://example.org/maps#edges", nil, "mailto:ada@example.org"])
        let chapter = try #require(documents.dropFirst().first)
        #expect(
            chapter.body == """
                What argmax does

                It finds the one plan that the measure likes most. A naïve measure likes what it cannot see — “the rest is noise”.

                plan score
                tea seven
                flood eleven
                """)
    }

    @Test func theSameBookIsOneInTheOtherFormatsOfCalibre() throws {
        let fiction = ReadOutcome(try PackedFixture.input("post.calibre.fb2"))
        #expect(fiction.skips.isEmpty && fiction.warnings.isEmpty)
        #expect(fiction.documents.map(\.title) == ["Against Argmax", "What argmax does", "What the limits are"])
        #expect(fiction.documents.first?.metadata["links"] == "https://example.org/maps#edges")
        let office = ReadOutcome(try PackedFixture.input("post.calibre.docx"))
        let document = try #require(office.documents.first)
        #expect(office.skips.isEmpty && office.warnings.isEmpty && office.documents.count == 1)
        #expect(document.title == "Against Argmax" && document.author == "Ada Example")
        #expect(document.metadata["links"] == "https://example.org/maps#edges")
        #expect(document.body.contains("Few measures hold far from home.\n\nFewer plans are undone."))
    }

    @Test func anArticleOfTeXHasItsFieldsAndPages() throws {
        let outcome = ReadOutcome(try PackedFixture.input("essay.latex.pdf"))
        let document = try #require(outcome.documents.first)
        #expect(document.title == "On Quantilizers" && document.author == "Ada Example" && outcome.skips.isEmpty)
        // TeX sets ffi as one sign.
        #expect(document.body.contains("Finding the efficient share is difficult"))
        let pages = document.body.split(separator: "\u{C}")
        #expect(pages.count == 2 && pages[1].contains("Limits of mildness"))
    }

    @Test func aLetterOfMuttHasItsTextAndWhatIsAttached() throws {
        let outcome = ReadOutcome(try PackedFixture.input("letter.mbox"))
        #expect(outcome.skips.isEmpty && outcome.documents.count == 2)
        let letter = try #require(outcome.documents.first)
        #expect(letter.title == "Re: Quantilizers – a word" && letter.author == "Bayo Adenekan")
        #expect(letter.body.contains("a limit on harm.\nGrüße, Bayo") && letter.metadata["attachments"] == "essay.docx")
        let attached = try #require(outcome.documents.last)
        #expect(attached.title == "On Quantilizers" && attached.body.contains("Taylor called this share"))
    }
}
