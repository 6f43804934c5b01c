import ArgumentParser
import Foundation
import Reports
import SystemPackage

/// What a command works with: the effective settings, and the two outputs.
struct Session {
    let environment: [String: String]
    /// The current folder.
    let folder: String
    let folders: SettingsFolders
    let settings: Settings
    /// The nearest `postil.yaml`, if there is one.
    let projectFile: SettingsFile?
    let format: OutputFormat
    let isQuiet: Bool
    /// What standard output is connected to.
    let layout: TextLayout
    let messages: Messages
    let output = StandardOutput()
    private let endsIDsWithNull: Bool

    /// Reads the settings for `command`.
    ///
    /// - Throws: ``UsageError`` for a format that the command's answer cannot be printed in.
    init<Command: ReportingCommand>(_ command: Command) throws {
        try self.init(
            flags: command.options.flags.merging(command.flags), for: Command.Answer.self,
            command: Command.name, endsIDsWithNull: command.null)
    }

    /// Reads the settings beside those that the command line gives, for a command that prints a kind of report.
    ///
    /// - Throws: ``UsageError`` for a format that the report cannot be printed in.
    init(flags: FlagValues, for answer: any Report.Type, command: String, endsIDsWithNull: Bool) throws {
        environment = ProcessInfo.processInfo.environment
        folder = FileManager.default.currentDirectoryPath
        folders = SettingsFolders(environment: environment, folder: folder)
        let files = try folders.readFiles()
        projectFile = files.first { [folders] in $0.path == folders.projectFile }
        settings = try Settings(flags: flags, environment: environment, files: files)
        format = try settings.format(for: answer, command: command)
        isQuiet = try settings.boolean(.quiet)
        let color = try settings.text(.color).flatMap(ColorChoice.init) ?? .auto
        layout = TextLayout(descriptor: .standardOutput, color: color, environment: environment)
        let errors = TextLayout(descriptor: .standardError, color: color, environment: environment)
        messages = Messages(isQuiet: isQuiet, usesColor: errors.usesColor)
        self.endsIDsWithNull = endsIDsWithNull
        guard !endsIDsWithNull || format == .ids else {
            throw UsageError("--null ends ids with a NUL; it goes with --format ids")
        }
    }

    /// Prints a report in the format that was asked for, and what is to be said beside it.
    ///
    /// - Parameter flushes: Whether it is written out at once. What is said beside it comes after it only then.
    /// - Throws: ``CommandRun/failed`` where an id had to be left out.
    func print(_ report: some Report, as format: OutputFormat? = nil, flushes: Bool = true) throws {
        let format = format ?? self.format
        var leftOut = Remarks(messages.warning)
        let destination = ReportOutput(
            layout: layout, endsIDsWithNull: endsIDsWithNull,
            leaveOut: { id in
                leftOut.add(
                    "left out the id “\(id)”",
                    because: "it holds what would end it; "
                        + (endsIDsWithNull ? "--format json has it" : "--null ends ids with a NUL"))
            },
            write: output.write)
        try format.print(report, to: destination)
        if flushes { try output.flush() }
        leftOut.finish()
        if format == .text { for remark in report.remarks { messages.note(remark) } }
        if leftOut.count > 0 { throw CommandRun.failed }
    }
}

extension Settings {
    /// The format to print `answer` in.
    fileprivate func format(for answer: any Report.Type, command: String) throws -> OutputFormat {
        let (value, origin) = try resolve(.format)
        guard let format = OutputFormat.named(value.text), format.prints(answer) else {
            let names = OutputFormat.all(for: answer).map(\.name).joined(separator: ", ")
            // It is for one command that a flag stands, but a file may be meant for another one.
            let place = origin == .flag ? "" : " (\(Setting.format.place(of: origin)) says so)"
            throw UsageError(
                "`\(command)` has no \(value.text) output\(place); use --format with one of \(names)")
        }
        return format
    }
}

extension Setting {
    /// Where a value comes from: `default`, a file, `$POSTIL_…` or a flag.
    func place(of origin: Settings.Origin) -> String {
        switch origin {
        case .defaultValue: "default"
        case .file(let path): path
        case .environment: "$" + environmentVariable
        case .flag: option ?? "flag"
        }
    }
}
