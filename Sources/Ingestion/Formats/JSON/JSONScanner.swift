/// A place in JSON text and the scanning of single values from there (RFC 8259).
struct JSONScanner {
    let bytes: UnsafeRawBufferPointer
    var offset = 0
    /// Whether a number was one that JSON has not: `NaN`, `Infinity`.
    private(set) var hasOddNumbers = false

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The byte here; 0, which JSON has nowhere, at the end.
    @inline(__always)
    var current: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    @inline(__always)
    mutating func skipSpace() {
        while offset < bytes.count {
            let byte = bytes[offset]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            offset += 1
        }
    }

    @inline(__always)
    mutating func skipSpace(beforeValue: Bool) throws(JSONError) {
        skipSpace()
        if offset == bytes.count { throw JSONError(offset: offset, reason: "ends where a value is expected") }
    }

    /// Scans the string whose opening quote is here to behind its closing quote; whether it has escapes, and whether it is
    /// known to be ASCII.
    ///
    /// Equivalent to: step byte by byte to `"`, look at each `\`, refuse bytes under 0x20. It takes four words of eight bytes
    /// a step, then one, finding the first of these three with the zero-byte trick (Mycroft 1987): `(x - 0x01…) & ~x & 0x80…`
    /// has its lowest set bit in the first zero byte of x.
    @inline(__always)
    mutating func scanString() throws(JSONError) -> (isEscaped: Bool, isASCII: Bool) {
        assert(current == UInt8(ascii: "\""))
        let start = offset
        var index = offset + 1
        var isEscaped = false
        var seen: UInt64 = 0
        let count = bytes.count
        while true {
            while index + 32 <= count {
                // Safety: index + 32 <= count, checked on entry.
                let words = bytes.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
                let found = Self.specialBytes(words)
                if found[0] | found[1] | found[2] | found[3] != 0 { break }
                seen |= words[0] | words[1] | words[2] | words[3]
                index += 32
            }
            while index + 8 <= count {
                // Safety: index + 8 <= count, checked on entry.
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                seen |= word
                let found = Self.specialBytes(SIMD2(word, word))[0]
                if found != 0 {
                    index += found.trailingZeroBitCount / 8
                    break
                }
                index += 8
            }
            while index < count, bytes[index] != 0x22, bytes[index] != 0x5C, bytes[index] >= 0x20 {
                seen |= UInt64(bytes[index])
                index += 1
            }
            guard index < count else {
                throw JSONError(offset: start, reason: "this string has no end")
            }
            switch bytes[index] {
            case 0x22:
                offset = index + 1
                return (isEscaped, seen & 0x8080_8080_8080_8080 == 0)
            case 0x5C:
                isEscaped = true
                index += try escapeLength(at: index)
            default:
                throw JSONError(offset: index, reason: "a control character in a string; write it as \\u00XX")
            }
        }
    }

    /// Bits that are 0 in words without `"`, `\` and bytes under 0x20; else the lowest is in the first of these.
    @inline(__always)
    private static func specialBytes<Words: SIMD>(_ words: Words) -> Words where Words.Scalar == UInt64 {
        let ones = Words(repeating: 0x0101_0101_0101_0101)
        let quotes = words ^ Words(repeating: 0x2222_2222_2222_2222)
        let slashes = words ^ Words(repeating: 0x5C5C_5C5C_5C5C_5C5C)
        let controls = words &- Words(repeating: 0x2020_2020_2020_2020)
        // All of these have the words' own highest bits.
        return ((quotes &- ones) | (slashes &- ones) | controls) & ~words & Words(repeating: 0x8080_8080_8080_8080)
    }

    private func escapeLength(at index: Int) throws(JSONError) -> Int {
        guard index + 1 < bytes.count else { throw JSONError(offset: index, reason: "ends within a string") }
        switch bytes[index + 1] {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return 2
        case 0x75:
            guard index + 6 <= bytes.count, (2..<6).allSatisfy({ JSONStringDecoder.hexDigit(bytes[index + $0]) != nil })
            else {
                throw JSONError(offset: index, reason: "\\u needs four hexadecimal digits")
            }
            return 6
        default: throw JSONError(offset: index, reason: "an escape that JSON does not have")
        }
    }

    /// Scans a number, true, false or null. What programs write for numbers that JSON has not is no value, as null is.
    mutating func scanScalar() throws(JSONError) -> JSONTape.Kind {
        switch current {
        case UInt8(ascii: "t"): return try scanLiteral("true", .trueLiteral)
        case UInt8(ascii: "f"): return try scanLiteral("false", .falseLiteral)
        case UInt8(ascii: "n"): return try scanLiteral("null", .null)
        case UInt8(ascii: "N"): return try scanOddNumber("NaN")
        case UInt8(ascii: "I"): return try scanOddNumber("Infinity")
        case UInt8(ascii: "-") where offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "I"):
            return try scanOddNumber("-Infinity")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try scanNumber()
        case 0 where offset == bytes.count: throw JSONError(offset: offset, reason: "ends where a value is expected")
        default: throw JSONError(offset: offset, reason: "expected a value")
        }
    }

    private mutating func scanOddNumber(_ text: StaticString) throws(JSONError) -> JSONTape.Kind {
        hasOddNumbers = true
        return try scanLiteral(text, .null)
    }

    private mutating func scanLiteral(_ text: StaticString, _ kind: JSONTape.Kind) throws(JSONError) -> JSONTape.Kind {
        let expected = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard offset + expected.count <= bytes.count, bytes[offset..<offset + expected.count].elementsEqual(expected)
        else { throw JSONError(offset: offset, reason: "expected \(text)") }
        offset += expected.count
        return kind
    }

    private mutating func scanNumber() throws(JSONError) -> JSONTape.Kind {
        let start = offset
        if current == UInt8(ascii: "-") { offset += 1 }
        if current == UInt8(ascii: "0") {
            offset += 1
        } else {
            try scanDigits(of: start)
        }
        if current == UInt8(ascii: ".") {
            offset += 1
            try scanDigits(of: start)
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            offset += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { offset += 1 }
            try scanDigits(of: start)
        }
        return .number
    }

    private mutating func scanDigits(of start: Int) throws(JSONError) {
        let first = offset
        while offset < bytes.count, bytes[offset] >= 0x30, bytes[offset] <= 0x39 { offset += 1 }
        if offset == first { throw JSONError(offset: start, reason: "not a number as JSON writes them") }
    }
}
