import PostilTestSupport
import Testing

@testable import Ingestion

/// Columns and keys whose values are HTML, told by most of them or by the profile.
@Suite struct HTMLFieldTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Rows of which some have HTML in their text and their note.
    private static func values(_ count: Int, html: Int) -> [(text: String, note: String)] {
        (0..<count).map { number in
            number < html
                ? ("<p>Par <a href='http://x'>link</a> n\(number)</p><p>&eacute;t&eacute;</p>", "<b>bold</b> \(number)")
                : ("plain n\(number)", "note \(number)")
        }
    }

    private func write(_ values: [(text: String, note: String)], as format: String) throws -> InputFile {
        let records = values.map { "{\"text\": \"\($0.text)\", \"note\": \"\($0.note)\"}" }
        switch format {
        case "csv":
            return try folder.input("text,note\n" + values.map { "\($0.text),\($0.note)\n" }.joined(), to: "a.csv")
        case "tsv":
            return try folder.input("text\tnote\n" + values.map { "\($0.text)\t\($0.note)\n" }.joined(), to: "a.tsv")
        case "jsonl": return try folder.input(records.joined(separator: "\n"), to: "a.jsonl")
        case "escaped":
            let text = records.joined(separator: "\n").replacing("<", with: "\\u003c").replacing("</", with: "<\\/")
            return try folder.input(text, to: "a.jsonl")
        default: return try folder.input("[" + records.joined(separator: ",\n") + "]", to: "a.json")
        }
    }

    @Test(arguments: ["csv", "tsv", "jsonl", "escaped", "json"])
    func fieldsThatAreMostlyHTMLAreReadAsSuch(format: String) throws {
        let outcome = ReadOutcome(try write(Self.values(50, html: 40), as: format))
        #expect(outcome.documents.count == 50 && outcome.skips.isEmpty)
        let first = try #require(outcome.documents.first)
        #expect(first.body == "Par link n0\n\nété" && first.markup?.hasPrefix("<p>Par") ?? false)
        #expect(first.metadata["note"] == "bold 0")
        #expect(outcome.documents.last?.body == "plain n49")
        #expect(outcome.documents.allSatisfy { !$0.body.contains("href") })
    }

    @Test(arguments: ["csv", "jsonl", "json"])
    func fieldsWithATagHereAndThereStayAsTheyAre(format: String) throws {
        let outcome = ReadOutcome(try write(Self.values(50, html: 20), as: format))
        #expect(outcome.documents.first?.body.hasPrefix("<p>Par") ?? false)
        #expect(outcome.documents.first?.metadata["note"] == "<b>bold</b> 0")
    }

    @Test(arguments: ["text", "html"])
    func aProfileSaysWhatAFieldIs(markup: String) throws {
        let mapping = try RecordMapping(yaml: "{ body: { from: text, markup: \(markup) } }", origin: "p")
        let html = markup == "html" ? 1 : 50
        let outcome = ReadOutcome(try write(Self.values(50, html: html), as: "csv"), mapping: mapping)
        #expect(outcome.documents.first?.body.hasPrefix(markup == "html" ? "Par link" : "<p>Par") ?? false)
    }

    @Test func pathsJoinsAndNamedMetadataAreToldToo() throws {
        let mapping = try RecordMapping(
            yaml: "{ title: t.r, body: { join: [c.r, more] }, metadata: { extra: e.r } }", origin: "p")
        let lines = (0..<5).map {
            #"{"t": {"r": "<i>T</i> \#($0)"}, "c": {"r": "<div>c</div>"}, "more": "a < b", "e": {"r": "<p>e"}}"#
        }
        let outcome = ReadOutcome(try folder.input(lines.joined(separator: "\n"), to: "a.jsonl"), mapping: mapping)
        #expect(outcome.documents.map(\.body) == Array(repeating: "c\n\na < b", count: 5))
        #expect(outcome.documents.first?.title == "T 0" && outcome.documents.first?.metadata == ["extra": "e"])
    }

    @Test(arguments: [
        ("<p>a</p>", true), ("one<br>two", true), ("<img src='x'>", true), ("<B>x</B>", true), ("a <i>b</i>", true),
        ("<p>a</p>\n\n<p>b</p>", true), ("Vec<String> and <T>", false), ("a < b && c > d", false), ("x </foo>", false),
        ("# Title\n\n<p align=center>x</p>\n\nText\n\nText", false), ("<A, E, W>", false), ("R&D; &amp;", false),
        ("first\n\nsecond with <b>bold</b>", false), ("", false),
    ])
    func aTextIsHTMLWhenItsTagsShapeIt(text: String, isHTML: Bool) {
        #expect(HTMLMarkup.isMarkedUp(text) == isHTML)
    }
}
