import ArgumentParser
import Foundation
import Postil
import Reports

/// `postil sql`: the index in SQLite's shell, with Postil's functions.
struct SQLCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql",
        _superCommandName: "postil",
        abstract: "Open the index in SQLite's shell, with ranked search as a function.",
        discussion: """
            postil_search(query, limit, offset, options) is a table of hits with rowid, rank, score, id, title, author, date, url, \
            snippet and highlights; documents are the table documents. What follows the command is handed to sqlite3; options of \
            the shell stand behind --. The extension is looked for beside this program; $POSTIL_EXTENSION names another one.

            EXAMPLES:
              postil sql
              postil sql "SELECT rank, title FROM postil_search('reward hacking', 3)"
              postil sql -- -box "SELECT author, count(*) FROM documents GROUP BY author"
            """)

    @Argument(help: ArgumentHelp("What the shell is to do; without it, it asks.", valueName: "sql"))
    var sql: [String] = []

    @Flag(help: "Only say what would be run.")
    var dryRun = false

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<OpeningReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex()] } }

    func run() throws {
        let session = try Session(self)
        let index = session.absolutePath(of: try session.openIndex())
        let `extension` = try Self.extension(session.environment)
        // The shell reads a word in quotation marks as C does.
        let quoted = `extension`.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let program = try Self.shell(session.environment)
        let arguments = ["-cmd", ".load \"\(quoted)\"", index] + sql
        if dryRun {
            return try session.print(OpeningReport(kind: "shell", program: program, arguments: arguments))
        }
        try ProgramProcess.become(program, ["sqlite3"] + arguments)
    }

    /// SQLite's shell on the path.
    private static func shell(_ environment: [String: String]) throws -> String {
        let folders = (environment["PATH"] ?? "").split(separator: ":", omittingEmptySubsequences: true)
        let found = folders.map { "\($0)/sqlite3" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let found else {
            throw UsageError(
                "there is no sqlite3 on $PATH; install SQLite's shell (Debian, Ubuntu and Homebrew: sqlite3)")
        }
        return found
    }

    /// The extension: the one that is named, or the one that lies beside this program.
    private static func `extension`(_ environment: [String: String]) throws -> String {
        if let named = environment["POSTIL_EXTENSION"], !named.isEmpty {
            guard FileManager.default.fileExists(atPath: named) else {
                throw UsageError("$POSTIL_EXTENSION names \(named), which is not there")
            }
            return named
        }
        #if os(macOS)
            let name = "postil0.dylib"
        #else
            let name = "postil0.so"
        #endif
        let program = URL(filePath: Bundle.main.executablePath ?? CommandLine.arguments[0]).resolvingSymlinksInPath()
        let path = program.deletingLastPathComponent().appending(path: name).path
        guard FileManager.default.fileExists(atPath: path) else {
            throw UsageError(
                "there is no \(path); Scripts/build-extension makes it, and $POSTIL_EXTENSION can name one elsewhere")
        }
        return path
    }
}
