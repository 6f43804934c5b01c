import ArgumentParser
import Postil
import Reports

/// `postil bench index`: how fast a collection is indexed.
struct BenchIndexCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        _superCommandName: "postil bench",
        abstract: "Index a collection into a temporary file and say what it cost.",
        discussion: """
            Reports time, processor time, peak memory, index size, and the time of each stage. With --baseline fts5 the \
            same documents are also inserted into a plain FTS5 table (porter unicode61, one transaction, text stored), \
            in turn with Postil's runs; reading them is not counted then, but it is counted for Postil. A bare number for \
            --memory means MiB.

            EXAMPLES:
              postil bench index corpus.jsonl --baseline fts5 --repeat 3
              postil bench index reviews/ --threads 1 --json
            """)

    @Argument(
        help: ArgumentHelp("Files, folders and globs, as for `postil index`.", valueName: "corpus"), completion: .file()
    )
    var corpus: [String]

    @Option(.profile) var profile: String?

    @Option(.threads) var threads: String?

    @Option(.memory) var memory: String?

    @Option(.compression) var compression: String?

    @Option(help: ArgumentHelp("What to measure in turn: fts5.", valueName: "name"))
    var baseline: Baseline?

    @Option(name: .customLong("repeat"), help: ArgumentHelp("Times everything is run.", valueName: "count"))
    var repetitions = 1

    @Option(help: ArgumentHelp("Keep the index of the last run in this file.", valueName: "file"), completion: .file())
    var keep: String?

    @Flag(help: "The same as --format json.")
    var json = false

    @OptionGroup var options: OutputOptions<IndexBenchmark>

    var flags: FlagValues {
        [
            .profile: profile, .threads: threads, .compression: compression,
            .memory: memory.map { Int($0) == nil ? $0 : $0 + "MiB" }, .format: json ? OutputFormat.json.name : nil,
        ]
    }

    func validate() throws {
        guard (1...1_000).contains(repetitions) else {
            throw ValidationError("--repeat is \(repetitions), but must be between 1 and 1000.")
        }
    }

    func run() throws {
        let session = try Session(self)
        let progress = session.progressLine()
        defer { progress.finish() }
        let benchmark = try IndexBenchmark(
            try request(session), count: repetitions, comparesWithFTS5: baseline == .fts5, keptPath: keep,
            progress: { step in progress.update { step.line } })
        progress.finish()
        try session.warn(of: benchmark.skipped, failed: benchmark.failed)
        try session.print(benchmark)
        if benchmark.documents == 0 { throw CommandRun.nothingFound }
        if !benchmark.skipped.isEmpty { throw CommandRun.failed }
    }
}

extension BenchIndexCommand {
    private func request(_ session: Session) throws -> IndexingRequest {
        let settings = session.settings
        return IndexingRequest(
            paths: corpus, profile: try session.chosenProfile(), analyzer: try settings.text(.analyzer),
            compression: try settings.text(.compression).flatMap(TextCompression.init),
            memory: try settings.bytes(.memory), threads: try settings.integer(.threads)
        )
    }
}

/// What Postil is measured against.
enum Baseline: String, CaseIterable, ExpressibleByArgument {
    /// SQLite FTS5 as it comes.
    case fts5
}
