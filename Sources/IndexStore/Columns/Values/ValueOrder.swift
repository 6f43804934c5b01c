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

    /// Whether a key is that of a text, which stands behind the first byte.
    func isText(_ key: [UInt8]) -> Bool { self == .natural && key.first == Self.text }

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
            let ordered = Self.ordered(number)
            bytes.append(Self.number)
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: ordered >> shift))
            }
        }
    }

    /// Bytes of ASCII with which all values begin, addresses for example, and their keys as well; 0 where some are numbers.
    func sharedLength(of values: [String]) -> Int {
        // No number begins behind the digits, and what all texts begin with the first one has.
        guard values.count > 1, let first = values.first, let letter = first.utf8.first, letter > UInt8(ascii: "9")
        else { return 0 }
        let letters = Array(first.utf8.prefix { $0 < 0x80 })
        var length = letters.count
        for value in values {
            guard length >= Self.leastShared else { return 0 }
            var place = 0
            for byte in value.utf8 {
                guard place < length, byte == letters[place] else { break }
                place += 1
            }
            length = place
        }
        return length >= Self.leastShared ? length : 0
    }

    /// Shorter beginnings need not be passed over.
    private static let leastShared = 4

    /// The first sixteen bytes of the key of a value, as two numbers that compare as they do; zeros behind its end.
    ///
    /// - Parameter shared: Bytes that are left out, as ``sharedLength(of:)`` tells.
    func beginning(of value: String, behind shared: Int = 0) -> (UInt64, UInt64) {
        var value = value
        if shared > 0 {
            return value.withUTF8 { bytes in
                let words = (Self.word(bytes, from: shared), Self.word(bytes, from: shared + 8))
                guard self == .natural else { return words }
                if (words.0 | words.1) & 0x8080_8080_8080_8080 == 0 {
                    return (Self.lowercased(words.0), Self.lowercased(words.1))
                }
                // The first byte of a key says that it is of a text.
                return key(of: String(decoding: bytes, as: UTF8.self)).withUnsafeBufferPointer {
                    (Self.word($0, from: shared + 1), Self.word($0, from: shared + 9))
                }
            }
        }
        switch self {
        case .bytes: return value.withUTF8 { (Self.word($0, from: 0), Self.word($0, from: 8)) }
        case .natural:
            if let number = Self.number(value) {
                let ordered = Self.ordered(number)
                return (UInt64(Self.number) << 56 | ordered >> 8, ordered << 56)
            }
            let words = value.withUTF8 { (Self.word($0, from: 0), Self.word($0, from: 7)) }
            // What follows of the text does not change what its first letters are without case and accents.
            if (words.0 | words.1) & 0x8080_8080_8080_8080 == 0 {
                return (UInt64(Self.text) << 56 | Self.lowercased(words.0) >> 8, Self.lowercased(words.1))
            }
            return key(of: value).withUnsafeBufferPointer { (Self.word($0, from: 0), Self.word($0, from: 8)) }
        }
    }

    /// Of a negative number all bits are turned, of others the sign: then the bits ascend as the numbers do.
    private static func ordered(_ number: Double) -> UInt64 {
        let bits = number.bitPattern
        return bits >> 63 == 1 ? ~bits : bits | 1 << 63
    }

    /// Eight bytes from `start` on as a number that compares as they do; zeros behind the end.
    private static func word(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt64 {
        if bytes.count >= start + 8 {
            // Safety: eight bytes are there.
            return UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
                .loadUnaligned(fromByteOffset: start, as: UInt64.self).bigEndian
        }
        var word: UInt64 = 0
        for place in start..<start + 8 { word = word << 8 | (place < bytes.count ? UInt64(bytes[place]) : 0) }
        return word
    }

    /// Eight letters of ASCII without case.
    private static func lowercased(_ letters: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        // The highest bit of each byte: whether it is A or behind it, and whether it is behind Z.
        let (fromA, behindZ) = (letters + ones * (0x80 - 0x41), letters + ones * (0x80 - 0x5B))
        return letters | (fromA & ~behindZ & ones << 7) >> 2
    }

    /// A letter of ASCII without case.
    private static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// Whether one value comes before the other.
    package func areInOrder(_ first: String, _ second: String) -> Bool {
        let keys = (key(of: first), key(of: second))
        if keys.0 != keys.1 { return keys.0.lexicographicallyPrecedes(keys.1) }
        return first.utf8.lexicographicallyPrecedes(second.utf8)
    }

    /// Whether one text comes before the other, where letters of ASCII alone decide it; nil where keys have to.
    ///
    /// Equivalent to: ``areInOrder(_:_:)``, where it says anything.
    func areInOrderByASCII(_ first: String, _ second: String) -> Bool? {
        first.withUTF8Bytes { first in
            second.withUTF8Bytes { second in
                // No number begins behind the digits.
                guard let letters = first.first.map({ min($0, second.first ?? 0) }), letters > UInt8(ascii: "9") else {
                    return nil
                }
                let shorter = min(first.count, second.count)
                var same = 0
                while same + 8 <= shorter, Self.word(first, from: same) == Self.word(second, from: same) {
                    guard Self.word(first, from: same) & 0x8080_8080_8080_8080 == 0 else { return nil }
                    same += 8
                }
                for index in same..<shorter {
                    let (one, other) = (first[index], second[index])
                    guard one | other < 0x80 else { return nil }
                    if one == other { continue }
                    guard self == .natural else { return one < other }
                    let (small, otherSmall) = (Self.lowercased(one), Self.lowercased(other))
                    if small != otherSmall { return small < otherSmall }
                }
                // What is no letter of ASCII may be an accent, which counts for nothing.
                guard first.count != second.count else { return nil }
                let next = first.count < second.count ? second[first.count] : first[second.count]
                return next < 0x80 ? first.count < second.count : nil
            }
        }
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
                key.append(contentsOf: bytes.lazy.map(lowercased))
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
