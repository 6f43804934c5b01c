import ArgumentParser
import Reports

/// `postil config`: what holds, and why.
struct ConfigCommand: ReportingCommand {
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
              postil config --template > postil.yaml
            """)

    @Flag(help: "Print a configuration file with every setting and its default instead, to change and keep.")
    var template = false

    @OptionGroup var options: OutputOptions<SettingsReport>

    func run() throws {
        let session = try Session(self)
        if template {
            // A file or variable that names a format means the commands that have it.
            guard try session.format == .text || session.settings.resolve(.format).origin != .flag else {
                throw UsageError("--template prints a file for postil.yaml; leave --format out")
            }
            try session.output.write(SettingsTemplate.text)
            return try session.output.flush()
        }
        let settings = try Setting.all.map { setting in
            let (value, origin) = try session.settings.resolve(setting)
            return SettingsReport.Entry(
                key: setting.key, value: value.text, origin: setting.place(of: origin),
                isDefault: origin == .defaultValue, defaultValue: setting.defaultText,
                variable: setting.environmentVariable, flag: setting.option, summary: setting.summary())
        }
        try session.print(
            SettingsReport(settings, projectFile: session.folders.projectFile, userFile: session.folders.userFile))
    }
}
