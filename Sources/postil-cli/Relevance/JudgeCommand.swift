import ArgumentParser
import Foundation
import Postil
import Relevance
import Reports

/// `postil judge`: what is relevant, asked document by document.
struct JudgeCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        _superCommandName: "postil",
        abstract: "Judge which documents answer which topic, one key a document.",
        discussion: """
            Shows the best documents of each topic that are not judged yet, and takes a digit for a grade: 0 for not relevant. \
            u takes the last step back, s skips a document, n goes to the next topic, v shows the whole text, q stops. Every \
            grade is written at once, and the same command goes on where it stopped. The file is what `postil eval --qrels` and \
            trec_eval read.

            The pool has the best of all the ways to rank that --settings names, so that none is favoured that found what \
            another one missed: KEY=VALUE,… (\(RankingVariant.keys)), or \(RankingVariant.unchanged).

            EXAMPLES:
              postil judge --topics topics.tsv --out qrels.txt
              postil judge --topics topics.tsv --out qrels.txt --depth 30 --settings default title-weight=1 stop-words=keep
            """)

    @Option(
        help: ArgumentHelp("A topic's id, a tab and its query on each line.", valueName: "file"), completion: .file())
    var topics: String

    @Option(help: ArgumentHelp("The judgements, to begin or to go on with.", valueName: "file"), completion: .file())
    var out: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Ways to rank whose best documents are judged. (default: default)", valueName: "way"))
    var settings: [String] = []

    @Option(help: ArgumentHelp("How many documents of each way are judged. (default: 20)", valueName: "count"))
    var depth: Int?

    @Option(help: ArgumentHelp("The greatest grade, up to 9. (default: 3)", valueName: "grade"))
    var grades: Int?

    @Option(.snippetLength) var snippetLength: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<JudgingReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex(), .snippetLength: snippetLength] } }

    func validate() throws {
        if let depth, !(1...1_000).contains(depth) {
            throw ValidationError("--depth is \(depth), but must be from 1 to 1000.")
        }
        if let grades, !(1...9).contains(grades) {
            throw ValidationError("--grades is \(grades), but must be from 1 to 9.")
        }
    }

    func run() throws {
        let session = try Session(self)
        let topics = try TopicFile(path: topics).topics
        let queries = Dictionary(topics.map { (RunLine.field($0.id), $0.query) }) { first, _ in first }
        let pools = try JudgingPools(
            ways: (settings.isEmpty ? [RankingVariant.unchanged] : settings).map { try RankingVariant($0) },
            depth: depth ?? 20, session: session)
        var file = try JudgementFile(path: out)
        var queue = try JudgingQueue(
            topics: topics.map { RunLine.field($0.id) }, judgements: file.judgements
        ) { try pools.documents(for: queries[$0] ?? "") }
        let keys = KeyInput()
        while let item = queue.current {
            let query = queries[item.topic] ?? ""
            Messages.print(
                "\n" + pools.question(item, query: query, waiting: queue.waiting.count, greatest: grades ?? 3, session))
            guard let key = try keys.next(), key != "q" else { break }
            switch key {
            case "u":
                guard queue.undo(), let back = queue.current else {
                    Messages.print("There is nothing to take back.")
                    continue
                }
                try file.update(to: queue.judgements, topic: back.topic, document: back.document)
            case "s": try queue.skip()
            case "n": try queue.skipTopic()
            case "v": Messages.print(try pools.text(of: item.document))
            default:
                guard let grade = key.wholeNumberValue, grade <= grades ?? 3 else {
                    Messages.print("“\(key)” is no key: 0 to \(grades ?? 3), u, s, n, v or q")
                    continue
                }
                try queue.grade(grade)
                try file.update(to: queue.judgements, topic: item.topic, document: item.document)
            }
        }
        try session.print(
            JudgingReport(
                graded: queue.gradedCount, total: file.count, isFinished: queue.current == nil, path: out))
    }
}
