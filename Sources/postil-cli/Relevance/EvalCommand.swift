import ArgumentParser
import Foundation
import Postil
import Relevance
import Reports

/// `postil eval`: how well a ranking answers judged topics.
struct EvalCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        _superCommandName: "postil",
        abstract: "Measure how well judged topics are answered.",
        discussion: """
            Topics are lines of an id, a tab and a query; judgements are lines as trec_eval reads them: topic, 0, document, \
            grade. Every metric is that of trec_eval: \(RelevanceMetric.examples); the names that trec_eval gives them do as \
            well. Documents of equal score stand in the order of their ids, the greatest first, as trec_eval has them.

            Every judged topic counts in the mean, with 0 where nothing was found. --compare takes runs, or ways to rank as \
            KEY=VALUE,… (\(RankingVariant.keys)), or \(RankingVariant.unchanged); each but the first is compared with the \
            first one topic by topic. p is how often rankings that are equally good would differ as much.

            EXAMPLES:
              postil eval --topics topics.tsv --qrels qrels.txt
              postil eval --run run.txt --qrels qrels.txt --metrics nDCG@10,AP,Rprec --per-query
              postil eval --compare a.txt b.txt --qrels qrels.txt
              postil eval --compare default stop-words=keep k1=1.5,b=0.6 --topics topics.tsv --qrels qrels.txt --plot p.svg
            """)

    @Option(
        help: ArgumentHelp("The topics to ask: a topic's id, a tab and its query on each line.", valueName: "file"),
        completion: .file())
    var topics: String?

    @Option(help: ArgumentHelp("The judgements.", valueName: "file"), completion: .file())
    var qrels: String

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("A TREC run to measure, of whatever program.", valueName: "file"), completion: .file())
    var measuredRun: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Runs or ways to rank to compare, the first with each other.", valueName: "run"),
        completion: .file())
    var compare: [String] = []

    @Option(
        help: ArgumentHelp(
            "What to measure. (default: \(RelevanceMetric.usual.map(\.name).joined(separator: ",")))",
            valueName: "name,…"))
    var metrics: String?

    @Flag(help: "Print the figures of each topic, too.")
    var perQuery = false

    @Option(
        help: ArgumentHelp(
            "The least grade that is relevant to metrics without grades. (default: 1)", valueName: "grade"))
    var relevantFrom: Int?

    @Flag(help: "Leave judged topics out for which nothing was found, as trec_eval does without -c.")
    var answeredOnly = false

    @Option(
        help: ArgumentHelp(
            "How p is corrected for the number of tests: holm, bonferroni or none. (default: holm)", valueName: "way"),
        completion: .list(MultipleTests.allCases.map(\.rawValue)))
    var correction: String?

    @Option(
        help: ArgumentHelp(
            "How many of the topics that changed most are shown with what came about. (default: 3)", valueName: "count")
    )
    var changed: Int?

    @Option(
        help: ArgumentHelp("Draw the differences of the topics into this SVG file.", valueName: "file"),
        completion: .file(extensions: ["svg"]))
    var plot: String?

    @Option(.limit) var limit: String?

    @Option(.stopWords) var stopWords: String?

    @Option(.expand) var expand: String?

    @Option(.synonyms) var synonyms: String?

    @Option(.strategy) var strategy: String?

    @Option(.profile) var profile: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<MeasurementReport>

    var flags: FlagValues {
        get throws {
            [
                .index: try index.onlyIndex(), .limit: limit, .stopWords: stopWords, .expand: expand,
                .synonyms: synonyms,
                .strategy: strategy,
                .profile: profile,
            ]
        }
    }

    func validate() throws {
        let given = [topics != nil && compare.isEmpty, measuredRun != nil, !compare.isEmpty].count { $0 }
        guard given == 1 else {
            throw ValidationError(
                "Give one of --topics, --run and --compare, as in: postil eval --run run.txt --qrels q.txt")
        }
        guard measuredRun == nil || topics == nil else {
            throw ValidationError("A run has its topics' answers already; leave --topics out.")
        }
        guard compare.count != 1 else { throw ValidationError("--compare takes two or more runs or ways to rank.") }
        guard plot == nil || !compare.isEmpty else { throw ValidationError("--plot goes with --compare.") }
        if let relevantFrom, !(1...Judgements.greatestGrade).contains(relevantFrom) {
            throw ValidationError(
                "--relevant-from is \(relevantFrom), but must be from 1 to \(Judgements.greatestGrade).")
        }
        if let changed, changed < 0 { throw ValidationError("--changed is \(changed), but must be 0 or more.") }
        if let correction, MultipleTests(rawValue: correction) == nil {
            throw ValidationError("--correction is holm, bonferroni or none.")
        }
    }

    func run() throws {
        let session = try Session(self)
        let source = MeasuredRuns(
            session: session, topics: try topics.map { try TopicFile(path: $0).topics },
            judgements: try Judgements(text: TextFile.read(qrels), path: qrels))
        let metrics = try chosenMetrics()
        guard !source.judgements.topics.isEmpty else { throw UsageError("\(qrels): judges no document") }
        func measured(_ run: RankedRun) -> RunMeasurement {
            RunMeasurement(
                run, judgements: source.judgements, metrics: metrics, threshold: relevantFrom ?? 1,
                answeredOnly: answeredOnly)
        }
        guard compare.isEmpty else { return try printComparison(of: source, measured) }
        let found = try source.run(measuredRun ?? RankingVariant.unchanged, isFile: measuredRun != nil).run
        let measurement = measured(found)
        // What prints entries alone would print nothing of a report without any.
        try session.print(MeasurementReport(measurement, listsTopics: perQuery || !session.format.showsFacts))
        guard !found.lists.isEmpty else { throw CommandRun.nothingFound }
    }

    private func printComparison(of source: MeasuredRuns, _ measured: (RankedRun) -> RunMeasurement) throws {
        let compared = try compare.map { try source.run($0, isFile: !RankingVariant.isMeant(by: $0)) }
        let comparison = RunComparison(
            zip(compare, compared).map { name, found in
                RunComparison.Candidate(name: name, run: found.run, measurement: measured(found.run))
            }, correction: correction.flatMap(MultipleTests.init) ?? .holm)
        guard !comparison.topics.isEmpty else { throw UsageError("the runs have no judged topic in common") }
        let report = ComparisonReport(
            comparison, changes: try changes(comparison, compared, source), listsTopics: perQuery)
        if let plot { try write(report.plot, to: plot) }
        try source.session.print(report)
    }

    /// The topics that changed most, with the documents that moved most there.
    private func changes(
        _ comparison: RunComparison, _ compared: [(run: RankedRun, trial: RankingTrial?)], _ source: MeasuredRuns
    ) throws -> [TopicChange] {
        try comparison.mostChangedTopics(changed ?? 3).map { change in
            let query = source.query(of: change.topic)
            let sides = (compared[0], compared[change.second])
            return TopicChange(
                change, query: query,
                documents: try comparison.movedDocuments(change, judgements: source.judgements).map { moved in
                    func explanation(_ trial: RankingTrial?) throws -> Explanation? {
                        guard let query, let trial else { return nil }
                        return try trial.explanation(of: moved.document, query: query)
                    }
                    return TopicChange.Document(
                        moved, title: try (sides.0.trial ?? sides.1.trial)?.document(moved.document)?.document.title,
                        first: try explanation(sides.0.trial), second: try explanation(sides.1.trial))
                })
        }
    }

    private func write(_ text: String, to path: String) throws {
        do { try text.write(toFile: path, atomically: true, encoding: .utf8) } catch {
            throw UsageError("\(path): cannot be written: \(error.localizedDescription)")
        }
    }

    private func chosenMetrics() throws -> [RelevanceMetric] {
        guard let metrics else { return RelevanceMetric.usual }
        var chosen: [RelevanceMetric] = []
        for name in metrics.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            guard let metric = RelevanceMetric(named: String(name)) else {
                throw UsageError("there is no metric “\(name)”; there are \(RelevanceMetric.examples)")
            }
            if !chosen.contains(metric) { chosen.append(metric) }
        }
        guard !chosen.isEmpty else { throw UsageError("--metrics names no metric, as in: --metrics nDCG@10,AP") }
        return chosen
    }
}
