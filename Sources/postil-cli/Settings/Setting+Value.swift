import Configuration
import Reports

extension Setting {
    /// The type that the configuration library reads it as.
    var type: ConfigType {
        switch kind {
        case .boolean: .bool
        case .integer: .int
        case .text, .path, .profile, .choice, .byteCount, .seconds: .string
        }
    }

    /// The value that `text` names; throws with `place` if it is none of this setting's.
    func value(of text: String, place: String) throws(SettingError) -> ConfigValue {
        switch kind {
        case .boolean:
            switch text.lowercased() {
            case "true", "yes", "on", "1": return ConfigValue(.bool(true), isSecret: false)
            case "false", "no", "off", "0": return ConfigValue(.bool(false), isSecret: false)
            default: throw mismatch(text, place, expected: "true or false")
            }
        case .integer(let range):
            guard let number = Int(text), range.contains(number) else {
                throw mismatch(
                    text, place, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return ConfigValue(.int(number), isSecret: false)
        case .seconds(let range):
            guard text == "auto" || Int(text).map(range.contains) ?? false else {
                throw mismatch(
                    text, place,
                    expected: "auto or a whole number of seconds from \(range.lowerBound) to \(range.upperBound)")
            }
        case .choice(let choices):
            guard choices.contains(text) else {
                let near = Suggestion.text(for: text, among: choices)
                throw mismatch(text, place, expected: "one of " + choices.joined(separator: ", ") + near)
            }
        case .byteCount(let range):
            guard let bytes = ByteCount.parse(text), range.contains(bytes) else {
                throw mismatch(
                    text, place,
                    expected: "an amount such as 512MiB, at least \(Quantity.bytes(Int64(range.lowerBound)))")
            }
        case .text, .path, .profile: break
        }
        return ConfigValue(.string(text), isSecret: false)
    }

    private func mismatch(_ text: String, _ place: String, expected: String) -> SettingError {
        SettingError(place: place, reason: "\(key) is “\(text)”, but must be \(expected)")
    }
}

/// Reads amounts of memory and disk.
enum ByteCount {
    private static let units: [(name: String, factor: Int)] = [
        ("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30), ("tib", 1 << 40),
        ("kb", 1_000), ("mb", 1_000_000), ("gb", 1_000_000_000), ("tb", 1_000_000_000_000),
        ("k", 1 << 10), ("m", 1 << 20), ("g", 1 << 30), ("t", 1 << 40), ("b", 1), ("", 1),
    ]

    /// The bytes that `text` names: `512MiB`, `1.5 GB` (powers of 1000), `64M` (powers of 1024) or `4096`.
    static func parse(_ text: String) -> Int? {
        let folded = text.lowercased().filter { $0 != " " && $0 != "_" }
        let number = folded.prefix { ("0"..."9").contains($0) || $0 == "." }
        guard let value = Double(number), let unit = units.first(where: { $0.name == folded.dropFirst(number.count) })
        else { return nil }
        let bytes = value * Double(unit.factor)
        return bytes < 0x1p62 ? Int(bytes.rounded()) : nil
    }
}
