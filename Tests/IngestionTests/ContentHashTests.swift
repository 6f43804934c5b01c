import PostilTestSupport
import Testing

@testable import Ingestion

/// The hash by which a changed file is told.
@Suite struct ContentHashTests {
    private func hash(_ bytes: [UInt8], chunk: Int = .max) -> UInt64 {
        var hash = ContentHash()
        var rest = bytes[...]
        repeat {
            Array(rest.prefix(chunk)).withUnsafeBytes { hash.update($0) }
            rest = rest.dropFirst(chunk)
        } while !rest.isEmpty
        return hash.value
    }

    @Test func hashesEqualPublishedValues() {
        #expect(hash([]) == 0xEF46_DB37_51D8_E999)
        #expect(hash(Array("a".utf8)) == 0xD24E_C4F1_A98C_6E5B)
        #expect(hash(Array("abc".utf8)) == 0x44BC_2CF5_AD77_0999)
    }

    @Test func hashIsTheSameHoweverBytesCome() {
        var random = SplitMix64(seed: 7)
        for length in [0, 1, 31, 32, 33, 63, 64, 100, 1000] {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            for chunk in [1, 5, 32, 64] {
                #expect(hash(bytes, chunk: chunk) == hash(bytes), "length: \(length), chunk: \(chunk)")
            }
        }
    }
}
