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
        completion: Completions.orders)
    var sort: String?

    @Option(
        help: ArgumentHelp(
            "Count the values of fields over all matches: author, year, date, tag, source or a name of metadata.",
            valueName: "field,…"), completion: Completions.fields)
    var facet: String?

    @Option(help: ArgumentHelp("The most values of a facet; 0 for all. (default: 10)", valueName: "count"))
    var facetLimit: Int?

    @Option(
        help: ArgumentHelp(
            "Group the hits by author, year, date, tag, source or a name of metadata; --limit then counts groups.",
            valueName: "field"), completion: Completions.fields)
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
    var by: SearchOptions.Unit?

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
        [
            .index: index.first, .limit: limit, .exactTotal: exactTotal.map(String.init), .snippetLength: snippetLength,
            .stopWords: stopWords, .match: match, .expand: expand, .synonyms: synonyms, .strategy: strategy,
            .profile: profile,
        ]
    }

    /// What the command line asks for.
    var asked: SearchOptions {
        var asked = SearchOptions()
        asked.query = query
        asked.indexes = index
        asked.flags = options.flags.merging(flags)
        asked.offset = offset ?? 0
        (asked.exact, asked.all, asked.explain, asked.showQuery, asked.null) = (exact, all, explain, showQuery, null)
        // A value may have been taken for a word to exclude.
        func written(_ text: String?) -> String? { text.map(QueryArguments.restored) }
        (asked.fields, asked.sort, asked.groupBy, asked.perGroup) = (written(fields), sort, written(groupBy), perGroup)
        (asked.facet, asked.facetLimit) = (written(facet), facetLimit)
        (asked.since, asked.save, asked.passages, asked.by) = (written(since), written(save), passages, by)
        (asked.topics, asked.tag) = (written(topics), written(tag))
        return asked
    }

    func validate() throws {
        if let offset, offset < 0 { throw ValidationError("--offset is \(offset), but must be 0 or more.") }
        if let passages, passages < 1 { throw ValidationError("--passages is \(passages), but must be 1 or more.") }
        if by == .passage, explain || topics != nil || passages != nil {
            throw ValidationError(
                "--by passage ranks one passage at a time; leave --explain, --topics and --passages out.")
        }
        if let save, save.allSatisfy(\.isWhitespace) {
            throw ValidationError("--save needs a name, as in: --save goodhart")
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

    func run() throws { try SearchRun(asked).run() }
}

extension SearchOptions.Unit: ExpressibleByArgument {}
