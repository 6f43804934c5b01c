import FTS5Format
import PostilTestSupport
import Testing

/// Segments written directly, read by FTS5.
@Suite struct SegmentWriterTests {
    @Test(arguments: [32, 33, 50, 200, 4050, 65500], [1, 5])
    func segmentsEqualInsertAndLiveOnUnderFTS5(pageSize: Int, segments: Int) throws {
        let seed = UInt64(pageSize + segments)
        var index = try WrittenIndex(seed: seed, pageSize: pageSize, documents: 40, segments: segments)
        try index.check("writing")
        try index.insert(30)
        try index.check("insert")
        try index.delete(oneIn: 4)
        try index.check("delete")
        try index.command("merge", -3)
        try index.check("merge -3")
        try index.command("merge", 20)
        try index.check("merge 20")
        try index.command("optimize")
        try index.check("optimize")
        try index.delete(oneIn: 3)
        try index.reopen()
        try index.insert(5)
        try index.check("reopening")
    }

    @Test(arguments: [64, 1000])
    func segmentsWithPrefixIndexesEqualInsert(pageSize: Int) throws {
        var index = try WrittenIndex(seed: 4, pageSize: pageSize, documents: 50, options: ", prefix='1 3'")
        try index.check("writing")
        try index.delete(oneIn: 2)
        try index.command("optimize")
        try index.check("optimize")
    }

    @Test(arguments: [32, 64, 300])
    func segmentsWithHighDoclistIndexesEqualInsert(pageSize: Int) throws {
        var index = try WrittenIndex(
            seed: 6, pageSize: pageSize, documents: 800, words: 3,
            makeText: { (number: inout TextGenerator) in ("", number.text(words: 1)) })
        let heights = try Set(
            MemoryDataSource(index.database, table: "w").records.keys.map { $0.rawValue >> 31 & 0x3F })
        #expect(heights.count > (pageSize < 100 ? 2 : 1), "no tree of doclist indexes was written: \(heights)")
        try index.check("writing")
        try index.delete(oneIn: 5)
        try index.check("delete")
        try index.command("optimize")
        try index.check("optimize")
    }

    @Test(arguments: [32, 100, 4050])
    func poslistsOverManyPagesEqualInsert(pageSize: Int) throws {
        var index = try WrittenIndex(
            seed: 8, pageSize: pageSize, documents: 12, words: 4,
            makeText: { ($0.text(words: $0.number(in: 0...1) * 900), $0.text(words: $0.number(in: 0...900))) })
        try index.check("writing")
        try index.delete(oneIn: 3)
        try index.command("merge", -50)
        try index.check("merge")
    }

    @Test(arguments: [32, 4050, 65500])
    func termsLongerThanPagesEqualInsert(pageSize: Int) throws {
        var index = try WrittenIndex(
            seed: 9, pageSize: pageSize, documents: 20,
            makeText: { generator in
                let lengths = [1, 30, 31, 32, 33, 4000, 4048, 32_767, 32_768, 40_000]
                let length = lengths[generator.number(in: 0...lengths.count - 1)]
                let letter = ["x", "y"][generator.number(in: 0...1)]
                return (generator.text(words: 3), String(repeating: letter, count: length) + " x y")
            })
        try index.check("writing")
        try index.insert(3)
        try index.command("optimize")
        try index.check("optimize")
    }

    @Test func nothingToWriteIsNoSegment() throws {
        let source = MemoryDataSource()
        let database = try TestDatabase()
        let sink = DatabaseDataSink(database, table: "absent")
        let writer = SegmentWriter(sink: sink, segment: SegmentID(rawValue: 1), pageSize: 100)
        writer.begin(FTS5Key.main("never".utf8))
        #expect(try writer.finish() == nil)
        #expect(source.reads == 0)
    }
}
