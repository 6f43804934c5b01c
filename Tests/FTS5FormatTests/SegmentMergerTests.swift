import FTS5Format
import PostilTestSupport
import Testing

/// Merging segments.
@Suite struct SegmentMergerTests {
    /// A file with what FTS5 wrote over a history of inserts and deletes: many segments on several levels.
    private func index(seed: UInt64, pageSize: Int, optimized: Bool = false) throws -> (TemporaryFolder, [FTS5Instance])
    {
        var index = try RandomIndex(seed: seed, pageSize: pageSize, hashSize: 3000)
        try index.insert(50, words: 0...30)
        if optimized { try index.optimize() } else { try index.merge(pages: -100) }
        try index.delete(oneIn: 3)
        try index.insert(30, words: 0...30)
        try index.delete(oneIn: 4)
        try index.insert(1, words: 600...600)
        if !optimized { try index.merge(pages: 2) }
        let folder = try TemporaryFolder()
        try index.database.execute("VACUUM INTO '\(folder.file("index.db"))'")
        return (folder, try index.instances())
    }

    /// Merges the levels from 0 to `level`, or all, into one segment.
    private func merge(_ database: TestDatabase, through level: Int?, pageSize: Int) throws {
        let source = try MemoryDataSource(database, table: "t")
        let sink = DatabaseDataSink(database, table: "t")
        var structure = try source.structure()
        let last = level ?? structure.levels.count - 1
        let merged = structure.levels[...last].flatMap { $0.segments.reversed() }
        let writer = SegmentWriter(
            sink: sink, segment: try #require(structure.unusedSegmentID()), pageSize: pageSize)
        var merger = SegmentMerger(
            newestFirst: merged.filter { !$0.isEmpty }.map { SegmentCursor(source: source, segment: $0, columns: 2) },
            intoOldest: structure.levels[(last + 1)...].allSatisfy(\.segments.isEmpty))
        var progress = 0
        try database.execute("BEGIN")
        try merger.merge(into: writer) { progress = $0 }
        #expect(progress > 0)
        structure.replace(through: last, with: try writer.finish())
        for segment in merged { try sink.remove(segment.id) }
        try sink.put(structure)
        try database.execute("COMMIT")
    }

    @Test(arguments: [32, 200, 4050])
    func mergesAllIntoOneSegmentThatFTS5GoesOnWith(pageSize: Int) throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            let (folder, expected) = try index(seed: seed, pageSize: pageSize)
            try merge(TestDatabase(folder.file("index.db")), through: nil, pageSize: pageSize)
            let database = try TestDatabase(folder.file("index.db"))
            let context = "seed: \(seed), page size: \(pageSize)"
            try database.execute("INSERT INTO t(t, rank) VALUES('integrity-check', 1)")
            #expect(try database.instances(of: "t", columns: RandomIndex.columns) == expected, "\(context)")
            let source = try MemoryDataSource(database, table: "t")
            #expect(try source.structure().segmentCount == 1)
            #expect(try countMarkers(source) == 0, "\(context)")
            try database.execute("INSERT INTO t(t) VALUES('optimize')")
            try database.execute("INSERT INTO t(t, rank) VALUES('integrity-check', 1)")
        }
    }

    @Test(arguments: [32, 4050])
    func mergedLowerLevelsKeepDeleteMarkersOfOlderSegments(pageSize: Int) throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            let (folder, expected) = try index(seed: seed, pageSize: pageSize, optimized: true)
            let before = try MemoryDataSource(TestDatabase(folder.file("index.db")), table: "t").structure()
            let level = try #require(before.levels.firstIndex { !$0.segments.isEmpty })
            #expect(before.levels[level].segments.count > 1 && before.levels.count > level + 1, "\(before)")
            try merge(TestDatabase(folder.file("index.db")), through: level, pageSize: pageSize)
            let database = try TestDatabase(folder.file("index.db"))
            try database.execute("INSERT INTO t(t, rank) VALUES('integrity-check', 1)")
            #expect(
                try database.instances(of: "t", columns: RandomIndex.columns) == expected,
                "seed: \(seed), page size: \(pageSize)")
            let source = try MemoryDataSource(database, table: "t")
            #expect(try readInstances(source, columns: 2) == expected)
            #expect(try countMarkers(source) > 0)
            try database.execute("INSERT INTO t(t) VALUES('optimize')")
            try database.execute("INSERT INTO t(t, rank) VALUES('integrity-check', 1)")
            #expect(try database.instances(of: "t", columns: RandomIndex.columns) == expected)
        }
    }

    @Test(arguments: [false, true])
    func mergedSourcesEqualMapFilledOldestToNewest(intoOldest: Bool) throws {
        typealias Posting = MemoryTermSource.Posting
        for seed in 0..<200 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
            let sources = (0..<number(1...9)).map { _ in
                var terms: [[UInt8]: [Posting]] = [:]
                for _ in 0..<number(0...12) {
                    let key = FTS5Key.main((0..<number(1...3)).map { _ in UInt8(number(97...99)) })
                    let rows = Set((0..<number(1...15)).map { _ in Int64(number(-20...40)) }).sorted()
                    terms[key] = rows.map { row in
                        let isDelete = number(0...5) == 0
                        let count = isDelete ? number(0...1) : number(0...20) == 0 ? 300 : number(1...3)
                        return Posting(
                            rowID: row, isDelete: isDelete,
                            positions: (0..<count).map { Position(column: 0, offset: $0 * 7) })
                    }
                }
                return terms
            }
            let expected = referenceMerge(newestFirst: sources, intoOldest: intoOldest)
            let memory = MemoryDataSource()
            let writer = SegmentWriter(sink: memory, segment: SegmentID(rawValue: 1), pageSize: number(32...200))
            var merger = SegmentMerger(newestFirst: sources.map(MemoryTermSource.init), intoOldest: intoOldest)
            try merger.merge(into: writer)
            var found: [[UInt8]: [Posting]] = [:]
            if let segment = try writer.finish() {
                let cursor = SegmentCursor(source: memory, segment: segment, columns: 1)
                while try cursor.nextTerm() {
                    while let row = try cursor.doclist.next() {
                        let posting = Posting(
                            rowID: row, isDelete: cursor.doclist.isDelete,
                            positions: Array(try cursor.doclist.positions()))
                        found[cursor.term, default: []].append(posting)
                    }
                }
            }
            #expect(found == expected, "seed: \(seed), into oldest: \(intoOldest)")
        }
    }

    private func countMarkers(_ source: MemoryDataSource) throws -> Int {
        var count = 0
        for segment in try source.structure().segmentsNewestFirst {
            let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
            while try cursor.nextTerm() {
                while try cursor.doclist.next() != nil { count += cursor.isDelete ? 1 : 0 }
            }
        }
        return count
    }
}
