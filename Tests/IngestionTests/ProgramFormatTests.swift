import Foundation
import PostilTestSupport
import Testing

@testable import Ingestion

/// PDF, and commands of a profile.
@Suite struct ProgramFormatTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func mapping(_ command: String, _ more: String = "") throws -> RecordMapping {
        try RecordMapping(yaml: "extensions: { abc: { command: \"\(command)\"\(more) } }", origin: "test.yaml")
    }

    private func outcome(_ mapping: RecordMapping, _ content: String = "words") throws -> ReadOutcome {
        // A content of its own for each run, so that nothing that was kept answers.
        let input = try folder.input(content + UUID().uuidString, to: "a.abc")
        return ReadOutcome(
            InputFile(path: input.path, relativePath: "a.abc", size: input.size, format: mapping.extensions["abc"]),
            mapping: mapping)
    }

    static let hasPoppler = FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext")

    @Test(.enabled(if: hasPoppler))
    func aPDFIsItsPagesWithoutRunningHeads() throws {
        let outcome = ReadOutcome(try PackedFixture.input("essay.pdf"))
        let document = try #require(outcome.documents.first)
        #expect(outcome.documents.count == 1 && outcome.skips.isEmpty && outcome.warnings.isEmpty)
        #expect(
            document.title == "On Quantilizers" && document.author == "Ada Example"
                && document.date?.hasPrefix("2020-01-01") ?? false)
        #expect(
            document.body.split(separator: "\u{0C}") == [
                "A quantilizer picks an action at random.", "Second page & more.", "Third <page>.",
            ])
    }

    @Test(.enabled(if: hasPoppler))
    func aPDFInAnArchiveIsReadAndADamagedOneIsNamed() throws {
        let pdf = try PackedFixture.bytes("essay.pdf")
        let bytes = PackedFixture.zip([
            ("a.pdf", pdf), ("b.pdf", Array("%PDF-1.4 nothing".utf8)), ("c.md", Array("text".utf8)),
        ])
        let outcome = ReadOutcome(try folder.input(bytes, to: "a.zip"))
        #expect(outcome.documents.map(\.externalID) == ["a.zip/a.pdf", "a.zip/c.md"])
        #expect(outcome.skipTexts == ["a.zip: b.pdf: is damaged, or no PDF"])
    }

    @Test func pagesWithoutTextAreToldByTheirText() {
        let head = "<html><head><title>Microsoft Word - x.doc</title></head><body>\n<pre>\n"
        let scanned = PDFText(head + "\u{0C}\u{0C}</pre>\n</body>\n</html>\n")
        #expect(scanned.plain.isEmpty && scanned.title == nil)
        for pages in ["", "\u{0C}", "\n\u{0C}"] {
            let single = PDFText(head + pages + "</pre>\n</body>\n</html>\n")
            #expect(single.plain.isEmpty && single.title == nil, "\(pages.debugDescription)")
        }
        #expect(
            PDFText(head + "Write </pre> at its end\n\u{0C}</pre>\n</body>\n</html>\n").plain
                == "Write </pre> at its end")
        let text = PDFText(head + "12\n\nA Title Line\n\nself-\nish mesa-\nOptimizer\n\u{0C}</pre>\n</body>\n</html>\n")
        #expect(text.title == "A Title Line" && text.plain.hasSuffix("selfish mesa-\nOptimizer"))
    }

    /// As pdftotext gives them of fonts that do not say what their characters are.
    @Test(arguments: [
        (
            "\u{1C}nancial e\u{1E}cient o\u{1F}ine \u{16} \u{10}a\u{1B}air\u{11} \u{1D}ow",
            "financial efficient offline — “affair” flow"
        ),
        ("e\u{0E}cient o\u{0F}ine a\u{0B}air Stra\u{19}e \u{1C}re", "efficient offline affair Straße øre"),
        ("plain\ttext", "plain\ttext"),
    ])
    func ligaturesOfTeXAreLetters(source: String, text: String) {
        let head = "<html><head></head><body>\n<pre>\n"
        #expect(PDFText(head + source + "\n\u{0C}</pre>\n</body>\n</html>\n").plain == text)
    }

    /// The number of a page that stands amid its text parts no word; other numbers on lines of their own stay.
    @Test func numbersOfPagesStandInNoText() {
        let pages = ["alpha", "bravo", "cobra", "delta"].enumerated().map { index, word in
            "\(word) head\n\(word) col charac-\n\n\(index + 2)\n\nterization \(word)\n\n\(index + 3)\n\n\(word) methods\n\(word) words\n"
        }
        let text = PDFText(
            "<head></head><pre>\n" + pages.joined(separator: "\u{0C}") + "\u{0C}</pre>\n</body>\n</html>\n")
        let parts = text.plain.split(separator: "\u{0C}")
        #expect(parts.count == 4)
        #expect(
            parts.first == "alpha head\nalpha col characterization alpha\n\n3\n\nalpha methods\nalpha words",
            "\(text.plain)")
    }

    @Test func aCommandMakesTextOfAFile() throws {
        #expect(try outcome(mapping("cat {}")).documents.first?.body.hasPrefix("words") ?? false)
        #expect(try outcome(mapping("cat")).documents.first?.body.hasPrefix("words") ?? false)
        let html = try outcome(mapping("sed 's,words,<p>one</p><p>two</p>,'", ", format: html"))
        #expect(html.documents.first?.body.hasPrefix("one\n\ntwo") ?? false)
    }

    /// With the signals blocked that a thread of Dispatch blocks, a shell never hears of the end of its children.
    @Test func aCommandMayWaitForItsOwnChildren() throws {
        let found = try outcome(mapping("sh -c 'true & wait; echo waited'"))
        #expect(found.documents.first?.body.hasPrefix("waited") ?? false, "\(found.skipTexts)")
    }

    @Test func whatACommandGaveIsKeptByItsContent() throws {
        let count = folder.file("count")
        let command = try mapping("sh -c 'echo run >>\(count); cat $0' {}")
        let input = try folder.input("content \(UUID())", to: "a.abc")
        for path in [input.path, try folder.write(try Data(contentsOf: URL(filePath: input.path)), to: "b.abc")] {
            let file = InputFile(path: path, relativePath: "x.abc", size: input.size, format: command.extensions["abc"])
            #expect(ReadOutcome(file, mapping: command).documents.first?.body.hasPrefix("content") ?? false)
        }
        #expect(try String(contentsOfFile: count, encoding: .utf8) == "run\n")
    }

    @Test func whatGoesWrongIsNamed() throws {
        #expect(
            try outcome(mapping("sh -c 'echo broken >&2; exit 3' {}")).skips.map(\.reason) == [
                "sh ended with status 3: broken"
            ])
        #expect(
            try outcome(mapping("no-such-program")).skips.map(\.reason) == [
                "is read by no-such-program, which is not there; install it"
            ])
        #expect(
            try outcome(mapping("sh -c 'sleep 60' {}", ", seconds: 1")).skips.map(\.reason) == [
                "sh took longer than 1 seconds"
            ])
        let hungry = try outcome(mapping("python3 -c 'x = \\\"a\\\" * (1 << 30)' {}", ", memory: 64"))
        #expect(hungry.documents.isEmpty && hungry.skips.count == 1)
    }

    @Test func noCommandOfAnIndexIsRun() throws {
        let refused = try mapping("cat {}").refusingCommands
        let outcome = try outcome(refused)
        #expect(
            outcome.documents.isEmpty
                && outcome.skips.first?.reason.hasPrefix("is read by a command that stands in the index") ?? false)
        #expect(
            refused == (try mapping("cat {}")), "the mapping is the same, so unchanged files need not be read again")
    }

    @Test func aMappingWithACommandIsWrittenAndReadAgain() throws {
        let mapping = try mapping("pandoc 'a b' -t plain {}", ", seconds: 5, memory: 100, format: markdown")
        #expect(try RecordMapping(yaml: mapping.yaml, origin: "again") == mapping)
        for bad in [
            "extensions: { abc: { command: \"\" } }", "extensions: { abc: { seconds: 1 } }",
            "extensions: { abc: { command: cat, seconds: x } }", "extensions: { abc: { command: cat, format: csv } }",
            "extensions: { abc: { command: \"a 'b\" } }",
        ] {
            #expect(throws: ProfileError.self) { try RecordMapping(yaml: bad, origin: "bad.yaml") }
        }
    }

    @Test(arguments: [
        (["gives an exam1", "ple here"], ["gives an example", "here"]),
        (["gives an exam-\n\n1", "ple here\n2"], ["gives an example", "here"]),
        (["an exam-", "ple", "more"], ["an example", "", "more"]), (["covid1", "Next"], ["covid1", "Next"]),
        (["page 2", "and 3"], ["page 2", "and 3"]), (["in room 12", "on"], ["in room 12", "on"]),
        (["text\n7", "more\n8"], ["text", "more"]), (["text\n7", "more\n9"], ["text\n7", "more\n9"]),
    ])
    func wordsPartedAtTheEndOfAPageAreWhole(pages: [String], texts: [String]) {
        let text = PDFText(
            "<html><head></head><body><pre>\n" + pages.joined(separator: "\u{0C}") + "\u{0C}</pre></body></html>")
        #expect(text.plain == texts.joined(separator: "\u{0C}"))
    }
}
