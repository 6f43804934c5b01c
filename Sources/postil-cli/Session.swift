import Foundation
import SystemPackage

/// What a command works with: the effective settings, and the two outputs.
struct Session {
    let environment: [String: String]
    /// The current folder.
    let folder: String
    let folders: SettingsFolders
    let settings: Settings
    let format: OutputFormat
    let isQuiet: Bool
    /// What standard output is connected to.
    let terminal: Terminal
    let messages: Messages
    let output = StandardOutput()

    /// Reads the settings. `flags` are those of the command beside the `options` that all commands have.
    init(_ options: GlobalOptions, flags: [String: String] = [:]) throws {
        environment = ProcessInfo.processInfo.environment
        folder = FileManager.default.currentDirectoryPath
        folders = SettingsFolders(environment: environment, folder: folder)
        settings = try Settings(
            flags: options.flags.merging(flags) { $1 }, environment: environment, files: folders.readFiles())
        format = try settings.text(SettingCatalogue.format).flatMap(OutputFormat.init) ?? .text
        isQuiet = try settings.boolean(SettingCatalogue.quiet)
        let color = try settings.text(SettingCatalogue.color).flatMap(ColorChoice.init) ?? .auto
        terminal = Terminal(descriptor: .standardOutput, color: color, environment: environment)
        let errors = Terminal(descriptor: .standardError, color: color, environment: environment)
        messages = Messages(isQuiet: isQuiet, usesColor: errors.usesColor)
    }
}
