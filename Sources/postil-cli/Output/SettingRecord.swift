import Configuration

/// A setting as it is printed.
struct SettingRecord {
    var setting: Setting
    var value: String
    var origin: Settings.Origin

    /// The value for people: something to see where there is none.
    var shownValue: String { value.isEmpty ? "–" : VisibleText.line(value) }

    /// Where the value comes from: `default`, a file, `$POSTIL_…` or a flag.
    var originText: String {
        switch origin {
        case .defaultValue: "default"
        case .file(let path): path
        case .environment: "$" + setting.environmentVariable
        case .flag: setting.flag ?? "flag"
        }
    }

    var json: JSONValue {
        .members([
            "key": .string(setting.key), "value": .string(value), "origin": .string(originText),
            "default": .string(setting.defaultText), "variable": .string(setting.environmentVariable),
            "flag": .optional(setting.flag), "summary": .string(setting.summary),
        ])
    }
}

extension ConfigContent {
    /// The value as it would be written in a file.
    var text: String {
        switch self {
        case .string(let text): text
        case .int(let number): String(number)
        case .bool(let flag): String(flag)
        default: "\(self)"
        }
    }
}

extension String {
    /// The text with blanks behind it up to `columns`.
    func padded(to columns: Int) -> String {
        self + String(repeating: " ", count: max(0, columns - DisplayWidth.of(self)))
    }
}
