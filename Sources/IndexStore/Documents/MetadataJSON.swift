import Foundation

/// Writes and reads the two small JSON shapes that document rows hold: an array of texts and an object of texts.
///
/// Foundation's encoder and decoder cost microseconds a document, which a bulk load of millions notices, and a page of ten hits, too: a
/// tenth of its time. Example: `["a", "b\"c"]` becomes `["a","b\"c"]`.
enum MetadataJSON {
    /// An object as text; nil for an empty one.
    static func object(_ values: [String: String]) -> String? {
        guard !values.isEmpty else { return nil }
        var bytes: [UInt8] = []
        append(object: values, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends an array.
    static func append(array values: [String], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Appends an object, its keys in ascending order, so that equal objects give equal texts.
    static func append(object values: [String: String], to bytes: inout [UInt8]) {
        func append(_ key: String, _ value: String) {
            Self.append(key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            Self.append(value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "{"))
        if values.count == 1, let (key, value) = values.first {
            append(key, value)
        } else {
            for (index, (key, value)) in values.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(key, value)
            }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func append(_ value: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        value.withUTF8Bytes { text in
            // Nearly every text can stand as it is.
            if text.contains(where: { needsEscape($0) }) {
                for byte in text { append(byte, to: &bytes) }
            } else {
                bytes.append(contentsOf: text)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
        guard needsEscape(byte) else { return bytes.append(byte) }
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
        case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
        case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
        case 0..<0x20:
            let digits = String(byte, radix: 16)
            bytes.append(contentsOf: ("u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
        default: bytes.append(byte)
        }
    }

    // MARK: Reading

    /// The text of a string with escapes, in its quotation marks; nil for what is none.
    static func text(_ quoted: [UInt8]) -> String? { try? JSONDecoder().decode(String.self, from: Data(quoted)) }

    /// The texts of an array; nil for bytes that are no array of texts.
    static func array(_ bytes: UnsafeRawBufferPointer) -> [String]? {
        guard !bytes.isEmpty else { return nil }
        var reader = Reader(bytes)
        if let values = reader.array() { return values }
        return try? JSONDecoder().decode([String].self, from: Data(bytes))
    }

    /// The texts of an object; nil for bytes that are no object of texts.
    static func object(_ bytes: UnsafeRawBufferPointer) -> [String: String]? {
        guard !bytes.isEmpty else { return nil }
        var reader = Reader(bytes)
        if let values = reader.object() { return values }
        return try? JSONDecoder().decode([String: String].self, from: Data(bytes))
    }

    /// Reads just what is written here; nothing for any other JSON.
    private struct Reader {
        private let bytes: UnsafeRawBufferPointer
        private var place = 0

        init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

        mutating func array() -> [String]? {
            guard take("["), let first = text() else { return nil }
            var values = [first]
            while take(",") {
                guard let next = text() else { return nil }
                values.append(next)
            }
            return take("]") && place == bytes.count ? values : nil
        }

        mutating func object() -> [String: String]? {
            guard take("{") else { return nil }
            var values: [String: String] = [:]
            repeat {
                guard let key = text(), take(":"), let value = text(), values.updateValue(value, forKey: key) == nil
                else { return nil }
            } while take(",")
            return take("}") && place == bytes.count ? values : nil
        }

        private mutating func take(_ sign: Unicode.Scalar) -> Bool {
            guard place < bytes.count, bytes[place] == UInt8(ascii: sign) else { return false }
            place += 1
            return true
        }

        /// A text without escapes: all but a few.
        private mutating func text() -> String? {
            guard take("\""), let end = bytes[place...].firstIndex(where: { MetadataJSON.needsEscape($0) }),
                bytes[end] == UInt8(ascii: "\"")
            else { return nil }
            defer { place = end + 1 }
            return String(validating: bytes[place..<end], as: UTF8.self)
        }
    }
}
