import Foundation
import Postil
import Relevance
import Reports

/// Where the runs come from that are measured: files, or the index that is asked now.
struct MeasuredRuns {
    let session: Session
    /// The topics to ask; nil where none were given.
    let topics: [TopicFile.Topic]?
    let judgements: Judgements

    /// A run that `name` names, and the trial that it is from where it is no file's.
    func run(_ name: String, isFile: Bool) throws -> (run: RankedRun, trial: RankingTrial?) {
        guard !isFile else { return (try RankedRun(text: TextFile.read(name), path: name), nil) }
        guard let topics else {
            throw UsageError("“\(name)” is a way to rank; --topics says what to ask: --topics topics.tsv")
        }
        let trial = try trial(RankingVariant(name))
        return (try run(trial, topics.filter { judgements.grades[RunLine.field($0.id)] != nil }), trial)
    }

    /// A way to rank on its index.
    func trial(_ variant: RankingVariant) throws -> RankingTrial {
        let index = try variant.index.map { try Index.open(at: $0, access: .readOnly) } ?? session.openIndex()
        return RankingTrial(variant, base: try request(), searcher: try index.makeSearcher(), session: session)
    }

    /// What a trial finds for topics, with a line that tells how far it is.
    func run(_ trial: RankingTrial, _ topics: [TopicFile.Topic]) throws -> RankedRun {
        let progress = session.progressLine()
        defer { progress.finish() }
        return try trial.run(topics) { topic in progress.update { "\(trial.variant.name)  topic \(topic.id)" } }
    }

    /// The query of a topic, where topics were given.
    func query(of topic: String) -> String? { topics?.first { RunLine.field($0.id) == topic }?.query }

    /// Documents a topic: a thousand, as TREC's own tools expect, unless settings say so.
    func depth() throws -> Int {
        try session.settings.resolve(.limit).origin == .defaultValue ? 1_000 : try session.settings.integer(.limit)
    }

    private func request() throws -> SearchRequest {
        let settings = session.settings
        var request = SearchRequest(
            "", limit: try depth(), snippetLength: nil,
            strategy: try settings.text(.strategy).flatMap(EvaluationStrategy.init) ?? .automatic,
            stopWords: try settings.text(.stopWords).flatMap(SearchRequest.StopWordTreatment.init) ?? .automatic,
            ranking: try session.chosenProfile()?.ranking)
        request.synonyms = try session.synonyms()
        request.expansion = try settings.text(.expand).flatMap(SearchRequest.Expansion.init) ?? .off
        return request
    }
}

/// A file of text that the command line names.
enum TextFile {
    /// Its text, or that of standard input for `-`; bytes that are no UTF-8 become question marks.
    static func read(_ path: String) throws -> String {
        let data: Data?
        if path == "-" {
            data = try FileHandle.standardInput.readToEnd() ?? Data()
        } else {
            data = FileManager.default.contents(atPath: path)
        }
        guard let data else { throw UsageError("\(path): cannot be read; is the path right?") }
        return String(decoding: data, as: UTF8.self)
    }
}
