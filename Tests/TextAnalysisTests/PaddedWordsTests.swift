import PostilTestSupport
import Testing

@testable import TextAnalysis

@Suite struct PaddedWordsTests {
    @Test func equalsReadingByteByByte() {
        for seed in UInt64(1)...20 {
            var random = SplitMix64(seed: seed)
            let count = Int.random(in: 0...60, using: &random)
            let text = (0..<count).map { _ in
                // Mostly letters, so that long runs occur, and every other byte value now and then.
                Bool.random(using: &random)
                    ? UInt8.random(in: 0x61...0x7A, using: &random) : UInt8.random(in: .min ... .max, using: &random)
            }
            text.withUnsafeBufferPointer { bytes in
                for offset in 0...count {
                    let words = PaddedWords(bytes, at: offset)
                    let expected =
                        Array(text[offset...].prefix(16)) + Array(repeating: 0, count: max(0, 16 - count + offset))
                    #expect(self.bytes(of: words) == expected, "seed \(seed), offset \(offset)")
                    let run = text[offset...].prefix(16).prefix(while: ASCIIByte.isAlphanumeric)
                    #expect(words.leadingAlphanumerics == run.count, "seed \(seed), offset \(offset)")
                    if offset + 16 <= count, let start = bytes.baseAddress {
                        let found = PaddedWords.leadingAlphanumerics(start + offset)
                        #expect(found == run.count, "seed \(seed), offset \(offset)")
                    }
                    for length in 1...12 {
                        let padded = Array(expected.prefix(length)) + Array(repeating: 0, count: 12 - length)
                        let prefix = words.shortPrefix(length)
                        let found = self.bytes(of: prefix.low) + self.bytes(of: UInt64(prefix.high)).prefix(4)
                        #expect(found == padded, "seed \(seed), length \(length)")
                        guard offset + length <= count else { continue }
                        let key = ByteHash.shortKey(of: UnsafeBufferPointer(rebasing: bytes[offset..<offset + length]))
                        #expect(key == prefix, "seed \(seed), length \(length)")
                    }
                }
            }
        }
    }

    @Test func knowsEveryASCIIByte() {
        for byte in UInt8.min...UInt8.max {
            let isAlphanumeric =
                byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || (0x30...0x39).contains(byte))
            #expect(ASCIIByte.isAlphanumeric(byte) == isAlphanumeric)
            let runs = [UInt8](repeating: byte, count: 20).withUnsafeBufferPointer { bytes in
                [PaddedWords(bytes, at: 0).leadingAlphanumerics]
                    + (bytes.baseAddress.map { [PaddedWords.leadingAlphanumerics($0)] } ?? [])
            }
            #expect(runs == (isAlphanumeric ? [16, 16] : [0, 0]), "byte \(byte)")
        }
    }

    private func bytes(of words: PaddedWords) -> [UInt8] { bytes(of: words.low) + bytes(of: words.high) }

    private func bytes(of word: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
    }
}
