import PostilTestSupport
import Testing

@testable import Ingestion

/// BibTeX, RIS and CSL-JSON.
@Suite struct BibliographyFormatTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: ["references.bib", "references.ris", "references.json"])
    func anEntryIsADocument(name: String) throws {
        let outcome = ReadOutcome(try PackedFixture.input(name))
        #expect(outcome.documents.count == 2 && outcome.skips.isEmpty && outcome.warnings.isEmpty)
        let first = try #require(outcome.documents.first)
        #expect(first.externalID == "hubinger2019" && first.title.hasPrefix("Risks from Learned Optimization"))
        #expect(first.author?.hasPrefix("Evan Hubinger, Chris van Merwijk") ?? false)
        #expect(first.date?.hasPrefix("2019-06") ?? false && first.url == "https://doi.org/10.48550/arXiv.1906.01820")
        #expect(first.tags == ["inner alignment", "mesa-optimization"])
        #expect(first.body.hasPrefix("We analyze learned optimization: why would a mesa-optimizer care"))
        #expect(first.body.contains("\n\nRead twice"))
        let second = try #require(outcome.documents.last)
        #expect(second.title.hasPrefix("Gödel") && second.author == "Douglas R. Hofstadter")
        #expect(second.date?.hasPrefix("1979") ?? false)
    }

    @Test func aDamagedEntryIsNamedAndTheOthersAreRead() throws {
        let source =
            "@article{a, title = {One}}\n\n@article{b, title = {Two\n\n@article{c, title = {Three}}\n@misc{d, note = \"Four\"}"
        let outcome = ReadOutcome(try folder.input(source, to: "a.bib"))
        #expect(outcome.documents.map(\.title) == ["One", "Three", "a"])
        #expect(outcome.documents.map(\.body) == ["", "", "Four"])
        #expect(outcome.skips.map(\.line) == [3])
        #expect(outcome.skips.first?.reason == "entry “b” is damaged or never ends")
    }

    @Test func anEntryHasWhatTheBookItIsInSays() throws {
        let source = """
            @inproceedings{a, title={One}, author={Ada Example and others}, crossref={Vol}, pages={1}}
            @inproceedings{b, title={Two}, crossref={vol}, year=2001, publisher={Own}}
            @misc{c, title={Three}, crossref={none}}
            @proceedings{vol, title={The Volume}, year=1999, editor={Ed Itor}, publisher={Press}, note={A note.}}
            @misc{d, title={Loop}, crossref={d}}
            """
        let documents = ReadOutcome(try folder.input(source, to: "a.bib")).documents
        #expect(documents.map(\.title) == ["One", "Two", "Three", "The Volume", "Loop"])
        #expect(documents[0].date == "1999" && documents[0].metadata["booktitle"] == "The Volume")
        #expect(
            documents[0].author == "Ada Example" && documents[0].metadata["publisher"] == "Press"
                && documents[0].body.isEmpty)
        #expect(documents[1].date == "2001" && documents[1].metadata["publisher"] == "Own")
        #expect(documents[2].metadata["publisher"] == nil && documents[3].body == "A note.")
    }

    @Test func stringsAreJoinedAndBracesKeepNamesTogether() throws {
        let source = """
            @string{press = "The Press"}
            @book(key, title = "A {B} C", publisher = press # " of " # {X}, author = {{Ada and Sons} and Roe, Jr, Jane},
              date = {2001-02-03/2001-03}, file = {:/home/x.pdf:PDF})
            @comment{ignored}
            """
        let document = try #require(ReadOutcome(try folder.input(source, to: "a.bib")).documents.first)
        #expect(document.title == "A B C" && document.metadata["publisher"] == "The Press of X")
        #expect(document.author == "Ada and Sons, Jane Roe Jr" && document.date == "2001-02-03")
        #expect(document.metadata["file"] == nil)
    }

    @Test func otherArraysOfObjectsStayRecords() throws {
        let outcome = ReadOutcome(try folder.input("[{\"type\": \"a\", \"text\": \"b\"}]", to: "a.json"))
        #expect(outcome.documents.map(\.body) == ["b"] && outcome.documents.first?.metadata["type"] == "a")
    }
}
