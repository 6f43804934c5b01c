import ArgumentParser
import Postil
import Relevance
import Reports

/// `postil tune`: which settings suit a collection, by judged topics.
struct TuneCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        _superCommandName: "postil",
        abstract: "Try settings on judged topics, and say whether any is better than chance makes it look.",
        discussion: """
            Tries every combination of the values that --try gives, each once on every judged topic. The best of many looks \
            better on the topics that chose it than it is. So topics are divided into folds; for each fold the settings are \
            chosen by the others, and only what they gain on the fold counts.

            EXAMPLES:
              postil tune --topics topics.tsv --qrels qrels.txt
              postil tune --topics topics.tsv --qrels qrels.txt --metric AP --try title-weight=1,2,4 --try stop-words=auto,keep
            """)

    @Option(
        help: ArgumentHelp("A topic's id, a tab and its query on each line.", valueName: "file"), completion: .file())
    var topics: String

    @Option(help: ArgumentHelp("The judgements.", valueName: "file"), completion: .file())
    var qrels: String

    @Option(help: ArgumentHelp("What is to be good. (default: nDCG@10)", valueName: "name"))
    var metric: String?

    @Option(
        name: .customLong("try"),
        help: ArgumentHelp(
            "Values of a setting to try: \(RankingVariant.keys). (default: \(Self.usual.joined(separator: ", ")))",
            valueName: "key=value,…"))
    var tries: [String] = []

    @Option(help: ArgumentHelp("Into how many folds topics are divided. (default: 5)", valueName: "count"))
    var folds: Int?

    @Option(.limit) var limit: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<TuningReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex(), .limit: limit] } }

    /// What differs most between collections, in steps that are seen in the second place of a metric.
    static let usual = ["title-weight=1,2,3,5", "k1=0.9,1.2,1.5,2", "b=0.5,0.75,0.9", "stop-words=auto,keep"]
    /// Most combinations, each of which asks every topic.
    private static let combinationLimit = 1_000

    func validate() throws {
        if let folds, !(2...100).contains(folds) {
            throw ValidationError("--folds is \(folds), but must be from 2 to 100.")
        }
    }

    func run() throws {
        let session = try Session(self)
        guard let metric = RelevanceMetric(named: metric ?? "nDCG@10") else {
            throw UsageError("there is no metric “\(metric ?? "")”; there are \(RelevanceMetric.examples)")
        }
        let ways = try Self.combinations(of: tries.isEmpty ? Self.usual : tries)
        let judgements = try Judgements(text: TextFile.read(qrels), path: qrels)
        let asked = try TopicFile(path: topics).topics.filter { judgements.grades[RunLine.field($0.id)] != nil }
        let folds = folds ?? 5
        guard Set(asked.map { RunLine.field($0.id) }).count >= folds else {
            throw UsageError(
                "\(topics): \(asked.count) of its topics are judged, and \(folds) folds need as many topics")
        }
        let source = MeasuredRuns(session: session, topics: asked, judgements: judgements)
        // One searcher for all, so that what one way has read of the index serves the next.
        let values = try ways.map { way in
            let run = try source.run(source.trial(way), asked)
            let measurement = RunMeasurement(run, judgements: judgements, metrics: [metric])
            let askedNames = Set(asked.map { RunLine.field($0.id) })
            return zip(measurement.topics, measurement.values).filter { askedNames.contains($0.0) }.map { $0.1[0] }
        }
        let validation = CrossValidation(values, folds: folds)
        try session.print(
            TuningReport(validation, metric: metric, names: ways.map(\.name), values: values, folds: folds))
    }

    /// Every combination of values, behind the settings as they are.
    static func combinations(of tries: [String]) throws -> [RankingVariant] {
        var texts = [""]
        for text in tries {
            let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2 else { throw UsageError("--try gives a key and values, as in: --try k1=0.9,1.2") }
            let values = sides[1].split(separator: ",")
            guard !values.isEmpty, texts.count * values.count <= combinationLimit else {
                throw UsageError("--try gives no value for \(sides[0]), or more than \(combinationLimit) combinations")
            }
            texts = texts.flatMap { text in values.map { text + (text.isEmpty ? "" : ",") + "\(sides[0])=\($0)" } }
        }
        return try ([RankingVariant.unchanged] + texts).map { try RankingVariant($0) }
    }
}
