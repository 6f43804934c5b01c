import PostilTestSupport
import Testing

@testable import Ingestion

/// Feeds, dumps of wikis, other XML, notebooks and subtitles.
@Suite struct FeedAndNotebookTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func anItemOfAFeedIsADocument() throws {
        let outcome = ReadOutcome(try PackedFixture.input("feed.rss"))
        #expect(outcome.skips.isEmpty)
        #expect(outcome.documents.map(\.externalID) == ["tag:example.org,2022:1", "feed.rss:2"])
        #expect(outcome.documents.map(\.title) == ["Rewards & targets", "Second"])
        #expect(
            outcome.documents.map(\.body) == ["Reward chisels cognition.\n\nIt is no target.", "Plain words in bold."])
        #expect(outcome.documents.map(\.url) == ["https://example.org/1", "https://example.org/2"])
        #expect(
            outcome.documents.first?.tags == ["reward", "training"]
                && outcome.documents.first?.date?.hasPrefix("2022-07-05T") ?? false)
        let atom = ReadOutcome(try PackedFixture.input("feed.atom")).documents
        #expect(atom.map(\.body) == ["One.\n\nTwo."] && atom.first?.url == "https://example.org/1")
        #expect(atom.first?.author == "Ada Example" && atom.first?.metadata["feed"] == "Notes")
    }

    @Test func anExportOfWordPressHasNamesAndComments() throws {
        let export = """
            <rss xmlns:content="c" xmlns:dc="d" xmlns:wp="w"><channel><title>Blog</title><wp:author><wp:author_login>ann</wp:author_login>
            <wp:author_display_name><![CDATA[Ann Bee]]></wp:author_display_name></wp:author><item><title>T</title><dc:creator><![CDATA[ann]]></dc:creator>
            <content:encoded><![CDATA[<p>Content</p>]]></content:encoded><wp:comment><wp:comment_author>Bob</wp:comment_author>
            <wp:comment_content>A <b>comment</b></wp:comment_content></wp:comment><wp:comment><wp:comment_content/></wp:comment></item>
            <item><title>U</title><content:encoded>word</content:encoded></item></channel></rss>
            """
        let documents = ReadOutcome(try folder.input(export, to: "a.rss")).documents
        #expect(documents.map(\.author) == ["Ann Bee", nil])
        #expect(documents.map(\.body) == ["Content\n\nBob: A comment", "word"])
    }

    @Test func theDescriptionOfAVideoIsTextAndWritersAreNames() throws {
        let feed = """
            <feed xmlns:media="m" xmlns:dc="d"><entry><id>1</id><title>Vid</title><media:group><media:title>Vid</media:title>
            <media:description>What it is about</media:description></media:group></entry>
            <entry><id>2</id><title>Paper</title><dc:creator>&lt;a href="x"&gt;Ann Bee&lt;/a&gt;, &lt;a href="y"&gt;Zoe Dee&lt;/a&gt;</dc:creator></entry></feed>
            """
        let documents = ReadOutcome(try folder.input(feed, to: "a.atom")).documents
        #expect(documents.map(\.body) == ["What it is about", ""] && documents.map(\.title) == ["Vid", "Paper"])
        #expect(documents.last?.author == "Ann Bee, Zoe Dee")
    }

    @Test func aNotebookMayBeginWithFrontMatterAndShowsTheLastOfAnOverwrittenLine() throws {
        let source = #"""
            {"cells": [{"cell_type": "raw", "source": "---\ntitle: Front\nauthor: Ann Bee\ndate: 2021-03-04\n---"},
             {"cell_type": "markdown", "source": "# Heading\n\n![x](attachment:a.png)"},
             {"cell_type": "raw", "source": "raw word"},
             {"cell_type": "code", "source": "x", "outputs": [{"output_type": "stream", "text": "\r10%\r100%\ndone\r\n"}]}], "metadata": {}}
            """#
        let document = try #require(ReadOutcome(try folder.input(source, to: "q.ipynb")).documents.first)
        #expect(document.title == "Front" && document.author == "Ann Bee" && document.date == "2021-03-04")
        #expect(document.body == "Heading\n\nx\n\nraw word\n\nx\n\n100%\ndone\n", "\(document.body)")
        #expect(document.metadata["links"] == nil)
    }

    @Test func anEntryHasTheAuthorOfItsFeedAndKeepsWhatIsSaidBesideItsText() throws {
        let atom = """
            <feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><author><name>Ada</name></author>
            <entry><id>1</id><title>A</title><summary>A lynx</summary><content>Body text</content></entry>
            <entry><id>2</id><title>B</title><author><name>Bob</name></author><summary>Body</summary><content>Body text</content></entry>
            <entry><id>3</id><title>C</title><summary>Only this</summary></entry></feed>
            """
        let documents = ReadOutcome(try folder.input(atom, to: "a.atom")).documents
        #expect(documents.map(\.author) == ["Ada", "Bob", "Ada"])
        #expect(documents.map(\.body) == ["Body text", "Body text", "Only this"])
        #expect(documents.map { $0.metadata["summary"] } == ["A lynx", nil, nil])
    }

    /// RSS 2 has addresses with names for authors; a post of a microblog has no title.
    @Test func anItemHasTheNameBehindAnAddressAndItsBeginningForATitle() throws {
        let long = String(repeating: "words and ", count: 20)
        let rss = """
            <rss><channel><managingEditor>ed@x.org (Ed Itor)</managingEditor>
            <item><author>zoe@x.org (Zoe Dee)</author><description>&lt;p&gt;First line&lt;/p&gt;&lt;p&gt;more</description></item>
            <item><description>\(long)</description></item><item><link>https://x.org</link></item></channel></rss>
            """
        let documents = ReadOutcome(try folder.input(rss, to: "b.rss")).documents
        #expect(documents.map(\.author) == ["Zoe Dee", "Ed Itor", "Ed Itor"])
        #expect(documents.first?.title == "First line" && documents[1].title.hasSuffix("words and…"))
        #expect(documents[1].title.count <= 81 && documents.count == 3)
    }

    @Test func ofSeveralAddressesAndDatesTheFirstIsTheDocuments() throws {
        let line = #"{"id":"a","text":"x","url":["http://a","http://b"],"date":["c. the spring","2020-01-02"]}"#
        let document = try #require(ReadOutcome(try folder.input(line, to: "u.jsonl")).documents.first)
        #expect(document.url == "http://a" && document.date == "2020-01-02")
    }

    @Test(arguments: [
        ("1\n00:01 --> 00:02\nHow many?\n42\n\n2\n00:03 --> 00:04\nB\n\n44", "How many?\n42\nB\n44"),
        ("1\n00:01 --> 00:02\nA\n2\n00:03 --> 00:04\nB", "A\nB"),
    ])
    func aNumberIsTextUnlessACueFollows(source: String, text: String) throws {
        #expect(ReadOutcome(try folder.input(source, to: "n.srt")).documents.first?.body == text)
    }

    @Test func aFeedUnderTheNameOfXMLIsAFeed() throws {
        let input = try folder.input(try PackedFixture.bytes("feed.rss"), to: "feed.xml")
        #expect(ReadOutcome(input).documents.count == 2)
    }

    @Test func aPageOfAWikiIsADocument() throws {
        let outcome = ReadOutcome(try PackedFixture.input("wiki.xml"))
        #expect(outcome.documents.map(\.externalID) == ["Quantilizer"] && outcome.skips.isEmpty)
        let page = try #require(outcome.documents.first)
        #expect(page.author == "Ada" && page.date == "2020-01-01T10:00:00Z" && page.tags == ["Mild optimization"])
        #expect(page.line == 3)
        #expect(
            page.body == """
                A quantilizer picks from the top share of a base distribution. Taylor 2016

                History

                First, Zufall.
                See the post.

                method pressure
                argmax extreme

                A plot of regret
                """)
    }

    @Test(arguments: [
        ("[[File:a.png|thumb|capw]]", "capw"), ("[[File:a.png|thumb|200px|left]]", ""),
        ("[[Image:a.png|x100px|A [[b|plot]]|thumb]]", "A plot"),
        ("[[Datei:a.png|mini|alt=Bild|Text]]", "Text"), ("[[File:a.png|frameless|upright=1.2|alt=Altw]]", "Altw"),
        ("[[File:a.png]]", ""),
    ])
    func theCaptionOfAPictureOfAWikiStays(source: String, text: String) {
        #expect(WikiText(source).plain == text)
    }

    @Test func aDumpOfAnySizeIsReadInParts() throws {
        let page = "<page><title>T</title><revision><text>word word word</text></revision></page>\n"
        let pages = (1...3000).map { page.replacing("<title>T", with: "<title>T\($0)") }.joined()
        let input = try folder.input("<mediawiki>\n\(pages)<page><title>cut", to: "dump.xml")
        var limits = ReadingLimits()
        limits.batchBytes = 4096
        let outcome = ReadOutcome(input, limits: limits)
        #expect(outcome.documents.map(\.externalID) == (1...3000).map { "T\($0)" })
        #expect(outcome.documents.map(\.line) == Array(2...3001))
        #expect(outcome.skips.map(\.line) == [3002] && outcome.skips.first?.reason == "the page never ends")
    }

    @Test func xmlOfNoKnownKindIsItsText() throws {
        let source =
            "<?xml version='1.0' encoding='ISO-8859-1'?><TEI><head>Über</head><p>A <hi>half</hi>word.</p><p>Two</p></TEI>"
        let latin = source.unicodeScalars.map { UInt8($0.value) }
        let document = try #require(ReadOutcome(try folder.input(latin, to: "a.xml")).documents.first)
        #expect(document.body == "Über\n\nA halfword.\n\nTwo" && document.title == "Über")
        let none = ReadOutcome(try folder.input("no xml", to: "b.xml"))
        #expect(none.documents.map(\.body) == [""] && none.warnings.first?.contains("is not XML") ?? false)
    }

    @Test func aNotebookIsItsCells() throws {
        let pandoc = try #require(ReadOutcome(try PackedFixture.input("essay.ipynb")).documents.first)
        #expect(pandoc.title == "Mild Optimization" && pandoc.body.contains("Whoever picks the base distribution"))
        let source = """
            {"cells": [
             {"cell_type": "markdown", "source": ["# On *Rewards*\\n", "\\n", "text"]},
             {"cell_type": "code", "source": "x = 1", "outputs": [
               {"output_type": "stream", "text": ["printed\\n"]},
               {"output_type": "display_data", "data": {"image/png": "AAAA", "text/plain": "<Figure>"}}]}],
             "metadata": {"authors": [{"name": "Ada"}], "kernelspec": {"language": "python"}}, "nbformat": 4}
            """
        let document = try #require(ReadOutcome(try folder.input(source, to: "a.ipynb")).documents.first)
        #expect(document.title == "On Rewards" && document.author == "Ada")
        #expect(document.body == "On Rewards\n\ntext\n\nx = 1\n\nprinted\n\n\n<Figure>")
        #expect(
            ReadOutcome(try folder.input("{}", to: "b.ipynb")).skips.first?.reason == "is no notebook: it has no cells")
        #expect(ReadOutcome(try folder.input("{\n\"cells\": [}", to: "c.ipynb")).skips.first?.line == 2)
    }

    @Test func whatRunningACellGaveIsText() throws {
        let outputs = """
            {"output_type":"error","ename":"ValueError","evalue":"bad lynx","traceback":["x"]},
            {"output_type":"display_data","data":{"text/markdown":["**md** word"]}},
            {"output_type":"display_data","data":{"text/html":"<table><tr><td>cell</td></tr></table>","image/png":"AAAA"}},
            {"output_type":"execute_result","data":{"text/html":"<b>no</b>","text/plain":["plain"]}}
            """
        let notebook = "{\"cells\":[{\"cell_type\":\"code\",\"source\":\"x\",\"outputs\":[\(outputs)]}]}"
        let document = try #require(ReadOutcome(try folder.input(notebook, to: "a.ipynb")).documents.first)
        #expect(document.body == "x\n\nValueError: bad lynx\n\nmd word\n\ncell\n\nplain")
    }

    @Test func whatAWikiMarksIsNoText() throws {
        let source = """
            {|\n|+ Cap of it\n! H\n|-\n| c\n|}\n&lt;gallery&gt;\nFile:b.png|Galcap\nFile:c.png\n&lt;/gallery&gt;
            [mailto:a@b.c Write] to {{convert|5|km|mi}} off. {{Quote|text=The ''word''|author=Ann B}} {{Infobox|a=b}}
            """
        let dump = "<mediawiki><page><title>T</title><revision><text>\(source)</text></revision></page></mediawiki>"
        let document = try #require(ReadOutcome(try folder.input(dump, to: "a.xml")).documents.first)
        #expect(
            document.body.split(whereSeparator: \.isNewline).map { $0.split(separator: " ").joined(separator: " ") }
                == ["Cap of it", "H", "c", "Galcap", "Write to 5 km off. The word Ann B"], "\(document.body)")
    }

    @Test func notesOfXMLAreNoPartOfWordsAndLinesPartThem() throws {
        let source =
            "<article><p>Word<xref ref-type='fn' rid='f1'>1</xref> and see <xref>Table 2</xref>, a<lb/>b.</p></article>"
        #expect(
            ReadOutcome(try folder.input(source, to: "a.xml")).documents.map(\.body) == ["Word and see Table 2, a\nb."])
    }

    @Test func subtitlesAreWhatIsSaid() throws {
        let srt = ReadOutcome(try PackedFixture.input("talk.srt")).documents
        #expect(srt.map(\.body) == ["Reward is not\nthe optimization target.\n1984\nwas a year."])
        let vtt = ReadOutcome(try PackedFixture.input("talk.vtt")).documents
        #expect(vtt.map(\.body) == ["Ada: Reward is not\nthe optimization target & never was."])
        #expect(vtt.map(\.title) == ["A talk on rewards"])
    }
}
