import ArgumentParser
import Postil

/// `postil explain`: how one document scores for a query.
struct ExplainCommand: ParsableCommand {
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
            "The document's id as `postil search` prints it; FILE:ID where several files use one.", valueName: "id"))
    var id: String

    @Argument(help: ArgumentHelp("Words and operators of the query.", valueName: "query"))
    var query: [String]

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let session = try Session(options)
        try session.requireFormat([.text, .json, .jsonl], for: Self.self)
        let searcher = try session.openIndex().makeSearcher()
        let text = query.map(QueryArguments.restored).joined(separator: " ")
        let documents = try session.documents(id, of: searcher)
        guard !documents.isEmpty else { throw CommandRun.nothingFound }
        for document in documents {
            guard let explanation = try searcher.explain(document.id, query: text) else {
                session.messages.warning("the query has no words to search for")
                throw CommandRun.nothingFound
            }
            try print(ExplanationRecord(explanation), of: DocumentRecord(document), query: text, session)
        }
        try session.output.flush()
    }

    private func print(_ explanation: ExplanationRecord, of document: DocumentRecord, query: String, _ session: Session)
        throws
    {
        guard session.format == .text else {
            let value = JSONValue.members([
                "format_version": .integer(SearchRecord.formatVersion), "query": .string(query),
                "id": .string(document.id), "explanation": explanation.json,
            ])
            return try session.output.write((session.format == .json ? value.indentedText : value.text) + "\n")
        }
        let heading = VisibleText.line(document.title.isEmpty ? document.id : document.title)
        try session.output.write(TextStyle.heading.applied(to: heading, color: session.terminal.usesColor) + "\n")
        for line in explanation.lines { try session.output.write(line + "\n") }
    }
}
