import ArgumentParser
import Postil
import Reports

/// `postil search`: the best matches for a query.
struct SearchCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        _superCommandName: "postil",
        abstract: "Find the documents that match a query best.",
        discussion: """
            A bare query finds documents with any of its words, the best first. +word must occur, -word must not; \
            "a phrase", "a b"~5 (near), prefix*, word~ (similar spelling), =word (as written), title:word, author:name, tag:name, \
            date:2019..2021, karma:>=30, AND, OR, NOT, parentheses and word^2 (counts twice) refine it. Put quotes for the shell \
            around what has quotes for the query. Without a query, a terminal is asked for one, and shows what it finds while it \
            is typed.

            EXAMPLES:
              postil search reward hacking
              postil search '"inner alignment" -deceptive author:hubinger'
              postil search interpretability date:2020..2022 --limit 5 --offset 5
              postil search --explain corrigibility
              postil search --expand always deceptive alignment
              postil search --all 'instrumental convergence'
              postil search --format csv --fields id,title,date,tags reward > found.csv
              postil search --format bibtex 'author:hubinger' > hubinger.bib
              postil search --passages 3 --limit 2 mesa-optimization
              postil search --since 2w --save goodhart 'goodhart proxy'
              postil search --by passage 'inner alignment'
              postil search --sort -date 'author:shah'
              postil search reward --facet author,year
              postil search deception --group-by author --per-group 3
              postil search -i reviews.db -i papers.db goodhart
              postil search --topics topics.tsv --format trec > run.txt
            """)

    @Argument(
        help: ArgumentHelp("Words and operators of the query.", valueName: "query"), completion: Completions.query)
    var query: [String] = []

    @Option(.limit) var limit: String?

    // Without a default of its own, which the parser would look conformances up to describe, at every start.
    @Option(help: ArgumentHelp("Hits to pass over. (default: 0)", valueName: "count"))
    var offset: Int?

    @Flag(.exactTotal) var exactTotal: Bool?

    @Flag(help: "Search for the words as they are written, also where nothing has them.")
    var exact = false

    @Flag(
        help: """
            Show every copy of a text. Without it, documents with nearly the same text are one hit, the best of them, which \
            names the others; a TREC run has all in any case.
            """)
    var all = false

    @Flag(help: "Say how each score came about.")
    var explain = false

    @Flag(help: "Show how the query was understood: its operators, and what is looked for.")
    var showQuery = false

    @Option(
        help: ArgumentHelp(
            "What to print of each hit, in this order: "
                + "\(SearchReport.fieldNames.joined(separator: ", ")), or one value of the metadata, metadata.NAME.",
            valueName: "name,…"), completion: .list(SearchReport.fieldNames))
    var fields: String?

    @Option(
        help: ArgumentHelp(
            "What hits are sorted by, over all matches: relevance, date, title, author, source, tag or a name of metadata; with "
                + "a hyphen in front from the greatest to the least. Documents without a value come last. "
                + "(default: relevance)", valueName: "field"),
        completion: .list(["relevance", "date", "-date", "title", "author", "source"]))
    var sort: String?

    @Option(
        help: ArgumentHelp(
            "Count the values of fields over all matches: author, year, date, tag, source or a name of metadata.",
            valueName: "field,…"))
    var facet: String?

    @Option(help: ArgumentHelp("The most values of a facet; 0 for all. (default: 10)", valueName: "count"))
    var facetLimit: Int?

    @Option(
        help: ArgumentHelp(
            "Group the hits by author, year, date, tag, source or a name of metadata; --limit then counts groups.",
            valueName: "field"))
    var groupBy: String?

    @Option(help: ArgumentHelp("The most hits of a group. (default: 2)", valueName: "count"))
    var perGroup: Int?

    @Option(.snippetLength) var snippetLength: String?

    @Option(
        help: ArgumentHelp(
            "Leave documents out that are older: 10d, 2w, 6m, 1y, or a date; those without a date, too.",
            valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Save the search under a name, for `postil new`.", valueName: "name"))
    var save: String?

    @Option(help: ArgumentHelp("Passages to show of each hit, each with its address. (default: 1)", valueName: "count"))
    var passages: Int?

    @Option(help: ArgumentHelp("What is ranked: document or passage. (default: document)", valueName: "unit"))
    var by: Unit?

    @Option(.stopWords) var stopWords: String?

    @Option(.match) var match: String?

    @Option(.expand) var expand: String?

    @Option(.synonyms) var synonyms: String?

    @Option(.strategy) var strategy: String?

    @Option(.profile) var profile: String?

    @Option(
        help: ArgumentHelp(
            "Run every topic of a file with a topic's id, a tab and its query on each line, and print a TREC run.",
            valueName: "file"), completion: .file())
    var topics: String?

    @Option(help: ArgumentHelp("The last field of a TREC run. (default: postil)", valueName: "name"))
    var tag: String?

    @Flag(name: [.customShort("0"), .long], help: "End ids with a NUL instead of a line end, for xargs -0.")
    var null = false

    @Option(.index, several: "Several are searched as one.") var index: [String] = []

    @OptionGroup var options: OutputOptions<SearchReport>

    var flags: FlagValues {
        get throws {
            [
                .index: index.first, .limit: limit, .exactTotal: exactTotal.map(String.init),
                .snippetLength: snippetLength, .stopWords: stopWords, .match: match, .expand: expand,
                .synonyms: synonyms, .strategy: strategy, .profile: profile,
            ]
        }
    }

    /// What a hit is.
    enum Unit: String, ExpressibleByArgument, CaseIterable { case document, passage }

    private var runTag: String { tag ?? "postil" }

    func validate() throws {
        if let offset, offset < 0 { throw ValidationError("--offset is \(offset), but must be 0 or more.") }
        if let passages, passages < 1 { throw ValidationError("--passages is \(passages), but must be 1 or more.") }
        if by == .passage, explain || topics != nil || passages != nil {
            throw ValidationError(
                "--by passage ranks one passage at a time; leave --explain, --topics and --passages out.")
        }
        if save != nil, topics != nil { throw ValidationError("--save saves one query; leave --topics out.") }
        if by == .passage, sort != nil || facet != nil || groupBy != nil {
            throw ValidationError("--by passage goes by scores; leave --sort, --facet and --group-by out.")
        }
        if let perGroup, perGroup < 1 { throw ValidationError("--per-group is \(perGroup), but must be 1 or more.") }
        if let facetLimit, facetLimit < 0 {
            throw ValidationError("--facet-limit is \(facetLimit), but must be 0 or more.")
        }
        if perGroup != nil, groupBy == nil {
            throw ValidationError("--per-group needs --group-by, as in: --group-by author")
        }
        if facetLimit != nil, facet == nil {
            throw ValidationError("--facet-limit needs --facet, as in: --facet author")
        }
        if topics != nil, facet != nil || groupBy != nil {
            throw ValidationError("--facet and --group-by are about one query; leave them out with --topics.")
        }
        // On a terminal it is asked for.
        guard query.isEmpty != (topics == nil) || query.isEmpty && TerminalScreen.isTerminal else {
            throw ValidationError("Give a query or --topics, as in: postil search reward hacking")
        }
    }

    func run() throws {
        let session = try Session(self)
        let fields = try chosenFields(session)
        let opened = try session.openIndexes(index)
        if save != nil, opened.indexes.count > 1 { throw UsageError("--save saves a search of one index") }
        if let topics { return try run(topics: try TopicFile(path: topics), opened.searcher, session) }
        if query.isEmpty { return try ask(opened, fields, session) }
        try answer(query.map(QueryArguments.restored).joined(separator: " "), opened, fields, session)
    }

    /// Asks for queries, key by key or on a terminal that only prints lines line by line.
    private func ask(_ opened: SearchedIndexes, _ fields: [String]?, _ session: Session) throws {
        guard session.format == .text, save == nil, !explain, !showQuery, groupBy == nil, facet == nil, by != .passage,
            TerminalScreen.isAvailable(session.environment)
        else {
            return try LinePrompt { try answer($0, opened, fields, session) }.run()
        }
        try InteractiveSearch(session, opened) { try request($0, session) }.run()
    }

    /// Prints the answer to a query.
    private func answer(_ text: String, _ opened: SearchedIndexes, _ fields: [String]?, _ session: Session) throws {
        let searcher = opened.searcher
        let asked = try request(text, session)
        let results: SearchResults
        do {
            results = try by == .passage ? searcher.searchPassages(asked) : searcher.search(asked)
        } catch let error as UnknownField {
            throw error.usageError()
        }
        for hint in results.hints { session.messages.hint("\(hint.message) (column \(hint.column))") }
        if let corrected = results.correctedQuery {
            session.messages.hint(
                "showing results for “\(corrected)”; nothing \(text.contains(" ") ? "matches" : "has") “\(text)” "
                    + "(--exact searches for the words as they are written)")
        }
        let interpretation = showQuery ? try searcher.interpretation(of: asked) : nil
        try session.print(
            SearchReport(
                results, fields: fields, showsWork: explain, interpretation: interpretation, tag: runTag,
                today: Session.today, ranksPassages: by == .passage))
        session.keep(results, ranksPassages: by == .passage, of: opened.indexes)
        if let save { try saveSearch(text, as: save, searcher, opened.indexes[0], session) }
        guard !results.hits.isEmpty else { throw CommandRun.nothingFound }
    }

    /// Saves the search; what matches now is not new.
    private func saveSearch(_ text: String, as name: String, _ searcher: Searcher, _ index: Index, _ session: Session)
        throws
    {
        var saved = session.savedSearches(of: index)
        var search = SavedSearches.Search(name: name, query: text, since: since, seen: [], asked: "")
        search.see(try searcher.search(try SavedSearches.request(for: text, since: since)).hits, on: Session.today)
        saved.set(search)
        try saved.save(environment: session.environment)
        session.messages.note("saved as “\(name)”; `postil new \(name)` lists what comes")
    }

    /// Prints the run of all topics.
    private func run(topics: TopicFile, _ searcher: Searcher, _ session: Session) throws {
        // Nobody asked for text where nobody named a format.
        let isDefault = try session.settings.resolve(.format).origin == .defaultValue
        guard session.format == .trec || isDefault else {
            throw UsageError("--topics prints a TREC run; leave --format out or use --format trec")
        }
        var wasFound = false
        var hints = Remarks(session.messages.hint)
        for topic in topics.topics {
            var request = try request(topic.query, session)
            request.snippetLength = nil
            // A thousand documents a topic is what TREC's own tools expect.
            if try session.settings.resolve(.limit).origin == .defaultValue { request.limit = 1_000 }
            let results = try searcher.search(request)
            for hint in results.hints {
                hints.add("topic \(topic.id)", because: hint.message, suffix: " (column \(hint.column))")
            }
            try session.print(SearchReport(results, topic: topic.id, tag: runTag), as: .trec, flushes: false)
            if !results.hits.isEmpty { wasFound = true }
        }
        try session.output.flush()
        hints.finish()
        guard wasFound else { throw CommandRun.nothingFound }
    }

    /// The names in `--fields`.
    private func chosenFields(_ session: Session) throws -> [String]? {
        guard let fields else { return nil }
        guard session.format.showsFields, topics == nil else {
            let formats = OutputFormat.all.filter(\.showsFields).map(\.name).joined(separator: ", ")
            throw UsageError("--fields chooses what is printed of a hit; use it with --format and one of \(formats)")
        }
        let names = fields.split { $0 == "," || $0 == " " }.map(String.init)
        if let unknown = names.first(where: { !SearchReport.hasField($0) }) {
            throw UsageError(
                "a hit has no field “\(unknown)”\(Suggestion.text(for: unknown, among: SearchReport.fieldNames)); there are "
                    + SearchReport.fieldNames.joined(separator: ", ") + " and metadata.NAME")
        }
        guard !names.isEmpty else { throw UsageError("--fields names no field, as in: --fields title,date,tags") }
        return names
    }

    /// Runs are judged by what they rank, documents and not texts.
    private func copies(_ session: Session) -> SearchRequest.CopyTreatment {
        if topics != nil || session.format == .trec { return .ignored }
        guard all else { return .collapsed }
        return session.format.showsFields ? .marked : .ignored
    }

    private func request(_ text: String, _ session: Session) throws -> SearchRequest {
        let settings = session.settings
        let length = try settings.integer(.snippetLength)
        let showsPassages = session.format.showsFields && topics == nil
        var request = SearchRequest(
            text, limit: try settings.integer(.limit), offset: offset ?? 0,
            countsExactly: try settings.boolean(.exactTotal), snippetLength: length > 0 && showsPassages ? length : nil,
            strategy: try settings.text(.strategy).flatMap(EvaluationStrategy.init) ?? .automatic,
            stopWords: try settings.text(.stopWords).flatMap(SearchRequest.StopWordTreatment.init) ?? .automatic,
            explains: explain, copies: copies(session), ranking: try session.chosenProfile()?.ranking)
        request.correctsSpelling = !exact
        request.synonyms = try session.synonyms()
        request.matching = try settings.text(.match).flatMap(SearchRequest.WordMatching.init) ?? .any
        request.tellsMissingWords = showsPassages
        request.expansion = try settings.text(.expand).flatMap(SearchRequest.Expansion.init) ?? .off
        request.passages = passages ?? 1
        request.since = try since.map { try Session.day(since: $0) }
        if by == .passage {
            guard session.format != .trec else {
                throw UsageError("a TREC run ranks documents; leave --by passage out")
            }
            request.snippetLength = max(1, length > 0 ? length : 240)
        }
        if let sort { request.sort = SortOrder(QueryArguments.restored(sort)) }
        request.facets = facet.map { $0.split { $0 == "," || $0 == " " }.map(String.init) } ?? []
        request.facetLimit = facetLimit.map { $0 == 0 ? nil : $0 } ?? 10
        if let groupBy { request.grouping = Grouping(field: groupBy, perGroup: perGroup ?? 2) }
        return request
    }
}
