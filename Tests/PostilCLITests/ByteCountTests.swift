import Testing

@testable import postil_cli

struct ByteCountTests {
    @Test func amounts() {
        #expect(ByteCount.parse("512MiB") == 512 << 20)
        #expect(ByteCount.parse("1.5 GB") == 1_500_000_000)
        #expect(ByteCount.parse("64M") == 64 << 20)
        #expect(ByteCount.parse("4096") == 4_096)
        #expect(ByteCount.parse("") == nil)
        #expect(ByteCount.parse("lots") == nil)
        #expect(ByteCount.parse("-1") == nil)
        #expect(ByteCount.parse("99999999999999999999T") == nil)
    }
}
