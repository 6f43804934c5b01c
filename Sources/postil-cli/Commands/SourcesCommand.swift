import ArgumentParser
import Foundation
import Postil
import Reports

/// `postil sources`: the places that an index remembers.
struct SourcesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources",
        _superCommandName: "postil",
        abstract: "List, add, change and remove the places that the index remembers.",
        discussion: """
            `postil index PATH` remembers each place with the profile that reads it; `postil index` without a path \
            brings all of them up to date.

            EXAMPLES:
              postil sources
              postil sources add --profile alignment-newsletter newsletter.csv
              postil sources remove old-notes/
            """,
        subcommands: [SourcesListCommand.self, SourcesAddCommand.self, SourcesRemoveCommand.self],
        defaultSubcommand: SourcesListCommand.self)
}

/// `postil sources list`.
struct SourcesListCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", _superCommandName: "postil sources",
        abstract: "List the places, each with its profile.",
        discussion: """
            EXAMPLES:
              postil sources list
              postil sources list --format json
            """)

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<SourcesReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex()] } }

    func run() throws {
        let session = try Session(self)
        try session.print(SourcesReport(session.openIndex().roots()))
    }
}

/// `postil sources add`: a new place, or a new profile for one.
struct SourcesAddCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", _superCommandName: "postil sources",
        abstract: "Remember a place, or change the profile that reads it.",
        discussion: """
            Nothing is read before the next `postil index`.

            EXAMPLES:
              postil sources add reviews/
              postil sources add --profile lesswrong export.csv
            """)

    @Argument(help: ArgumentHelp("Files, folders and globs.", valueName: "path"), completion: .file())
    var paths: [String]

    @Option(.profile) var profile: String?

    @Option(.wait) var wait: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<SourcesReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex(), .profile: profile, .wait: wait] } }

    func run() throws {
        let session = try Session(self)
        let index = try session.openIndex(access: .readWrite)
        let profile = try session.chosenProfile()
        for path in paths {
            let root = try index.remember(path, profile: profile)
            if !root.isPattern, !FileManager.default.fileExists(atPath: root.path) {
                session.messages.warning("\(path): does not exist; it is read when it does")
            }
        }
        try session.print(SourcesReport(index.roots()))
    }
}

/// `postil sources remove`: forgets a place.
struct SourcesRemoveCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", _superCommandName: "postil sources",
        abstract: "Forget a place; its documents stay.",
        discussion: """
            `postil remove PATH` removes the documents as well.

            EXAMPLES:
              postil sources remove old-notes/
            """)

    @Argument(help: ArgumentHelp("Places as `postil sources` lists them.", valueName: "path"), completion: .file())
    var paths: [String]

    @Option(.wait) var wait: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<SourcesReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex(), .wait: wait] } }

    func run() throws {
        let session = try Session(self)
        let index = try session.openIndex(access: .readWrite)
        var isComplete = true
        for path in paths where try !index.forget(path) {
            session.messages.warning("\(path): is no place that the index remembers; `postil sources` lists them")
            isComplete = false
        }
        try session.print(SourcesReport(index.roots()))
        guard isComplete else { throw CommandRun.nothingFound }
    }
}
