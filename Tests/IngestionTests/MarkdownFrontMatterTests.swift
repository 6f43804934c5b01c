import PostilTestSupport
import Testing

@testable import Ingestion

@Suite
struct MarkdownFrontMatterTests {
    /// Fields as `name=value`, and the text.
    private func read(_ source: String) -> (fields: [String], text: String, problem: String?) {
        let file = MarkdownFile(source)
        let fields = file.fields.map { "\($0.name)=\($0.value.summary)" }
        return (fields, file.text.plain, file.problem.map { "\($0.line): \($0.reason)" })
    }

    @Test(
        arguments: [
            ("---\ntitle: T\ndate: 2020-01-02\n---\nText", ["title=T", "date=2020-01-02"]),
            ("---\r\nTitle: T\r\n...\r\nText", ["Title=T"]),
            ("---\n---\nText", []),
            (
                "+++\ntitle = \"T\"\ndate = 2020-01-02 # day\n[params]\nmood = 'x'\n+++\nText",
                ["title=T", "date=2020-01-02", "params=mood: x"]
            ),
            (
                "{\n  \"title\": \"T \\u00e9\", \"n\": {\"a\": [1, true, null]}\n}\n\nText",
                ["title=T é", "n=a: 1, true"]
            ),
            (
                "Title: T\nAuthor: A. Name\n    and another\nDate: 2010-12-03\n\nText",
                ["Title=T", "Author=A. Name and another", "Date=2010-12-03"]
            ),
            ("title: T\n\nText", ["title=T"]),
            ("---\ntitle: Goodhart: a law\ntags: [a, b]\n---\nText", ["title=Goodhart: a law", "tags=a, b"]),
            ("---\ntitle: \"Yes\" and no\nn: 1\n---\nText", ["title=\"Yes\" and no", "n=1"]),
            ("---\ntitle: [Draft] Plan\nauthor: @ann\n---\nText", ["title=[Draft] Plan", "author=@ann"]),
            ("---\ntitle: *Very* good\n---\nText", ["title=*Very* good"]),
            ("\u{FEFF}---\ntitle: T\n---\nText", ["title=T"]),
            // Logseq's properties, and Dataview's.
            ("title:: T\ntype:: [[book]]\n\nText", ["title=T", "type=book"]),
            ("tags:: [[a b]], c, #[[d e]]\nalias:: A B, C\nText", ["tags=a b, c, d e", "alias=A B, C"]),
            ("tags:: #a #b\n\nText", ["tags=a, b"]),
            ("tags:: [[a b]] [[c]]\nempty::\nText", ["tags=a b, c", "empty="]),
            (
                "rating:: 5\nsource:: a talk of [[Ann Bee]] in [[May]]\n- Text",
                ["rating=5", "source=a talk of Ann Bee in May"]
            ),
            // pandoc's title block.
            (
                "% A title\n  goes on\n% Ann Bee; Zoe Dee\n  Carl Cee\n% March 4, 2021\n\nText",
                ["title=A title goes on", "author=Ann Bee, Zoe Dee, Carl Cee", "date=March 4, 2021"]
            ),
            ("%\n% Ann Bee\nText", ["author=Ann Bee"]),
            // MultiMarkdown's header, whatever comes first in it.
            (
                "abstract: Words here.\nAuthor: Ann Bee\n        Zoe Dee\ndate: 2021-03-04\n\nText",
                ["abstract=Words here.", "Author=Ann Bee, Zoe Dee", "date=2021-03-04"]
            ),
            // Hexo's, without the first fence.
            ("title: T\ntags:\n- h1\n- h2\n---\nText", ["title=T", "tags=h1, h2"]),
            // Links of Obsidian.
            ("---\ndate: [[2021-03-04]]\nauthor: \"[[Ann Bee|Ann]]\"\n---\nText", ["date=2021-03-04", "author=Ann"]),
            // Tags in several fields, and in a mapping.
            ("---\ntags: [a, b]\nTags: b, c\ntag: d\n---\nText", ["tags=a, b, c, d"]),
            ("---\ntags:\n  topics: [a, b]\n  ai: true\n  no: false\n---\nText", ["tags=a, b, ai"]),
        ])
    func readsFrontMatterOfEveryKind(source: String, expected: [String]) {
        let result = read(source)
        #expect(result.fields == expected && result.text == "Text" && result.problem == nil)
    }

    @Test(
        arguments: [
            "---\n\nA paragraph between rules.\n\n---\n\nMore.", "---\nNo mapping here\n---\nMore.",
            "---\n- a\n- b\n---\nMore.", "---\nnever closed: x\n", "+++\nplus\n+++\nMore.", "+++ not\n",
            "{ no json }\n\nText",
            "{\"a\": 1} and more\n", "Note: a sentence.\n\nText", "Question: one?\nAnswer: two.\n\nText",
            "%% a comment %%\nText", "%not a title\nText", "Title: a\n---\nText",
            "Summary: one line only.\n\nText",
            "Title: T\nA second line of prose.\n\nText", "Title:\n\nText", "-- \nText", "---\n[a\n---\nText",
            "std::vector holds values.\nText", "a::b\nText", ":: x\nText", "two words:: x\nText", "::\nText",
            "a:::b\nText",
        ])
    func leavesInTheTextWhatOnlyLooksLikeIt(source: String) {
        let file = MarkdownFile(source)
        #expect(file.fields == [] && file.problem == nil && file.body == source)
        #expect(file.text == MarkdownText(source))
    }

    /// One bad line costs itself.
    @Test(
        arguments: [
            ("title: [a\nx: y", ["x=y"], "3"), ("title: T\ntitle: U\ndate: 2020", ["title=T", "date=2020"], "3"),
            ("title: T\ntags: [a]\ntags: [b, a]", ["title=T", "tags=a, b"], nil),
            ("title: T\nmeta:\n\tkey: v\ntags: [a, b]", ["title=T", "meta=key: v", "tags=a, b"], nil),
            ("title:\tT\n\tmore\ndate: 2020", ["title=T more", "date=2020"], nil),
            ("title: T\nsome words\ntags: a", ["title=T", "tags=a"], nil),
            ("title: T\nbad: \"x\" y: {\nauthor: &\ntags:\n- a\n- b", ["title=T", "bad=\"x\" y: {", "tags=a, b"], "4"),
        ])
    func readsWhatCanBeRead(matter: String, fields: [String], line: String?) {
        let result = read("---\n\(matter)\n---\nText")
        #expect(result.fields == fields && result.text == "Text")
        if let line { #expect(result.problem?.hasPrefix("\(line): the front matter was read in part") == true) }
    }

    /// A text between two rules is no front matter, whatever YAML makes of it.
    @Test(arguments: [
        "Quote: this is a thing\nAnd goes on and on", "\nDear reader: opening paragraph\n", "Dear reader: a paragraph",
        "\nQuote: one\n", "Quote: a\nb: c\nbut then prose", "He said: yes\n\nShe: no\nAnd so on",
    ])
    func leavesTextBetweenRules(matter: String) {
        let source = "---\n\(matter)\n---\n\nMore."
        let file = MarkdownFile(source)
        #expect(file.fields == [] && file.problem == nil && file.body == source)
    }

    @Test(arguments: ["\ntitle: T\n", "mood: x", "{mood: x}", "my key: 1\nother key: 2", "list:\n- a\n- b"])
    func takesFrontMatterOfAnyNames(matter: String) {
        let file = MarkdownFile("---\n\(matter)\n---\nText")
        #expect(!file.fields.isEmpty && file.text.plain == "Text")
    }

    @Test func saysWhatIsWrongWithFrontMatterThatCannotBeRead() {
        let yaml = read("---\ntitle: [a\n---\nText")
        #expect(yaml.fields == [] && yaml.text == "Text")
        #expect(yaml.problem?.contains("the front matter was left out, since it is not YAML") == true)
        let toml = read("+++\ntitle = \"T\"\nb = \"c\n+++\nText")
        #expect(toml.text == "Text")
        #expect(toml.problem == "3: the front matter was left out, since it is not TOML: a quotation mark is missing")
    }

    @Test(
        arguments: [
            ("---\ntags: [a, 'b c']\n---\n", "a|b c"), ("---\nTags: a, b c\n---\n", "a|b c"),
            ("---\ntags: a b\n---\n", "a|b"), ("---\ntags: #one #two\n---\n", "one|two"),
            ("---\ntags:\n  - #one\n  - two # comment\n---\n", "one|two"), ("---\ntags: [#one, two]\n---\n", "one|two"),
            ("---\ntags: a; b\n---\ntext #c", "a|b|c"), ("---\ntags: p/q\n---\n#p/r", "p/q|p|p/r"),
            ("text #c and #c", "c"), ("---\ncategories: [x]\n---\ntext #c", "x|c"),
            ("---\ntags: [a]\n---\ntext #a", "a"),
            ("+++\ntags = [\n  \"a\", # one\n  \"b\",\n]\n+++\n", "a|b"), ("{\"tags\": [\"a\", \"b\"]}\n", "a|b"),
            ("Title: T\nTags: a, b\n\n", "a|b"),
            ("+++\ntitle = \"T\"\n[taxonomies]\ntags = [\"a\", \"b c\"]\ncategories = [\"x\"]\n+++\n", "a|b c|x"),
            ("---\ntags: [a]\ntaxonomies:\n  tags: [b]\n---\n", "a"), ("---\ntags: a\ntaxonomies: b\n---\n", "a"),
            ("- of #[[big game]] and #[[big game]], x#[[no tag]]\n", "big game"),
            ("tags:: [[a b]], c\n\n#[[d/e f]] (#g)", "a b|c|d/e f|d|g"),
        ])
    func readsTagsHoweverTheyAreWritten(source: String, expected: String) {
        let names: Set<String> = ["tags", "categories"]
        let tags = MarkdownFile(source).fields.filter { names.contains($0.name.lowercased()) }.flatMap(\.value.texts)
        #expect(tags.joined(separator: "|") == expected)
    }

    /// As those of HTML, DOCX and BibTeX are.
    @Test(arguments: [
        ("a.md", "---\nkeywords: [kwone, kw two]\n---\nx"), ("a.md", "+++\nkeywords = \"kwone, kw two\"\n+++\nx"),
        ("a.md", "title: T\nKeywords: kwone; kw two\n\nx"), ("a.jsonl", #"{"text":"x","keywords":["kwone","kw two"]}"#),
        ("a.csv", "text,Keywords\nx,kwone; kw two"),
    ])
    func keywordsAreTags(name: String, source: String) throws {
        let folder = try TemporaryFolder()
        #expect(ReadOutcome(try folder.input(source, to: name)).documents.first?.tags == ["kwone", "kw two"])
    }

    @Test func findsFieldsInAnyCase() throws {
        let folder = try TemporaryFolder()
        let text = "---\nTITLE: T\nAuthor: A\nDate: 2020-01-02\nTags: x y\nAliases: [U]\n---\nText"
        let document = try #require(ReadOutcome(try folder.input(text, to: "a.md")).documents.first)
        #expect(document.title == "T" && document.author == "A" && document.date == "2020-01-02")
        #expect(document.tags == ["x", "y"] && document.metadata == ["Aliases": "U"])
    }

    @Test func boundsValuesDepthAndSize() {
        let deep = String(repeating: "[", count: 30_000)
        let sources = [
            "---\na: \(deep)\n---\nText", "+++\na = \(deep)\n+++\nText", "{\"a\": \(deep)\n\nText",
            "---\n" + (0..<200_000).map { "k\($0): v\n" }.joined() + "---\nText",
            "+++\n" + (0..<9000).map { "[t\($0)]\n" }.joined() + "+++\nText",
            "Title: x\n" + (0..<100_000).map { "k\($0): v\n" }.joined() + "\nText",
        ]
        for source in sources {
            let file = MarkdownFile(source)
            #expect(file.fields.count <= FrontMatter.mostValues && file.text.plain.hasSuffix("Text"))
        }
    }

    @Test func readsTOMLAsItIsDefined() throws {
        let source = """
            a = "x\\ty \\u00E9" # c
            b = 'raw \\n'
            c = \"\"\"
            two
            lines\"\"\"
            "d e" = [1, [2.5, true], {f = "g", h.i = 1}]
            j.k = 1
            [l.m]
            n = 1979-05-27T07:32:00Z
            [[o]]
            p = '''q'r'''
            """
        var reader = TOMLReader(Array(source.utf8))
        let members = try reader.members().map { "\($0.name)=\($0.value.summary)" }
        #expect(
            members == [
                "a=x\ty é", "b=raw \\n", "c=two\nlines", "d e=1; 2.5, true; f: g; h: i: 1", "j=k: 1",
                "l=m: n: 1979-05-27T07:32:00Z", "o=p: q'r",
            ])
    }
}
