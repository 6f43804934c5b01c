import Foundation
import Postil

@testable import Ingestion
@testable import QueryLanguage
@testable import TextAnalysis

extension FuzzTarget {
    private static let queries = [
        "+reward -(hacking OR \"a b\"~5)^2 author:shah date:2019-06..2021 opti* word~2", "title:(a AND NOT b) “c d”",
        "https://a.b/c std::sort 10:30 C++ \"unclosed (paren", "date:.. date:9999 ^^^ ~~~ *** karma:>=30 k:v1",
        "common rare3 \"common frequent\" author:ann -rare5", "rar9~ rare* tag:t1 id:d1-3 year:2012..",
    ].map { Array($0.utf8) }

    /// The query parser: total, and its hints point into the text.
    static let query = FuzzTarget(seeds: queries) { input in
        let text = String(decoding: input, as: UTF8.self)
        let parsed = parse(text, knownFields: ["title", "body", "author", "date", "karma", "id", "tag"])
        let scalars = max(text.unicodeScalars.count, 1)
        guard parsed.hints.allSatisfy({ (1...scalars).contains($0.column) }) else { fail("\(parsed.hints)") }
        _ = "\(parsed)"
    }

    /// Searches of a small index: all strategies give the same hits, scores and order.
    static let search: FuzzTarget = {
        let path = SmallIndex.make(.none, name: "search.db")
        do {
            let searcher = try Index.open(at: path).makeSearcher()
            return FuzzTarget(seeds: queries) { input in
                let text = String(decoding: input, as: UTF8.self)
                func hits(_ strategy: EvaluationStrategy) throws -> [String] {
                    try searcher.search(SearchRequest(text, limit: 20, snippetLength: 60, strategy: strategy)).hits
                        .map { "\($0.externalID) \($0.score)" }
                }
                do {
                    let (fast, slow) = (try hits(.automatic), try hits(.exhaustive))
                    guard fast == slow else { fail("\(fast)\n\(slow)") }
                } catch is IndexError { return } catch { fail("\(error)") }
            }
        } catch { fail("\(error)") }
    }()

    /// Analyzers: tokens lie in the text, in order. The first byte chooses the analyzer and the purpose.
    static let analyzer: FuzzTarget = {
        let analyzers = ["english", "german", "none", "porter", "finnish", "french"].compactMap { name in
            try? TextAnalyzer(AnalyzerSpecification(name))
        }
        let texts = [
            "The mesa-optimizers' rightSplit didn't config.json C++ .NET AT&T U.S.A. 3.14 a@b.org https://x.y/z?q=1",
            "Fußgängerübergänge naïve e\u{301}\u{327} ﬁn Ⅻ ½ ＡＢＣ ｶﾀｶﾅ 深度学習 한국어는 ภาษาไทย العربية עברית हिन्दी",
            "🙂👩‍👩‍👧❤️🇩🇪 \u{200B}\u{FEFF}\u{202E}a\u{0}b\u{7F} ''' --- ___ .... a.b.c.d a-b-c-d-e-f",
        ]
        let purposes = [AnalysisPurpose.document, .query, .prefix]
        return FuzzTarget(seeds: texts.enumerated().map { [UInt8($0.offset)] + Array($0.element.utf8) }) { input in
            guard let choice = input.first else { return }
            let text = UnsafeBufferPointer(rebasing: input[1...])
            var (start, position) = (0, -1)
            analyzers[Int(choice) % analyzers.count].analyze(text, for: purposes[Int(choice) / 8 % 3]) { token in
                let isInOrder =
                    token.start <= token.end && token.end <= text.count && token.position >= position
                    && (token.isColocated || token.start >= start) && !token.term.isEmpty
                guard isInOrder else { fail("\(token.start)..<\(token.end) behind \(start)") }
                if !token.isColocated { start = token.start }
                position = token.position
            }
        }
    }()

    /// Files of every format, by the names that they have. The first byte chooses the name.
    static let formats: FuzzTarget = {
        // A PDF goes to another program.
        let endings =
            DocumentFormat.extensions.filter { $0.value.name != "pdf" }.keys.sorted()
            + ["csv.gz", "txt.xz", "md.bz2", "jsonl.zst", "unknown"]
        // Formats of profiles and files that one of 256 does not reach would never be tried.
        precondition(endings.count < 256)
        let reader = DocumentReader(mapping: .usual)
        let seeds = endings.enumerated().flatMap { number, ending in
            FormatSeeds.texts(for: ending).map { [UInt8(number)] + $0 }
        }
        return FuzzTarget(seeds: seeds) { input in
            guard let choice = input.first else { return }
            let name = "in." + endings[Int(choice) % endings.count]
            let bytes = input.dropFirst()
            let file = InputFile(
                path: Scratch.write(bytes, to: name), relativePath: name, size: Int64(bytes.count),
                format: DocumentFormat.named(byFile: name))
            var documents = 0
            reader.read(file) { event in
                guard case .document(let document) = event else { return }
                guard !document.externalID.isEmpty, document.line >= 0 else { fail("a document of nothing") }
                documents += 1
            }
            unlink(file.path)
        }
    }()

    /// Profiles, which an index of a stranger brings along.
    static let profile = FuzzTarget(
        seeds: ["default", "lesswrong", "alignment-newsletter", "markdown-posts"].compactMap { name in
            (try? Profile.named(name)).map { Array($0.yaml.utf8) }
        }
    ) { input in
        do { _ = try Profile(yaml: String(decoding: input, as: UTF8.self), origin: "fuzz") } catch { _ = "\(error)" }
    }
}

/// Small files of each kind.
private enum FormatSeeds {
    static func texts(for ending: String) -> [[UInt8]] {
        let texts: [String] =
            switch ending {
            case "md":
                [
                    "---\ntitle: A title\ntags: [a, b]\ndate: 2019-06-05\n---\n# Head\n\nText with *stars*, `code`, $x$ and [a link](http://a.b).\n",
                    "+++\ntitle = \"T\"\nwhen = 1979-05-27T07:32:00Z\n+++\n> [!note] Call\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n[^1]: note\n\n<b>x</b> <!-- no -->\n",
                ]
            case "html":
                [
                    "<!doctype html><title>T &amp; t</title><body><p>One<br>two</p><script>x()</script><pre> a </pre>&#x41;<table><tr><td>a"
                ]
            case "json", "ipynb":
                [
                    #"[{"id": 1, "title": "t", "text": "a \u00e9 \ud83d\ude00", "tags": ["x", {"name": "y"}], "n": -1.5e3}]"#,
                    ##"{"cells": [{"cell_type": "markdown", "source": ["# T\n", "x"]}], "nbformat": 4}"##,
                ]
            case "jsonl":
                [
                    "{\"id\": \"a\", \"text\": \"b\"}\n{\"id\": \"c\", \"body\": \"d\", \"date\": \"2020-01-02T03:04:05Z\"}\n"
                ]
            case "csv":
                ["id,title,text,tags\n1,One,\"a \"\"b\"\" c\nd\",\"x,y\"\n2,Two,plain,\n", "id;text\r\n1;a\r\n"]
            case "tsv": ["id\ttitle\ttext\n1\tOne\ta \"b\" c\n"]
            case "org": ["#+TITLE: T\n* Head :tag:\n:PROPERTIES:\n:ID: x\n:END:\ntext /it/ [[http://a.b][l]]\n"]
            case "rst": ["Title\n=====\n\n:Author: A\n\n.. note:: x\n\n   y\n\ntext *it* `l <http://a.b>`_\n"]
            case "adoc": ["= Title\nAuthor Name <a@b.c>\n:key: v\n\n== Head\n\ntext *b* http://a.b[l]\n"]
            case "tex":
                [
                    "\\documentclass{article}\\title{T}\\begin{document}\\section{S} text $x$ \\emph{y} % c\n\\end{document}"
                ]
            case "bib": ["@article{key, title = {A {Title}}, author = \"A and B\", year = 2019, abstract = {x} # y}\n"]
            case "ris": ["TY  - JOUR\nTI  - T\nAU  - A, B\nPY  - 2019\nAB  - x\nER  - \n"]
            case "srt": ["1\n00:00:01,000 --> 00:00:02,000\nHello <i>x</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nBye\n"]
            case "vtt": ["WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n<v A>Hello\n"]
            case "rss", "atom", "xml", "fb2":
                [
                    "<?xml version=\"1.0\"?><rss><channel><title>T</title><item><title>I</title><description>&lt;p&gt;x</description></item></channel></rss>",
                    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><entry><id>i</id><title>E</title><content type=\"html\">x</content></entry></feed>",
                    "<mediawiki><page><title>P</title><id>1</id><revision><text>'''x''' [[l|m]] {{t}}</text></revision></page></mediawiki>",
                    "<FictionBook><description><title-info><book-title>B</book-title></title-info></description><body><section><title><p>C</p></title><p>x</p></section></body></FictionBook>",
                ]
            case "eml", "mbox":
                [
                    "From a@b Thu Jan  1 00:00:00 2020\nFrom: =?utf-8?q?=C3=A9?= <a@b>\nSubject: S\nMessage-ID: <1@b>\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\na=3Db\n--x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+eDwvYj4=\n--x--\n"
                ]
            case "txt": ["plain text\n\nwith ünï¢ödé 文書 🙂\n"]
            case "swift": ["// comment\nlet a = \"x\"\n"]
            default: []
            }
        return texts.map { Array($0.utf8) }
    }
}
