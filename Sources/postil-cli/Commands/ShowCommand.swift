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
              postil show hubinger-2019#p12
              postil show hubinger-2019 --around 'inner alignment' -C 2
              postil show --markup notes/goodhart.md
              postil show --format bibtex hubinger-2019 >> references.bib
              postil search --format ids -0 -n 1 goodhart | xargs -0 postil show
            """)

    @Argument(
        help: ArgumentHelp(
            "Ids as `postil search` prints them, or the numbers of hits of the last search; FILE:ID where several files use one. ID#p12 is a paragraph, ID#inner-alignment what stands under a heading.",
            valueName: "id"), completion: Completions.ids)
    var ids: [String]

    @Flag(help: "Print the text as its author marked it up, where that differs from the plain text.")
    var markup = false

    @Flag(name: [.customShort("0"), .long], help: "End ids with a NUL instead of a line end, for xargs -0.")
    var null = false

    @Option(.index, several: "Several are searched as one.") var index: [String] = []

    @OptionGroup var options: OutputOptions<DocumentsReport>

    var flags: FlagValues { [.index: index.first] }

    @Option(help: ArgumentHelp("Print only the places that say most about this.", valueName: "query"))
    var around: String?

    @Option(
        name: [.customShort("C"), .long],
        help: ArgumentHelp(
            "With --around, paragraphs to print before and behind each place. (default: 1)", valueName: "count"))
    var context: Int?

    func validate() throws {
        if let context, context < 0 { throw ValidationError("--context is \(context), but must be 0 or more.") }
        guard context == nil || around != nil else { throw ValidationError("--context goes with --around.") }
    }

    func run() throws {
        let session = try Session(self)
        let opened = try session.openIndexes(index, for: ids)
        var shown: [DocumentsReport.Shown] = []
        var isComplete = true
        for id in ids {
            let found = try session.passages(id, in: opened.indexes[0], by: opened.searcher)
            if found.isEmpty { isComplete = false }
            for place in found {
                var document = DocumentsReport.Shown(place.stored, passage: place.passage)
                if let around {
                    document.places = try opened.searcher.passages(
                        of: place.stored, around: around, limit: 3, context: context ?? 1)
                    if document.places?.isEmpty == true {
                        session.messages.warning("“\(place.stored.document.externalID)” does not mention “\(around)”")
                        isComplete = false
                        continue
                    }
                }
                shown.append(document)
            }
        }
        try session.print(DocumentsReport(shown, showsMarkup: markup, today: Session.today))
        guard isComplete else { throw CommandRun.nothingFound }
    }
}
