import ArgumentParser
import Postil
import Reports

/// `postil saved`: the saved searches.
struct SavedCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "saved",
        _superCommandName: "postil",
        abstract: "List the saved searches on an index.",
        discussion: """
            EXAMPLES:
              postil saved
              postil saved --remove goodhart
            """)

    @Option(help: ArgumentHelp("Forget the search of this name.", valueName: "name"))
    var remove: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<SavedSearchesReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex()] } }

    func run() throws {
        let session = try Session(self)
        var saved = session.savedSearches(of: try session.openIndex())
        if let remove {
            guard saved.remove(remove) else {
                session.messages.warning("no search is saved as “\(remove)”")
                throw CommandRun.nothingFound
            }
            return try saved.save(environment: session.environment)
        }
        try session.print(
            SavedSearchesReport(
                saved.searches.map { .init(name: $0.name, query: $0.query, since: $0.since, asked: $0.asked) }))
        guard !saved.searches.isEmpty else { throw CommandRun.nothingFound }
    }
}
