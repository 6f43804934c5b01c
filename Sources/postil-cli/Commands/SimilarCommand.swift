import ArgumentParser
import Foundation
import Postil
import Reports

/// `postil similar`: documents that are about the same.
struct SimilarCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "similar",
        _superCommandName: "postil",
        abstract: "Find documents that are about what a document, or a text, is about.",
        discussion: """
            They are found by the most telling words: those that the text has often and few documents have. Each hit names the \
            ones that it shares. The document itself and copies of it are left out. Without an id, or with -, the text is read from \
            standard input: who has said this before?

            EXAMPLES:
              postil similar hubinger-2019
              postil similar 3 --limit 5
              postil similar < draft.txt
            """)

    @Argument(
        help: ArgumentHelp(
            "An id, or the number of a hit of the last search; - for standard input.", valueName: "id"),
        completion: Completions.ids)
    var id: String?

    @Option(.limit) var limit: String?

    @Flag(name: [.customShort("0"), .long], help: "End ids with a NUL instead of a line end, for xargs -0.")
    var null = false

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<SimilarReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex(), .limit: limit] } }

    func run() throws {
        let session = try Session(self)
        let index = try session.openIndex()
        let searcher = try index.makeSearcher()
        let limit = try session.settings.integer(.limit)
        let clock = ContinuousClock()
        var start = clock.now
        let similar: SimilarDocuments
        if let id, id != "-" {
            let found = try session.documents(id, in: index, by: searcher)
            guard let stored = found.first, let answer = try searcher.similar(to: stored.id, limit: limit) else {
                throw CommandRun.nothingFound
            }
            similar = answer
        } else {
            let text = String(decoding: try FileHandle.standardInput.readToEnd() ?? Data(), as: UTF8.self)
            start = clock.now
            similar = try searcher.similar(to: text, limit: limit)
        }
        let microseconds = Int((clock.now - start) / .microseconds(1))
        try session.print(SimilarReport(similar, microseconds: microseconds, today: Session.today))
        guard !similar.matches.isEmpty else { throw CommandRun.nothingFound }
    }
}
