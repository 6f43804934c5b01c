import ArgumentParser
import Postil

/// `postil search`: the best matches for a query.
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        _superCommandName: "postil",
        abstract: "Find the documents that match a query best.",
        discussion: """
            A bare query finds documents with any of its words, the best first. +word must occur, -word must not; \
            "a phrase", "a b"~5 (near), prefix*, word~ (similar spelling), title:word, author:name, tag:name, \
            date:2019..2021, AND, OR, NOT, parentheses and word^2 (counts twice) refine it. Put quotes for the shell \
            around what has quotes for the query.

            EXAMPLES:
              postil search reward hacking
              postil search '"inner alignment" -deceptive author:hubinger'
              postil search interpretability date:2020..2022 --limit 5 --offset 5
              postil search --explain corrigibility
              postil search --topics topics.tsv --format trec > run.txt
            """)

    @Argument(help: ArgumentHelp("Words and operators of the query.", valueName: "query"))
    var query: [String] = []

    @Option(
        name: [.customShort("n", allowingJoined: true), .long],
        help: ArgumentHelp("Hits on a page.", valueName: "count"))
    var limit: Int?

    // Without a default of its own, which the parser would look conformances up to describe, at every start.
    @Option(help: ArgumentHelp("Hits to pass over. (default: 0)", valueName: "count"))
    var offset: Int?

    @Flag(inversion: .prefixedNo, help: "Count all matches, which costs time.")
    var exactTotal: Bool?

    @Flag(help: "Say how each score came about.")
    var explain = false

    @Option(help: ArgumentHelp("Characters of the passage shown; 0 shows none.", valueName: "count"))
    var snippetLength: Int?

    @Option(
        help: ArgumentHelp("What to do with very common words: keep or drop.", valueName: "keep|drop"),
        completion: .list(["keep", "drop"]))
    var stopWords: String?

    @Option(
        help: ArgumentHelp(
            "How to evaluate the query: auto, block-max or exhaustive. The hits are the same.", valueName: "way"),
        completion: .list(["auto", "block-max", "exhaustive"]))
    var strategy: String?

    @Option(
        help: ArgumentHelp(
            "Run every topic of a file with a topic's id, a tab and its query on each line, and print a TREC run.",
            valueName: "file"), completion: .file())
    var topics: String?

    @Option(help: ArgumentHelp("The last field of a TREC run. (default: postil)", valueName: "name"))
    var tag: String?

    @OptionGroup var options: GlobalOptions

    /// The settings that the options give, by key.
    private var flags: [String: String] {
        var flags: [String: String] = [:]
        flags[SettingCatalogue.limit.key] = limit.map(String.init)
        flags[SettingCatalogue.exactTotal.key] = exactTotal.map(String.init)
        flags[SettingCatalogue.snippetLength.key] = snippetLength.map(String.init)
        flags[SettingCatalogue.stopWords.key] = stopWords
        flags[SettingCatalogue.strategy.key] = strategy
        return flags
    }

    private var runTag: String { tag ?? "postil" }

    func validate() throws {
        if let offset, offset < 0 { throw ValidationError("--offset is \(offset), but must be 0 or more.") }
        guard query.isEmpty != (topics == nil) else {
            throw ValidationError("Give a query or --topics, as in: postil search reward hacking")
        }
    }

    func run() throws {
        let session = try Session(options, flags: flags)
        let searcher = try session.openIndex().makeSearcher()
        let wasFound: Bool
        if let topics {
            wasFound = try run(topics: try TopicFile(path: topics), searcher, session)
        } else {
            let text = query.map(QueryArguments.restored).joined(separator: " ")
            let results = try searcher.search(try request(text, session))
            let record = SearchRecord(results, explains: explain)
            for hint in record.hints { session.messages.hint(hint.text) }
            try session.print(record, tag: runTag)
            wasFound = !results.hits.isEmpty
        }
        try session.output.flush()
        guard wasFound else { throw CommandRun.nothingFound }
    }

    /// Prints the run of all topics. Gives whether any had a hit.
    private func run(topics: TopicFile, _ searcher: Searcher, _ session: Session) throws -> Bool {
        guard [.text, .trec].contains(session.format) else {
            throw UsageError("--topics prints a TREC run; leave --format out or use --format trec")
        }
        var wasFound = false
        for topic in topics.topics {
            var request = try request(topic.query, session)
            request.snippetLength = nil
            // A thousand documents a topic is what TREC's own tools expect.
            if try session.settings.resolve(SettingCatalogue.limit).origin == .defaultValue { request.limit = 1_000 }
            let record = SearchRecord(try searcher.search(request))
            for hint in record.hints { session.messages.hint("topic \(topic.id): \(hint.text)") }
            try session.output.write(record.trecLines(topic: topic.id, tag: runTag))
            if !record.hits.isEmpty { wasFound = true }
        }
        return wasFound
    }

    private func request(_ text: String, _ session: Session) throws -> SearchRequest {
        let settings = session.settings
        let length = try settings.integer(SettingCatalogue.snippetLength)
        let strategyName = try settings.text(SettingCatalogue.strategy) ?? ""
        guard let strategy = EvaluationStrategy(rawValue: strategyName) else {
            let names = EvaluationStrategy.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError("there is no strategy “\(strategyName)”; use one of \(names)")
        }
        return SearchRequest(
            text, limit: try settings.integer(SettingCatalogue.limit), offset: offset ?? 0,
            countsExactly: try settings.boolean(SettingCatalogue.exactTotal),
            snippetLength: length > 0 && session.format.showsSnippets ? length : nil, strategy: strategy,
            stopWords: try settings.text(SettingCatalogue.stopWords) == "drop" ? .drop : .keep, explains: explain,
            marksDuplicates: session.format.showsSnippets && topics == nil,
            ranking: try session.chosenProfile()?.ranking)
    }
}
