import ArgumentParser
import Postil
import Reports

/// `postil show`: whole documents.
struct ShowCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        _superCommandName: "postil",
        abstract: "Print whole documents, each with the line to cite it by.",
        discussion: """
            EXAMPLES:
              postil show 3
              postil show hubinger-2019
              postil show --markup notes/goodhart.md
              postil show --format bibtex hubinger-2019 >> references.bib
              postil search --format ids -0 -n 1 goodhart | xargs -0 postil show
            """)

    @Argument(
        help: ArgumentHelp(
            "Ids as `postil search` prints them, or the numbers of hits of the last search; FILE:ID where several files use one.",
            valueName: "id"), completion: Completions.ids)
    var ids: [String]

    @Flag(help: "Print the text as its author marked it up, where that differs from the plain text.")
    var markup = false

    @Flag(name: [.customShort("0"), .long], help: "End ids with a NUL instead of a line end, for xargs -0.")
    var null = false

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<DocumentsReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex()] } }

    func run() throws {
        let session = try Session(self)
        let index = try session.openIndex()
        let searcher = try index.makeSearcher()
        var documents: [StoredDocument] = []
        var isComplete = true
        for id in ids {
            let found = try session.documents(id, in: index, by: searcher)
            documents += found
            if found.isEmpty { isComplete = false }
        }
        try session.print(DocumentsReport(documents, showsMarkup: markup, today: Session.today))
        guard isComplete else { throw CommandRun.nothingFound }
    }
}
