import PostilTestSupport
import Postings
import Testing

/// SQLite's numbers of varying length.
@Suite struct VarintTests {
    private var samples: [UInt64] {
        var values: [UInt64] = [0, 1, 127, 128, 300, UInt64.max]
        for shift in 1..<64 as Range<UInt64> { values += [(1 << shift) - 1, 1 << shift, (1 << shift) + 1] }
        var random = SplitMix64(seed: 1)
        for _ in 0..<2000 { values.append(random.next() >> UInt64.random(in: 0..<64, using: &random)) }
        return values
    }

    @Test func threeHundredTakesTwoBytes() {
        var bytes: [UInt8] = []
        Varint.append(300, to: &bytes)
        #expect(bytes == [0x82, 0x2C])
    }

    @Test func numbersComeBackFromBothReadersInTheBytesForetold() {
        for value in samples {
            var bytes: [UInt8] = []
            Varint.append(value, to: &bytes)
            #expect(bytes.count == Varint.length(of: value), "\(value)")
            var offset = 0
            #expect(bytes.withUnsafeBytes { Varint.read($0, at: &offset) } == value)
            #expect(offset == bytes.count)
            let padded = bytes + [UInt8](repeating: 0xFF, count: Varint.maximumLength)
            padded.withUnsafeBytes { buffer in
                var pointer = buffer.baseAddress!
                #expect(Varint.decode(&pointer) == value)
                #expect(pointer - buffer.baseAddress! == bytes.count)
            }
        }
    }

    @Test func numbersThatAreCutOffAreNone() {
        for value in samples {
            var bytes: [UInt8] = []
            Varint.append(value, to: &bytes)
            bytes.removeLast()
            var offset = 0
            #expect(bytes.withUnsafeBytes { Varint.read($0, at: &offset) } == nil)
            #expect(offset == 0)
        }
    }
}
