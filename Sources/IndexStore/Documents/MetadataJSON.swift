/// Writes the two small JSON shapes that document rows hold: an array of texts and an object of texts.
///
/// Foundation's encoder costs microseconds a document, which a bulk load of millions notices; reading back, once a hit,
/// is left to Foundation. Example: `["a", "b\"c"]` becomes `["a","b\"c"]`.
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
        var value = value
        bytes.append(UInt8(ascii: "\""))
        value.withUTF8 { text in
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
}
