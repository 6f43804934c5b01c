import ArgumentParser
import Postil
import Reports

/// `postil explain`: how one document scores for a query.
struct ExplainCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        _superCommandName: "postil",
        abstract: "Show how a document's score for a query comes about.",
        discussion: """
            The document need not be among the best matches.

            EXAMPLES:
              postil explain hubinger-2019 learned optimization
              postil explain hubinger-2019 learned optimization --format json
            """)

    @Argument(
        help: ArgumentHelp(
            "The document's id as `postil search` prints it, or the number of a hit of the last search; FILE:ID where several files use one.",
            valueName: "id"), completion: Completions.ids)
    var id: String

    @Argument(help: ArgumentHelp("Words and operators of the query.", valueName: "query"))
    var query: [String]

    @Option(.expand) var expand: String?

    @Option(.synonyms) var synonyms: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<ExplanationReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex(), .expand: expand, .synonyms: synonyms] } }

    func run() throws {
        let session = try Session(self)
        let index = try session.openIndex()
        let searcher = try index.makeSearcher()
        let text = query.map(QueryArguments.restored).joined(separator: " ")
        let documents = try session.documents(id, in: index, by: searcher)
        guard !documents.isEmpty else { throw CommandRun.nothingFound }
        var request = SearchRequest(text)
        request.synonyms = try session.synonyms()
        request.expansion = try session.settings.text(.expand).flatMap(SearchRequest.Expansion.init) ?? .off
        for document in documents {
            guard let explanation = try searcher.explain(document.id, request) else {
                session.messages.warning("the query has no words to search for")
                throw CommandRun.nothingFound
            }
            try session.print(ExplanationReport(explanation, of: document, query: text))
        }
    }
}
