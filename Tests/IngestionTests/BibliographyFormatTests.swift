import Documents
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

    @Test func programsWriteOneBlankInRIS() throws {
        let source =
            "TY - BOOK\nAU - Loose, Dash\nTI - A title - with\n AB - line that goes on\nER -\nTY  -  JOUR\nT1  -  Two\nER  -"
        let outcome = ReadOutcome(try folder.input(source, to: "a.ris"))
        #expect(
            outcome.documents.map(\.title) == ["A title - with", "Two"] && outcome.skips.isEmpty, "\(outcome.skipTexts)"
        )
        #expect(outcome.documents.first?.author == "Dash Loose" && outcome.documents.first?.body == "line that goes on")
    }

    @Test(arguments: ["pubmed.nbib", "pubmed-set.txt"])
    func aCitationOfPubMedIsADocument(name: String) throws {
        let source = """

            PMID- 31234567
            OWN - NLM
            IS  - 1932-6203 (Electronic)
            DP  - 2019 Jan-Feb
            TI  - Learned optimisation in
                  rats - a study.
            PG  - 3-9
            LID - e123 [pii]
            LID - 10.1000/x.1 [doi]
            AB  - BACKGROUND: Rats hack
                  rewards.
            CI  - (c) Nobody.
            FAU - García Márquez, Ann
            AU  - García Márquez A
            CN  - Food and Drink Group
            MH  - *Algorithms
            MH  - Rats/*physiology
            OT  - reward hacking
            GN  - A note.
            JT  - PloS one

            2. 
            PMID- 2
            AU  - Roe P
            BTI - A book
            """
        let outcome = ReadOutcome(try folder.input(source, to: name))
        #expect(outcome.skips.isEmpty && outcome.documents.count == 2, "\(outcome.skipTexts)")
        let first = try #require(outcome.documents.first)
        #expect(first.externalID == "31234567" && first.title == "Learned optimisation in rats - a study.")
        #expect(first.body == "BACKGROUND: Rats hack rewards.\n\nA note." && first.date == "2019-01")
        let people = PersonNames.names(in: first.author ?? "").map { $0.replacing("\u{A0}", with: " ") }
        #expect(people == ["Ann García Márquez", "Food and Drink Group"], "\(first.author ?? "")")
        #expect(first.tags == ["Algorithms", "Rats/physiology", "reward hacking"])
        #expect(first.url == "https://doi.org/10.1000/x.1" && first.metadata["journal"] == "PloS one")
        #expect(first.metadata["issn"] == "1932-6203" && first.line == 2)
        let second = try #require(outcome.documents.last)
        #expect(second.title == "A book" && second.url == "https://pubmed.ncbi.nlm.nih.gov/2/", "\(second)")
    }

    @Test func addressesOfBibTeXAreThemselves() throws {
        let source = """
            @misc{a, title={A}, url={\\url{https://a.org/x\\_y}}}
            @misc{b, title={B}, howpublished={\\url{https://b.org}}}
            @misc{c, title={C}, howpublished={A booklet}, eprint={arXiv:hep-th/9901001}, archivePrefix={arXiv}}
            @misc{d, title={D}, eprint={1906.01820}, eprinttype={arxiv}, doi={10.1/x}}
            """
        #expect(
            ReadOutcome(try folder.input(source, to: "a.bib")).documents.map(\.url) == [
                "https://a.org/x_y", "https://b.org", "https://arxiv.org/abs/hep-th/9901001", "https://doi.org/10.1/x",
            ])
    }

    @Test func keywordsOfEndNoteStandOnLinesOfTheirOwn() throws {
        let source = "TY  - JOUR\nTI  - A title\nthat goes on\nKW  - one\ntwo words\nKW  - three\nER  - \n"
        let document = try #require(ReadOutcome(try folder.input(source, to: "a.ris")).documents.first)
        #expect(document.tags == ["one", "two words", "three"] && document.title == "A title that goes on")
    }

    @Test func datesOfCSLMayHaveNamesForTheirParts() throws {
        let source = """
            [{"id":"a","type":"book","title":"A","issued":{"year":2007,"month":3}},
             {"id":"b","type":"book","title":"B","issued":[{"year":2008}]},{"id":"c","type":"book","title":"C","issued":{"date-parts":[["2001","5"]]}},
             {"id":"d","type":"book","title":"D
            """
        let outcome = ReadOutcome(try folder.input(source, to: "a.csljson"))
        #expect(outcome.documents.map(\.date) == ["2007-03", "2008", "2001-05"])
        #expect(
            outcome.skips.map(\.line) == [3]
                && outcome.skipTexts.first?.contains("nothing was read from here on") ?? false)
    }

    @Test func whatIsNoCitationIsNamedAndTheOthersAreRead() throws {
        let outcome = ReadOutcome(try folder.input("Saved by hand\nTI\nPMID- 1\nTI  - One\n", to: "a.nbib"))
        #expect(outcome.documents.map(\.title) == ["One"])
        #expect(outcome.skipTexts == ["a.nbib:1: is no line of a citation; citations begin with “PMID- ”"])
    }

    @Test(arguments: [
        (
            "a.ris",
            "TY  - JOUR\nTI  - On <i>E. coli</i> &amp; rats\nN1  - <p>A <b>note</b></p>\nAB  - <jats:p>Abstract: a<b.</jats:p>\nER  -"
        ),
        (
            "a.bib",
            "@misc{a, title={On {\\textless}i{\\textgreater}E. coli{\\textless}/i{\\textgreater} \\& rats}, note={<p>A <b>note</b></p>}, abstract={Abstract: a<b.}}"
        ),
        (
            "a.csljson",
            #"[{"id":"a","title":"On <i>E. coli</i> &amp; rats","note":"<p>A <b>note</b></p>","abstract":"Abstract: a<b."}]"#
        ),
    ])
    func markUpInAnEntryIsNoText(name: String, source: String) throws {
        let document = try #require(ReadOutcome(try folder.input(source, to: name)).documents.first)
        #expect(document.title == "On E. coli & rats" && document.body.contains("A note"))
        #expect(name == "a.ris" || document.body.contains("Abstract: a<b."), "\(document.body)")
        #expect(document.body.contains("Abstract: a") && !document.body.contains("jats"))
    }

    @Test func numbersBelowAWordAreAPartOfIt() throws {
        let source = "@misc{a, title={H$_2$O, CO$_{2}$, m$^2$, quantile$^{12}$ and $x_2$}}"
        #expect(
            ReadOutcome(try folder.input(source, to: "a.bib")).documents.map(\.title) == [
                "H2O, CO2, m2, quantile 12 and $x_2$"
            ])
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
            (documents[0].author?.hasPrefix("Ada Example") ?? false) && documents[0].metadata["publisher"] == "Press"
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
        #expect(document.author == "Ada\u{A0}and\u{A0}Sons, Jane Roe Jr" && document.date == "2001-02-03")
        #expect(document.metadata["file"] == nil)
    }

    @Test func otherArraysOfObjectsStayRecords() throws {
        let outcome = ReadOutcome(try folder.input("[{\"type\": \"a\", \"text\": \"b\"}]", to: "a.json"))
        #expect(outcome.documents.map(\.body) == ["b"] && outcome.documents.first?.metadata["type"] == "a")
    }

    /// Whoever reads the shown text again finds the same people.
    @Test(arguments: [
        (
            "a.bib", "@misc{a, title = {T}, author = {García Márquez, Gabriel and Lloyd Webber, Andrew}}",
            "García Márquez; Lloyd Webber"
        ),
        (
            "a.bib", "@misc{a, title = {T}, author = {{World Health Organization} and Roe, Jane and others}}",
            "World Health Organization; Roe…"
        ),
        ("a.bib", "@misc{a, title = {T}, author = {van der Berg, Jan and King, Jr., Martin Luther}}", "Berg; King"),
        ("a.bib", "@misc{a, title = {T}, author = {Garc{\\'i}a M{\\'a}rquez, Gabriel Jos{\\'e}}}", "García Márquez"),
        ("a.bib", "@book{a, title = {T}, editor = {Bee, Ann and Dee, Zoe}}", "Bee; Dee"),
        (
            "a.ris", "TY  - JOUR\nTI  - T\nAU  - García Márquez, Gabriel\nAU  - Bee, Ann\nER  - \n",
            "García Márquez; Bee"
        ),
        ("a.ris", "TY  - JOUR\nTI  - T\nAU  - 山田, 太郎\nER  - \n", "山田"),
        (
            "a.json",
            #"[{"type":"book","id":"a","title":"T","author":[{"family":"Lloyd Webber","given":"Andrew"},{"literal":"Food and Drink"}]}]"#,
            "Lloyd Webber; Food and Drink"
        ),
        ("a.jsonl", #"{"id":"a","author":["Smith, John","Roe, Jane"],"text":"x"}"#, "Smith; Roe"),
        ("a.jsonl", #"{"id":"a","author":["Gwern","Raemon"],"text":"x"}"#, "Gwern; Raemon"),
        ("a.jsonl", #"{"id":"a","authors":[{"name":"Bee, Ann"},{"name":"Zoe Dee"}],"text":"x"}"#, "Bee; Dee"),
        (
            "a.jsonl",
            #"{"id":"a","author":[{"name":"Ann Bee"},"Zoe Dee",{"given":"Juan","family":"de la Cruz"}],"text":"x"}"#,
            "Bee; Dee; Cruz"
        ),
        (
            "a.jsonl",
            #"{"id":"a","authors":[{"first_name":"Ann","lastName":"Lloyd Webber"},{"literal":"Food and Drink"}],"text":"x"}"#,
            "Lloyd Webber; Food and Drink"
        ),
        ("a.jsonl", #"{"id":"a","author":{"given":"Gabriel","family":"García Márquez"},"text":"x"}"#, "García Márquez"),
        (
            "a.jsonl",
            #"{"id":"a","authors":[{"author":{"display_name":"Ann Bee"},"position":"first"},{"username":"gwern"},{}],"text":"x"}"#,
            "Bee; gwern"
        ),
        ("a.jsonl", #"{"id":"a","author":{"name":"Bee, Ann"},"text":"x"}"#, "Bee"),
        ("a.md", "---\nauthors:\n - name: Ann Bee\n   affiliation: MIT\n - Zoe Dee\n---\nx\n", "Bee; Dee"),
        ("a.md", "+++\n[[authors]]\nfirst = \"Ann\"\nlast = \"Bee\"\n+++\nx\n", "Bee"),
        (
            "a.tex",
            "\\author{Ann Bee\\\\ Department of CS\\\\ MIT\\\\ \\texttt{ann@mit.edu} \\And Zoe van Dee \\\\ Oxford \\AND Carl Cee, Dan Ee and Eve Eff}",
            "Bee; Dee; Cee; Ee; Eff"
        ),
        ("a.tex", "\\author{Ann Bee,\\\\ Zoe Dee\\thanks{\\\\ Money}\\\\[2mm] Oxford}", "Bee; Dee"),
        (
            "a.tex", "\\author{\\IEEEauthorblockN{Ann Bee}\\IEEEauthorblockA{MIT} \\and \\IEEEauthorblockN{Zoe Dee}}",
            "Bee; Dee"
        ),
        ("a.tex", "\\author{Ann Bee$^1$ \\quad Zoe Dee$^{2}$ \\\\ $^1$MIT $^2$Oxford}", "Bee; Dee"),
        ("a.md", "---\nauthor: [\"Smith, John\", \"García Márquez, Gabriel\"]\n---\nx\n", "Smith; García Márquez"),
        ("a.md", "---\nauthor:\n  - MIRI\n  - OpenAI\n---\nx\n", "MIRI; OpenAI"),
    ])
    func authorsStayApart(name: String, source: String, families: String) throws {
        let document = try #require(ReadOutcome(try folder.input(source, to: name)).documents.first)
        let list = PersonName.list(document.author ?? "")
        #expect(
            list.names.map(\.family).joined(separator: "; ") + (list.hasOthers ? "…" : "") == families,
            "\(document.author ?? "")")
    }

    @Test func aYearIsTheDateOfWhatHasNoOther() throws {
        let lines = """
            {"id":"a","text":"x","year":2019}
            {"id":"b","text":"x","date":"2020-02-03","year":"1999"}
            """
        let documents = ReadOutcome(try folder.input(lines, to: "y.jsonl")).documents
        #expect(documents.map(\.date) == ["2019", "2020-02-03"])
        #expect(documents.map { $0.metadata["year"] } == [nil, "1999"])
        let rows = ReadOutcome(try folder.input("title,Year\nT,2019\n", to: "y.csv")).documents
        #expect(rows.map(\.date) == ["2019"])
    }

    @Test func editorsAndPagesAreKept() throws {
        let bib = "@book{a, title = {T}, editor = {Bee, Ann}, volume = 3, pages = {1--9}}"
        let book = try #require(ReadOutcome(try folder.input(bib, to: "a.bib")).documents.first)
        #expect(book.author == "Ann Bee" && book.metadata["editor"] == "Ann Bee")
        #expect(book.metadata["volume"] == "3" && book.metadata["pages"] == "1–9")
        let ris = "TY  - CHAP\nTI  - T\nAU  - Bee, Ann\nA2  - Dee, Zoe\nSP  - 1\nEP  - 9\nIS  - 4\nER  - \n"
        let part = try #require(ReadOutcome(try folder.input(ris, to: "a.ris")).documents.first)
        #expect(
            part.metadata["pages"] == "1–9" && part.metadata["number"] == "4" && part.metadata["editor"] == "Zoe Dee")
        let csl =
            #"[{"type":"chapter","id":"a","title":"T","issue":"4","page":"1-9","editor":[{"family":"Dee","given":"Zoe"}]}]"#
        let item = try #require(ReadOutcome(try folder.input(csl, to: "a.csljson")).documents.first)
        #expect(
            item.metadata["pages"] == "1-9" && item.metadata["number"] == "4" && item.metadata["editor"] == "Zoe Dee")
        let work = try folder.input(
            #"{"id":"a","text":"x","paper_authors":["Smith, John","Roe, Jane"]}"#, to: "w.jsonl")
        #expect(ReadOutcome(work).documents.first?.metadata["paper_authors"] == "John Smith, Jane Roe")
    }
}
