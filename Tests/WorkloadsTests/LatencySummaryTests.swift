import Testing

@testable import Workloads

@Suite struct LatencySummaryTests {
    @Test func percentilesAreNearestRanks() throws {
        let summary = try #require(LatencySummary(microseconds: (1...200).reversed().map(Double.init)))
        #expect(summary.queries == 200)
        #expect(summary.meanMicroseconds == 100.5)
        #expect(summary.p50Microseconds == 100)
        #expect(summary.p90Microseconds == 180)
        #expect(summary.p99Microseconds == 198)
        #expect(summary.maxMicroseconds == 200)
    }

    @Test func oneTimeIsEveryPercentile() throws {
        let summary = try #require(LatencySummary(microseconds: [4]))
        #expect(summary.p50Microseconds == 4)
        #expect(summary.p99Microseconds == 4)
    }

    @Test func noTimesHaveNoSummary() {
        #expect(LatencySummary(microseconds: []) == nil)
    }
}
