/// Writes the two small JSON shapes that document rows hold: an array of texts and an object of texts.
///
/// Foundation's encoder costs microseconds a document, which a bulk load of millions notices; reading back, once a hit,
/// is left to Foundation. Example: `["a", "b\"c"]` becomes `["a","b\"c"]`.
enum JSONText {
    static func array(_ values: [String]) -> String? {
        guard !values.isEmpty else { return nil }
        var text = "["
        for (index, value) in values.enumerated() {
            if index > 0 { text += "," }
            append(value, to: &text)
        }
        return text + "]"
    }

    /// Keys in ascending order, so that equal objects give equal texts.
    static func object(_ values: [String: String]) -> String? {
        guard !values.isEmpty else { return nil }
        var text = "{"
        for (index, (key, value)) in values.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { text += "," }
            append(key, to: &text)
            text += ":"
            append(value, to: &text)
        }
        return text + "}"
    }

    private static func append(_ value: String, to text: inout String) {
        text += "\""
        defer { text += "\"" }
        // Nearly every text can stand as it is.
        if !value.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            text += value
            return
        }
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
