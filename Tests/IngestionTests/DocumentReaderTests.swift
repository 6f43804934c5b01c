import CZlib
import Documents
import Foundation
import PostilTestSupport
import Testing

@testable import Ingestion

/// Every format is read into documents, and what cannot be read is named.
@Suite struct DocumentReaderTests {
    @Test func jsonLinesNameBadLinesAndReadTheRest() throws {
        let folder = try TemporaryFolder()
        let text = """
            {"id": "a", "title": "First", "text": "Body \\u00e9.", "authors": ["Ann Lee", "Bo Ek"], "date_published": "2019-06-05", "link": "https://example.org/a", "tags": ["x", "y", "x"], "score": 3}

            {"id": "b", "text": "unfinished
            [1, 2]
            {"_id": 7, "content": "Seven", "author": {"name": "Cy"}, "tags": "p; q"}
            {"abstract": "No id"}
            {"id": "empty", "extra": 1}
            """
        let outcome = ReadOutcome(try folder.input(text, to: "sub/r.jsonl"))
        #expect(outcome.documents.map(\.externalID) == ["a", "7", "sub/r.jsonl:6"])
        let first = try #require(outcome.documents.first)
        #expect(first.body == "Body é." && first.title == "First" && first.author == "Ann Lee, Bo Ek")
        #expect(first.date == "2019-06-05" && first.url == "https://example.org/a" && first.tags == ["x", "y"])
        #expect(first.metadata == ["score": "3"])
        #expect(outcome.documents[1].tags == ["p", "q"] && outcome.documents[1].author == "Cy")
        #expect(outcome.skips.map(\.line) == [3, 4, 7])
        #expect(outcome.skipTexts[0] == "sub/r.jsonl:3: column 21: this string has no end")
        #expect(outcome.skips[2].reason.contains("its fields are id, extra"))
    }

    @Test func authorsMayBeObjectsWithNames() throws {
        let folder = try TemporaryFolder()
        let text = """
            {"text": "a", "author": [{"name": "Di", "of": "X"}, {"name": "Ed"}]}
            {"text": "b", "authors": [{"name": "Flo"}]}
            {"text": "c", "author": {"name": "Gil"}}
            """
        let outcome = ReadOutcome(try folder.input(text, to: "r.jsonl"))
        #expect(outcome.documents.map(\.author) == ["Di; Ed", "Flo", "Gil"])
    }

    @Test func jsonLinesAreReadAlikeInBatchesOfAnySize() throws {
        let folder = try TemporaryFolder()
        let lines = (0..<50).map { #"{"id": "\#($0)", "text": "\#(String(repeating: "w", count: $0))."}"# }
        let file = try folder.input(lines.joined(separator: "\n"), to: "r.jsonl")
        let expected = ReadOutcome(file).documents
        #expect(expected.count == 50 && expected.last?.line == 50)
        for size in [1, 20, 100, 1000] {
            #expect(ReadOutcome(file, limits: ReadingLimits(batchBytes: size)).documents == expected, "size: \(size)")
        }
        let limits = ReadingLimits(maximumDocumentBytes: 60, batchBytes: 16)
        let short = ReadOutcome(file, limits: limits)
        #expect(short.documents == expected.filter { lines[$0.line - 1].utf8.count <= 60 })
        #expect(short.documents.count + short.skips.count == 50)
    }

    /// As jq prints them.
    @Test func valuesOfSeveralLinesMayFollowOneAnother() throws {
        let folder = try TemporaryFolder()
        let text = "{\n \"text\": \"one\"\n}\n{\n \"text\": \"<p>two</p>\"\n} {\"text\": \"three\"}\n"
        let outcome = ReadOutcome(try folder.input(text, to: "s.json"))
        #expect(
            outcome.skips.isEmpty && outcome.documents.map(\.body) == ["one", "<p>two</p>", "three"],
            "\(outcome.skipTexts)")
        #expect(
            outcome.documents.map(\.externalID) == ["s.json:1", "s.json:2", "s.json:3"]
                && outcome.documents.map(\.line) == [1, 4, 6])
        let damaged = ReadOutcome(
            try folder.input("{\n\"text\": \"one\"}\n{\n\"text\": two}\n{\"text\": \"three\"}", to: "d.json"))
        #expect(damaged.documents.map(\.body) == ["one"])
        #expect(
            damaged.skips.map(\.line) == [4]
                && damaged.skips.first?.reason.hasSuffix("nothing was read from here on") ?? false)
        let number = ReadOutcome(try folder.input("{\n\"text\": \"one\"}\n7", to: "n.json"))
        #expect(number.documents.isEmpty && number.skips.map(\.reason) == ["more text after the end of the value"])
    }

    @Test func jsonIsAnArrayOneRecordOrRecordsAtAPath() throws {
        let folder = try TemporaryFolder()
        let array = try folder.input("[{\"text\": \"one\"},\n{\"text\": \"two\"},\n 3]", to: "a.json")
        let outcome = ReadOutcome(array)
        #expect(outcome.documents.map(\.externalID) == ["a.json:1", "a.json:2"])
        #expect(outcome.documents.map(\.line) == [1, 2])
        #expect(outcome.skipTexts == ["a.json:3: record 3 is not a JSON object"])
        #expect(
            ReadOutcome(try folder.input("{\"text\": \"one\"}", to: "o.json")).documents.map(\.externalID) == ["o.json"]
        )
        let mapping = try RecordMapping(yaml: "{ records: [data.x, data.y.*], body: t }", origin: "p")
        let deep = try folder.input(#"{"data": {"x": null, "y": {"a": {"t": "A"}, "b": {"t": "B"}}}}"#, to: "d.json")
        #expect(ReadOutcome(deep, mapping: mapping).documents.map(\.body) == ["A", "B"])
        let none = ReadOutcome(array, mapping: mapping)
        #expect(none.skips.map(\.reason).first?.hasPrefix("holds no records at data.x, data.y.*") == true)
        let broken = ReadOutcome(try folder.input("{\n\"a\": 1,\n}", to: "b.json"))
        #expect(broken.skipTexts == ["b.json:3: expected a key in double quotes"])
    }

    @Test func csvHeaderNamesMatchInAnyCaseAndTheRestIsMetadata() throws {
        let folder = try TemporaryFolder()
        let file = try folder.input("ID,Title,Text,Venue\n1,T,\"Multi\nline\",V\n", to: "t.csv")
        let document = try #require(ReadOutcome(file).documents.first)
        #expect(document.externalID == "1" && document.title == "T" && document.body == "Multi\nline")
        #expect(document.metadata == ["Venue": "V"])
        let tsv = ReadOutcome(try folder.input("title\ttext\nA\tb, c\n", to: "t.tsv"))
        #expect(tsv.documents.map(\.externalID) == ["t.tsv:1"] && tsv.documents.map(\.body) == ["b, c"])
    }

    @Test func plainTextIsOneDocumentTitledByItsFile() throws {
        let folder = try TemporaryFolder()
        let document = try #require(ReadOutcome(try folder.input("Hello,\nworld.", to: "a/note.txt")).documents.first)
        #expect(document == Document(externalID: "a/note.txt", title: "note", body: "Hello,\nworld."))
        let empty = ReadOutcome(try folder.input(" \n", to: "To do.txt"))
        #expect(empty.documents.map(\.title) == ["To do"] && empty.documents.map(\.body) == [""] && empty.skips.isEmpty)
    }

    @Test func markdownFrontMatterBecomesFields() throws {
        let folder = try TemporaryFolder()
        let text =
            "---\ntitle: A *title*\nauthors: [Ann, Bo]\ndate: 2020-01-02\ntags:\n  - x\nmood: ~\nscore: 12\n---\n# Head\n\nSome *text*.\n"
        let document = try #require(ReadOutcome(try folder.input(text, to: "p.md")).documents.first)
        #expect(document.title == "A *title*" && document.author == "Ann; Bo" && document.date == "2020-01-02")
        #expect(document.body == "Head\n\nSome text." && document.markup == "# Head\n\nSome *text*.\n")
        #expect(document.metadata == ["score": "12"] && document.tags == ["x"])
        let crlf = ReadOutcome(try folder.input("---\r\ntitle: T\r\n---\r\nText\r\n", to: "crlf.md"))
        #expect(crlf.documents.map(\.title) == ["T"] && crlf.documents.map(\.body) == ["Text"])
        let plain = try #require(
            ReadOutcome(try folder.input("Intro\n\n## The `head`\n\nText\n", to: "q.md")).documents.first)
        #expect(plain.title == "The head")
        #expect(ReadOutcome(try folder.input("Text only", to: "name.v2.md")).documents.first?.title == "name.v2")
        let bad = ReadOutcome(try folder.input("---\ntitle: [a\nx: y\n---\nText\n", to: "bad.md"))
        #expect(bad.documents.map(\.body) == ["Text"] && bad.warnings.count == 1)
        #expect(bad.warnings[0].hasPrefix("3: the front matter was read in part"))
    }

    @Test func encodingsAreToldApartAndBinaryIsSkipped() throws {
        let folder = try TemporaryFolder()
        let text = "Zoë’s — 😀 naïve"
        func body(_ bytes: [UInt8]) throws -> String? {
            ReadOutcome(try folder.input(bytes, to: "e.txt")).documents.first?.body
        }
        #expect(try body([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == text)
        #expect(try body(utf16(text, isBigEndian: false)) == text)
        #expect(try body(utf16(text, isBigEndian: true)) == text)
        let latin = ReadOutcome(try folder.input([0x63, 0x61, 0x66, 0xE9, 0x20, 0x93, 0x68, 0x69, 0x94], to: "l.txt"))
        #expect(latin.documents.map(\.body) == ["café “hi”"])
        #expect(latin.warnings == ["1: 1 text that is not UTF-8 was read as Windows-1252"])
        let damaged = ReadOutcome(try folder.input(Array("é ".utf8) + [0xFF] + Array(" x".utf8), to: "d.txt"))
        #expect(damaged.documents.map(\.body) == ["é \u{FFFD} x"])
        #expect(damaged.warnings == ["1: 1 damaged UTF-8 sequence was replaced by U+FFFD"] && damaged.skips.isEmpty)
        let line = ReadOutcome(
            try folder.input(Array(#"{"id":"\u0061","text":"x\n"#.utf8) + [0xE9] + Array(#""}"#.utf8), to: "l.jsonl"))
        #expect(line.documents.map(\.body) == ["x\né"] && line.warnings.count == 1)
        let binary = ReadOutcome(try folder.input([0x50, 0x4B, 3, 4, 0, 0, 1], to: "b.txt"))
        #expect(binary.skipTexts == ["b.txt: looks binary (it holds a NUL byte)"])
    }

    @Test func utf16IsReadAlikeWhereverAChunkEnds() throws {
        let folder = try TemporaryFolder()
        let text = "x" + String(repeating: "😀a", count: 20_000)
        #expect(
            ReadOutcome(try folder.input(utf16(text, isBigEndian: false), to: "u.txt")).documents.first?.body == text)
    }

    @Test func gzipIsReadBehindEveryFormatAndItsDamageIsNamed() throws {
        let folder = try TemporaryFolder()
        let lines = (0..<2000).map { #"{"id": "\#($0)", "text": "word \#($0 &* 7919)"}"# }
        let packed = try compressed(Array(lines.joined(separator: "\n").utf8))
        let file = try folder.input(packed, to: "r.jsonl.gz")
        #expect(file.format == .jsonLines)
        #expect(ReadOutcome(file).documents.count == 2000)
        #expect(ReadOutcome(try folder.input(packed + packed, to: "twice.jsonl.gz")).documents.count == 3998)
        let cut = ReadOutcome(try folder.input(packed.prefix(packed.count - 200), to: "cut.jsonl.gz"))
        #expect(cut.documents.count > 100 && cut.documents.count < 2000)
        #expect(cut.skips.last?.reason.contains("the gzip data ends too early") == true)
        let text = ReadOutcome(try folder.input(try compressed(Array("Hi".utf8)), to: "note.txt.gz"))
        #expect(text.documents.map(\.title) == ["note"] && text.documents.map(\.body) == ["Hi"])
    }

    @Test func missingFilesFoldersAndFilesOverTheLimitAreSkipped() throws {
        let folder = try TemporaryFolder()
        let missing = InputFile(path: folder.path + "/none.txt", relativePath: "none.txt")
        #expect(ReadOutcome(missing).skipTexts == ["none.txt: does not exist"])
        let large = try folder.input("0123456789", to: "ten.txt")
        let outcome = ReadOutcome(large, limits: ReadingLimits(maximumFileBytes: 9))
        #expect(outcome.skipTexts == ["ten.txt: is 10 bytes large; the limit is 9"])
        #expect(ReadOutcome(large, limits: ReadingLimits(maximumDocumentBytes: 9)).skips.count == 1)
        #expect(ReadOutcome(InputFile(path: folder.path, relativePath: "f")).skipTexts == ["f: is a folder"])
    }

    @Test(arguments: [
        ("{\"id\": 1}\n{\"id\": 2}\n", DocumentFormat.jsonLines), ("{\n \"id\": 1}", .json), ("[1]", .json),
        ("<!DOCTYPE html><p>x", .html), ("Once upon", .text), ("", .text),
    ])
    func formatsThatNoNameTellsAreToldByTheFirstBytes(text: String, format: DocumentFormat) {
        let beginning = InputBeginning(bytes: Array(text.utf8), text: Array(text.utf8), isCut: false)
        #expect(DocumentFormat.of(nil, beginning: beginning)?.name == format.name)
    }

    @Test func contentHashIsTheFilesOwnHoweverItIsRead() throws {
        let folder = try TemporaryFolder()
        let file = try folder.input(String(repeating: "{\"text\":\"x\"}\n", count: 5000), to: "r.jsonl")
        let batches = DocumentReader(mapping: .usual, limits: ReadingLimits(batchBytes: 999)).batches(of: file)
        while batches.next() != nil {}
        #expect(batches.contentHash == (try ContentHash.of(file)))
    }

    private func utf16(_ text: String, isBigEndian: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for unit in [0xFEFF] + Array(text.utf16) {
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
            bytes += isBigEndian ? [high, low] : [low, high]
        }
        return bytes
    }

    private func compressed(_ bytes: [UInt8]) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let path = folder.path + "/z.gz"
        let file = gzopen(path, "wb")
        #expect(gzwrite(file, bytes, UInt32(bytes.count)) == Int32(bytes.count))
        gzclose(file)
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @Test(arguments: 0..<20)
    func testForUTF8AgreesWithString(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let pieces: [[UInt8]] = [
            Array("a".utf8), Array("ascii text".utf8), Array("é".utf8), Array("語".utf8), Array("😀".utf8), [0xC0, 0x80],
            [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80], [0x80], [0xFF], [0xE2, 0x82],
            [0xF0, 0x9F],
        ]
        for round in 0..<200 {
            let valid = Int.random(in: 0...12, using: &random)
            let bytes = (0..<valid).flatMap { _ in
                pieces[Int.random(in: 0..<(round % 2 == 0 ? 5 : pieces.count), using: &random)]
            }
            let expected = String(validating: bytes, as: UTF8.self) != nil
            #expect(bytes.withUnsafeBytes { TextDecoding.isUTF8($0) } == expected, "seed: \(seed), bytes: \(bytes)")
        }
    }
}
