import PostilTestSupport
import Testing

@testable import Ingestion

/// Profiles' reading part.
@Suite struct RecordMappingTests {
    private func error(_ yaml: String) -> String? {
        do throws(ProfileError) {
            _ = try RecordMapping(yaml: yaml, origin: "p.yaml")
            return nil
        } catch { return error.description }
    }

    @Test(arguments: [
        (
            "format: csv\nbodi: text\n",
            "p.yaml:2: reading has no \"bodi\"; it has format, extensions, delimiter, encoding, "
                + "records, query, documents, kind, needs, id, title, body, abstract, author, date, url, tags, metadata"
        ),
        (
            "format: xls\n",
            "p.yaml:1: format is \"xls\"; it can be " + DocumentFormat.all.map(\.name).joined(separator: ", ")
        ),
        (
            "body:\n  from: text\n  markup: rtf\n",
            "p.yaml:3: body markup is \"rtf\"; it can be text, html, markdown"
        ),
        (
            "body: { form: text }\n",
            "p.yaml:1: body has no \"form\"; it has from, join, value, markup, separator, split, names"
        ),
        ("body: { markup: html }\n", "p.yaml:1: body needs one of from, join and value"),
        ("id: \"{a\"\n", "p.yaml:1: a } is missing in \"{a\""),
        (
            "id: $nowhere\n",
            "p.yaml:1: there is no $nowhere; what the reader knows is $path, $name, $line, $row, $text, $title"
        ),
        ("title: a..b\n", "p.yaml:1: \"a..b\" has an empty name in it"),
        ("title: a[0]\n", "p.yaml:1: \"a[0]\" is no path; write it like user.displayName or tags[].name"),
        (
            "title: x\ndocuments:\n  - body: y\n",
            "p.yaml:1: \"title\" belongs into an element of documents, since there are some"
        ),
        (
            "metadata: some\n",
            "p.yaml:1: metadata is \"some\"; it can be others, none or a mapping of names to fields"
        ),
        ("delimiter: ab\n", "p.yaml:1: delimiter must be one ASCII character, such as ; or \"\\t\""),
        (
            "- a\n",
            "p.yaml:1: reading must be a mapping of format, extensions, delimiter, encoding, records, query, documents, kind, needs, "
                + "id, title, body, abstract, author, date, url, tags, metadata"
        ),
        ("a: [b\n", "p.yaml:2: did not find expected ',' or ']' while parsing a flow sequence"),
        ("id: a\nid: b\n", "p.yaml:1: given twice: id"),
    ])
    func mistakesAreNamedWithFileLineAndWhatIsKnown(yaml: String, expected: String) {
        let found = error(yaml)
        #expect(found == expected)
    }

    @Test func fieldsTakePathsAlternativesTemplatesJoinsConstantsAndSplits() throws {
        let mapping = try RecordMapping(
            yaml: """
                records: items
                id: "{{{a.b}/{name:slug}"
                title: [none, a.title, name]
                body: { join: [one, { from: two, markup: markdown }, { value: The end }] }
                author: { from: people, split: " and ", names: family-first }
                date: [when, "$line"]
                url: "https://example.org/{a.b}"
                tags: "tags[].name"
                metadata: { votes: a.votes, source: { value: test }, quoted: '"x.y"', all: "m.*", path: $path }
                """, origin: "p.yaml")
        let folder = try TemporaryFolder()
        let text = #"""
            {"items": [{"a": {"b": 5, "title": " ", "votes": 1.50}, "name": "Hé llo, World!", "one": "1", "two": "*2*",
              "people": "Lee, Ann and Ek, Bo", "when": "5 May 2020", "tags": [{"name": "t"}, {"other": 1}, {"name": "u"}],
              "x.y": "dotted", "m": {"p": "P", "q": ["Q", "R"]}}]}
            """#
        let outcome = ReadOutcome(try folder.input(text, to: "i.json"), mapping: mapping)
        let document = try #require(outcome.documents.first)
        #expect(document.externalID == "{5/hé-llo-world" && document.title == "Hé llo, World!")
        #expect(document.body == "1\n\n2\n\nThe end" && document.markup == "1\n\n*2*\n\nThe end")
        #expect(document.author == "Ann Lee, Bo Ek" && document.date == "2020-05-05")
        #expect(document.url == "https://example.org/5" && document.tags == ["t", "u"])
        #expect(
            document.metadata == [
                "votes": "1.50", "source": "test", "quoted": "dotted", "all": "P, Q, R", "path": "i.json",
            ])
    }

    /// What stands beside the alternative that is taken is no less than a field that nobody names.
    @Test(arguments: ["jsonl", "json", "csv", "md"])
    func alternativesThatAreNotTakenAreKept(suffix: String) throws {
        let fields = [
            ("title", "A"), ("text", "main"), ("abstract", "zebra"), ("content", "lynx"), ("author", "Ada"),
            ("authors", "Ada and Bob"), ("url", "http://a"), ("link", "http://b"), ("date", "2020"),
            ("published", "2021"),
            ("id", "i"), ("_id", "j"),
        ]
        let text: String
        switch suffix {
        case "csv": text = fields.map(\.0).joined(separator: ",") + "\n" + fields.map(\.1).joined(separator: ",") + "\n"
        case "md": text = "---\n" + fields.map { "\($0.0): \($0.1)\n" }.joined() + "---\n\nmain page\n"
        default: text = "{" + fields.map { "\"\($0.0)\": \"\($0.1)\"" }.joined(separator: ", ") + "}"
        }
        let folder = try TemporaryFolder()
        let outcome = ReadOutcome(try folder.input(text, to: "a." + suffix))
        let document = try #require(outcome.documents.first)
        #expect(document.body == (suffix == "md" ? "zebra\n\nmain page" : "zebra\n\nmain"))
        var metadata = [
            "content": "lynx", "authors": "Ada and Bob", "link": "http://b", "published": "2021", "_id": "j",
        ]
        if suffix == "md" { metadata["text"] = "main" }
        #expect(document.metadata == metadata && document.author == "Ada" && document.url == "http://a")
    }

    @Test(arguments: [
        (#"{"text": "the zebra runs", "abstract": "zebra"}"#, "the zebra runs", [:]),
        (#"{"abstract": "zebra"}"#, "zebra", [:]), (#"{"text": "x", "body": "x"}"#, "x", [:]),
        (#"{"text": {"a": 1}, "body": "x"}"#, "x", ["text": #"{"a": 1}"#]),
        (#"{"text": "", "body": "x", "content": null}"#, "x", [:]),
        (#"{"text": "x", "date": "soon", "published": "2019"}"#, "x", ["date": "soon", "published": "2019"]),
        (#"{"text": "x", "author": {"age": 7}, "authors": ["B"]}"#, "x", ["author": #"{"age": 7}"#]),
    ])
    func whatIsSaidOnceIsKeptOnce(record: String, body: String, metadata: [String: String]) throws {
        let folder = try TemporaryFolder()
        let document = try #require(ReadOutcome(try folder.input(record, to: "a.jsonl")).documents.first)
        #expect(document.body == body && document.metadata == metadata)
    }

    /// WordPress, MongoDB and converters of XML have objects where others have texts.
    @Test(arguments: ["a.jsonl", "a.json"])
    func objectsThatHoldATextAreIt(name: String) throws {
        let record =
            #"{"id": {"$oid": "5f1"}, "title": {"rendered": "A – B"}, "date": {"$date": "2020-05-03T01:02:03Z"}, "#
            + #""content": {"rendered": "<p>One <b>word</b></p>", "protected": false}}"#
        let folder = try TemporaryFolder()
        let document = try #require(ReadOutcome(try folder.input(record, to: name)).documents.first)
        #expect(document.externalID == "5f1" && document.title == "A – B" && document.date == "2020-05-03T01:02:03Z")
        #expect(document.body == "One word" && document.metadata["content"] == nil, "\(document)")
    }

    @Test(arguments: [
        (#"{"en": "one", "pt-BR": "dois"}"#, "one\n\ndois"), (#"{"ab": "one", "other": "two"}"#, ""),
        (#"{"en": 1, "other": "two"}"#, ""), (#"{"value": ["a"]}"#, ""), (#"{"format": "x", "value": "one"}"#, "one"),
        ("{}", ""),
    ])
    func objectsThatHoldNoTextStayWhatTheyAre(object: String, body: String) throws {
        let record = "{\"title\": \"T\", \"text\": \(object)}"
        let folder = try TemporaryFolder()
        let document = try #require(ReadOutcome(try folder.input(record, to: "a.json")).documents.first)
        #expect(document.body == body && (document.metadata["text"] == nil) == (body != "" || object == "{}"))
    }

    @Test func aProfileThatSaysWhatTheBodyIsHasItSo() throws {
        let folder = try TemporaryFolder()
        let file = try folder.input(#"{"text": "main", "abstract": "zebra", "sum": "short"}"#, to: "a.jsonl")
        for (yaml, body, metadata) in [
            ("{ body: [text, abstract] }", "main", ["abstract": "zebra", "sum": "short"]),
            ("{ body: text }", "main", ["abstract": "zebra", "sum": "short"]),
            ("{ body: text, abstract: [none, sum] }", "short\n\nmain", ["abstract": "zebra"]),
            ("{ body: text, metadata: none }", "main", [:]),
        ] {
            let document = ReadOutcome(file, mapping: try RecordMapping(yaml: yaml, origin: "p")).documents.first
            #expect(document?.body == body && document?.metadata == metadata, "\(yaml)")
        }
    }

    @Test func oneRecordGivesSeveralDocuments() throws {
        let mapping = try RecordMapping(
            yaml: """
                documents:
                  - { kind: summary, needs: body, body: summary }
                  - { kind: opinion, needs: body, body: opinion }
                  - { needs: title, body: none }
                """, origin: "p.yaml")
        let folder = try TemporaryFolder()
        let text = "title,summary,opinion\nA,s,o\n,s,\n,,\n"
        let outcome = ReadOutcome(try folder.input(text, to: "n.csv"), mapping: mapping)
        #expect(
            outcome.documents.map(\.externalID) == [
                "n.csv:1#summary", "n.csv:1#opinion", "n.csv:1#3", "n.csv:2#summary",
            ])
        #expect(outcome.documents.map { $0.metadata["kind"] } == ["summary", "opinion", nil, "summary"])
        #expect(outcome.skips.isEmpty)
    }

    @Test func profilesThatFitNoRecordSaySo() throws {
        let mapping = try RecordMapping(yaml: "{ needs: body, body: summary }", origin: "p")
        let folder = try TemporaryFolder()
        let file = try folder.input("text\n" + String(repeating: "x\n", count: 10), to: "t.csv")
        let outcome = ReadOutcome(file, mapping: mapping)
        #expect(outcome.documents.isEmpty && outcome.skips.isEmpty)
        #expect(outcome.warnings == ["2: none of 10 records gave a document; is the profile meant for this file?"])
    }

    @Test func profilesSetExtensionsFormatAndDelimiter() throws {
        let mapping = try RecordMapping(yaml: "{ extensions: { .Post: markdown }, delimiter: ; }", origin: "p")
        #expect(mapping.extensions == ["post": .markdown])
        let folder = try TemporaryFolder()
        let table = ReadOutcome(try folder.input("id;text\n1;a,b\n", to: "t.csv"), mapping: mapping)
        #expect(table.documents.map(\.body) == ["a,b"])
        let forced = try RecordMapping(yaml: "{ format: jsonl }", origin: "p")
        #expect(
            ReadOutcome(try folder.input("{\"text\": \"x\"}", to: "t.txt"), mapping: forced).documents.map(\.body) == [
                "x"
            ])
    }

    @Test func equalRecordsGiveEqualDocumentsOnManyThreads() async throws {
        let folder = try TemporaryFolder()
        let lines = (0..<3000).map { "{\"id\": \($0), \"text\": \"<p>body <b>\($0)</b></p>\", \"title\": \"*t*\"}" }
        let file = try folder.input(lines.joined(separator: "\n"), to: "r.jsonl")
        let mapping = try RecordMapping(
            yaml: "{ body: { from: text, markup: html }, title: { from: title, markup: markdown } }", origin: "p")
        let reader = DocumentReader(mapping: mapping, limits: ReadingLimits(batchBytes: 4000))
        let batches = Array(reader.batches(of: file))
        #expect(batches.count > 10)
        let parts = await withTaskGroup(of: (Int, [ReadEvent]).self) { group in
            for (index, batch) in batches.enumerated() {
                group.addTask {
                    var events: [ReadEvent] = []
                    reader.readEvents(of: batch) { events.append($0) }
                    return (index, events)
                }
            }
            return await group.reduce(into: [Int: [ReadEvent]]()) { $0[$1.0] = $1.1 }
        }
        var expected: [ReadEvent] = []
        reader.read(file) { expected.append($0) }
        #expect(batches.indices.flatMap { parts[$0] ?? [] } == expected && expected.count == 3000)
    }
}
