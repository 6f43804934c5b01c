import ArgumentParser
import Foundation
import Logging
import Postil
import Reports

/// The command line.
@main
struct PostilCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postil",
        abstract: "Index a collection of texts and answer ranked keyword queries over it.",
        discussion: """
            The index is one SQLite file, postil.db, whose inverted index is SQLite FTS5.

            EXAMPLES:
              postil index reviews/                     index a folder into postil.db
              postil search reward hacking              the best matches for either word
              postil search '+"reward hacking" -game'   a phrase, and a word to leave out
              postil search corrigibility --format json | jq '.hits[].id'

            EXIT STATUS: 0 with results, 1 without any, 2 after an error.
            """,
        version: PostilVersion.text,
        subcommands: subcommands)

    static func main() {
        ProgramProcess.ignoreWriteSignals()
        guard !CommandLine.arguments.isEmpty else {
            // Swift's standard library reads them there, and has none where it cannot.
            Messages.print("postil: error: the arguments cannot be read from /proc/self/cmdline; mount /proc")
            ProgramProcess.exit(CommandRun.failed.rawValue)
        }
        LoggingSystem.bootstrap { _ in MessageLogHandler() }
        ProgramProcess.exit(CommandRun.status(of: Array(CommandLine.arguments.dropFirst())))
    }
}

/// Shows what the library logs as this program's own messages: warnings and worse, on standard error. They are about the state of an
/// index, and name no command.
struct MessageLogHandler: LogHandler {
    var logLevel = Logger.Level.warning
    var metadata = Logger.Metadata()

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let layout = TextLayout(
            descriptor: .standardError, color: .auto, environment: ProcessInfo.processInfo.environment)
        Messages(isQuiet: false, usesColor: layout.usesColor).warning(
            "\(event.message); `postil check` says what to do")
    }
}
