import PostilTestSupport
import Testing

@testable import Ingestion

/// Rows of CSV files, sound and damaged.
@Suite struct RowScannerTests {
    /// All rows of a text, cut into chunks of `chunk` bytes as a stream would be.
    private func rows(_ text: String, delimiter: UInt8 = UInt8(ascii: ",")) -> [[String]] {
        var scanner = RowScanner(delimiter: delimiter)
        var rows: [[String]] = []
        let tally = BatchTally()
        Array(text.utf8).withUnsafeBytes { bytes in
            var start = 0
            while start < bytes.count, case .row(let next) = scanner.scan(bytes, from: start, isEnd: true) {
                rows.append(scanner.cells.map { RowRecord.text(of: $0, in: bytes, tally: tally) })
                start = next
            }
        }
        return rows
    }

    @Test func examplesOfRFC4180AreRead() {
        #expect(rows("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n") == [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]])
        #expect(rows("aaa,bbb,ccc\nzzz,yyy,xxx") == [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]])
        #expect(
            rows("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx") == [["aaa", "b\r\nbb", "ccc"], ["zzz", "yyy", "xxx"]])
        #expect(rows("\"aaa\",\"b\"\"bb\",\"ccc\"") == [["aaa", "b\"bb", "ccc"]])
    }

    @Test func emptyCellsLoneQuotesAndOtherDelimitersAreRead() {
        #expect(rows(",\n\"\",") == [["", ""], ["", ""]])
        #expect(rows("5\" disk,a\rb,c") == [["5\" disk", "a"], ["b", "c"]])
        #expect(rows("\"\"\"\",\"\"\"a\"\"\"") == [["\"", "\"a\""]])
        #expect(rows("a\tb,c\n", delimiter: UInt8(ascii: "\t")) == [["a", "b,c"]])
    }

    @Test(arguments: 0..<30)
    func whatWasWrittenIsReadHoweverTheStreamIsCut(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let pieces = ["a", "\"", ",", "\n", "\r\n", "é", " ", "word", ""]
        let columns = Int.random(in: 1...4, using: &random)
        let table = (0..<Int.random(in: 1...12, using: &random)).map { _ in
            (0..<columns).map { _ in
                (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                    .joined()
                    + "x"
            }
        }
        let header = (0..<columns).map { "c\($0)" }.joined(separator: ",")
        let text =
            header + "\n"
            + table.map { row in
                row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
            }.joined(separator: ["\n", "\r\n"].randomElement(using: &random) ?? "\n")
        let folder = try TemporaryFolder()
        let file = try folder.input(text, to: "table.csv")
        let fields = (0..<columns).map { "c\($0)" }
        let mapping = try RecordMapping(
            yaml:
                "{ id: $row, title: c0, body: { from: $row }, metadata: { \(fields.map { "\($0): \($0)" }.joined(separator: ", ")) } }",
            origin: "test")
        for batchBytes in [1, 7, 64, 1 << 20] {
            let outcome = ReadOutcome(file, mapping: mapping, limits: ReadingLimits(batchBytes: batchBytes))
            #expect(outcome.skips.isEmpty, "seed: \(seed), batch: \(batchBytes)")
            let found = outcome.documents.map { document in fields.map { document.metadata[$0] ?? "" } }
            let expected = table.map { $0.map(\.trimmed) }
            #expect(found == expected, "seed: \(seed), batch: \(batchBytes), text: \(text)")
        }
    }

    @Test func damagedRowsCostThemselvesAndAreNamedByLine() throws {
        let folder = try TemporaryFolder()
        let text = "id,text\n1,\"one\nmore\"\n2,\"two\" x\n3,three\n4,\"four\n5,five\n"
        let file = try folder.input(text, to: "bad.csv")
        for batchBytes in [1, 16, 1 << 20] {
            let outcome = ReadOutcome(file, limits: ReadingLimits(batchBytes: batchBytes))
            #expect(outcome.documents.map(\.externalID) == ["1", "3", "5"])
            #expect(outcome.documents.map(\.line) == [2, 5, 7])
            #expect(outcome.skips.map(\.line) == [4, 6])
            #expect(outcome.skips.last?.reason.contains("has no end") == true)
        }
    }

    @Test func damagedHeadersEndTheReading() throws {
        let folder = try TemporaryFolder()
        let file = try folder.input("\"id\"x,text\n1,one\n2,two\n", to: "h.csv")
        for batchBytes in [1, 1 << 20] {
            let outcome = ReadOutcome(file, limits: ReadingLimits(batchBytes: batchBytes))
            #expect(outcome.documents.isEmpty && outcome.skips.map(\.line) == [1])
            #expect(outcome.skips[0].reason.hasPrefix("the header is damaged"))
        }
    }

    @Test func raggedRowsAreReadAndReported() throws {
        let folder = try TemporaryFolder()
        let file = try folder.input("id,text,tags\n1,one\n2,two,a,b\n3,three,c\n", to: "ragged.csv")
        let outcome = ReadOutcome(file)
        #expect(outcome.documents.map(\.body) == ["one", "two", "three"])
        #expect(outcome.warnings.count == 1)
        #expect(outcome.warnings[0].hasPrefix("2: 2 rows have more or fewer cells"))
    }

    @Test func rowsOverTheLimitAreSkippedAndTheNextIsRead() throws {
        let folder = try TemporaryFolder()
        let file = try folder.input("id,text\n1,\(String(repeating: "x", count: 300))\n2,two\n", to: "long.csv")
        for batchBytes in [10, 1000] {
            let limits = ReadingLimits(maximumDocumentBytes: 100, batchBytes: batchBytes)
            let outcome = ReadOutcome(file, limits: limits)
            #expect(outcome.documents.map(\.externalID) == ["2"])
            #expect(outcome.skips.map(\.line) == [2])
        }
    }

    @Test(arguments: 0..<20)
    func searchForBytesEqualsPlainLoop(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        for length in 0..<40 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) & 0x83 }
            let (a, b, c) = (UInt8(0x80), UInt8(1), UInt8.random(in: 0...3, using: &random))
            for start in 0...length {
                let expected = bytes[start...].firstIndex { $0 == a || $0 == b || $0 == c } ?? length
                let found = bytes.withUnsafeBytes { ByteSearch.firstIndex(of: a, b, c, in: $0, from: start) }
                #expect(found == expected, "seed: \(seed), bytes: \(bytes), start: \(start)")
            }
        }
    }
}
