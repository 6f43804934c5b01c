import FTS5Format
import PostilTestSupport
import Testing

/// Plants damage and reads everything in every way: what comes back is right, wrong or a located error, but reading
/// ends, and never leaves its memory (slices, asserts and arithmetic trap in tests).
@Suite struct FTS5DamageTests {
    @Test(arguments: [32, 64, 200, 4050])
    func damagedRecordsAreReadOrRefusedAndReadingEnds(pageSize: Int) throws {
        var index = try RandomIndex(seed: 11, pageSize: pageSize, words: 30, hashSize: 3000)
        // Small, so that damage is rarely where it does no harm, but with terms and positions over many small pages.
        try index.insert(24, words: 0...30)
        try index.insert(1, words: 200...200)
        try index.delete(oneIn: 5)
        try index.merge(pages: -1)
        let sound = try index.source()
        let ids = sound.records.keys.sorted { $0.rawValue < $1.rawValue }
        var errors = 0
        var seeds = try FuzzSeeds("fts5-\(pageSize)", usual: 800)
        while let seed = seeds.next() {
            var random = SplitMix64(seed: seed)
            let source = MemoryDataSource()
            source.records = sound.records
            source.entries = sound.entries
            for _ in 0..<Int.random(in: 1...2, using: &random) { damage(source, ids, &random) }
            do {
                try readEverything(source, ids, &random)
            } catch is FTS5FormatError {
                errors += 1
            }
        }
        #expect(errors * 3 > seeds.count, "only \(errors) of \(seeds.count) damaged indexes were noticed")
    }

    private func damage(_ source: MemoryDataSource, _ ids: [FTS5DataID], _ random: inout SplitMix64) {
        let id = ids.randomElement(using: &random)!
        let count = source.records[id]?.count ?? 0
        switch Int.random(in: 0..<8, using: &random) {
        case 7 where count > 0:
            let records = [id, ids.randomElement(using: &random)!].compactMap { source.records[$0] }
            source.records[id] = ByteMutation(records).input(random.next(), limit: 5_000)
        case 0: source.records[id] = nil
        case 1: source.records[id]?.removeLast(Int.random(in: 0...count, using: &random))
        case 2: source.records[id]?.append(UInt8.random(in: 0...255, using: &random))
        case 3:
            let other = ids.randomElement(using: &random)!
            (source.records[id], source.records[other]) = (source.records[other], source.records[id])
        case 4 where count > 0:
            source.records[id]?[Int.random(in: 0..<count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
        case 5 where count > 0:
            source.records[id]?[Int.random(in: 0..<count, using: &random)] = [0, 0x7F, 0x80, 0xFF].randomElement(
                using: &random)!
        default:
            let segment = source.entries.keys.sorted().randomElement(using: &random)!
            let place = Int.random(in: 0..<source.entries[segment]!.count, using: &random)
            source.entries[segment]![place].page = Int64(
                bitPattern: random.next() >> UInt64.random(in: 0..<64, using: &random))
        }
    }

    private func readEverything(_ source: MemoryDataSource, _ ids: [FTS5DataID], _ random: inout SplitMix64) throws {
        _ = try source.averages(columns: 2)
        let structure = try source.structure()
        _ = structure.description
        describePage(source, ids, &random)
        var first: FTS5FormatError?
        for segment in structure.segmentsNewestFirst {
            let batch = PostingBatch(capacity: 5, columns: 2)
            var terms: [[UInt8]] = []
            do {
                let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
                while try cursor.nextTerm() {
                    terms.append(cursor.term)
                    while try cursor.doclist.decode(into: batch) > 0 {}
                }
            } catch let error as FTS5FormatError {
                first = first ?? error
            }
            for key in terms + [[0x30], [0xFF]] where Int.random(in: 0..<4, using: &random) == 0 {
                do {
                    let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
                    guard try cursor.seek(key) else { continue }
                    var target: Int64 = 0
                    while let row = try cursor.doclist.seek(target) {
                        target = row + Int64.random(in: 1...800, using: &random)
                    }
                    guard let pages = try DoclistPages(source: source, segment: segment, columns: 2, key: key) else {
                        continue
                    }
                    for place in 0..<pages.count { _ = try pages.postings(at: place) }
                    _ = try pages.positions(of: target / 2)
                } catch let error as FTS5FormatError {
                    first = first ?? error
                }
            }
        }
        do {
            try mergeEverything(source, structure)
        } catch let error as FTS5FormatError {
            first = first ?? error
        }
        if let first { throw first }
        _ = try readInstances(source, columns: 2)
    }

    /// Damage that a cursor does not notice is copied, but never makes the writer trap.
    private func mergeEverything(_ source: MemoryDataSource, _ structure: FTS5Structure) throws {
        var merger = SegmentMerger(
            newestFirst: structure.segmentsNewestFirst.map {
                SegmentCursor(source: source, segment: $0, columns: 2)
            },
            intoOldest: true)
        let writer = SegmentWriter(sink: DiscardingSink(), segment: SegmentID(rawValue: 1), pageSize: 64)
        try merger.merge(into: writer)
        _ = try writer.finish()
    }

    private final class DiscardingSink: FTS5DataSink {
        func put(_ id: FTS5DataID, _ bytes: UnsafeRawBufferPointer) {}
        func putIndexEntry(of segment: SegmentID, term: UnsafeRawBufferPointer, page: Int64) {}
        func remove(_ segment: SegmentID) {}
    }

    private func describePage(_ source: MemoryDataSource, _ ids: [FTS5DataID], _ random: inout SplitMix64) {
        let buffer = FTS5DataBuffer()
        guard let id = ids.randomElement(using: &random), source.read(id, into: buffer) else { return }
        do throws(FTS5FormatError) {
            _ = try LeafPage(buffer, record: id).description
        } catch {
            #expect(!error.description.isEmpty)
        }
    }

    @Test func errorsSayWhichPageAndByteAndWhy() throws {
        let source = MemoryDataSource()
        let segment = FTS5Structure.Segment(id: SegmentID(rawValue: 3), lastPage: 1)
        let id = FTS5DataID.leaf(segment.id, page: 1)
        source.records[id] = [0, 0, 0, 0x0C, 0x02, 0x30, 0x61, 0x07, 0x02, 0x02, 0x00, 0x02, 0x04]
        let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
        #expect(try cursor.nextTerm())
        #expect(try cursor.doclist.next() == 7)
        let expected = FTS5FormatError.corrupt(record: id, offset: 10, damage: .rowIDsOutOfOrder)
        #expect(throws: expected) { try cursor.doclist.next() }
        #expect(expected.description.contains("page 1 of segment 3, byte 10: a row id is not greater"))
        #expect(try cursor.doclist.next() == nil)
    }
}
