import CUTF8Proc
import Foundation

/// How the values of a column follow each other.
package enum ValueOrder: Sendable {
    /// By their bytes: ISO 8601 dates, of which a less precise one comes before those within it.
    case bytes
    /// Numbers by what they count, and behind them texts as people sort them: without case and accents; what is equal then,
    /// by the bytes.
    case natural

    /// Stands before the key of a number and of a text.
    private static let number: UInt8 = 1
    private static let text: UInt8 = 2

    /// What is compared byte by byte to compare values; values of the same key go by their own bytes.
    func key(of value: String) -> [UInt8] {
        var key: [UInt8] = []
        append(keyOf: value, to: &key)
        return key
    }

    /// Puts the key of a value behind `bytes`.
    func append(keyOf value: String, to bytes: inout [UInt8]) {
        switch self {
        case .bytes: bytes.append(contentsOf: value.utf8)
        case .natural:
            guard let number = Self.number(value) else {
                bytes.append(Self.text)
                return Self.append(folded: value, to: &bytes)
            }
            let bits = number.bitPattern
            // Of a negative number all bits are turned, of others the sign: then the bits ascend as the numbers do.
            let ordered = bits >> 63 == 1 ? ~bits : bits | 1 << 63
            bytes.append(Self.number)
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: ordered >> shift)) }
        }
    }

    /// Whether one value comes before the other.
    package func areInOrder(_ first: String, _ second: String) -> Bool {
        let keys = (key(of: first), key(of: second))
        if keys.0 != keys.1 { return keys.0.lexicographicallyPrecedes(keys.1) }
        return first.utf8.lexicographicallyPrecedes(second.utf8)
    }

    /// The number that a text is as a whole (`-3`, `2.50`, `1e6`); nil for all else. There is no 0 below 0.
    package static func number(_ text: String) -> Double? {
        // Most texts begin with a letter, and no number does.
        guard let first = text.utf8.first, first <= UInt8(ascii: "9") else { return nil }
        var rest = text.utf8[...]
        func takeDigits() -> Bool {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            rest = rest[digits.endIndex...]
            return !digits.isEmpty
        }
        func takeSign() {
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        }
        takeSign()
        let hasWhole = takeDigits()
        var hasPart = false
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            hasPart = takeDigits()
            if !hasPart { return nil }
        }
        guard hasWhole || hasPart else { return nil }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            takeSign()
            guard takeDigits() else { return nil }
        }
        guard rest.isEmpty, let number = Double(text), number.isFinite else { return nil }
        return number == 0 ? 0 : number
    }

    /// Puts the text without case and accents behind `key`.
    private static func append(folded text: String, to key: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            guard bytes.contains(where: { $0 >= 0x80 }) else {
                key.append(contentsOf: bytes.lazy.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 })
                return
            }
            var folded: UnsafeMutablePointer<utf8proc_uint8_t>?
            let options = UTF8PROC_DECOMPOSE.rawValue | UTF8PROC_STRIPMARK.rawValue | UTF8PROC_CASEFOLD.rawValue
            let count = utf8proc_map(
                bytes.baseAddress, bytes.count, &folded, utf8proc_option_t(rawValue: options))
            guard count >= 0, let folded else { return key.append(contentsOf: bytes) }
            defer { free(folded) }
            // Safety: utf8proc has allocated `count` bytes at `folded`.
            key.append(contentsOf: UnsafeBufferPointer(start: folded, count: count))
        }
    }
}
