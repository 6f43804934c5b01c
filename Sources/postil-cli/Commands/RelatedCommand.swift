import ArgumentParser
import Postil
import Reports

/// `postil related`: words that stand near a word.
struct RelatedCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "related",
        _superCommandName: "postil",
        abstract: "Find the words that stand near a word more often than elsewhere.",
        discussion: """
            They are found in the documents themselves, of which up to 400 are read. Each has the number of documents in which it \
            stands near. Search one of them when you remember a thought and not its words, or put it into a file of synonyms.

            EXAMPLES:
              postil related corrigibility
              postil related inner alignment --limit 20
            """)

    @Argument(
        help: ArgumentHelp("A word, or several as they stand in a row.", valueName: "word"),
        completion: Completions.query)
    var words: [String]

    @Option(.limit) var limit: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<RelatedWordsReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex(), .limit: limit] } }

    func run() throws {
        let session = try Session(self)
        let searcher = try session.openIndex().makeSearcher()
        let related = try searcher.relatedWords(
            to: words.joined(separator: " "), limit: try session.settings.integer(.limit))
        guard !related.words.isEmpty else {
            let query = words.joined(separator: " ")
            if related.documents == 0 {
                // It says what was probably meant.
                for hint in try searcher.search(SearchRequest("\"\(query)\"")).hints {
                    session.messages.hint(hint.message)
                }
            } else {
                session.messages.hint(
                    "of the words near “\(query)” none stands in two of its \(related.documents) documents more often than elsewhere"
                )
            }
            throw CommandRun.nothingFound
        }
        try session.print(RelatedWordsReport(related))
    }
}
