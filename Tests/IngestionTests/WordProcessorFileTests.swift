import PostilTestSupport
import Testing

@testable import Ingestion

/// Files as the programs write them that people have: LibreOffice, TeX, mutt. Fixtures/Formats/make makes them.
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
