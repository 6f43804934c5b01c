import ArgumentParser
import Reports

/// Options that every command has that prints a report, with one meaning.
struct OutputOptions<Answer: Report>: ParsableArguments {
    @Option(formatOf: Answer.self) var format: String?

    @Option(.color) var color: String?

    @Flag(.quiet) var quiet: Bool?

    /// The settings that these options give.
    var flags: FlagValues { [.format: format, .color: color, .quiet: quiet.map(String.init)] }
}
