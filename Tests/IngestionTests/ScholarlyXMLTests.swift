import Foundation
import PostilTestSupport
import Testing

@testable import Documents
@testable import Ingestion

/// Articles, editions, manuals and outlines that are XML.
@Suite struct ScholarlyXMLTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func document(_ source: String, _ name: String) throws -> Document {
        let outcome = ReadOutcome(try folder.input(source, to: name))
        #expect(outcome.skips.isEmpty && outcome.warnings.isEmpty, "\(outcome.skipTexts) \(outcome.warnings)")
        return try #require(outcome.documents.first)
    }

    @Test func anArticleInJATSTellsItsFields() throws {
        let article = try document(
            """
            <!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS.dtd">
            <article xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en"><front><journal-meta><journal-title-group>
            <journal-title>PLoS ONE</journal-title></journal-title-group><issn>1932</issn></journal-meta><article-meta>
            <article-id pub-id-type="doi">10.1371/j.1</article-id><title-group><article-title>Reward <italic>hacking</italic></article-title>
            <subtitle>a study</subtitle></title-group><contrib-group><contrib contrib-type="author"><name><surname>Bee</surname>
            <given-names>Ann M.</given-names></name><xref ref-type="aff" rid="a"><sup>1</sup></xref></contrib>
            <contrib contrib-type="author"><collab>Rats and Mice</collab></contrib><contrib contrib-type="editor"><name><surname>Edit</surname>
            <given-names>Or</given-names></name></contrib></contrib-group><aff id="a">University of X</aff><pub-date pub-type="collection">
            <year>2021</year></pub-date><pub-date pub-type="ppub"><month>Jan</month><year>2022</year></pub-date><pub-date pub-type="epub">
            <day>5</day><month>3</month><year>2021</year></pub-date><volume>16</volume><fpage>3</fpage><lpage>9</lpage>
            <permissions><license><license-p>Licence words.</license-p></license></permissions><abstract><p>We show rats.</p></abstract>
            <kwd-group><kwd>rats</kwd><kwd>reward</kwd></kwd-group></article-meta></front><body><sec><title>Introduction</title>
            <p>Rats hack<sup><xref ref-type="bibr" rid="r">12</xref></sup> rewards<xref ref-type="bibr" rid="r">[1]</xref><fn><p>Notew.</p></fn>.
            Ten<sup>12</sup> m<sup>2</sup>.</p><table-wrap><label>Table 1</label><table><tr><td>a</td><td><p>b</p></td></tr></table></table-wrap></sec></body>
            <back><ref-list><ref id="r"><label>1</label><mixed-citation><string-name><surname>Smith</surname>, <given-names>J</given-names></string-name>.
            <article-title>Old rats</article-title>.</mixed-citation></ref><ref><label>2</label><element-citation><name><surname>Roe</surname><given-names>P</given-names>
            </name><year>1999</year></element-citation></ref></ref-list></back></article>
            """, "a.nxml")
        #expect(
            article.title == "Reward hacking: a study"
                && PersonNames.names(in: article.author ?? "") == ["Ann M. Bee", "Rats and Mice"])
        #expect(article.date == "2021-03-05" && article.tags == ["rats", "reward"])
        let fields = article.metadata
        #expect(
            fields["journal"] == "PLoS ONE" && fields["doi"] == "10.1371/j.1" && fields["pages"] == "3–9"
                && fields["volume"] == "16")
        #expect(
            article.body == """
                Reward hacking
                a study

                We show rats.

                Introduction

                Rats hack rewards. Ten 12 m2.

                Table 1

                a b

                1 Smith, J. Old rats.
                2 Roe P 1999

                Notew.
                """, "\(article.body)")
    }

    @Test func aTextInTEIHasTheDateOfItsSource() throws {
        let edition = try document(
            """
            <TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Poems: an edition</title><author><persName>
            <surname>Blake</surname>, <forename>William</forename></persName></author></titleStmt><publicationStmt><p>Licence words</p>
            <date>2003</date></publicationStmt><sourceDesc><bibl><title>Songs</title><date when="1794">1794</date></bibl></sourceDesc></fileDesc>
            <profileDesc><abstract><p>Abstractw.</p></abstract><textClass><keywords><term>poetry</term></keywords></textClass></profileDesc>
            </teiHeader><text><body><div><head>The Tyger</head><lg><l>Tyger, tyger,<note>Notew</note> bright</l><l>In the night</l></lg>
            <p>A <choice><sic>teh</sic><corr>the</corr></choice> text <lb/>bro<lb break="no"/>ken<pb n="2"/>here. <q>So,</q> she wrote.</p></div></body></text></TEI>
            """, "a.xml")
        #expect(edition.title == "Poems: an edition" && edition.author == "William Blake" && edition.date == "1794")
        #expect(edition.tags == ["poetry"])
        #expect(
            edition.body == """
                Abstractw.

                The Tyger

                Tyger, tyger, bright
                In the night

                A teh the text
                broken here. So, she wrote.

                Notew
                """, "\(edition.body)")
    }

    @Test func aPaperThatGROBIDReadHasTheAuthorsOfItsSource() throws {
        let paper = try document(
            """
            <TEI><teiHeader><fileDesc><titleStmt><title level="a" type="main">Risks</title></titleStmt><publicationStmt><date when="2019-06-05"/></publicationStmt>
            <sourceDesc><biblStruct><analytic><author><persName><forename type="first">Evan</forename><surname>Hubinger</surname></persName></author>
            <author><persName><forename>Joar</forename><surname>Skalse</surname></persName></author></analytic></biblStruct></sourceDesc></fileDesc>
            <encodingDesc><desc>GROBID software</desc></encodingDesc></teiHeader><text><body><p>word</p></body></text></TEI>
            """, "a.tei")
        #expect(paper.title == "Risks" && paper.author == "Evan Hubinger, Joar Skalse" && paper.date == "2019-06-05")
        #expect(paper.body == "word")
    }

    @Test func aBookInDocBookTellsItsFields() throws {
        let book = try document(
            """
            <?xml version="1.0"?><book xmlns="http://docbook.org/ns/docbook"><title>Outer</title><info><pubdate>2001-02-03</pubdate><author><personname>
            <firstname>Zoe</firstname><surname>Dee</surname></personname></author><legalnotice><para>Legalw</para></legalnotice></info><chapter><title>One</title>
            <para>A <quote>quoted</quote> word<footnote><para>Notew</para></footnote> goes on, H<subscript>2</subscript>O, word<superscript>12</superscript>.</para>
            <programlisting>def f():
                return 1</programlisting></chapter></book>
            """, "a.xml")
        #expect(book.title == "Outer" && book.author == "Zoe Dee" && book.date == "2001-02-03")
        #expect(
            book.body
                == "Outer\n\nOne\n\nA quoted word goes on, H2O, word 12.\n\ndef f():\n    return 1\n\nNotew",
            "\(book.body)")
    }

    @Test func aNoteOfEvernoteIsADocument() throws {
        let picture = String(repeating: "QUJD", count: 10)
        let export = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export3.dtd">
            <en-export><note><title>A &amp; B</title><content><![CDATA[<?xml version="1.0"?><!DOCTYPE en-note SYSTEM "x.dtd"><en-note><div>One <b>wo</b>rd</div>
            <div><en-todo checked="true"/>task <a href="https://a.org/x">link</a></div><en-media hash="1"/></en-note>]]></content><created>20210304T102030Z</created>
            <tag>ai</tag><tag>two words</tag><note-attributes><author>Ann Bee</author><source-url>https://b.org/y</source-url></note-attributes>
            <resource><data encoding="base64">\(picture)
            </data><resource-attributes><file-name>plan.png</file-name></resource-attributes></resource></note>
            <note><content><![CDATA[<en-note>second</en-note>]]></content></note></en-export>
            """
        let outcome = ReadOutcome(try folder.input(export, to: "a.enex"))
        #expect(outcome.skips.isEmpty && outcome.documents.map(\.title) == ["A & B", "second"], "\(outcome.skipTexts)")
        let note = try #require(outcome.documents.first)
        #expect(note.author == "Ann Bee" && note.date == "2021-03-04T10:20:30Z" && note.url == "https://b.org/y")
        #expect(
            note.tags == ["ai", "two words"] && note.metadata["attachments"] == "plan.png"
                && note.metadata["links"] == "https://a.org/x")
        #expect(note.body == "One word\ntask link", "\(note.body)")
        #expect(outcome.documents.last?.line == 8)
    }

    @Test func aFormulaThatStandsThereInSeveralFormsIsReadOnce() throws {
        let formula =
            "<mml:math xmlns:mml=\"m\"><mml:mrow><mml:mi>E</mml:mi><mml:mo>=</mml:mo><mml:mn>2</mml:mn></mml:mrow></mml:math>"
        let source = """
            <article xmlns:x="x"><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front><body><p>So
            <inline-formula><alternatives>\(formula)<tex-math>\\documentclass{minimal}\\begin{document}$E=2$\\end{document}</tex-math></alternatives></inline-formula>
            and <inline-formula>\(formula)</inline-formula> and <inline-formula><tex-math>\\end{document}\\begin{document}x</tex-math></inline-formula>
            and <inline-formula><math><semantics><mi>y</mi><annotation>tex</annotation></semantics></math></inline-formula>.</p></body></article>
            """
        let body = try document(source, "a.nxml").body
        #expect(body.hasSuffix("So $E=2$ and E = 2 and x and y ."), "\(body)")
    }

    @Test func whatIsAttachedToANoteIsReadByItsFormat() throws {
        func resource(_ text: String, _ mime: String, name: String?) -> String {
            let data = Data(text.utf8).base64EncodedString(options: .lineLength64Characters)
            let attributes =
                name.map { "<resource-attributes><file-name>\($0)</file-name></resource-attributes>" } ?? ""
            return "<resource><data encoding=\"base64\">\n\(data)\n</data><mime>\(mime)</mime>\(attributes)</resource>"
        }
        let export = """
            <en-export><note><title>First</title><content><![CDATA[<en-note>one</en-note>]]></content>
            \(resource("no picture", "image/png", name: nil))\(resource("# Plan\n\nMesa word.", "text/markdown", name: "plan.md"))
            \(resource("other", "text/plain", name: "plan.md"))</note><note><title>Second</title><resource><mime>text/plain</mime></resource>
            \(resource(#"{"text": "json word"}"#, "application/json", name: nil))\(resource("{bad", "application/json", name: "bad.json"))
            </note></en-export>
            """
        let outcome = ReadOutcome(try folder.input(export, to: "a.enex"))
        #expect(outcome.documents.prefix(4).map(\.title) == ["First", "Plan", "plan (2)", "Second"])
        #expect(outcome.documents.map(\.body) == ["one", "Plan\n\nMesa word.", "other", "", "json word"])
        #expect(
            outcome.documents.map(\.externalID) == [
                "a.enex:1", "a.enex/1/plan.md", "a.enex/1/plan (2).md", "a.enex:2", "a.enex/2/attachment.json",
            ])
        #expect(outcome.documents[3].metadata["attachments"] == "attachment.json, bad.json")
        #expect(
            outcome.skips.count == 1 && outcome.skipTexts.first?.contains("bad.json: ") ?? false, "\(outcome.skipTexts)"
        )
    }

    @Test func anOutlineIsOneDocumentWithItsNotesAndFeeds() throws {
        let outline = try document(
            """
            <?xml version="1.0"?><opml version="2.0"><head><title>Reading</title><ownerName>Zoe Dee</ownerName><dateCreated>Thu, 12 Sep 2019 23:35:52 GMT</dateCreated>
            </head><body><outline text="Feeds"><outline type="rss" text="Forum" title="Forum" xmlUrl="https://a.org/feed.xml" htmlUrl="https://a.org"/></outline>
            <outline text="&lt;b&gt;bold&lt;/b&gt; idea" _note="A note&#10;of two lines, https://b.org/x."/></body></opml>
            """, "a.opml")
        #expect(outline.title == "Reading" && outline.author == "Zoe Dee" && outline.date == "2019-09-12T23:35:52Z")
        #expect(outline.body == "Feeds\nForum\nbold idea\nA note\nof two lines, https://b.org/x.", "\(outline.body)")
        #expect(outline.metadata["links"] == "https://a.org/feed.xml, https://a.org, https://b.org/x")
    }
}
