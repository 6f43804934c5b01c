import ArgumentParser

/// `postil config`: what holds, and why.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        _superCommandName: "postil",
        abstract: "Show every setting with its value and where it comes from.",
        discussion: """
            Settings come from a flag, else an environment variable, else postil.yaml here or in a folder above, else \
            ~/.config/postil/config.yaml, else a default.

            EXAMPLES:
              postil config
              postil config --format json | jq '.settings[] | select(.origin != "default")'
              POSTIL_SEARCH_LIMIT=5 postil config
            """)

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let session = try Session(options)
        try session.requireFormat([.text, .json, .jsonl, .csv], for: Self.self)
        let settings = try SettingCatalogue.all.map { setting in
            let (value, origin) = try session.settings.resolve(setting)
            return SettingRecord(setting: setting, value: value.text, origin: origin)
        }
        switch session.format {
        case .json: try session.output.write(json(settings, session.folders).indentedText + "\n")
        case .jsonl: for setting in settings { try session.output.write(setting.json.text + "\n") }
        case .csv:
            try session.output.write(CSVRow.text(["key", "value", "origin", "summary"]))
            for setting in settings {
                try session.output.write(
                    CSVRow.text([setting.setting.key, setting.value, setting.originText, setting.setting.summary]))
            }
        default: try session.output.write(text(settings, color: session.terminal.usesColor))
        }
        try session.output.flush()
    }

    private func json(_ settings: [SettingRecord], _ folders: SettingsFolders) -> JSONValue {
        .members([
            "format_version": .integer(SearchRecord.formatVersion),
            "project_file": .optional(folders.projectFile),
            "user_file": .optional(folders.userFile),
            "settings": .array(settings.map(\.json)),
        ])
    }

    private func text(_ settings: [SettingRecord], color: Bool) -> String {
        let keyWidth = settings.map(\.setting.key.count).max() ?? 0
        let valueWidth = min(settings.map(\.shownValue.count).max() ?? 0, 32)
        return settings.map { setting in
            let key = setting.setting.key.padded(to: keyWidth)
            let value = setting.shownValue.padded(to: valueWidth)
            let style: TextStyle = setting.origin == .defaultValue ? .secondary : .match
            return "\(key)  \(value)  \(style.applied(to: setting.originText, color: color))\n"
        }.joined()
    }
}
