import PostilTestSupport
import Testing

@testable import Ingestion

/// Where texts lead is their field `links`, in every format whose links have a target.
@Suite struct TextLinksTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func links(_ source: String, _ name: String) throws -> [String] {
        let outcome = ReadOutcome(try folder.input(source, to: name))
        return outcome.documents.compactMap { $0.metadata["links"] }
    }

    @Test(arguments: [
        ("a.md", "See [one](https://a.org/x), ![p](p.png), [[Page#part|label]], [here](#here) and https://b.org/y."),
        (
            "a.html",
            """
            <nav><a href="https://nav.org">n</a></nav><p>See <a href="https://a.org/x">one</a>, <img src="p.png">,
            <a href="Page">label</a>, <a href="#here">here</a>, <a href="javascript:go()">go</a> and
            <a href="https://b.org/y">y</a>, <img src="data:image/png;base64,AAAA">.</p>
            """
        ),
        (
            "a.org",
            "See [[https://a.org/x][one]], [[file:p.png]], [[file:Page::*Part][label]], [[*Here]], [[#here]] and https://b.org/y."
        ),
        (
            "a.rst",
            """
            See `one <https://a.org/x>`_.

            .. |p| image:: p.png
               :alt: picture
            .. _here:

            |p|, `label <Page>`__, `there <named_>`_, here_ and https://b.org/y.
            """
        ),
        (
            "a.adoc",
            "See https://a.org/x[one], image:p.png[], link:Page[label], <<here>>, xref:here[here] and https://b.org/y."
        ),
        (
            "a.tex",
            "See \\href{https://a.org/x}{one}, \\includegraphics[width=1cm]{p.png}, \\href{Page}{label}, \\hyperref[here]{here} and \\url{https://b.org/y}."
        ),
        (
            "a.eml",
            """
            From: a@b.c
            Date: x
            Content-Type: text/html

            <p>See <a href="https://a.org/x">one</a>, <img src="p.png">, <a href="Page">label</a>,
            <a href="#here">here</a>, <img src="cid:1"> and <a href="https://b.org/y">y</a>.</p>
            """
        ),
        (
            "a.ipynb",
            """
            {"cells": [{"cell_type": "markdown", "source": ["See [one](https://a.org/x), ![p](p.png)"]},
            {"cell_type": "code", "source": "open('https://code.org')", "outputs": []},
            {"cell_type": "markdown", "source": ["[label](Page), [here](#here) and https://b.org/y."]}]}
            """
        ),
        (
            "a.rss",
            """
            <rss><channel><item><title>t</title><description>&lt;p&gt;See &lt;a href="https://a.org/x"&gt;one&lt;/a&gt;
            &lt;img src="p.png"&gt; &lt;a href="Page"&gt;label&lt;/a&gt; &lt;a href="https://b.org/y"&gt;y&lt;/a&gt;&lt;/p&gt;</description></item></channel></rss>
            """
        ),
        (
            "a.atom",
            """
            <feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">See
            <a href="https://a.org/x">one</a> <img src="p.png"/> <a href="Page">label</a> <a href="https://b.org/y">y</a></div></content></entry></feed>
            """
        ),
    ])
    func oneRuleHoldsForEveryMarkup(name: String, source: String) throws {
        // Of a page of notes the one that is named, of other texts what stands there.
        #expect(try links(source, name) == ["https://a.org/x, p.png, Page, https://b.org/y"])
    }

    @Test(arguments: [
        (
            "a.xml",
            """
            <TEI xmlns:x="http://www.w3.org/1999/xlink"><p>See <ref target="https://a.org/x">one</ref>, <ref target="#here">here</ref>,
            <ulink url="Page">label</ulink> and <ext-link x:href="https://b.org/y">y</ext-link>.</p></TEI>
            """, "https://a.org/x, Page, https://b.org/y"
        ),
        (
            "w.xml",
            """
            <mediawiki><page><title>T</title><revision><text>See [https://a.org/x one], [[Page#part|label]], [[#here]],
            [[Category:C]] and https://b.org/y.&lt;ref&gt;{{cite web |title=z |url=https://c.org/z |date=1}}&lt;/ref&gt;</text></revision></page></mediawiki>
            """, "https://a.org/x, Page, https://c.org/z, https://b.org/y"
        ),
        (
            "a.eml", "From: a@b.c\nDate: x\n\nSee https://a.org/x, <https://b.org/y> (or https://c.org/Map_(maths)).\n",
            "https://a.org/x, https://b.org/y, https://c.org/Map_(maths)"
        ),
        (
            "b.fb2",
            """
            <FictionBook xmlns:l="x"><body><section><p>See <a l:href="https://a.org/x">one</a> and <a l:href="#n1" type="note">1</a>.</p></section></body></FictionBook>
            """, "https://a.org/x"
        ),
        (
            "b.rst", ".. _one: https://a.org/x\n\nSee one_.\n\n__ https://b.org/a\n  /b\n.. _two: one_\n",
            "https://a.org/x, https://b.org/a/b"
        ),
        (
            "a.adoc", ":base: https://a.org\n\nSee {base}/x[one], <<part.adoc#p,q>>, mailto:a@b.c[me].",
            "https://a.org/x, part.adoc#p, mailto:a@b.c"
        ),
        (
            "a.tex",
            "\\section{On \\href{https://a.org/x}{one}}\n\\begin{frame}{\\url{https://b.org/y}}x\\end{frame}\n\\begin{proof}[\\href{https://c.org/z}{p}]x\\end{proof}",
            "https://a.org/x, https://b.org/y, https://c.org/z"
        ),
        ("a.tex", "\\url{https://a.org/a\\%20b\\#c} % https://no.org\n\\path{https://no.org}", "https://a.org/a%20b#c"),
        ("a.md", "[a](data:text/plain,x) [b](JavaScript:x) [c](mailto:a@b.c)", "mailto:a@b.c"),
    ])
    func targetsAreWhatTheyAre(name: String, source: String, links: String) throws {
        let found = try self.links(source, name)
        #expect(found == [links], "\(found)")
    }

    @Test func linksOfABookAreThoseOfTheChapterThatLeadOutOfIt() throws {
        let page = """
            <html><body><h1 id="a">A</h1><p><a href="https://a.org/x">x</a> <a href="#b">b</a> <a href="ch2.xhtml">2</a> <img src="p.png"/></p>
            <h1 id="b">B</h1><p><a href="https://b.org/y">y</a></p></body></html>
            """
        let files = [
            ("META-INF/container.xml", "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>"),
            (
                "b.opf",
                "<package><metadata/><manifest><item id='c' href='c.xhtml'/><item id='n' href='t.ncx' media-type='application/x-dtbncx+xml'/></manifest><spine><itemref idref='c'/></spine></package>"
            ),
            (
                "t.ncx",
                "<ncx><navMap><navPoint><navLabel><text>A</text></navLabel><content src='c.xhtml#a'/></navPoint><navPoint><navLabel><text>B</text></navLabel><content src='c.xhtml#b'/></navPoint></navMap></ncx>"
            ),
            ("c.xhtml", page),
        ]
        let documents = ReadOutcome(try folder.input(PackedFixture.zip(files), to: "b.epub")).documents
        #expect(documents.map(\.title) == ["A", "B"])
        #expect(documents.map { $0.metadata["links"] } == ["https://a.org/x", "https://b.org/y"])
    }

    @Test func linksOfOfficeDocumentsAreThoseOfTextNotesAndFields() throws {
        let relations = { (target: String) in
            "<Relationships><Relationship Id='r1' Type='x/hyperlink' Target='\(target)' TargetMode='External'/></Relationships>"
        }
        let document = """
            <w:document xmlns:w='w' xmlns:r='r'><w:p><w:hyperlink r:id='r1'><w:r><w:t>one</w:t></w:r></w:hyperlink>
            <w:hyperlink w:anchor='here'><w:r><w:t>here</w:t></w:r></w:hyperlink>
            <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPER</w:instrText></w:r><w:r><w:instrText>LINK "https://b.org/y" </w:instrText></w:r>
            <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>two</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>
            <w:fldSimple w:instr='HYPERLINK \\l "here"'><w:r><w:t>three</w:t></w:r></w:fldSimple></w:p></w:document>
            """
        let word = PackedFixture.zip([
            ("word/document.xml", document), ("word/_rels/document.xml.rels", relations("https://a.org/x")),
            (
                "word/footnotes.xml",
                "<w:footnotes xmlns:w='w' xmlns:r='r'><w:p><w:hyperlink r:id='r1'><w:r><w:t>n</w:t></w:r></w:hyperlink></w:p></w:footnotes>"
            ),
            ("word/_rels/footnotes.xml.rels", relations("https://c.org/z")),
        ])
        let found = try #require(ReadOutcome(try folder.input(word, to: "a.docx")).documents.first)
        #expect(found.metadata["links"] == "https://a.org/x, https://b.org/y, https://c.org/z")
        #expect(found.body.split(whereSeparator: \.isWhitespace) == ["oneheretwothree", "n"])

        let text = """
            <office:document-content xmlns:office='o' xmlns:text='t' xmlns:x='x'><office:body><text:p>See <text:a x:href='https://a.org/x'>one</text:a>,
            <text:a x:href='#here'>here</text:a><image x:href='Pictures/1.png'/></text:p></office:body></office:document-content>
            """
        let open = ReadOutcome(try folder.input(PackedFixture.zip([("content.xml", text)]), to: "a.odt"))
        #expect(open.documents.map { $0.metadata["links"] } == ["https://a.org/x"])
    }

    @Test func linksThatATextSaysItselfAreKept() throws {
        #expect(try links("---\nlinks: mine\n---\nhttps://a.org", "a.md") == ["mine"])
    }

    @Test func aPageOfLinksHasAsManyAsAnybodyReads() throws {
        let source = (0..<3000).map { "<a href=\"https://a.org/\($0)\">x</a>" }.joined()
        #expect(try links(source, "a.html").first?.split(separator: ", ").count == 1000)
        var found = TextLinks()
        found.add(String(repeating: "x", count: 2001))
        found.add(" ")
        found.add("https://a.org")
        found.add("https://a.org")
        #expect(found.targets == ["https://a.org"])
    }

    @Test(arguments: [
        ("https://a.org/x。次", "https://a.org/x"), ("(https://a.org/x)", "https://a.org/x"),
        ("HTTPS://A.org?", "HTTPS://A.org"), ("xhttps://a.org", ""), ("https:// a", ""), ("https://", ""),
        ("„https://a.org/ü“", "https://a.org/ü"), ("[https://a.org/[b]]", "https://a.org/[b]"),
        ("http://a.org://b", "http://a.org://b"), ("://", ""),
    ])
    func anAddressInATextEndsWhereItDoes(text: String, address: String) {
        var links = TextLinks()
        links.add(addressesIn: text.utf8)
        #expect(links.targets == (address.isEmpty ? [] : [address]))
    }
}
