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
}
