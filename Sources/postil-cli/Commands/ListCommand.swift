import ArgumentParser
import Postil
import Reports

/// `postil list`: the values of a field, with the number of documents that have each.
struct ListCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        _superCommandName: "postil",
        abstract: "List authors, tags, years, sources, fields or the values of any field, with counts.",
        discussion: """
            The values of most documents come first. With --query, only documents that match are counted. `fields` are the \
            names that queries, --sort and --facet know, each with the number of documents that have it. Exit status 1 says \
            that there is nothing to list.

            EXAMPLES:
              postil list authors
              postil list tags --query 'date:2020..'
              postil list years --format csv
              postil list fields
              postil list kind --limit 20
            """)

    @Argument(
        help: ArgumentHelp(
            "authors, tags, years, sources, fields, or the name of a field.", valueName: "what"),
        completion: .list(["authors", "tags", "years", "sources", "fields"]))
    var what: String

    @Option(help: ArgumentHelp("Count only the documents that match. (default: *)", valueName: "query"))
    var query: String?

    @Option(
        name: [.customShort("n"), .long],
        help: ArgumentHelp("The most values to list; 0 for all. (default: 0)", valueName: "count"))
    var limit: Int?

    @Option(.index, several: "Several are searched as one.") var index: [String] = []

    @OptionGroup var options: OutputOptions<ValuesReport>

    var flags: FlagValues { [.index: index.first] }

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit is \(limit), but must be 0 or more.") }
    }

    func run() throws {
        let session = try Session(self)
        let searcher = try session.openIndexes(index).searcher
        let facet: Facet
        do {
            facet =
                what == "fields"
                ? try searcher.fields(of: query ?? "*")
                : try searcher.facet(Self.fields[what] ?? what, of: query ?? "*", limit: limit == 0 ? nil : limit)
        } catch let error as UnknownField {
            throw error.usageError(among: Self.fields.keys.sorted() + ["fields"] + error.known)
        }
        try session.print(ValuesReport(facet))
        guard !facet.values.isEmpty else { throw CommandRun.nothingFound }
    }

    private static let fields = [
        "authors": "author", "tags": "tag", "years": "year", "sources": "source", "dates": "date",
    ]
}

extension UnknownField {
    /// The error for people, with the name that was probably meant.
    func usageError(among names: [String]? = nil) -> UsageError {
        let names = names ?? known
        return UsageError(
            "there is no field “\(name)”\(Suggestion.text(for: name, among: names)); there are "
                + names.joined(separator: ", "))
    }
}
