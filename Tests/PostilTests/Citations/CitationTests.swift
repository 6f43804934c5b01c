import Foundation
import Testing

@testable import Postil

struct CitationTests {
    private static let paper = Document(
        externalID: "rlo", title: "Risks from Learned Optimization in AI", author: "Evan Hubinger, Chris van Merwijk",
        date: "2019-06-05", url: "https://arxiv.org/abs/1906.01820v3", tags: ["mesa"])
    private static let opinion = Document(
        externalID: "an-35/corrigibility/opinion", title: "Corrigibility", author: "Rohin", date: "2018",
        url: "https://example.org/corrigibility",
        metadata: ["kind": "opinion", "issue": "AN #35", "venue": "Alignment Forum", "work_authors": "Paul Christiano"])
    private static let review = Document(
        externalID: "r", title: "There is no harmless proxy", author: "Marguerite Föhl", date: "2022-11-28",
        metadata: [
            "paper_title": "Defining Reward Hacking", "paper_authors": "Joar Skalse, Nikolaus Howe",
            "paper_year": "2022",
        ])

    private func kind(_ metadata: [String: String], url: String? = nil, title: String = "T") -> Citation.Kind {
        Citation(of: Document(externalID: "x", title: title, url: url, metadata: metadata)).kind
    }

    @Test func theKindIsWhatTheDocumentIs() {
        #expect(Citation(of: Self.paper).kind == .preprint)
        #expect(Citation(of: Self.opinion).kind == .review && Citation(of: Self.review).kind == .review)
        #expect(kind(["type": "journalArticle"]) == .article)
        #expect(kind(["type": "journalArticle", "venue": "arXiv:1906.01820 [cs]"]) == .preprint)
        #expect(kind(["type": "conferencePaper"]) == .conferencePaper)
        #expect(kind(["type": "bookSection"]) == .chapter)
        #expect(kind(["kind": "lw_comment_2015"]) == .comment)
        #expect(kind([:], title: "Re: Reward Hacking") == .comment)
        #expect(kind([:], url: "https://www.lesswrong.com/posts/x") == .post)
        #expect(kind([:], url: "https://youtu.be/x") == .video)
        #expect(kind([:], url: "https://example.org/x") == .page)
        #expect(kind(["doi": "10.1/x"]) == .article)
        #expect(kind([:]) == .document)
    }

    /// What is written as an entry of one format, and read again, is of the same type; so are all that the format has.
    @Test func typesOfEntriesStayThemselves() throws {
        for type in EntryType.all {
            let csl = try #require(type.csl == "document" || type.csl == "article" ? type : EntryType(named: type.csl))
            #expect(csl.csl == type.csl)
            if !EntryType.isGeneral(type.ris) {
                #expect(EntryType(named: type.ris)?.ris == type.ris || type.bibtex == "proceedings", "\(type)")
            }
            if !EntryType.isGeneral(type.bibtex) { #expect(EntryType(named: type.bibtex)?.bibtex == type.bibtex) }
        }
        func entry(_ metadata: [String: String]) -> EntryType {
            Citation(of: Document(externalID: "x", title: "T", metadata: metadata)).type
        }
        for (name, csl) in [
            ("newspaperArticle", "article-newspaper"), ("ENCYC", "entry-encyclopedia"), ("SLIDE", "speech"),
            ("computerProgram", "software"), ("personal_communication", "personal_communication"), ("PAT", "patent"),
        ] {
            #expect(entry(["type": name, "journal": "J", "doi": "10.1/x"]).csl == csl, "\(name)")
        }
        #expect(entry(["type": "CONF", "journal": "P"]).bibtex == "inproceedings")
        #expect(entry(["type": "CONF"]).bibtex == "proceedings")
        #expect(entry(["type": "THES", "genre": "Master's thesis"]).bibtex == "mastersthesis")
        #expect(entry(["Item Type": "bookSection", "Book Title": "B"]).bibtex == "incollection")
        #expect(entry(["type": "misc", "doi": "10.5281/x"]).kind == .document)
        #expect(entry(["type": "article", "journal": "Nature", "eprint": "1906.01820"]).kind == .article)
        #expect(entry(["type": "article", "journal": "arXiv preprint arXiv:1906.01820"]).kind == .preprint)
    }

    @Test func aChapterIsInItsBook() {
        let citation = Citation(of: Document(externalID: "b#2", title: "Two", metadata: ["book": "The Book"]))
        #expect(citation.bibtex.contains("booktitle = {The Book}") && citation.bibtex.hasPrefix("@incollection{"))
        #expect(citation.ris.hasPrefix("TY  - CHAP") && citation.ris.contains("T2  - The Book"))
        // A book of one part is itself.
        #expect(Citation(of: Document(externalID: "b", title: "B", metadata: ["book": "B"])).kind == .document)
    }

    @Test func aMailIsAMessage() throws {
        let citation = Citation(
            of: Document(
                externalID: "m", title: "Re: Hyp", author: "Ann Bee",
                metadata: ["message_id": "1@e.org", "to": "Zoe Dee"]))
        #expect(citation.kind == .message && citation.title == "Re: Hyp" && citation.work == nil)
        #expect(citation.bibtex.contains("howpublished = {E-mail}") && citation.bibtex.contains("note = {To Zoe Dee}"))
        #expect(citation.ris.hasPrefix("TY  - ICOMM"))
        #expect(try citation.cslJSON.contains("\"type\":\"personal_communication\""))
    }

    @Test func numbersArePlain() {
        func citation(_ metadata: [String: String], url: String? = nil) -> Citation {
            Citation(of: Document(externalID: "x", title: "T", url: url, metadata: metadata), accessed: "2026-11-28")
        }
        for doi in [
            "10.1/AbC", "doi:10.1/AbC", "https://doi.org/10.1/AbC", "http://dx.doi.org/10.1/AbC", "DOI: 10.1/AbC ",
        ] {
            #expect(citation(["doi": doi]).doi == "10.1/AbC", "\(doi)")
        }
        #expect(citation([:], url: "https://doi.org/10.1/a%3Cb?x=1").doi == "10.1/a<b")
        for eprint in ["1906.01820", "1906.01820v3", "arXiv:1906.01820 [cs]", "https://arxiv.org/pdf/1906.01820.pdf"] {
            #expect(citation(["eprint": eprint, "archiveprefix": "arXiv"]).arXivID == "1906.01820", "\(eprint)")
        }
        #expect(citation(["eprint": "cs/9901001"]).arXivID == "cs/9901001")
        #expect(citation(["arxiv": "math.gt/0309136v1"]).arXivID == "math.GT/0309136")
        #expect(citation([:], url: "https://arxiv.org/abs/hep-th/9901001").arXivID == "hep-th/9901001")
        #expect(citation(["eprint": "1234.56789", "eprinttype": "jstor"]).arXivID == nil)
        let paper = citation(
            ["journal": "J", "volume": "3", "issue": "2", "urldate": "2023-01-01"], url: "https://e.org")
        #expect(paper.bibtex.contains("number = {2}") && paper.container == "J" && paper.accessed == "2023-01-01")
        for (written, day) in [
            ("2023/1/2/", "2023-01-02"), ("2023-01-02 10:00:00", "2023-01-02"), ("soon", "2026-11-28"),
        ] {
            #expect(citation(["accessed": written]).accessed == day)
        }
        let zotero = citation([
            "Publication Title": "J", "Item Type": "journalArticle", "Issue": "Suppl. 1", "Volume": "3",
        ])
        #expect(zotero.container == "J" && zotero.ris.contains("IS  - Suppl. 1") && zotero.ris.contains("VL  - 3"))
        #expect(citation(["type": "patent", "number": "US7"]).bibtex.contains("number = {US7}"))
        #expect(citation(["subtitle": "A View"]).title == "T: A View")
    }

    @Test func formulasStayAndNothingElseDoes() {
        #expect(LaTeX.title("Primes $x^2 + \\alpha_1$ in AI") == "Primes {$x^2 + \\alpha_1$} in {AI}")
        #expect(LaTeX.title("$O(n)$") == "{$O(n)$}" && LaTeX.title("a$b$c") == "a{$b$}c")
        for text in ["from $5 to $6", "$5–$6", "$\\input{x}$", "$a}b{$", "$ a$", "cost: $", "$a%b$", "$$", "${$"] {
            #expect(
                LaTeX.title(text) == text.split(separator: " ").map { LaTeX.text(String($0)) }.joined(separator: " "))
        }
    }

    @Test func anOpinionCitesItsAuthorAndTheWork() {
        let citation = Citation(of: Self.opinion)
        #expect(citation.authors.map(\.text) == ["Rohin"])
        #expect(citation.title == "Opinion on “Corrigibility”" && citation.container == "AN #35")
        #expect(citation.work?.title == "Corrigibility" && citation.work?.authors.map(\.text) == ["Paul Christiano"])
        #expect(citation.bibtex.contains("  note = {On Paul Christiano, “Corrigibility”, 2018}"), "\(citation.bibtex)")
        #expect(citation.bibtex.contains("  howpublished = {AN \\#35}"))
        var reviewed = Self.review
        reviewed.url = "https://arxiv.org/abs/2209.13085"
        #expect(Citation(of: reviewed).arXivID == nil && Citation(of: reviewed).url == reviewed.url)
        let review = Citation(of: Self.review)
        #expect(review.title == "There is no harmless proxy" && review.work?.title == "Defining Reward Hacking")
    }

    @Test func aPassageOfAPageNamesIt() throws {
        let document = Document(externalID: "a.pdf", title: "T", body: "One.\u{0C}Two.")
        let passage = try #require(DocumentOutline(document).passage(quoting: "Two"))
        #expect(passage.page == 2)
        var citation = Citation(of: document)
        #expect(citation.bibtex.firstRange(of: "note") == nil)
        citation.page = passage.page
        #expect(citation.bibtex.contains("note = {Page 2}") && citation.ris.contains("N1  - Page 2"))
    }

    @Test func keysDependOnTheDocumentAlone() {
        let key = Citation(of: Self.paper).key
        #expect(key.hasPrefix("hubinger2019risks-") && key.count == "hubinger2019risks-".count + 5)
        var moved = Self.paper
        (moved.line, moved.body, moved.tags) = (77, "other", [])
        #expect(Citation(of: moved).key == key)
        var other = Self.paper
        other.externalID = "rlo2"
        #expect(Citation(of: other).key != key)
        #expect(Citation(of: Self.review).key.hasPrefix("fohl2022there-"))
        let nameless = Citation(of: Document(externalID: "笔记/一.md"))
        #expect(nameless.key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        var keys: Set<String> = []
        for number in 0..<20_000 { keys.insert(Citation(of: Document(externalID: "d\(number)")).key) }
        #expect(keys.count > 19_900)
    }

    @Test func bibtexIsWrittenAsLaTeXReadsIt() {
        let citation = Citation(of: Self.paper, accessed: "2026-11-28")
        #expect(
            citation.bibtex == """
                @misc{\(citation.key),
                  author = {Hubinger, Evan and van Merwijk, Chris},
                  title = {Risks from Learned Optimization in {AI}},
                  year = {2019},
                  month = jun,
                  day = {5},
                  eprint = {1906.01820},
                  archiveprefix = {arXiv},
                  url = {https://arxiv.org/abs/1906.01820v3},
                  urldate = {2026-11-28},
                  keywords = {mesa}
                }

                """)
        #expect(
            LaTeX.text("50% of {R&D} #1 $x_1$ ~ ^ \\ \"q\" <a>") == """
                50\\% of \\textbraceleft{}R\\&D\\textbraceright{} \\#1 \\$x\\_1\\$ \\textasciitilde{} \\textasciicircum{} \
                \\textbackslash{} \\textquotedbl{}q\\textquotedbl{} \\textless{}a\\textgreater{}
                """)
        #expect(LaTeX.verbatim("https://a.org/x_{y}%20\\z w#f") == "https://a.org/x_%7By%7D%20%5Cz%20w#f")
        #expect(
            LaTeX.names(PersonName.list("OpenAI; Shah, Rohin").names, hasOthers: true)
                == "{OpenAI} and Shah, Rohin and others")
    }

    @Test func anEntryWithoutATitleIsCalledByItsID() throws {
        let citation = Citation(of: Document(externalID: "notes/a & b.md", body: "Words."))
        #expect(citation.bibtex == "@misc{\(citation.key),\n  title = {notes/a \\& b.md}\n}\n")
        #expect(citation.ris.contains("TI  - notes/a & b.md"))
        #expect(try citation.cslJSON.contains("\"title\":\"notes/a & b.md\""))
    }

    @Test func risEndsItsLinesAndEntries() {
        let lines = Citation(of: Self.review, accessed: "2026-11-28").ris.components(separatedBy: "\r\n")
        #expect(lines.first == "TY  - GEN" && lines.suffix(2) == ["ER  - ", ""])
        #expect(lines.contains("AU  - Föhl, Marguerite") && lines.contains("DA  - 2022/11/28"))
        #expect(lines.contains("RI  - Defining Reward Hacking"))
        #expect(!lines.contains { $0.hasPrefix("UR") || $0.hasPrefix("Y2") })
    }

    @Test func linksLeadToThePassage() {
        func link(_ quote: String, _ url: String = "https://example.org/a") -> String {
            TextFragment.link(to: quote, at: url)
        }
        #expect(link("no harmless proxy") == "https://example.org/a#:~:text=no%20harmless%20proxy")
        #expect(link("a, b-c & d") == "https://example.org/a#:~:text=a%2C%20b%2Dc%20%26%20d")
        #expect(link("one", "https://example.org/a#top") == "https://example.org/a#top:~:text=one")
        #expect(link("one", "https://example.org/a#:~:text=old") == "https://example.org/a#:~:text=one")
        #expect(link("one", "https://example.org/a#top:~:text=old") == "https://example.org/a#top:~:text=one")
        // Marks of Markdown are not on the page.
        #expect(
            link("- item **one**\n2. [item two](https://x.org/y) `z`").hasSuffix(":~:text=item%20one,item%20two%20z"))
        #expect(
            link("## A heading").hasSuffix("text=A%20heading")
                && link("in 2019. Then").hasSuffix("text=in%202019.%20Then"))
        let long = (1...30).map(String.init).joined(separator: " ")
        #expect(link(long).hasSuffix("#:~:text=1%202%203%204%205,26%2027%2028%2029%2030"))
        // Each end is within one line.
        #expect(
            link("Heading\n\nfirst words\nof all the last one").hasSuffix(
                "#:~:text=Heading,of%20all%20the%20last%20one".replacing("of%20", with: ""))
                || link("Heading\n\nb c").hasSuffix("#:~:text=Heading,b%20c"))
        #expect(link("x", "https://example.org/a.pdf") == "https://example.org/a.pdf")
        #expect(link("x", "file:///a") == "file:///a" && link(" ") == "https://example.org/a")
        // A review's address is its work's, where its words do not stand.
        let passage = PassageReference(id: "x", range: "abc".startIndex..<"abc".endIndex, in: "abc")
        #expect(Citation(of: Self.opinion, passage: passage).link == "https://example.org/corrigibility")
        var page = Self.paper
        page.url = "https://example.org/p"
        #expect(Citation(of: page, passage: passage).link == "https://example.org/p#:~:text=abc")
    }

    private static let bookPart = Document(
        externalID: "part", title: "Proxies", author: "García Márquez, Gabriel", date: "2001",
        metadata: [
            "type": "incollection", "booktitle": "Goals", "editor": "Lloyd Webber, Andrew; Ann Bee", "volume": "3",
            "number": "2",
            "pages": "12–20", "Publisher": "The Press", "address": "Bern", "edition": "2", "series": "Notes",
            "isbn": "1-2",
        ])

    @Test func whereAWorkStandsIsPrinted() throws {
        let citation = Citation(of: Self.bookPart)
        let lines = citation.bibtex.split(separator: "\n")
        for line in [
            "  author = {García Márquez, Gabriel},", "  editor = {Lloyd Webber, Andrew and Bee, Ann},",
            "  booktitle = {Goals},",
            "  volume = {3},", "  number = {2},", "  pages = {12--20},", "  publisher = {The Press},",
            "  address = {Bern},",
            "  edition = {2},", "  series = {Notes},", "  isbn = {1-2},",
        ] {
            #expect(lines.contains(Substring(line)), "\(line) in \(citation.bibtex)")
        }
        let ris = citation.ris
        for line in [
            "A2  - Lloyd Webber, Andrew", "VL  - 3", "IS  - 2", "SP  - 12", "EP  - 20", "PB  - The Press", "CY  - Bern",
        ] {
            #expect(ris.contains(line + "\r\n"), "\(line) in \(ris)")
        }
        let json = try #require(try JSONSerialization.jsonObject(with: Data(citation.cslJSON.utf8)) as? [String: Any])
        #expect(
            json["volume"] as? String == "3" && json["collection-number"] as? String == "2"
                && json["page"] as? String == "12-20")
        #expect(json["publisher"] as? String == "The Press" && json["publisher-place"] as? String == "Bern")
        #expect((json["editor"] as? [[String: String]])?.first == ["family": "Lloyd Webber", "given": "Andrew"])
    }

    /// Who edited a book that nobody wrote is no author.
    @Test func editorsAreNoAuthors() {
        var book = Self.bookPart
        (book.author, book.metadata["type"]) = (book.metadata["editor"], "book")
        let citation = Citation(of: book)
        #expect(citation.authors.isEmpty && citation.editors.map(\.family) == ["Lloyd Webber", "Bee"])
        #expect(!citation.bibtex.contains("author =") && citation.bibtex.contains("publisher = {The Press}"))
        #expect(citation.bibtex.components(separatedBy: "publisher").count == 2, "\(citation.bibtex)")
        #expect(citation.key.hasPrefix("lloydwebber2001proxies-"))
        var thesis = Self.bookPart
        thesis.metadata = ["type": "phdthesis", "school": "Bern"]
        #expect(Citation(of: thesis).bibtex.contains("school = {Bern}"))
    }

    @Test func addressesAreEncodedForTheWeb() {
        func link(_ url: String) -> String? { Citation(of: Document(externalID: "x", url: url)).link }
        #expect(TextFragment.link(to: "a", at: "https://e.org/ä ö") == "https://e.org/%C3%A4%20%C3%B6#:~:text=a")
        #expect(link("https://e.org/a%20b?c={d}#e") == "https://e.org/a%20b?c=%7Bd%7D#e")
        #expect(link("https://münchen.de/ü") == "https://münchen.de/%C3%BC" && link("file:///a b") == "file:///a b")
    }
}
