import Documents
import Foundation
import PostilTestSupport
import Testing

@testable import Ingestion

/// No bytes trap the reader of any format, keep it busy, or make documents of nothing.
struct FormatFuzzTests {
    private static let markdown = [
        "---\ntitle: A title\ntags: [a, b]\ndate: 2019-06-05\n---\n# Head\n\nText with *stars*, `code` and [a link](http://a.b).\n",
        "+++\ntitle = \"T\"\n[extra]\nnumbers = [1, 2.5, 0x1F]\nwhen = 1979-05-27T07:32:00Z\n+++\n\n$$ x^2 $$ and $y$ and [[wiki|link]] #tag\n",
        "{\"title\": \"J\"}\n\n> [!note] Call\n> out\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n[^1]: a note\n\ntext[^1] <b>bold</b> <!-- no -->\n",
        "Title: Header\nDate: 2020\n\n```swift\nlet a = 1\n```\n\n- item\n  - deeper\n    1. one\n\n<details><summary>s</summary>\n\nx\n</details>\n",
    ]
    private static let html = [
        "<!doctype html><html lang=en><head><title>T &amp; t</title><meta name=author content='A B'></head><body><p>One<br>two</p><script>x()</script><pre> a  b </pre></body></html>",
        "<table><tr><td>a<td>b</table><ul><li>x<ul><li>y</ul></ul><a href=\"http://a.b/?c=d&e\">link</a>&#x41;&#9999999;&nbsp;",
    ]
    private static let json = [
        #"[{"id": 1, "title": "t", "text": "a \u00e9 \ud83d\ude00 \n b", "tags": ["x", {"name": "y"}], "n": -1.5e3, "o": {"p": [true, false, null]}}]"#,
        #"{"id": "a", "text": "b"}"# + "\n" + #"{"id": "c", "body": "d", "date": "2020-01-02T03:04:05Z"}"# + "\n",
    ]
    private static let rows = [
        "id,title,text,tags\n1,One,\"a \"\"b\"\" c\nd\",\"x,y\"\n2,Two,plain,\n",
        "id\ttitle\ttext\n1\tOne\ta \"b\" c\n", "id;text\r\n1;a\r\n2;\"b;c\"\r\n",
    ]

    private static let corpus = ByteMutation(
        (markdown + html + json + rows + ["plain text\n\nwith ünï¢ödé 文書 🙂\n"]).map { Array($0.utf8) }
            + [
                Array("\u{FEFF}é a b".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
                [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3],
            ])

    @Test(arguments: ["md", "html", "json", "jsonl", "csv", "tsv", "txt", "csv.gz", "unknown"])
    func anyBytesAreReadOrRefused(suffix: String) throws {
        let folder = try TemporaryFolder()
        var seeds = try FuzzSeeds("format-\(suffix)", usual: 150)
        while let seed = seeds.next() {
            let bytes = Self.corpus.input(seed)
            let outcome = ReadOutcome(try folder.input(bytes, to: "in." + suffix))
            for document in outcome.documents {
                #expect(!document.externalID.isEmpty, "\(suffix), seed: \(seed)")
                #expect(document.line >= 0, "\(suffix), seed: \(seed)")
                // What is read of markup is never much more than what was written.
                #expect(document.body.utf8.count <= bytes.count * 4 + 100, "\(suffix), seed: \(seed)")
            }
            #expect(outcome.documents.count + outcome.skips.count <= bytes.count + 1, "\(suffix), seed: \(seed)")
        }
        print("fuzzed \(suffix): \(seeds.count) inputs")
    }

    /// A text in each language of markup, with the signs that something follows.
    private static let languages = [
        "md":
            "---\ntags: [a, b]\n---\n# Head {#id .c}\n\nSome *st* `c` $x$ #tag-a/b (#é) [a](<http://a.b> \"t\") ![i](x) [[w|l]] ~~s~~ <b x='y'>z</b> <!-- n -->\n\n::: {.d}\n| a | b |\n|---|\n[^1]: n\n: d\n",
        "tex":
            "\\documentclass{a}\\newcommand{\\x}[1]{y}\\begin{document}\\section*{S} CO$_2$ $$a\\b$$ \\(c\\) \\[d\\] \\'e {\\em f} \\cite[p.~3]{g} \\begin{tabular}{ll}a & b\\\\\\end{tabular} \\item<1-> ``q'' --- % c\n\\verb|h| \\href{http://a.b}{i}\\end{document}",
        "bib":
            "@string{s = \"x\" # y}\n@article{k, title = {A {T}}, author = \"A and B\", year = 2019, note = s # {z}}\n",
        "org":
            "#+TITLE: T\n* TODO Head :tag:\n:PROPERTIES:\n:ID: x\n:END:\n/it/ =c= [[http://a.b][l]] <2019-01-02>\n#+BEGIN_SRC x\n",
        "rst":
            "Title\n=====\n\n:Author: A\n\n.. |s| replace:: x\n.. note:: x\n\n   y\n\n*it* ``c`` :r:`t` `l <http://a.b>`_ |s|\n",
        "adoc":
            "= Title\nAuthor Name <a@b.c>\n:key: v\n\n== Head\n\n*b* `c` {key} http://a.b[l] <<x,y>> +\n----\nz\n----\n|===\n|a\n",
        "html":
            "<!doctype html><title>T &amp; t</title><body><p a='b' c>One<br>&#x41;&#65;<script>x()</script><!-- n --><table><td>",
        "xml":
            "<mediawiki><page><title>P</title><revision><text>'''x''' [[l|m]] {{t|u=v}} &lt;ref>r&lt;/ref>\n{|\n|a\n|}</text></revision></page></mediawiki>",
        "eml":
            "From: =?utf-8?q?=C3=A9?= <a@b>\nSubject: =?utf-8?b?eA==?=\nContent-Type: multipart/mixed; boundary=\"x\"\n\n--x\nContent-Transfer-Encoding: quoted-printable\n\na=3Db=\n\n--x\nContent-Transfer-Encoding: base64\n\nPGI+eDwvYj4=\n--x--\n",
        "ris": "TY  - JOUR\nTI  - T\nAU  - A, B\nPY  - 2019/01/02\nER  - \n",
        "vtt": "WEBVTT\n\nNOTE n\n\n1\n00:01.000 --> 00:02.000 align:start\n<v A>Hello &amp; <00:01.500>you\n",
        "srt": "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Hello <i>x</i>\n\n2\n",
        "json": #"[{"id": 1, "title": "a \u00e9 \ud83d\ude00", "tags": ["x", {"n": -1.5e3}], "o": null}]"#,
        "csv": "id,title,text\r\n1,One,\"a \"\"b\"\" c\nd\"\n2,Two,\n",
    ]

    /// Cut off at each byte, as by a full disk, now and then before bytes that are no UTF-8.
    @Test(arguments: languages.keys.sorted())
    func aTextThatEndsAnywhereIsReadOrRefused(suffix: String) throws {
        let folder = try TemporaryFolder()
        let text = Array(Self.languages[suffix, default: ""].utf8)
        for end in 0...text.count {
            for rest in end % 4 == 0 ? [[], [0xF9, 0xF9, 0xF9]] : [[]] as [[UInt8]] {
                let outcome = ReadOutcome(try folder.input(text[..<end] + rest, to: "in." + suffix))
                #expect(
                    outcome.documents.allSatisfy { !$0.externalID.isEmpty }, "\(suffix), \(end) bytes, then \(rest)")
            }
        }
    }
}
