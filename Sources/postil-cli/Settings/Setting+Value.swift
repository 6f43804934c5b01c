import Configuration
import Reports

extension Setting {
    /// The type that the configuration library reads it as.
    var type: ConfigType {
        switch kind {
        case .boolean: .bool
        case .integer: .int
        case .text, .path, .profile, .choice, .byteCount: .string
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
