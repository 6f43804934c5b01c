import FTS5Format
import PostilTestSupport
import Postings
import Testing

/// Reading what FTS5 wrote.
@Suite struct SegmentReadingTests {
    @Test(arguments: [32, 33, 64, 200, 1000, 4050, 65500])
    func everyOccurrenceEqualsThatOfTheVocabulary(pageSize: Int) throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            var index = try RandomIndex(seed: seed, pageSize: pageSize)
            func check(_ step: String) throws {
                let source = try index.source()
                let expected = try index.instances()
                let found = try readInstances(source, columns: 2)
                #expect(found == expected, "seed: \(seed), page size: \(pageSize), after: \(step)")
                try checkFastPaths(source, "seed: \(seed), page size: \(pageSize), after: \(step)")
            }
            try check("nothing")
            try index.insert(60)
            try check("insert")
            try index.delete(oneIn: 4)
            try index.insert(40)
            try check("delete")
            try index.insert(3, words: 2000...3000)
            try index.merge(pages: -2)
            try check("merge of a few pages")
            try index.merge(pages: 4)
            try check("more of it")
            try index.delete(oneIn: 3)
            try index.merge(pages: 300)
            try check("a longer merge")
            try index.optimize()
            try check("optimize")
            try index.delete(oneIn: 2)
            try check("delete behind optimize")
        }
    }

    /// Batches equal single steps, and seeking equals stepping, for every doclist of every segment.
    private func checkFastPaths(_ source: MemoryDataSource, _ context: String) throws {
        var random = SplitMix64(seed: 7)
        for segment in try source.structure().segmentsNewestFirst {
            let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
            let batches = SegmentCursor(source: source, segment: segment, columns: 2)
            let batch = PostingBatch(capacity: 3, columns: 2)
            while try cursor.nextTerm() {
                let expected = try postings(cursor.doclist)
                #expect(!expected.isEmpty)
                #expect(try batches.nextTerm() && batches.term == cursor.term)
                var found: [Posting] = []
                while try batches.doclist.decode(into: batch) > 0 {
                    found += (0..<batch.count).map { Posting(batch, $0) }
                }
                #expect(found == expected, "\(context), term: \(cursor.term)")
                guard Int.random(in: 0..<8, using: &random) == 0 else { continue }
                try checkSeeks(source, segment, cursor.term, expected, &random, context)
                try checkPages(source, segment, cursor.term, expected, &random, context)
            }
        }
    }

    private func checkSeeks(
        _ source: MemoryDataSource, _ segment: FTS5Structure.Segment, _ term: [UInt8], _ expected: [Posting],
        _ random: inout SplitMix64, _ context: String
    ) throws {
        let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
        #expect(try cursor.seek(term), "\(context), term: \(term)")
        let absent = term + [0]
        let other = SegmentCursor(source: source, segment: segment, columns: 2)
        #expect(try !other.seek(absent))
        var target: Int64 = 0
        let stride = Int64.random(in: 1...3000, using: &random)
        var positions: [Position] = []
        while true {
            target += stride
            let found = try cursor.doclist.seek(target)
            let wanted = expected.first { $0.rowID >= target }
            #expect(found == wanted?.rowID, "\(context), term: \(term), target: \(target)")
            guard let wanted, found == wanted.rowID else { return }
            try cursor.doclist.readPositions(into: &positions)
            #expect(Posting(cursor.doclist, positions) == wanted, "\(context), term: \(term), target: \(target)")
            target = max(target, wanted.rowID)
        }
    }

    /// Rows in any order, those that are there and those beside them.
    private func checkPages(
        _ source: MemoryDataSource, _ segment: FTS5Structure.Segment, _ term: [UInt8], _ expected: [Posting],
        _ random: inout SplitMix64, _ context: String
    ) throws {
        #expect(try DoclistPages(source: source, segment: segment, columns: 2, key: term + [0]) == nil)
        let pages = try #require(try DoclistPages(source: source, segment: segment, columns: 2, key: term))
        let wanted = Dictionary(uniqueKeysWithValues: expected.map { ($0.rowID, $0.frequencies) })
        for posting in expected.shuffled(using: &random).prefix(40) {
            for row in [posting.rowID, posting.rowID - 1, posting.rowID + 1] {
                let found = try pages.positions(of: row)
                let frequencies = (0..<2).map { column in found.count { $0.column == column } }
                #expect(frequencies == wanted[row] ?? [0, 0], "\(context), term: \(term), row: \(row)")
            }
        }
        for place in 0..<pages.count {
            var first = UnsafeRawPointer(try #require(try pages.postings(at: place).baseAddress))
            let row = Int64(bitPattern: Varint.decode(&first))
            #expect(pages.firstRow(at: place) ?? row == row, "\(context), term: \(term), page: \(place)")
            #expect(pages.place(of: row) == place, "\(context), term: \(term), page: \(place)")
        }
    }

    private struct Posting: Equatable {
        var rowID: Int64
        var isDelete: Bool
        var frequencies: [Int]

        init(_ doclist: DoclistCursor, _ positions: [Position]) {
            rowID = doclist.rowID
            isDelete = doclist.isDelete
            frequencies = (0..<2).map { column in positions.count { $0.column == column } }
        }

        init(_ batch: PostingBatch, _ index: Int) {
            rowID = batch.rowIDs[index]
            isDelete = batch.isDelete(index)
            frequencies = (0..<2).map { batch.frequency(index, column: $0) }
        }
    }

    private func postings(_ doclist: DoclistCursor) throws -> [Posting] {
        var all: [Posting] = []
        var positions: [Position] = []
        while try doclist.next() != nil {
            try doclist.readPositions(into: &positions)
            all.append(Posting(doclist, positions))
        }
        return all
    }

    @Test(arguments: [32, 64, 4050])
    func longDoclistsAreSkippedThroughIndexesOfEveryHeight(pageSize: Int) throws {
        var index = try RandomIndex(seed: 5, pageSize: pageSize, words: 3, hashSize: 50_000_000)
        try index.insert(pageSize > 1000 ? 20_000 : 1_500, words: 1...2)
        try index.optimize()
        let source = try index.source()
        let structure = try source.structure()
        let segment = try #require(structure.segmentsNewestFirst.first)
        #expect(structure.segmentCount == 1)
        let root = source.records.keys.contains { $0.rawValue >> 36 & 1 == 1 }
        #expect(root, "no doclist index was written")
        let term = FTS5Key.main(index.generator.vocabulary[0].utf8)
        let slow = SegmentCursor(source: source, segment: segment, columns: 2)
        #expect(try slow.seek(term))
        var rows: [Int64] = []
        while let row = try slow.doclist.next() { rows.append(row) }
        for stride in [1, 50, 333, rows.count - 1] {
            let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
            #expect(try cursor.seek(term))
            for place in Swift.stride(from: 0, to: rows.count, by: stride) {
                #expect(try cursor.doclist.seek(rows[place]) == rows[place])
            }
            #expect(try cursor.doclist.seek(rows[rows.count - 1] + 1) == nil)
        }
        let before = source.reads
        let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
        #expect(try cursor.seek(term))
        #expect(try cursor.doclist.seek(rows[rows.count - 2]) == rows[rows.count - 2])
        #expect(source.reads - before < 20, "seeking read \(source.reads - before) records")
    }

    @Test(arguments: [32, 200, 4050])
    func seekFindsFirstTermAtOrAfterAnyKey(pageSize: Int) throws {
        var index = try RandomIndex(seed: 9, pageSize: pageSize, words: 400)
        try index.insert(50)
        try index.optimize()
        let source = try index.source()
        let segment = try #require(try source.structure().segmentsNewestFirst.first)
        var terms: [[UInt8]] = []
        let all = SegmentCursor(source: source, segment: segment, columns: 2)
        while try all.nextTerm() { terms.append(all.term) }
        for term in terms {
            var keys = [term, term + [0], term + [0xFF], Array(term.dropLast())]
            if let last = term.last, last > 0 { keys.append(term.dropLast() + [last - 1]) }
            for key in keys {
                let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
                let expected = terms.drop { $0.lexicographicallyPrecedes(key) }
                #expect(try cursor.seek(atOrAfter: key) == !expected.isEmpty)
                #expect(cursor.term == expected.first ?? [], "page size: \(pageSize), key: \(key)")
                let following = expected.dropFirst().first
                #expect(try cursor.nextTerm() == (following != nil))
                #expect(cursor.term == following ?? [])
            }
        }
    }

    @Test func prefixIndexesStandBehindTheMainOne() throws {
        var index = try RandomIndex(seed: 3, pageSize: 100, options: ", prefix='2 3'")
        try index.insert(40)
        #expect(try readInstances(index.source(), columns: 2) == index.instances())
    }
}
