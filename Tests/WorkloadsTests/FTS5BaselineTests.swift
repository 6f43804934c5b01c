import PostilTestSupport
import Testing

@testable import Workloads

@Suite struct FTS5BaselineTests {
    @Test func findsWhatWasInserted() throws {
        let folder = try TemporaryFolder()
        let baseline = try FTS5Baseline(path: folder.file("fts5.db"))
        try baseline.insert(id: 3, title: "Reward hacking", body: "The agent finds a reward that was never meant.")
        try baseline.insert(id: 7, title: "", body: "A learned optimizer may pursue another reward.")
        try baseline.commit()
        try baseline.optimize()
        #expect(
            try baseline.match(PlainQuery.any(["agents", "optimizer"]).matchExpression, limit: 10).sorted() == [3, 7])
        #expect(try baseline.match(PlainQuery.all(["reward", "hacks"]).matchExpression, limit: 10) == [3])
        #expect(try baseline.match(PlainQuery.phrase(["learned", "optimizer"]).matchExpression, limit: 10) == [7])
        #expect(try baseline.match(PlainQuery.any(["reward"]).matchExpression, limit: 1) == [3])
    }

    @Test func failuresNameTheFile() {
        #expect(throws: FTS5BaselineError.self) { try FTS5Baseline(path: "/nowhere/fts5.db") }
    }

    @Test(
        arguments: [
            ("gravity Measurements", .any(["gravity", "measurements"])),
            ("+system +data", .all(["system", "data"])),
            ("+a", .all(["a"])),
            ("\"in dcns\"", .phrase(["in", "dcns"])),
            (" +\"the who\" ", .phrase(["the", "who"])),
            ("k-xorsat", .any(["k", "xorsat"])),
            ("+climate policy", nil), ("+python -snake", nil), ("+\"the who\" +uk", nil), ("\"a b\" \"c d\"", nil),
            ("", nil), ("\"\"", nil), ("...", nil),
        ] as [(String, PlainQuery?)])
    func plainFormsAreToldApart(_ text: String, _ expected: PlainQuery?) {
        #expect(PlainQuery(BenchmarkQuery(text: text)) == expected)
    }

    @Test func usageGrowsWithWork() {
        let before = ProcessUsage.current
        var sum: UInt64 = 1
        for number in 0..<3_000_000 as Range<UInt64> { sum = sum &* 31 &+ number }
        let after = ProcessUsage.current
        #expect(after.cpuSeconds > before.cpuSeconds, "\(sum)")
        #expect(after.peakBytes > 1 << 20)
    }
}
