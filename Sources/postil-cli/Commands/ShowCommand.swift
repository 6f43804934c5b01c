import ArgumentParser
import Postil

/// `postil show`: whole documents.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        _superCommandName: "postil",
        abstract: "Print whole documents, each with the line to cite it by.",
        discussion: """
            EXAMPLES:
              postil show hubinger-2019
              postil show --markup notes/goodhart.md
              postil search --format ids -n 1 goodhart | xargs postil show
            """)

    @Argument(
        help: ArgumentHelp("Ids as `postil search` prints them; FILE:ID where several files use one.", valueName: "id"))
    var ids: [String]

    @Flag(help: "Print the text as its author marked it up, where that differs from the plain text.")
    var markup = false

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let session = try Session(options)
        try session.requireFormat([.text, .json, .jsonl], for: Self.self)
        let searcher = try session.openIndex().makeSearcher()
        var documents: [StoredDocument] = []
        var isComplete = true
        for id in ids {
            let found = try session.documents(id, of: searcher)
            documents += found
            if found.isEmpty { isComplete = false }
        }
        switch session.format {
        case .json:
            let array = JSONValue.array(documents.map { DocumentRecord($0).json })
            let value = JSONValue.members(["format_version": .integer(SearchRecord.formatVersion), "documents": array])
            try session.output.write(value.indentedText + "\n")
        case .jsonl:
            for document in documents { try session.output.write(DocumentRecord(document).json.text + "\n") }
        default:
            for (number, document) in documents.enumerated() {
                if number > 0 { try session.output.write("\n\n") }
                try session.output.write(DocumentRecord(document).text(for: session.terminal, markup: markup))
            }
        }
        try session.output.flush()
        guard isComplete else { throw CommandRun.nothingFound }
    }
}
