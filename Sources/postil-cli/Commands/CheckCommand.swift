import ArgumentParser
import Postil
import Reports

/// `postil check`: whether the index is sound.
struct CheckCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        _superCommandName: "postil",
        abstract: "Test the index for damage, and mend it if asked.",
        discussion: """
            Compares SQLite's pages, FTS5's inverted index and Postil's own records with the documents. Exit status 0 \
            says that the index is sound, or is again after --repair; 2 that it is not.

            EXAMPLES:
              postil check
              postil check --quick
              postil check --repair
            """)

    @Flag(help: "Rebuild from the documents what is damaged.")
    var repair = false

    @Flag(help: "Look at pages, references and counts only, and read no text.")
    var quick = false

    @Option(.wait) var wait: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<SoundnessReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex(), .wait: wait] } }

    func run() throws {
        let session = try Session(self)
        let index = try session.openIndex(access: repair ? .repair : .readOnly)
        let check = try index.check(repair: repair, depth: quick ? .quick : .whole)
        try session.print(SoundnessReport(check, path: index.path))
        guard check.isSound else { throw CommandRun.failed }
    }
}
