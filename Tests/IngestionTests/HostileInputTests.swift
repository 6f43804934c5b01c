import CZlib
import Foundation
import PostilTestSupport
import Testing

@testable import Ingestion

#if canImport(Glibc)
    import Glibc
#endif

/// Inputs that are made to take for ever, or all memory: each stops at a limit that is told, and harms no other.
@Suite struct HostileInputTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    // MARK: Rows

    @Test func aHeaderWithMoreColumnsThanATableMayHaveEndsTheFile() throws {
        let limit = RowHeader.maximumColumns
        func table(_ columns: Int) -> String {
            (["text"] + (1..<columns).map { "c\($0)" }).joined(separator: ",") + "\nhello\n"
        }
        let outcome = ReadOutcome(try folder.input(table(limit + 1), to: "a.csv"))
        #expect(outcome.documents.isEmpty)
        #expect(outcome.skipTexts == ["a.csv:1: the header has 16385 columns, so nothing was read; the limit is 16384"])
        #expect(ReadOutcome(try folder.input(table(limit), to: "b.csv")).documents.map(\.body) == ["hello"])
    }

    @Test func aRowOfDelimitersKeepsNoMoreCellsThanATableHasColumns() {
        var scanner = RowScanner(delimiter: 0x2C)
        let row = [UInt8](repeating: 0x2C, count: 100_000)
        #expect(row.withUnsafeBytes { scanner.scan($0, from: 0, isEnd: true) } == .row(next: row.count))
        #expect(scanner.cellCount == 100_001 && scanner.cells.count == RowHeader.maximumColumns + 1)
    }

    @Test func emptyRowsAreCountedAndNotKept() throws {
        let text = "id,text\n1,a\n" + String(repeating: ",\n", count: 100_000) + "2,b\n"
        let file = try folder.input(text, to: "a.csv")
        let batches = DocumentReader(mapping: .usual).batches(of: file)
        #expect(batches.reduce(0) { $0 + $1.recordCount } == 2)
        let outcome = ReadOutcome(file)
        #expect(outcome.documents.map(\.body) == ["a", "b"] && outcome.documents.last?.line == 100_003)
        #expect(outcome.warnings == ["3: 100000 rows are empty, the first here; they were passed over"])
        #expect(outcome.skips.isEmpty)
        // Quoted nothing is nothing; a blank line is no row at all.
        let short = ReadOutcome(try folder.input("id,text\n\"\",\"\"\n\n3,c\n", to: "b.csv"))
        #expect(short.documents.map(\.externalID) == ["3"] && short.skips.isEmpty && short.warnings.isEmpty)
        let unnamed = ReadOutcome(try folder.input("text,x\n,\nc,\n", to: "c.csv"))
        #expect(unnamed.documents.map(\.externalID) == ["c.csv:2"], "an empty row has its number")
    }

    @Test(arguments: ["csv", "jsonl"])
    func aBatchHoldsNoMoreRecordsThanItMay(suffix: String) throws {
        let record = suffix == "csv" ? "x\n" : "{}\n"
        let count = RecordSpan.maximumCount * 2 + 7
        let text = (suffix == "csv" ? "text\n" : "") + String(repeating: record, count: count)
        let batches = Array(
            DocumentReader(mapping: .usual).batches(of: try folder.input(text, to: "a." + suffix)))
        #expect(batches.map(\.recordCount).max() == RecordSpan.maximumCount)
        #expect(batches.reduce(0) { $0 + $1.recordCount } == count)
    }

    // MARK: Fields

    @Test func moreFieldsThanADocumentKeepsAreLeftOutAndCounted() throws {
        let limit = RecordMapper.maximumFields
        func members(_ count: Int) -> String { (0..<count).map { "\"k\($0)\": 1" }.joined(separator: ", ") }
        let lines = [limit, limit + 1, limit + 500].map { "{\"text\": \"x\", \(members($0))}\n" }.joined()
        let json = ReadOutcome(try folder.input(lines, to: "a.jsonl"))
        #expect(json.documents.map(\.metadata.count) == [limit, limit, limit] && json.skips.isEmpty)
        let remark =
            "2 records have more than 1000 fields that the profile does not name, the first here; the others were left out"
        #expect(json.warnings == ["2: " + remark])
        let names = (0..<limit + 5).map { "c\($0)" }.joined(separator: ",")
        let cells = String(repeating: "1,", count: limit + 4) + "1"
        let rows = ReadOutcome(try folder.input("text,\(names)\nx,\(cells)\ny,1\n", to: "a.csv"))
        #expect(rows.documents.map(\.metadata.count) == [limit, 1])
        #expect(rows.warnings.count == 2, "one for the fields, one for the short row")
        let matter = (0..<limit + 5).map { "c\($0): 1\n" }.joined()
        let page = ReadOutcome(try folder.input("---\n\(matter)---\nText\n", to: "a.md"))
        #expect(page.documents.map(\.metadata.count) == [limit] && page.documents.map(\.body) == ["Text"])
    }

    /// Each row of a table would have the name again, in the index and in what is said of a row that is skipped.
    @Test func aFieldOfALongNameIsLeftOutAndTold() throws {
        let limit = RecordMapper.longestName
        let names = [limit, limit + 1, 40_000].map { String(repeating: "n", count: $0) }
        let rows = ReadOutcome(
            try folder.input(
                "text,\(names.joined(separator: ","))\n" + String(repeating: "x,1,2,3\n", count: 3), to: "a.csv"))
        #expect(rows.documents.map(\.metadata) == Array(repeating: [names[0]: "1"], count: 3))
        #expect(
            rows.warnings == [
                "2: 3 records have fields whose names take more than 256 bytes, the first here; these fields were left out"
            ])
        let json = ReadOutcome(try folder.input(#"{"text": "x", "\#(names[1])": 1, "k": 2}"#, to: "a.jsonl"))
        #expect(json.documents.map(\.metadata) == [["k": "2"]] && json.warnings.count == 1)
        let skipped = ReadOutcome(try folder.input(names[2] + "\n" + String(repeating: "x\n", count: 9), to: "b.tsv"))
        #expect(skipped.documents.isEmpty && skipped.skipTexts.allSatisfy { $0.utf8.count < 300 })
    }

    // MARK: HTML

    private func element(_ attributes: Int) -> String {
        "<p " + (0..<attributes).map { "a\($0)='\($0)'" }.joined(separator: " ") + ">walrus</p>"
    }

    @Test func anElementKeepsABoundedNumberOfAttributes() throws {
        let limit = MarkupAttributes.maximumCount
        let fine = ReadOutcome(try folder.input("<html>" + element(limit), to: "a.html"))
        #expect(fine.documents.map(\.body) == ["walrus"] && fine.warnings.isEmpty)
        for count in [limit + 1, 10 * limit, 100 * limit] {
            let page = Array(("<html>\n" + element(count) + "<p>otter").utf8)
            let limited = page.withUnsafeBytes { MarkupAttributes($0).limited }
            #expect(limited?.count ?? 0 < 30 * limit, "attributes: \(count)")
            let outcome = ReadOutcome(try folder.input(page, to: "b.html"))
            #expect(outcome.documents.map(\.body) == ["walrus\n\notter"])
            #expect(outcome.warnings == ["2: an element has more than 256 attributes; the others were left out"])
        }
    }

    @Test(arguments: [
        "<script>for (i=0;i<n;i++) { \(String(repeating: "a b ", count: 500)) }</script><p>walrus",
        "<style>a<b \(String(repeating: "a b ", count: 500)) </style><p>walrus",
        "<!-- <p \(String(repeating: "a ", count: 500)) --><p>walrus",
        "<p title='\(String(repeating: "a ", count: 500))'>walrus",
        "<p title=\"\(String(repeating: "a > ", count: 500))\">walrus",
        "5 < 6 \(String(repeating: "<", count: 500)) <p>walrus",
    ])
    func whatOnlyLooksLikeAttributesIsKept(page: String) {
        let bytes = Array(page.utf8)
        #expect(bytes.withUnsafeBytes { MarkupAttributes($0).limited } == nil)
        #expect(HTMLPage(fragment: page).text.hasSuffix("walrus"))
    }

    // MARK: XML

    /// A document of each kind with attributes in an element, which takes minutes if each is compared with all others.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: ["xml", "rss", "atom", "fb2", "docx", "odt", "utf16", "defaults", "entity", "names"])
    func anElementOfXMLKeepsABoundedNumberOfAttributes(kind: String) throws {
        let count = 60_000
        let many = (0..<count).map { "b\($0)=\"x\"" }.joined(separator: " ")
        let input: InputFile
        switch kind {
        case "rss":
            input = try folder.input(
                "<rss><channel><item \(many)><description>walrus</description></item></channel></rss>", to: "a.rss")
        case "atom":
            input = try folder.input("<feed><entry \(many)><content>walrus</content></entry></feed>", to: "a.atom")
        case "fb2":
            input = try folder.input(
                "<FictionBook><body><section \(many)><p>walrus</p></section></body></FictionBook>", to: "a.fb2")
        case "docx":
            let text = "<w:document xmlns:w='w'><w:p \(many)><w:t>walrus</w:t></w:p></w:document>"
            input = try folder.input(PackedFixture.zip([("word/document.xml", text)]), to: "a.docx")
        case "odt":
            let text = "<d><body><p \(many)/><p>walrus</p></body></d>"
            input = try folder.input(PackedFixture.zip([("content.xml", text)]), to: "a.odt")
        case "utf16":
            let units = Array("<r><a \(many)>walrus</a></r>".utf16)
            input = try folder.input(units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }, to: "a.xml")
        case "defaults":
            let list = (0..<count).map { "b\($0) CDATA 'x'" }.joined(separator: " ")
            let text = "<!DOCTYPE r [<!ATTLIST a \(list)>]><r>\(String(repeating: "<a/>", count: 20_000))walrus</r>"
            input = try folder.input(text, to: "a.xml")
        case "entity":
            let text = "<!DOCTYPE r [<!ENTITY e '&#60;a \(many.replacing("\"", with: "&#34;"))/>'>]><r>&e;walrus</r>"
            input = try folder.input(text, to: "a.xml")
        case "names":
            let spaces = (0..<count).map { "xmlns:b\($0)=\"x\"" }.joined(separator: " ")
            input = try folder.input(
                "<?xml version='1.0'?><!-- <a b='> --><r><_a \(spaces)>walrus</_a></r>", to: "a.xml")
        default: input = try folder.input("<r><a \(many)>walrus</a></r>", to: "a.xml")
        }
        let outcome = ReadOutcome(input)
        #expect(outcome.documents.map { $0.title + $0.body }.joined().contains("walrus"))
        let isTold = outcome.warnings.contains { $0.hasSuffix("more than 256 attributes; the others were left out") }
        #expect(isTold == !["defaults", "entity"].contains(kind), "\(outcome.warnings)")
    }

    /// Each name with a prefix is looked for among all that are declared around it.
    @Test(.timeLimit(.minutes(1))) func elementsOfXMLAreAmongABoundedNumberOfPrefixes() throws {
        let open = (0..<240).map { level in
            "<a " + (0..<250).map { "xmlns:p\(level)_\($0)=\"u\"" }.joined(separator: " ") + ">"
        }
        let inner = String(repeating: "<p0_0:x/>", count: 20_000) + "<p200_3:q>walrus</p200_3:q>"
        let text = open.joined() + inner + String(repeating: "</a>", count: 240)
        let input = try folder.input(text, to: "a.xml")
        let outcome = ReadOutcome(input)
        #expect(outcome.documents.map(\.body) == ["walrus"] && outcome.warnings.count == 1)
    }

    // MARK: Bibliographies

    @Test func namesInABibliographyStandForNoMoreThanTheyMay() throws {
        let levels = (1...24).map { "@string{a\($0) = a\($0 - 1) # a\($0 - 1) # a\($0 - 1) # a\($0 - 1)}\n" }.joined()
        let bomb = """
            @string{a0="aaaaaaaaaa", icml = {Machine Learning}}
            \(levels)@misc{x, title=a24, abstract = a3 # a3}
            @misc{y, title={Whole}, abstract = icml # { 2019}}
            @misc{z, title={Much}, abstract = \(Array(repeating: "a6", count: 100).joined(separator: " # "))}
            @misc{last, title={Last}, note={walrus}}
            """
        let outcome = ReadOutcome(try folder.input(bomb, to: "a.bib"))
        #expect(outcome.documents.map(\.externalID) == ["x", "y", "last"])
        #expect(outcome.documents.dropFirst().map(\.body) == ["Machine Learning 2019", "walrus"])
        #expect(
            outcome.skips.first?.line == 8
                && outcome.skips.contains { $0.reason.hasPrefix("entry “z” is made of names") })
        #expect(outcome.documents.allSatisfy { $0.title.utf8.count < 100_000 })
        // Many entries, each below the limit for one.
        let many =
            "@string{a=\"\(String(repeating: "word ", count: 1000))\"}\n"
            + (0..<2000).map { "@misc{k\($0), title=a, note=a # a}\n" }.joined()
        let all = ReadOutcome(try folder.input(many, to: "b.bib"))
        #expect(all.documents.reduce(0) { $0 + $1.body.utf8.count } < 3 << 20)
        #expect(!all.documents.isEmpty && all.documents.count + all.skips.count == 2000)
    }

    // MARK: Compression

    private func compressed(_ bytes: [UInt8]) throws -> [UInt8] {
        let path = folder.path + "/z.gz"
        let file = gzopen(path, "wb")
        #expect(gzwrite(file, bytes, UInt32(bytes.count)) == Int32(bytes.count))
        gzclose(file)
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func decompressedCount(_ bytes: [UInt8], freeBytes: Int) throws -> Int {
        let source = try GzipSource(PrefixedSource(prefix: bytes[...], rest: EmptySource()), freeBytes: freeBytes)
        var buffer = [UInt8](repeating: 0, count: 10_000)
        var total = 0
        while true {
            let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
            if count == 0 { return total }
            total += count
        }
    }

    @Test func dataThatDecompressesBeyondAllMeasureStops() throws {
        let blank = try compressed([UInt8](repeating: 0x0A, count: 4_000_000))
        #expect(try decompressedCount(blank, freeBytes: 4_000_000) == 4_000_000)
        #expect(throws: ReadingError.self) { try decompressedCount(blank, freeBytes: 100_000) }
        // What is worth reading stays below the ratio.
        let text = Array((0..<50_000).map { "line \($0) of a log, much like the one before\n" }.joined().utf8)
        #expect(try decompressedCount(try compressed(text), freeBytes: 0) == text.count)
    }

    // MARK: Files and folders

    @Test func aPipeIsNamedAndNotWaitedFor() throws {
        let path = folder.path + "/pipe.txt"
        #expect(mkfifo(path, 0o600) == 0)
        let named = InputWalker().inputs(at: [path])
        #expect(named.files.isEmpty && named.skipped.map(\.reason) == [FileStatus.notAFile])
        // Whoever opens it in spite of that gets an error, not a wait.
        let outcome = ReadOutcome(InputFile(path: path, relativePath: "pipe.txt"))
        #expect(outcome.skipTexts == ["pipe.txt: " + FileStatus.notAFile])
        #expect(InputWalker().inputs(at: [folder.path]).files.isEmpty)
        #expect(InputWalker().inputs(at: ["/dev/null"]).skipped.map(\.reason) == [FileStatus.notAFile])
    }

    @Test func foldersBeyondTheDeepestAreNamedAndNotEntered() throws {
        let limit = FolderWalk.maximumDepth
        let deep = String(repeating: "d/", count: limit)
        try folder.input("x", to: deep + "last.md")
        try folder.input("x", to: deep + "d/beyond.md")
        try folder.input("x", to: "first.md")
        let found = InputWalker().inputs(at: [folder.path])
        #expect(found.files.map(\.relativePath) == [deep + "last.md", "first.md"])
        #expect(found.skipped.map(\.reason) == ["is nested deeper than 256 folders; name it to have it read"])
        #expect(InputWalker().inputs(at: [folder.path + "/" + deep]).files.count == 2)
    }

    @Test func linksToWhatHoldsTheFolderAreNotFollowed() throws {
        try folder.input("x", to: "a/note.md")
        try folder.input("x", to: "beside.md")
        try folder.link("a/root", to: "/")
        try folder.link("a/above", to: "..")
        try folder.link("a/self", to: ".")
        let found = InputWalker().inputs(at: [folder.path + "/a"])
        #expect(found.files.map(\.relativePath) == ["note.md"])
        #expect(
            found.skipped.map(\.reason)
                == ["leads to a folder that holds this one, and was not followed"].flatMap { [$0, $0] })
    }

    #if os(Linux)
        @Test func whatTheSystemMakesUpIsNotWalked() throws {
            try folder.input("x", to: "note.md")
            try folder.link("processes", to: "/proc")
            let found = InputWalker().inputs(at: [folder.path])
            #expect(found.files.map(\.relativePath) == ["note.md"])
            #expect(found.skipped.map(\.reason) == ["is made up by the system, and holds no documents"])
            #expect(InputWalker().inputs(at: ["/proc/self"]).files.isEmpty)
        }
    #endif
}
