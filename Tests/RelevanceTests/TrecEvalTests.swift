import Foundation
import PostilTestSupport
import Testing

@testable import Relevance

private let trecEvalIsInstalled = (try? Python.run("import pytrec_eval; print('here')"))??.contains("here") ?? false

/// Metrics beside those of trec_eval itself, by way of pytrec_eval.
@Suite(.enabled(if: trecEvalIsInstalled, "pytrec_eval is not installed: pip install pytrec-eval-terrier"))
struct TrecEvalTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let sharedSets = root.appending(path: "../shared/data/ir").standardizedFileURL

    /// Topics in bytes' order, each with its measures as the shortest decimals that mean the same doubles.
    private static let script = """
        import collections, sys, pytrec_eval
        qrels, run = collections.defaultdict(dict), collections.defaultdict(dict)
        for line in open(sys.argv[1]):
            topic, _, document, grade = line.split(); qrels[topic][document] = int(grade)
        for line in open(sys.argv[2]):
            topic, _, document, _, score, _ = line.split(); run[topic][document] = float(score)
        names = sys.argv[4:]
        kinds = {name for name in names}
        evaluated = pytrec_eval.RelevanceEvaluator(qrels, kinds, relevance_level=int(sys.argv[3])).evaluate(run)
        for topic in sorted(evaluated, key=str.encode):
            print(topic, *[repr(float(evaluated[topic][name.replace('.', '_')])) for name in names])
        """

    private static let names = [
        ("ndcg", "nDCG"), ("ndcg_cut.5", "nDCG@5"), ("ndcg_cut.10", "nDCG@10"), ("map", "AP"), ("map_cut.5", "AP@5"),
        ("recip_rank", "RR"), ("P.5", "P@5"), ("P.10", "P@10"), ("recall.5", "R@5"), ("recall.100", "R@100"),
        ("Rprec", "Rprec"), ("bpref", "Bpref"), ("success.1", "Success@1"), ("success.5", "Success@5"),
    ]

    private func compare(_ qrels: String, _ run: String, threshold: Int, _ comment: Comment) throws {
        let folder = try TemporaryFolder()
        let paths = [try folder.write(qrels, to: "qrels"), try folder.write(run, to: "run")]
        let output = try #require(
            try Python.run(Self.script, paths + ["\(threshold)"] + Self.names.map(\.0)))
        let metrics = try Self.names.map { try #require(RelevanceMetric(named: $0.1)) }
        // trec_eval has no average over topics that were not answered.
        let measurement = RunMeasurement(
            try RankedRun(text: run, path: "run"), judgements: try Judgements(text: qrels, path: "qrels"),
            metrics: metrics, threshold: threshold, answeredOnly: true)
        let lines = output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        try #require(lines.map(\.first) == measurement.topics, "\(comment) \(output.prefix(500))")
        for (line, values) in zip(lines, measurement.values) {
            for (place, value) in values.enumerated() {
                #expect(
                    Double(line[place + 1]) == value, "\(comment), topic \(line[0]): \(Self.names[place].0)")
            }
        }
    }

    /// Few documents and scores, so that ties are frequent, and some grades below 0.
    @Test(arguments: [UInt64(1), 2, 3]) func everyMetricIsThatOfTrecEval(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var qrels = ""
        var run = ""
        for topic in 0..<40 {
            let documents = (0..<Int.random(in: 1...60, using: &random)).map { "d\($0)" }
            for document in documents where Int.random(in: 0..<3, using: &random) > 0 && topic % 13 != 5 {
                let grade = topic % 11 == 3 ? 0 : Int.random(in: -1...4, using: &random)
                qrels += "\(topic) 0 \(document) \(grade)\n"
            }
            for document in documents.shuffled(using: &random) where Bool.random(using: &random) && topic % 7 != 2 {
                // Steps of a tenth, and now and then one that single precision does not see.
                let step = Double(Int.random(in: -5...20, using: &random)) / 10
                run += "\(topic) Q0 \(document) 1 \(step + (Bool.random(using: &random) ? 1e-12 : 0)) x\n"
            }
        }
        for threshold in [1, 3] { try compare(qrels, run, threshold: threshold, "seed \(seed), from \(threshold)") }
    }

    @Test func theSamplesAreMeasuredAsByTrecEval() throws {
        let qrels = try String(contentsOf: Self.root.appending(path: "Samples/qrels.txt"), encoding: .utf8)
        // A ranking by nothing but the ids, of all judged documents.
        let lines = qrels.split(separator: "\n").map { $0.split(separator: " ") }
        let run = lines.map { "\($0[0]) Q0 \($0[2]) 1 \($0[2].utf8.reduce(0) { $0 &* 31 &+ Int($1) } % 1_000) x" }
        try compare(qrels, run.joined(separator: "\n"), threshold: 1, "samples")
    }

    /// The judgements of real collections, as they are (grade 1 throughout) and with grades at random; runs of documents that
    /// are judged for the topic or for another one, with ties, without some topics and with others that are not judged.
    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: sharedSets.path), "../shared/data is not here"),
        arguments: ["cran", "cisi", "med", "cacm", "scifact", "argtopic"])
    func sharedSetsAreMeasuredAsByTrecEval(set: String) throws {
        let seed = UInt64(15)
        var random = SplitMix64(seed: seed)
        let path = Self.sharedSets.appending(path: "\(set)/qrels.txt")
        let judged = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
            .map { $0.split(whereSeparator: \.isWhitespace) }
        let documents = Array(Set(judged.map { $0[2] })).sorted()
        var run = "unjudged Q0 \(documents[0]) 1 1 x\n"
        for (topic, lines) in Dictionary(grouping: judged, by: { $0[0] }).sorted(by: { $0.key < $1.key })
        where Int.random(in: 0..<9, using: &random) > 0 {
            let found = lines.map { $0[2] }.filter { _ in Int.random(in: 0..<3, using: &random) > 0 }
            let other = (0..<20).map { _ in documents.randomElement(using: &random) ?? documents[0] }
            for document in Set(found + other).sorted() {
                run += "\(topic) Q0 \(document) 1 \(Double(Int.random(in: 0..<60, using: &random)) / 10) x\n"
            }
        }
        let graded = judged.map { "\($0[0]) 0 \($0[2]) \(Int.random(in: 0...3, using: &random))" }
        for qrels in [judged.map { $0.joined(separator: " ") }, graded] {
            try compare(qrels.joined(separator: "\n"), run, threshold: 1, "\(set), seed \(seed)")
        }
    }
}
