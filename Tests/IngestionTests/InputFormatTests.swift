import PostilTestSupport
import Testing

@testable import Ingestion

@Suite struct InputFormatTests {
    /// A container as archives and books are: binary, one file with several documents that have titles of their own.
    private struct Container: WholeFormat {
        let name = "container"
        let extensions = ["box"]
        let isText = false

        func recognition(of beginning: InputBeginning) -> Recognition {
            beginning.bytes.starts(with: [0, 1]) ? .certain : .none
        }

        func read(
            _ bytes: UnsafeRawBufferPointer, of file: InputFile, by reader: DocumentReader, tally: BatchTally,
            into handler: (consuming ReadEvent) throws -> Void
        ) rethrows {
            for (index, part) in bytes.dropFirst(2).split(separator: 0).enumerated() {
                let page = Page(
                    title: "Part \(index + 1)", text: MarkedText(plain: String(decoding: part, as: UTF8.self)))
                try reader.map(page, in: RecordContext(file: file, row: index + 1), tally: tally, into: handler)
            }
        }
    }

    @Test func aBinaryContainerGivesSeveralDocuments() throws {
        let folder = try TemporaryFolder()
        var file = try folder.input([0, 1] + Array("one".utf8) + [0] + Array("two".utf8), to: "a.box")
        file.format = DocumentFormat(Container())
        let outcome = ReadOutcome(file)
        #expect(outcome.documents.map(\.externalID) == ["a.box:1", "a.box:2"])
        #expect(outcome.documents.map(\.title) == ["Part 1", "Part 2"])
        #expect(outcome.documents.map(\.body) == ["one", "two"])
        #expect(outcome.skips.isEmpty)
    }

    @Test func bytesOfNoKnownFormatAreRefusedAndNotReadAsText() throws {
        let folder = try TemporaryFolder()
        let unnamed = ReadOutcome(try folder.input([0x89, 0x50, 0x4E, 0x47, 0, 0], to: "picture"))
        #expect(
            unnamed.skipTexts
                == ["picture: looks binary (it holds a NUL byte), and its format is none that is known here"])
        #expect(unnamed.documents.isEmpty)
    }

    /// Files that are named without an extension.
    @Test(arguments: [
        ("#+TITLE: On /Maps/\n* Head\n", "On Maps", "Head"), ("#+begin_src\nx", "a", "#+begin_src\nx"),
        ("\n1\r\n00:00:01,000 --> 00:00:02,000\r\nSaid\r\n", "a", "Said"), ("1\nnot --> so", "a", "1\nnot --> so"),
        ("<!-- saved from x -->\n<html><title>T</title><p>Word</html>", "T", "Word"),
        ("{\"cells\": [{\"cell_type\": \"markdown\", \"source\": \"# H\"}], \"nbformat\": 4}", "H", "H"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nSaid", "a", "Said"),
    ])
    func aFormatIsToldByTheFirstBytes(source: String, title: String, body: String) throws {
        let folder = try TemporaryFolder()
        let outcome = ReadOutcome(try folder.input(source, to: "a"))
        #expect(outcome.documents.map(\.title) == [title] && outcome.documents.map(\.body) == [body], "\(outcome)")
    }

    @Test func whatBeginsLikeJSONAndIsRTFIsNamed() throws {
        let folder = try TemporaryFolder()
        let outcome = ReadOutcome(try folder.input("{\\rtf1\\ansi Text}", to: "a.rtf"))
        #expect(outcome.documents.isEmpty && outcome.skipTexts.count == 1)
        #expect(outcome.skipTexts.first?.contains("is RTF, which a command reads") ?? false)
        #expect(ReadOutcome(try folder.input("{\\rtf1", to: "a.txt")).documents.map(\.body) == ["{\\rtf1"])
    }

    @Test func namesAndExtensionsAreUnique() {
        let formats = DocumentFormat.all
        #expect(Set(formats.map(\.name)).count == formats.count)
        let extensions = formats.flatMap(\.extensions)
        #expect(Set(extensions).count == extensions.count)
        #expect(extensions.allSatisfy { $0 == $0.lowercased() && !$0.contains(".") })
        for format in DocumentFormat.allCases { #expect(DocumentFormat(rawValue: format.name) == format) }
        #expect(DocumentFormat(rawValue: "xls") == nil)
    }

    @Test func jsonLinesUnderTheNameOfJSONAreRecords() throws {
        let folder = try TemporaryFolder()
        let lines = "{\"text\": \"one\"}\n\n{\"text\": \"two\"}\n{\"text\": bad}\n"
        let short = ReadOutcome(try folder.input(lines, to: "short.json"))
        #expect(short.documents.map(\.body) == ["one", "two"])
        #expect(short.documents.map(\.line) == [1, 3])
        #expect(short.skips.map(\.line) == [4])
        // The first line is longer than what a format is told by.
        let long = String(repeating: "word ", count: 3000)
        let whole = ReadOutcome(try folder.input("{\"text\": \"\(long)\"}\n {\"text\": \"two\"}\n", to: "long.json"))
        #expect(whole.documents.map(\.line) == [1, 2] && whole.documents.last?.body == "two")
    }

    @Test(arguments: ["{\"text\": \"one\"}", "{\"text\": \"one\"}\n", "{\n\"text\": \"one\"\n}\n"])
    func oneObjectIsOneDocumentUnderTheNameOfJSON(text: String) throws {
        let folder = try TemporaryFolder()
        let outcome = ReadOutcome(try folder.input(text, to: "one.json"))
        #expect(outcome.documents.map(\.externalID) == ["one.json"] && outcome.skips.isEmpty)
    }

    @Test(arguments: [
        ("[{\"text\": \"one\"},\n{\"text\": \"two\"},]", 2, 2),
        ("[{\"text\": \"one\"},\n{\"text\" \"two\"},{\"text\": \"three\"}]", 1, 2),
        ("[{\"text\": \"one\", \"a\": [1]},{\"text\": \"two\"\n", 1, 2), ("[{\"text\": \"one", 0, 1), ("[\n", 0, 2),
        ("{\"a\": [{\"text\": \"one\"}, ]}", 0, 1),
    ])
    func whatComesBeforeDamageInJSONIsRead(source: String, count: Int, line: Int) throws {
        let folder = try TemporaryFolder()
        let outcome = ReadOutcome(try folder.input(source, to: "a.json"))
        #expect(outcome.documents.map(\.body) == Array(["one", "two"].prefix(count)))
        #expect(outcome.skips.map(\.line) == [line])
        #expect(outcome.skipTexts.first?.hasSuffix("nothing was read from here on") ?? false == (count > 0))
    }

    @Test(arguments: [
        ("{\"meta\": 1, \"posts\": [{\"text\": \"one\"}]}", "; with `records: posts` a profile reads what lies there"),
        (
            "{\"a\": {\"text\": \"one\"}, \"b\": {\"text\": \"two\"}}",
            "; with `records: \"*\"` a profile reads what lies there"
        ),
        ("{\"meta\": [1, 2], \"b\": {}}", "; its fields are meta, b"),
    ])
    func whatHoldsRecordsSaysHowToReadThem(source: String, hint: String) throws {
        let folder = try TemporaryFolder()
        let outcome = ReadOutcome(try folder.input(source, to: "a.json"))
        #expect(outcome.documents.isEmpty && outcome.skipTexts.first?.hasSuffix(hint) ?? false, "\(outcome.skipTexts)")
    }

    @Test(arguments: ["*", "posts"])
    func theHintIsWhatAProfileTakes(path: String) throws {
        let mapping = try RecordMapping(
            yaml: "records: \"\(path)\"\ntitle: title\nbody: text", origin: "test")
        let source =
            path == "*"
            ? "{\"a\": {\"text\": \"one\"}, \"b\": {\"text\": \"two\"}}"
            : "{\"posts\": [{\"text\": \"one\"}, {\"text\": \"two\"}]}"
        let folder = try TemporaryFolder()
        let outcome = ReadOutcome(try folder.input(source, to: "a.json"), mapping: mapping)
        #expect(outcome.documents.map(\.body) == ["one", "two"], "\(outcome.skipTexts)")
    }

    @Test func textBehindAJSONValueIsAnErrorWhereItStands() throws {
        let folder = try TemporaryFolder()
        let outcome = ReadOutcome(try folder.input("{\"text\": \"one\"} {\"text\": \"two\"}", to: "t.json"))
        #expect(outcome.skipTexts == ["t.json:1: more text after the end of the value"])
    }
}
