import ArgumentParser
import Postil
import Reports

/// `postil info`: what is in the index.
struct InfoCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        _superCommandName: "postil",
        abstract: "Say what is in the index and how it was made.",
        discussion: """
            EXAMPLES:
              postil info
              postil info --format json | jq .documents
            """)

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<InformationReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex()] } }

    func run() throws {
        let session = try Session(self)
        try session.print(InformationReport(try session.openIndex().information()))
    }
}
