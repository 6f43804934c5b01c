/// The text of a JSON string whose structure has been scanned.
enum JSONStringDecoder {
    /// The text between the quotes, its escapes resolved. Total for strings that `JSONScanner` accepts; a surrogate
    /// without its partner becomes U+FFFD, and so does damaged UTF-8.
    static func unescaped(_ bytes: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: bytes.count) { unescape(bytes, into: $0) }
    }

    /// Writes the text with its escapes resolved and gives its length. `output` has room for `bytes.count` bytes, and
    /// that is enough: `\uXXXX` takes 6 bytes for at most 3, a pair 12 for 4.
    static func unescape(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        assert(output.count >= bytes.count)
        var written = 0
        var index = 0
        while index < bytes.count {
            let run = (bytes.first(0x5C, from: index) ?? bytes.count) - index
            if run > 0, let target = output.baseAddress, let source = bytes.baseAddress {
                // Safety: written + run <= index + run <= bytes.count <= output.count.
                assert(written <= index && index + run <= bytes.count)
                UnsafeMutableRawPointer(target + written).copyMemory(from: source + index, byteCount: run)
            }
            written += run
            index += run
            if index >= bytes.count { break }
            let (scalar, length) = escape(bytes, at: index)
            index += length
            if scalar.isASCII {
                output[written] = UInt8(truncatingIfNeeded: scalar.value)
                written += 1
                continue
            }
            for byte in scalar.utf8 {
                output[written] = byte
                written += 1
            }
        }
        return written
    }

    private static func escape(_ bytes: UnsafeRawBufferPointer, at index: Int) -> (Unicode.Scalar, length: Int) {
        guard index + 1 < bytes.count else { return ("\u{FFFD}", 1) }
        switch bytes[index + 1] {
        case UInt8(ascii: "b"): return ("\u{8}", 2)
        case UInt8(ascii: "f"): return ("\u{C}", 2)
        case UInt8(ascii: "n"): return ("\n", 2)
        case UInt8(ascii: "r"): return ("\r", 2)
        case UInt8(ascii: "t"): return ("\t", 2)
        case UInt8(ascii: "u"):
            guard let unit = codeUnit(bytes, at: index) else { return ("\u{FFFD}", 2) }
            if let scalar = Unicode.Scalar(unit) { return (scalar, 6) }
            if unit < 0xDC00, let low = codeUnit(bytes, at: index + 6), (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            {
                return (scalar, 12)
            }
            return ("\u{FFFD}", 6)
        case let byte: return (Unicode.Scalar(byte), 2)
        }
    }

    /// The code unit of a `\uXXXX` at `index`.
    private static func codeUnit(_ bytes: UnsafeRawBufferPointer, at index: Int) -> UInt32? {
        guard index + 6 <= bytes.count, bytes[index] == 0x5C, bytes[index + 1] == UInt8(ascii: "u") else { return nil }
        var unit: UInt32 = 0
        for offset in 2..<6 {
            guard let digit = hexDigit(bytes[index + offset]) else { return nil }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
