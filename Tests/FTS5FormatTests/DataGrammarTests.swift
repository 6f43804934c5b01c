import PostilTestSupport
import Testing

@testable import FTS5Format

/// Worked examples of the record grammars.
@Suite struct DataGrammarTests {
    @Test func structureExampleDecodes() throws {
        let bytes: [UInt8] = [0, 0, 0, 0, 1, 1, 2, 0, 1, 1, 1, 2]
        let expected = FTS5Structure(
            writeCounter: 2,
            levels: [.init(segments: [.init(id: SegmentID(rawValue: 1), firstPage: 1, lastPage: 2)])])
        #expect(try bytes.withUnsafeBytes { try FTS5Structure(decoding: $0) } == expected)
        #expect(expected.encoded() == bytes)
        #expect(expected.description.contains("segment 1: pages 1...2"))
    }

    @Test func structureV2WithMergeUnderWayDecodes() throws {
        let origin = FTS5Structure.Origin(lower: 1, upper: 300, tombstonePages: 2, tombstones: 9, rows: 70_000)
        let expected = FTS5Structure(
            cookie: 0x0102_0304, writeCounter: 1 << 40,
            levels: [
                .init(
                    mergeInputs: 1,
                    segments: [.init(id: SegmentID(rawValue: 7), firstPage: 0, lastPage: 20, origin: origin)]),
                .init(segments: [.init(id: SegmentID(rawValue: 2000), lastPage: 5, origin: origin)]),
            ],
            isV2: true)
        let bytes = expected.encoded()
        #expect(try bytes.withUnsafeBytes { try FTS5Structure(decoding: $0) } == expected)
        #expect(expected.segmentsNewestFirst.map(\.id.rawValue) == [2000])
        for length in 0..<bytes.count {
            #expect(throws: FTS5FormatError.self) {
                try bytes[..<length].withUnsafeBytes { try FTS5Structure(decoding: $0) }
            }
        }
    }

    @Test func unknownStructureIsToldApartFromDamage() {
        let bytes: [UInt8] = [0, 0, 0, 0, 0xFF, 0, 0, 2, 0, 0, 0]
        #expect(throws: FTS5FormatError.unsupported(.structureLayout(0xFF00_0002))) {
            try bytes.withUnsafeBytes { try FTS5Structure(decoding: $0) }
        }
        let longer =
            FTS5Structure(levels: [.init(segments: [.init(id: SegmentID(rawValue: 1), lastPage: 2)])]).encoded() + [
                0, 7,
            ]
        #expect(throws: FTS5FormatError.unsupported(.structureSurplus(2))) {
            try longer.withUnsafeBytes { try FTS5Structure(decoding: $0) }
        }
    }

    @Test func averagesExampleDecodes() throws {
        let bytes: [UInt8] = [0x02, 0x05, 0x82, 0x2C]
        let expected = FTS5Averages(rowCount: 2, tokenCounts: [5, 300])
        #expect(try bytes.withUnsafeBytes { try FTS5Averages(decoding: $0, columns: 2) } == expected)
        #expect(expected.encoded() == bytes)
        #expect(throws: FTS5FormatError.self) {
            try bytes.withUnsafeBytes { try FTS5Averages(decoding: $0, columns: 1) }
        }
        let none: [UInt8] = []
        #expect(
            try none.withUnsafeBytes { try FTS5Averages(decoding: $0, columns: 2) }
                == FTS5Averages(rowCount: 0, tokenCounts: [0, 0]))
    }

    @Test func docSizeExampleDecodes() {
        var bytes: [UInt8] = []
        FTS5DocSize.encode([5, 300], into: &bytes)
        #expect(bytes == [0x05, 0x82, 0x2C])
        var lengths = [0, 0]
        #expect(bytes.withUnsafeBytes { FTS5DocSize.decode($0, into: &lengths) })
        #expect(lengths == [5, 300])
        #expect(!bytes.dropLast().withUnsafeBytes { FTS5DocSize.decode($0, into: &lengths) })
    }

    @Test func recordIDExampleDecodes() {
        let id = FTS5DataID.leaf(SegmentID(rawValue: 1), page: 1)
        #expect(id.rawValue == 137_438_953_473)
        #expect(id.description == "page 1 of segment 1")
        let index = FTS5DataID.doclistIndex(SegmentID(rawValue: 3), height: 2, page: 9)
        #expect(index.description == "doclist index page 9 at height 2 of segment 3")
        #expect(FTS5DataID.all(of: SegmentID(rawValue: 1)).contains(id.rawValue))
        #expect(!FTS5DataID.all(of: SegmentID(rawValue: 1)).contains(index.rawValue))
    }

    @Test func leafPageExampleDecodes() throws {
        let source = MemoryDataSource()
        let segment = FTS5Structure.Segment(id: SegmentID(rawValue: 1), lastPage: 1)
        let bytes: [UInt8] = [
            0x00, 0x00, 0x00, 0x17, 0x04, 0x30, 0x63, 0x61, 0x74, 0x07, 0x02, 0x02, 0x04, 0x04, 0x03, 0x03,
            0x02, 0x02, 0x6F, 0x77, 0x07, 0x02, 0x03, 0x04, 0x0C,
        ]
        source.records[.leaf(segment.id, page: 1)] = bytes
        let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
        var positions: [Position] = []
        var found: [String] = []
        while try cursor.nextTerm() {
            while let row = try cursor.doclist.next() {
                try cursor.doclist.readPositions(into: &positions)
                found.append("\(String(decoding: cursor.term, as: UTF8.self)) \(row) \(positions)")
            }
        }
        #expect(found == ["0cat 7 [0:0]", "0cat 11 [0:1, 0:2]", "0cow 7 [0:1]"])
        let buffer = FTS5DataBuffer()
        #expect(source.read(.leaf(segment.id, page: 1), into: buffer))
        let dump = try LeafPage(buffer, record: .leaf(segment.id, page: 1)).description
        #expect(dump.contains("4: \"0cat\" 07 02 02 04 04 03 03"))
        #expect(dump.contains("16: \"0cow\" 07 02 03"))
    }

    @Test func positionListExampleDecodes() throws {
        let bytes: [UInt8] = [0x05, 0x01, 0x01, 0x02, 0x81, 0x4A]
        var positions: [Position] = []
        try bytes.withUnsafeBytes { try PositionReader.read($0, columns: 2, into: &positions) }
        #expect(positions == [.init(column: 0, offset: 3), .init(column: 1, offset: 0), .init(column: 1, offset: 200)])
    }

    @Test func doclistIndexExampleDecodes() throws {
        let source = MemoryDataSource()
        let segment = FTS5Structure.Segment(id: SegmentID(rawValue: 1), lastPage: 9)
        source.records[.doclistIndex(segment.id, height: 0, page: 4)] = [0x00, 0x05, 0x82, 0x2C, 0x0A, 0x00, 0x14]
        let index = try DoclistIndexReader(source: source, segment: segment, page: 4)
        #expect(try index.lastPage(atOrBefore: 299) == nil)
        #expect(try index.lastPage(atOrBefore: 300) == .init(page: 5, rowID: 300))
        #expect(try index.lastPage(atOrBefore: 329) == .init(page: 6, rowID: 310))
        #expect(try index.lastPage(atOrBefore: 1000) == .init(page: 8, rowID: 330))
    }

    @Test func postingRunEqualsItsLeafPage() throws {
        var bytes: [UInt8] = []
        PositionWriter.append([.init(column: 0, offset: 0)], to: &bytes)
        bytes.append(4)
        PositionWriter.append([.init(column: 0, offset: 1), .init(column: 0, offset: 2)], to: &bytes)
        #expect(bytes == [0x02, 0x02, 0x04, 0x04, 0x03, 0x03])
    }

    @Test func tableOptionsComeFromTheStatement() throws {
        let sql = """
            CREATE VIRTUAL TABLE "t" USING FTS5 (title, "the, body" UNINDEXED, content='c', tokenize="porter ascii", \
            Detail = none)
            """
        let options = FTS5TableOptions(createStatement: sql)
        #expect(options.columns == ["title", "the, body"])
        #expect(options.others == ["content": "c", "tokenize": "porter ascii"])
        #expect(throws: FTS5FormatError.unsupported(.detail("none"))) { try options.requireSupported(version: 4) }
        #expect(throws: FTS5FormatError.unsupported(.formatVersion(5))) { try options.requireSupported(version: 5) }
        try FTS5TableOptions(createStatement: "CREATE VIRTUAL TABLE t USING fts5(a, b)").requireSupported(version: 4)
    }
}
