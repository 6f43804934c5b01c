import PostilTestSupport
import Testing

@testable import Ingestion

/// Org, reStructuredText, AsciiDoc and LaTeX.
@Suite struct MarkupFormatTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func plain(_ source: String, _ suffix: String) throws -> String? {
        ReadOutcome(try folder.input(source, to: "a." + suffix)).documents.first?.body
    }

    @Test(arguments: ["org", "rst", "adoc", "tex"])
    func anEssayOfPandocKeepsItsWordsAndFields(suffix: String) throws {
        let outcome = ReadOutcome(try PackedFixture.input("essay.\(suffix)"))
        let document = try #require(outcome.documents.first)
        #expect(outcome.documents.count == 1 && outcome.skips.isEmpty && outcome.warnings.isEmpty)
        #expect(document.title == "On Quantilizers" && document.date == "2020-01-01")
        #expect(document.author == (suffix == "org" ? "Ada Example; Émile Second" : "Ada Example, Émile Second"))
        let words = document.body.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for phrase in [
            "A quantilizer picks an action at random from the top share of a base distribution",
            "It never looks for the very best action.", "method pressure argmax extreme random none",
            "First, choose a base distribution. Second, choose a share. Limits of Mildness Whoever picks",
            "The regret of a share q is bounded by one over q", "Taylor called this share the quantile.",
        ] {
            #expect(words.contains(phrase), "\(phrase)")
        }
        #expect(!words.contains("distributionfootnote") && !words.contains("CUSTOM_ID") && !words.contains("label"))
    }

    @Test(arguments: [
        ("*bold* /it/ _u_ =code= ~v~ +s+ a*b*c 2 * 3 * 4", "bold it u code v s a*b*c 2 * 3 * 4"),
        ("See [[https://example.org][the *post*]] and [[target]].", "See the post and target."),
        ("* TODO Head :tag:\nSCHEDULED: <2020-01-01>\ntext", "Head\n\ntext"),
        ("# comment\n#+BEGIN_COMMENT\nno\n#+END_COMMENT\nyes", "yes"),
        ("#+BEGIN_SRC swift\nlet *a* = 1\n#+END_SRC", "let *a* = 1"),
        ("#+BEGIN_QUOTE\nsaid /so/\n#+END_QUOTE", "said so"),
        ("a[fn:1] b[fn:: inline note]", "a b inline note"),
        ("- [X] done\n- term :: text", "done\nterm :: text"),
        ("H_{2}O and x^{10}y, {a} a_ {b}", "H2O and x10y, {a} a_ {b}"),
        ("- one [2/3] [66%] [/] [a] [3]", "one [a] [3]"), ("a \\\\\nb c\\\\d\n-----\n----", "a \nb c\\\\d\n----"),
        ("CLOCK: [2021-03-04 Thu 10:00]\nx\n\\begin{align}\na=b\n\\end{align}\n\\begin{x} y", "x\na=b\n\\begin{x} y"),
        ("a <<here>>b <<<radio>>> c", "a b radio c"), ("a {{{kbd(x)}}}b 1 << 2", "a b 1 << 2"),
        ("* COMMENT Hidden\nno\n** Deeper\nno\n* Shown\nyes", "Shown\n\nyes"),
        ("* TODO COMMENT x\nno\n* B\ny", "B\n\ny"),
        ("H_2O and CO_2, not my_2 or a_b", "H2O and CO2, not my_2 or a_b"),
    ])
    func orgBecomesText(source: String, text: String) throws { #expect(try plain(source, "org") == text) }

    @Test(arguments: [
        (
            ".. |p| replace:: Postil *index*\n\nThe |p| and |P|_ is |unknown| here.",
            "The Postil index and Postil index is unknown here."
        ),
        ("A | b.\n\n.. |p| replace::\n.. |x| image:: a.png\n   :alt: Pic\n", "A | b.\n\nPic"),
        (".. |a| replace:: |b|\n.. |b| replace:: |a|\n\n|a| word", "b word"),
    ])
    func substitutionsOfRSTAreTheirTexts(source: String, text: String) throws {
        #expect(try plain(source, "rst") == text)
    }

    @Test(arguments: [
        (
            "* A\n:PROPERTIES:\n:ID: x\n:END:\none\n:NOTES:\ntwo\n:END:\n:logbook:\n- no\n:END:\nthree",
            "A\n\none\n\ntwo\n\nthree"
        ),
        ("* A\n:PROPERTIES:\n:ID: x\n* B\none\n:word:\ntwo", "A\n\nB\n\none\n\ntwo"),
    ])
    func drawersOfOrgThatPeopleWriteAreText(source: String, text: String) throws {
        #expect(try plain(source, "org") == text)
    }

    @Test func aListOfOrgThatGoesOnHasNoMark() throws {
        #expect(try plain("1. [@3] third\n2. [X] done\n3. [1] cited", "org") == "third\ndone\n[1] cited")
    }

    @Test func tagsOfAnOrgFileAreThoseOfItsHeadings() throws {
        let outcome = ReadOutcome(try folder.input("#+FILETAGS: :a:b:\n* Head :c:a:\nx", to: "a.org"))
        #expect(outcome.documents.first?.tags == ["a", "b", "c"] && outcome.documents.first?.title == "Head")
    }

    @Test(arguments: [
        ("*em* **strong** ``code`` 2*3*4", "em strong code 2*3*4"),
        ("See `the post <https://example.org>`_ and :ref:`sec <x>` and :py:func:`f`.", "See the post and sec and f."),
        ("Text [1]_.\n\n.. [1] The note.", "Text.\n\nThe note."),
        (".. comment\n   more\n\nyes", "yes"), (".. note:: Mind *this*.\n\n   And that.", "Mind this.\n\nAnd that."),
        (".. image:: a.png\n   :alt: A walrus\n   :width: 3\n\nyes", "A walrus\n\nyes"),
        (".. math:: E=mc^2\n\nyes", "E=mc^2\n\nyes"), (".. math::\n   :label: e\n\n   a*b*c\n\nyes", "a*b*c\n\nyes"),
        (
            ".. csv-table:: Beasts\n   :header: \"Name\", \"Sea\"\n   :widths: 1, 2\n\n   walrus, \"cold, \"\"icy\"\"\"\n   otter, warm\n\nyes",
            "Beasts\nName, Sea\nwalrus, cold, \"icy\"\notter, warm\n\nyes"
        ),
        (".. code-block:: py\n   :linenos:\n\n   a = *b\n\nyes", "a = *b\n\nyes"),
        (".. _target:\n\nHead\n----\n\ntext", "Head\n\ntext"), ("A\\ b \\*c\\*", "Ab *c*"),
        ("* one\n* two", "one\ntwo"), ("Example::\n\n  x", "Example:\n\nx"),
    ])
    func reStructuredTextBecomesText(source: String, text: String) throws { #expect(try plain(source, "rst") == text) }

    @Test(arguments: [
        ("*bold* _it_ `code` a_b_c", "bold it code a_b_c"),
        ("See https://example.org[the post], <<x,there>> and link:a.pdf[it].", "See the post, there and it."),
        ("[source,ruby]\n----\na *b*\n----\n// no\n////\nno\n////\nyes", "a *b*\n\nyes"),
        (".Title\n====\nexample\n====", "Title\n\nexample"), ("a footnote:[The note, too.] b", "a  The note, too. b"),
        ("include::x.adoc[]\nyes", "yes"), ("* one\n** two", "one\ntwo"),
    ])
    func asciiDocBecomesText(source: String, text: String) throws { #expect(try plain(source, "adoc") == text) }

    @Test func theHeaderOfAsciiDocGivesFields() throws {
        let source =
            "= The Title\nAda Example <ada@example.org>; Bob B.\nv1.0, 2020-02-03: draft\n:keywords: a, b\n\ntext"
        let document = try #require(ReadOutcome(try folder.input(source, to: "a.adoc")).documents.first)
        #expect(
            document.title == "The Title" && document.author == "Ada Example, Bob B." && document.date == "2020-02-03")
        #expect(document.tags == ["a", "b"] && document.body == "The Title\n\ntext")
    }

    @Test(arguments: [
        ("\\emph{a} \\textbf{b \\textit{c}} d%comment\n e", "a b c d e"),
        ("G\\\"odel, \\'{e}t\\'e, na\\\"{\\i}ve, \\v{C}apek, \\ss{} \\o", "Gödel, été, naïve, Čapek, ß ø"),
        ("``quoted'' -- and --- so~on \\% \\& \\$5", "“quoted” – and — so on % & $5"),
        ("$x_1$ and \\(y\\) and \\[z\\]", "$x_1$ and y and z"),
        ("see \\cite[p.~3]{key} and \\ref{x}\\label{y}.", "see  and ."),
        ("\\href{https://x.org}{label} \\url{https://y.org}", "label https://y.org"),
        ("\\begin{itemize}\n\\item one\n\\item two\n\\end{itemize}", "one\ntwo"),
        ("\\begin{verbatim}\n\\a{b}\n\\end{verbatim}\nc", "\\a{b}\nc"),
        ("\\newcommand{\\x}[1]{no #1}\\x{yes}", "yes"), ("a\\footnote{Note.} b", "a Note. b"),
        ("a \\iffalse taken out \\fi b \\iffalse no\\else yes\\fi{} \\iffalse open \\field", "a b yes open"),
        (
            "\\author{Ann}\\email{a@x.org}\\affiliation{Uni X}\n\\affiliation{Uni Y}\n\nText",
            "a@x.org\nUni X\nUni Y\n\nText"
        ),
        ("\\begin{tabular}{ll}a & b \\\\\nc & d \\\\ \\end{tabular}", "a b\nc d"), ("$5 or \\{x\\}", "$5 or {x}"),
        (
            "\\newcommand{\\ours}{\\textsc{Mesa}Net\\xspace}\\def\\big{\\ours-Large}We use \\ours{} and \\big.",
            "We use MesaNet and MesaNet-Large."
        ),
        ("\\newcommand\\n{\\vspace{1em}}\\def\\m#1{no}\\newcommand{\\loop}{\\loop x}a\\n{}b \\m{c} \\loop", "ab c x"),
        ("\\State step\\If{cond}\\Return{x}\\EndIf \\texteuro{}5", "step\ncond\nx\n€5"),
        ("\\unclosed{a", "a"), ("\\", ""), ("\\begin{", ""),
    ])
    func latexBecomesText(source: String, text: String) throws {
        let found = try plain(source, "tex") ?? ""
        #expect(found.split(whereSeparator: { $0 == " " }) == text.split(whereSeparator: { $0 == " " }), "\(found)")
    }

    @Test(arguments: [
        ("\\url{https://x.org/a%20b\\_c} after", "https://x.org/a%20b_c after"),
        ("\\url|https://x.org/100%| after", "https://x.org/100% after"),
        ("\\href{https://x.org/a%20b}{label} after", "label after"),
        ("\\lstinline[language=C]|a % b| after", "a % b after"), ("\\lstinline{x %d} after", "x %d after"),
        ("\\verb*+50%+ after", "50% after"), ("\\path{/tmp/a%b} after", "/tmp/a%b after"),
        ("\\mintinline{python}|a % b| after", "a % b after"),
        ("\\footnote{\\url{http://x/%7Ea}} after", "http://x/%7Ea after"),
        ("\\foreignlanguage{german}{Wort} x", "Wort x"), ("\\fcolorbox{red}{blue}{boxed}", "boxed"),
        ("\\begin{equation}\\label{eq:1}\nE = m \\nonumber\n\\end{equation}\nx", "\nE = m \nx"),
        ("\\[ a \\label{b} \\] and $$c\\label{d}$$", "a and $$c$$"),
        ("\\nameref{a}\\citealp{b}\\smartcite[1]{c}\\labelcref{d} x", "x"),
    ])
    func argumentsOfLatexAreWhatTheyAre(source: String, text: String) throws {
        let found = try plain(source, "tex") ?? ""
        #expect(found.split(whereSeparator: \.isWhitespace) == text.split(whereSeparator: \.isWhitespace), "\(found)")
    }

    /// Titles of slides, blocks and theorems are words of their own.
    @Test(arguments: [
        (
            "\\begin{frame}{Frame T}\\framesubtitle{fsub}\\begin{block}{Blk}beamerw\\end{block}\\end{frame}",
            "Frame T\n\nfsub\n\nBlk\nbeamerw"
        ),
        ("\\begin{frame}<1->[fragile]{T}{Sub}x\\end{frame}", "T\nSub\nx"),
        (
            "a\n\\begin{itemize}\\item<2-> ovw\\note{notew}\\item<+-|alert@1> two\\end{itemize}",
            "a\novw\n\nnotew\n\ntwo"
        ),
        ("\\only<1>{one} \\alert<2,4>{two} a<b", "one two a<b"),
        ("\\mode<presentation>{\\usetheme{Oslo}}\\mode<article>{read} \\mode*x", "read x"),
        ("\\mode<presentation>\n{ one }\n\\mode\n<all>", "one"),
        ("\\only<presentation:0>{a}\\uncover<beamer|handout:0>{b}\\action<visible@2->{c} \\x<y>", "abc <y>"),
        ("\\begin{frame}[<+->][fragile]{T}\\begin{semiverbatim}a_b\\end{semiverbatim}\\end{frame}", "T\na_b"),
        ("\\begin{frame}<presentation>[label=x,\nplain]\n\\frametitle<2>[short]{Long T}\nx\\end{frame}", "Long T\n\nx"),
        ("\\begin{itemize}[<+->]\\item[<+->] one\\item<3->[L] two\\item [M] x\\end{itemize}", "one\nL two\nM x"),
        ("\\alt<2>{first}{second} \\temporal<3-4>{a}{b}{c} \\onslide<+(1)->{d} \\pause[2] e", "first second a b c d e"),
        ("\\begin{overlayarea}{\\textwidth}{3cm}a\\end{overlayarea}\\begin{onlyenv}<2>b\\end{onlyenv}", "a\nb"),
        ("\\begin{columns}[T]\\begin{column}{.5\\textwidth}l\\end{column}\\column{3cm} r\\end{columns}", "l\nr"),
        ("\\note<2>[item]{Say it.} \\againframe<3>{label} \\hyperlink<2>{x}{\\beamerbutton{Go}}", "Say it.\n\nGo"),
        ("\\usebeamercolor[fg]{title} \\usebeamerfont*{title} a \\transdissolve[duration=1]<2> b", "a b"),
        ("\\begin{beamercolorbox}[rounded=true]{title}x\\end{beamercolorbox}", "x"),
        ("\\begin{alertblock}<1->{Care}x\\end{alertblock} \\includegraphics<2>[width=1cm]{p.png}", "Care\nx"),
        ("\\begin{theorem}[Goodhart] x\\end{theorem}", "Goodhart\nx"),
        ("\\newtheorem{satz}{Satz}\\begin{satz}[Gödel]x\\end{satz}", "Gödel\nx"),
        ("\\begin{figure}[h]x\\end{figure}", "x"), ("\\unknown{a}{b} c", "a b c"),
    ])
    func titlesOfSlidesAndTheoremsStay(source: String, text: String) throws {
        #expect(try plain("\\begin{document}" + source + "\\end{document}", "tex") == text)
    }

    /// A command without its last argument takes none of the text's.
    @Test(arguments: [
        "\\setbeamertemplate{footline}[frame number]\n", "\\setbeamertemplate{navigation symbols}{}\n",
        "\\setbeamertemplate{blocks}[rounded][shadow=true]\\setbeamersize{text margin left=5mm}",
        "\\setlength{\\parindent}",
        "\\defbeamertemplate<beamer>*{x}{y}[1][z]{#1}", "\\beamertemplatenavigationsymbolsempty",
    ])
    func whatStandsBeforeSlidesIsNoText(preamble: String) throws {
        let source =
            "\\documentclass[t]{beamer}\n\\mode<presentation>{\\usetheme{Oslo}}\n\(preamble)\\begin{document}Text\\end{document}"
        #expect(try plain(source, "tex") == "Text")
    }

    @Test func aTitleOfLatexHasNoMeasures() throws {
        let source = "\\title{A Paper\\\\[2mm] \\large Subtitle}\n\\begin{document}x\\end{document}"
        #expect(ReadOutcome(try folder.input(source, to: "t.tex")).documents.first?.title == "A Paper Subtitle")
    }

    @Test(arguments: [
        (
            "* TODO [#A] Top\nSee [cite:@key] and [cite/t:see @a; @b] @@html:<b>@@bold@@html:</b>@@.",
            "Top\n\nSee and bold."
        ),
        ("a@@b", "a@@b"), ("* [#alpha] x", "[#alpha] x"),
    ])
    func marksOfOrgForPrintersGo(source: String, text: String) throws {
        let found = try plain(source, "org") ?? ""
        #expect(found.split(separator: " ") == text.split(separator: " "), "\(found)")
    }

    @Test(arguments: [
        (".. list-table:: T\n   :header-rows: 1\n\n   * - h1\n     - h2\n   * - c1\n     - c2", "T\n\nh1\nh2\nc1\nc2"),
        (".. toctree::\n   :maxdepth: 2\n\n   intro\n   other\n\nx", "x"),
        ("Code::\n\n   a\n\n::\n\n   b", "Code:\n\na\n\nb"),
    ])
    func listsAndSignsOfRSTLeaveNoMarks(source: String, text: String) throws {
        #expect(try plain(source, "rst") == text)
    }

    @Test(arguments: [
        ("H~2~O, E=mc^2^, **b**old __i__t ``m``ono, a ~ b ^ c, x^y z^", "H2O, E=mc2, bold it mono, a ~ b ^ c, x^y z^"),
        ("[.under]#styled# [line-through]#gone# a[0]# [x] *b*", "styled gone a[0]# [x] b"),
        ("+++<u>raw</u>+++ icon:x[]", "<u>raw</u>"),
        ("[quote, Ada Example, On Maps]\n____\nSaid.\n____", "Ada Example, On Maps\n\nSaid."),
        ("[quote]\nSaid.", "Said."),
        ("|===\n|a 2+|b .3+^.>s|c\na|* li\nxy|e\n|===", "a b c\nli\nxy e"),
        ("* [ ] open\n* [x] done\n* [*] so", "open\ndone\nso"), ("ifeval::[1 == 1]\nx\nendif::[]", "x"),
    ])
    func asciidocLeavesNoMarks(source: String, text: String) throws {
        let found = try plain(source, "adoc") ?? ""
        #expect(found == text, "\(found)")
    }

    @Test(arguments: [
        ("\\begin{longtable}{ll}a & b\\\\ \\endfirsthead a & b\\\\ \\endhead c & d\\\\ \\end{longtable}", "a b\nc d"),
        ("\\endfirsthead x", "x"), ("\\includegraphics[width=1cm, alt={A \\emph{map}}]{p.png} x", "A map x"),
    ])
    func tablesAndPicturesOfLatexSayThingsOnce(source: String, text: String) throws {
        #expect(
            try plain(source, "tex")?.split(whereSeparator: \.isWhitespace)
                == text.split(whereSeparator: \.isWhitespace))
    }

    @Test func aTitleOfOrgHasNoMarks() throws {
        let document = ReadOutcome(try folder.input("#+TITLE: On /Maps/\nx", to: "t.org")).documents.first
        #expect(document?.title == "On Maps")
    }

    /// docutils: an empty comment before an empty line takes no block.
    @Test func anEmptyCommentOfRSTEndsWhatIsBeforeIt() throws {
        #expect(try plain("A\n\n..\n\n   Quoted.\n\nB\n\n..\n   comment\n\nC\n\n..", "rst") == "A\n\nQuoted.\n\nB\n\nC")
    }

    @Test func namesAndTitlesOfLatexHaveNoNotes() throws {
        let source = """
            \\title{On $k$-means$^*$ and $^{137}$Cs\\thanks{Funded by X.}}
            \\author[1]{Ada Example$^{1,2}$\\thanks{Y} \\and Émile\\textsuperscript{2} Second\\orcidlink{0000} \\And Bob\\inst{3}}
            \\begin{document}text\\end{document}
            """
        let document = try #require(ReadOutcome(try folder.input(source, to: "a.tex")).documents.first)
        #expect(document.title == "On $k$-means and $^{137}$Cs")
        #expect(document.author == "Ada Example, Émile Second, Bob", "\(document.author ?? "")")
    }

    @Test(arguments: [
        ("<2021-03-04 Thu>", "2021-03-04"), ("[2021-03-04 Thu 10:00]", "2021-03-04T10:00:00Z"),
        ("2021-03-04 Thu", "2021-03-04"), ("<2021-03-04 Do 10:00-12:00 +1w>", "2021-03-04T10:00:00Z"),
        ("<2021-03-04>--<2021-03-05>", "2021-03-04"), ("2021", "2021"), ("March 4, 2021", "2021-03-04"),
    ])
    func timeStampsOfOrgAreDates(stamp: String, date: String) throws {
        let document = ReadOutcome(try folder.input("#+DATE: \(stamp)\nx", to: "a.org")).documents.first
        #expect(document?.date == date)
    }

    @Test(arguments: [
        ("[stem]\n++++\nx^2 + *y*\n++++\nyes", "x^2 + *y*\n\nyes"), ("++++\n<b>no</b>\n++++\nyes", "yes"),
        ("[latexmath]\n++++\n\\frac{a}{b}\n++++", "\\frac{a}{b}"),
        (":beast: walrus\n\nThe {beast}{nbsp}and {unknown} {Beast}", "The walrus and {unknown} walrus"),
        (":v: 2\n\n== On {v}\n\n.Of {v}\n====\nx {v}\n====\n\n|===\n|{v} |b\n|===", "On 2\n\nOf 2\n\nx 2\n\n2 b"),
        (
            "CPU:: The brain.\nRAM::\nThe memory; std::vector::x\nQ;; A",
            "CPU\nThe brain.\nRAM\nThe memory; std::vector::x\nQ\nA"
        ),
        ("a +passed+ b C++ and D++", "a passed b C++ and D++"), ("one +\ntwo +\nthree", "one\ntwo\nthree"),
        (
            "----\nlet x = 1 // <1>\ny <2>\na < b > c\nvec<1>\n----\n<1> the note",
            "let x = 1 \ny\na < b > c\nvec<1>\n\nthe note"
        ),
    ])
    func asciidocStandsForWhatItSays(source: String, text: String) throws {
        #expect(try plain(source, "adoc") == text)
    }

    @Test func aTitleOfLatexHasTheWordsOfMacros() throws {
        let source =
            "\\newcommand{\\ours}{MesaNet}\n\\title{\\ours: a thing}\n\\begin{document}\\section{Why \\ours}x\\end{document}"
        let document = try #require(ReadOutcome(try folder.input(source, to: "a.tex")).documents.first)
        #expect(document.title == "MesaNet: a thing" && document.body == "Why MesaNet\n\nx", "\(document)")
    }

    /// Macros made of macros end at a size.
    @Test func macrosThatGrowWithoutMeasureStandForNothing() throws {
        let letters = "abcdefghij".map(String.init)
        let definitions = zip(letters, letters.dropFirst()).map {
            "\\def\\x\($1){\(String(repeating: "\\x\($0) ", count: 8))}"
        }
        let source = "\\def\\xa{word}" + definitions.joined() + String(repeating: "\\xb ", count: 20_000) + "end"
        let body = try plain(source, "tex") ?? ""
        #expect(body.hasSuffix("end") && body.utf8.count < 1_000_000, "\(body.utf8.count)")
    }

    @Test func onlyTheDocumentOfAFileIsItsText() throws {
        let source =
            "\\documentclass{article}\n\\title{A \\emph{B}}\\author{X \\and Y\\thanks{Z}}\\date{\\today}\nno\n\\begin{document}\\maketitle\nyes\n\\end{document}\nno"
        let document = try #require(ReadOutcome(try folder.input(source, to: "a.tex")).documents.first)
        #expect(document.title == "A B" && document.body == "yes" && document.date == nil)
        #expect(document.author?.hasPrefix("X; Y") ?? false)
    }

    @Test(arguments: [
        "org", "rst", "adoc", "tex", "bib", "ris", "nbib", "srt", "vtt", "xml", "rss", "ipynb", "csljson",
    ])
    func anyBytesAreReadInTime(suffix: String) throws {
        let marks = Array("[]{}*_`:=~.|#@\\$%<>&-\n \t\"'()a1,é".utf8)
        for seed in 0..<20 {
            var random = SplitMix64(seed: UInt64(seed))
            let bytes = (0..<2000).map { _ in marks[Int.random(in: marks.indices, using: &random)] }
            let outcome = ReadOutcome(try folder.input(bytes, to: "random." + suffix))
            #expect(outcome.documents.allSatisfy { $0.body.utf8.count <= 8000 }, "seed: \(seed)")
        }
        for mark in [
            "[[", "{", "``", "\\[", "\\emph{", "$", "<", "link:", "*a", "@a{b,c={", "[fn:", ".. ", ":a:", "{{",
            "\\begin{a}",
        ] {
            let outcome = ReadOutcome(
                try folder.input(String(repeating: mark, count: 20_000 / mark.utf8.count), to: "hostile." + suffix))
            #expect(outcome.documents.count <= 1, "\(mark)")
        }
    }
}
