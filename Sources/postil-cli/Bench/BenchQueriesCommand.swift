import ArgumentParser
import Foundation
import Postil
import Ranking
import Reports
import Workloads

/// `postil bench queries`: how fast an index answers.
struct BenchQueriesCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "queries",
        _superCommandName: "postil bench",
        abstract: "Run the queries of a file on a warm index and say how long they took.",
        discussion: """
            The file has one query a line, TREC topics, or JSON Lines with query and tags; figures are given over all \
            queries and by tag. Parsing and ranking are measured, on one thread; reading the hits' texts is not.

            With --baseline fts5 the index's documents are put into a plain FTS5 table (porter unicode61, optimized), \
            and the queries that FTS5 can express run there in turn. With --verify every result is compared with that \
            of the exhaustive evaluation, and a difference is an error.

            EXAMPLES:
              postil bench queries -i postil.db --queries queries.jsonl
              postil bench queries -i postil.db --queries topics.tsv -n 100 --repeat 10 --verify --json
            """)

    @Option(help: ArgumentHelp("The queries.", valueName: "file"), completion: .file())
    var queries: String

    @Option(
        name: [.customShort("n", allowingJoined: true), .long], help: ArgumentHelp("Hits a query.", valueName: "count"))
    var limit = 10

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp("Passes after the first; the best time counts.", valueName: "count"))
    var repetitions = 5

    @Option(.strategy) var strategy: String?

    @Option(help: ArgumentHelp("What to measure in turn: fts5.", valueName: "name"))
    var baseline: Baseline?

    @Flag(help: "Compare every result with the exhaustive evaluation.")
    var verify = false

    @Option(
        help: ArgumentHelp("Write each query's time and hits to this file, as JSON Lines.", valueName: "file"),
        completion: .file())
    var details: String?

    @Flag(help: "The same as --format json.")
    var json = false

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<QueryBenchmark>

    var flags: FlagValues {
        get throws {
            [
                .index: try index.onlyIndex(), .strategy: strategy, .format: json ? OutputFormat.json.name : nil,
            ]
        }
    }

    func validate() throws {
        guard (1...1_000_000).contains(limit) else {
            throw ValidationError("--limit is \(limit), but must be between 1 and 1,000,000.")
        }
        guard (1...10_000).contains(repetitions) else {
            throw ValidationError("--repeat is \(repetitions), but must be between 1 and 10,000.")
        }
    }

    func run() throws {
        let session = try Session(self)
        let strategy = try session.settings.text(.strategy).flatMap(EvaluationStrategy.init) ?? .automatic
        let queries = try QueryFile.read(queries)
        let searcher = try session.openIndex().makeSearcher()
        var benchmark = try measure(queries, searcher, strategy)
        if verify { try benchmark.verify(on: searcher, limit: limit) }
        if let details { try benchmark.details(searcher).write(toFile: details, atomically: true, encoding: .utf8) }
        try session.print(benchmark)
        for difference in (benchmark.differences ?? []).prefix(3) {
            session.messages.error(
                "“\(difference.query)”: \(Self.text(difference.pruned)), but \(Self.text(difference.exhaustive)) exhaustively"
            )
        }
        if benchmark.differences?.isEmpty == false { throw CommandRun.failed }
    }

    private func measure(
        _ queries: [BenchmarkQuery], _ searcher: Searcher, _ strategy: EvaluationStrategy
    ) throws -> QueryBenchmark {
        guard baseline == .fts5 else {
            return try QueryBenchmark(
                queries, on: searcher, limit: limit, strategy: strategy, repetitions: repetitions, baseline: nil)
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("postil-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch {
                Messages.print(
                    "postil: \(VisibleText.line(folder.path)) could not be removed: \(error.localizedDescription)")
            }
        }
        let table = try FTS5Baseline(path: folder.appendingPathComponent("fts5.db").path, documentsOf: searcher)
        return try QueryBenchmark(
            queries, on: searcher, limit: limit, strategy: strategy, repetitions: repetitions, baseline: table)
    }

    private static func text(_ hits: [ScoredDocument]) -> String {
        "[" + hits.prefix(10).map { "\($0.document):\($0.units)" }.joined(separator: " ") + "]"
    }
}
