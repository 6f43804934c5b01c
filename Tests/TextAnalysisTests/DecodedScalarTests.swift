import PostilTestSupport
import Testing

@testable import TextAnalysis

@Suite struct DecodedScalarTests {
    private func decode(_ bytes: [UInt8]) -> DecodedScalar {
        bytes.withUnsafeBufferPointer { DecodedScalar(in: $0, at: 0) }
    }

    @Test func decodesEveryScalar() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(String(scalar).utf8)
            let decoded = decode(bytes)
            guard decoded.value != value || decoded.length != bytes.count || decoded.isIllFormed else { continue }
            Issue.record("U+\(String(value, radix: 16)) is read as \(decoded)")
        }
    }

    @Test func refusesWhatTheStandardLibraryRefuses() {
        var random = SplitMix64(seed: 11)
        let edges: [UInt8] = [
            0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5,
            0xFF,
        ]
        for _ in 0..<200_000 {
            let length = Int.random(in: 1...4, using: &random)
            let bytes = (0..<length).map { _ in edges[Int.random(in: 0..<edges.count, using: &random)] }
            var decoder = UTF8()
            var iterator = bytes.makeIterator()
            let decoded = decode(bytes)
            if case .scalarValue(let scalar) = decoder.decode(&iterator) {
                if decoded.value != scalar.value { Issue.record("\(bytes) is read as \(decoded)") }
            } else if !decoded.isIllFormed {
                Issue.record("\(bytes) is read as \(decoded)")
            }
        }
    }
}
