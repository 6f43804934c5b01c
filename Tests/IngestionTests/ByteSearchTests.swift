import CByteScan
import PostilTestSupport
import Testing

@testable import Ingestion

/// The fast searches beside the plain ones, on random bytes of few kinds, from every place on.
struct ByteSearchTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func findsWhatAPlainSearchFinds(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let length = Int.random(in: 0..<70, using: &random)
        let bytes = (0..<length).map { _ in UInt8(Int.random(in: 0..<4, using: &random) == 0 ? 0x20 : 0x61) }
        bytes.withUnsafeBytes { bytes in
            for start in 0...bytes.count {
                let plain = bytes[start...].firstIndex(of: 0x20) ?? bytes.count
                #expect(
                    ByteSearch.firstIndex(in: bytes, from: start) { postil_equal($0, 0x20) } == plain, "seed \(seed)")
                #expect(
                    ByteSearch.firstIndex(in: bytes, from: start) { postil_at_most($0, 0x20) } == plain, "seed \(seed)")
            }
        }
    }

    @Test func comparesBytesAsTheyAre() {
        let bytes: [UInt8] = [0, 1, 0x1F, 0x20, 0x7F, 0x80, 0xFF, 0x24, 0x24, 5, 6, 7, 8, 9, 10, 0x80]
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            for byte in UInt8.min...UInt8.max {
                var (equal, atMost): (UInt32, UInt32) = (0, 0)
                for place in bytes.indices {
                    if bytes[place] == byte { equal |= 1 << UInt32(place) }
                    if bytes[place] <= byte { atMost |= 1 << UInt32(place) }
                }
                #expect(postil_equal(base, byte) == equal)
                #expect(postil_at_most(base, byte) == atMost)
            }
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func unmasksAsByteByByte(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let length = Int.random(in: 0..<90, using: &random)
        var bytes = (0..<length).map { _ in
            UInt8.random(in: Bool.random(using: &random) ? 0x20..<0x80 : 0..<0x1A, using: &random)
        }
        let plain = bytes.filter { $0 != MarkdownMask.escape }.map { MarkdownMask.originals[Int($0)] }
        MarkdownMask.unmask(&bytes)
        #expect(bytes == plain, "seed \(seed)")
    }
}
