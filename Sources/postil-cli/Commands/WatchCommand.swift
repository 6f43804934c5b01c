import ArgumentParser
import Postil
import Reports

/// `postil watch`: keeps the index up to date.
struct WatchCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        _superCommandName: "postil",
        abstract: "Keep the index up to date as files change.",
        discussion: """
            Does what `postil index` does, and again whenever files have changed: one line for each time that something came, \
            changed or went. A run that would remove most of the index is refused and told, and watching goes on. Where the \
            system does not tell of changes (file systems of other machines, more folders than it watches), --poll looks for them. \
            Ctrl-C ends it.

            EXAMPLES:
              postil watch                        everything that was indexed before
              postil watch notes/
              postil watch --poll 30 /mnt/nas/papers
              postil watch --format jsonl | jq .files
            """)

    @Argument(
        help: ArgumentHelp(
            "Files, folders and globs. Without any: all that the index remembers or postil.yaml names.",
            valueName: "path"), completion: .file())
    var paths: [String] = []

    @Option(
        help: ArgumentHelp(
            "Look for changes every so many seconds, and do not have the system tell of them.", valueName: "seconds"))
    var poll: Double?

    @Flag(.keepMissing) var keepMissing: Bool?

    @Option(.profile) var profile: String?

    @Option(.threads) var threads: String?

    @Option(.memory) var memory: String?

    @Flag(.verbose) var verbose: Bool?

    @Option(.wait) var wait: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<WatchReport>

    var flags: FlagValues {
        get throws {
            [
                .index: try index.onlyIndex(), .keepMissing: keepMissing.map(String.init), .profile: profile,
                .threads: threads, .memory: memory, .verbose: verbose.map(String.init), .wait: wait,
            ]
        }
    }

    func run() throws {
        if let poll, !(0.1...86_400).contains(poll) {
            throw UsageError("--poll is a number of seconds, from 0.1 to 86,400")
        }
        guard !paths.contains("-") else { throw UsageError("standard input does not change; name files and folders") }
        let session = try Session(self)
        let path = try session.indexPathForWriting(creates: !paths.isEmpty || session.declaresPlaces())
        var request = try session.indexingRequest(paths, ofIndexAt: path)
        request.patience = try session.endlessPatience()
        try CollectionWatch(
            session, request, indexAt: path, lookingEach: poll.map { .milliseconds(Int($0 * 1_000)) }
        ).run()
    }
}
