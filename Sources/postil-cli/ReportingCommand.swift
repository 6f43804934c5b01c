import ArgumentParser
import Reports

/// A command that answers with a report.
protocol ReportingCommand: ParsableCommand {
    /// What it prints; `--format` offers the formats that this has.
    associatedtype Answer: Report

    var options: OutputOptions<Answer> { get }
    /// The settings that its own options give.
    var flags: FlagValues { get throws }
    /// Whether ids are to end with NUL, for those that print ids.
    var null: Bool { get }
}

extension ReportingCommand {
    var flags: FlagValues { [:] }
    var null: Bool { false }
    /// What a user writes to run it: `postil sources add`.
    static var name: String {
        [configuration._superCommandName, configuration.commandName].compactMap(\.self).joined(separator: " ")
    }
}

/// Options that every command has that prints a report, with one meaning.
struct OutputOptions<Answer: Report>: ParsableArguments {
    @Option(formatOf: Answer.self) var format: String?

    @Option(.color) var color: String?

    @Flag(.quiet) var quiet: Bool?

    /// The settings that these options give.
    var flags: FlagValues { [.format: format, .color: color, .quiet: quiet.map(String.init)] }
}
