import Testing

@testable import Reports

struct QuantityTests {
    @Test func counts() {
        #expect(Quantity.count(0) == "0")
        #expect(Quantity.count(999) == "999")
        #expect(Quantity.count(1_000) == "1,000")
        #expect(Quantity.count(-1_234_567) == "-1,234,567")
        #expect(Quantity.count(1, "document") == "1 document")
        #expect(Quantity.count(2, "query", plural: "queries") == "2 queries")
    }

    @Test func bytes() {
        #expect(Quantity.bytes(999) == "999 bytes")
        #expect(Quantity.bytes(21_340_000) == "21.3 MB")
        #expect(Quantity.bytes(Int64.max) == "9223372.0 TB")
    }

    @Test func durations() {
        #expect(Quantity.duration(microseconds: 210) == "0.21 ms")
        #expect(Quantity.duration(microseconds: 12_400) == "12 ms")
        #expect(Quantity.duration(microseconds: 3_440_000) == "3.4 s")
        #expect(Quantity.duration(microseconds: 125_000_000) == "2 min 5 s")
    }

    @Test func decimals() {
        #expect(Quantity.decimal(1.005, places: 2) == "1.00")
        #expect(Quantity.decimal(0.05, places: 2) == "0.05")
        #expect(Quantity.decimal(-0.001, places: 2) == "0.00")
        #expect(Quantity.decimal(.infinity, places: 2) == "inf")
    }
}
