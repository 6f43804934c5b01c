/// Every setting with its value and where it comes from.
package struct SettingsReport: Report {
    package static let shape: ReportShape = .table
    package static let listName: String? = "settings"

    /// A setting.
    package struct Entry: Sendable {
        /// As a file calls it: `search.limit`.
        package var key: String
        package var value: String
        /// Where the value comes from: `default`, a file, `$POSTIL_…` or a flag.
        package var origin: String
        package var isDefault: Bool
        package var defaultValue: String
        package var variable: String
        package var flag: String?
        /// What it does.
        package var summary: String

        /// Describes a setting.
        package init(
            key: String, value: String, origin: String, isDefault: Bool, defaultValue: String, variable: String,
            flag: String?, summary: String
        ) {
            self.key = key
            self.value = value
            self.origin = origin
            self.isDefault = isDefault
            self.defaultValue = defaultValue
            self.variable = variable
            self.flag = flag
            self.summary = summary
        }
    }

    let settings: [Entry]
    let projectFile: String?
    let userFile: String?

    /// Describes settings, and the two files that may set them.
    package init(_ settings: [Entry], projectFile: String?, userFile: String?) {
        self.settings = settings
        self.projectFile = projectFile
        self.userFile = userFile
    }

    package var facts: [ReportValue.Member] {
        .members(["project_file": .optional(projectFile), "user_file": .optional(userFile)])
    }

    package var columns: [String] { Self.fields.map(\.name) }

    static let fields: [ReportField<Entry>] = [
        ReportField("key") { .string($0.key) },
        ReportField("value") { .string($0.value) },
        ReportField("origin") { .string($0.origin) },
        ReportField("summary") { .string($0.summary) },
        ReportField("default") { .string($0.defaultValue) },
        ReportField("variable") { .string($0.variable) },
        ReportField("flag") { .optional($0.flag) },
    ]

    package func forEachEntry(_ body: (any ReportEntry) throws -> Void) rethrows {
        for setting in settings { try body(Row(setting: setting)) }
    }

    private struct Row: ReportEntry {
        let setting: Entry

        var value: ReportValue { SettingsReport.fields.object(of: setting) }
        var rows: [[ReportValue]] { [SettingsReport.fields.row(of: setting)] }
    }

    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        let keyWidth = settings.map(\.key.count).max() ?? 0
        let valueWidth = min(settings.map(\.shownValue.count).max() ?? 0, 32)
        for setting in settings {
            let origin = layout.line(setting.origin, setting.isDefault ? .secondary : .match)
            try write("\(setting.key.padded(to: keyWidth))  \(setting.shownValue.padded(to: valueWidth))  \(origin)\n")
        }
    }
}

extension SettingsReport.Entry {
    /// The value for people: something to see where there is none.
    fileprivate var shownValue: String { value.isEmpty ? "–" : VisibleText.line(value) }
}

extension String {
    /// The text with blanks behind it up to `columns`.
    package func padded(to columns: Int) -> String {
        self + String(repeating: " ", count: max(0, columns - DisplayWidth.of(self)))
    }
}
