import ArgumentParser
import Foundation
import Postil
import Reports

/// `postil cite`: documents and passages as they are cited, and where cited passages are now.
struct CiteCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "cite",
        _superCommandName: "postil",
        abstract: "Cite documents and passages, and find cited passages again.",
        discussion: """
            ID#PASSAGE is a passage: the paragraph ID#p12, or what stands under a heading, ID#inner-alignment. For a \
            passage there are its words, a link that leads to it where the source is a web page, and a reference \
            (postil:…) by which --resolve finds it again after the text has changed, and says whether it is unchanged, \
            moved, changed or gone. Exit status 1 says that something was not found.

            EXAMPLES:
              postil cite hubinger-2019
              postil cite 3
              postil cite hubinger-2019#p3 --format json
              postil cite hubinger-2019 --quote 'may not be the base objective'
              postil cite --format bibtex hubinger-2019 krakovna-2020 > references.bib
              postil cite --resolve 'postil:hubinger-2019?quote=…'
            """)

    @Argument(
        help: ArgumentHelp(
            "Ids as `postil search` prints them, or numbers of hits of the last search, with #PASSAGE for a part of one; with --resolve references, - for those on the lines of standard input.",
            valueName: "id"), completion: Completions.ids)
    var ids: [String]

    @Option(help: ArgumentHelp("Cite the place where a document says this.", valueName: "text"))
    var quote: String?

    @Flag(help: "Find the passages of references again.")
    var resolve = false

    @Option(
        help: ArgumentHelp(
            "The day of access to name, or none. (default: the source's own, or today)", valueName: "day"))
    var accessed: String?

    @Flag(name: [.customShort("0"), .long], help: "End ids with a NUL instead of a line end, for xargs -0.")
    var null = false

    @Option(.index, several: "Several are searched as one.") var index: [String] = []

    @OptionGroup var options: OutputOptions<CitationsReport>

    var flags: FlagValues { [.index: index.first] }

    func validate() throws {
        if resolve, quote != nil { throw ValidationError("--quote is for citing, and --resolve for what was cited.") }
        if let accessed, accessed != "none", !Session.isDay(accessed) {
            throw ValidationError("--accessed is “\(accessed)”, but must be a day, as in 2026-11-28, or none.")
        }
    }

    func run() throws {
        let session = try Session(self)
        let opened = try session.openIndexes(index, for: ids)
        if resolve { return try resolveAll(opened.searcher, session) }
        var cited: [CitationsReport.Cited] = []
        var isComplete = true
        for id in ids {
            let found = try session.passages(id, in: opened.indexes[0], by: opened.searcher)
            if found.isEmpty { isComplete = false }
            for place in found {
                var passage = place.passage
                if let quote {
                    passage = DocumentOutline(place.stored.document).passage(quoting: quote)
                    if passage == nil {
                        session.messages.warning("“\(place.stored.document.externalID)” does not say “\(quote)”")
                        isComplete = false
                        continue
                    }
                }
                let found = CitationsReport.Cited(place.stored.document, passage: passage, accessed: Session.today)
                cited.append(accessed.map { found.accessed(on: $0 == "none" ? nil : $0) } ?? found)
            }
        }
        if !cited.isEmpty { try session.print(CitationsReport(cited)) }
        guard isComplete else { throw CommandRun.nothingFound }
    }

    private func resolveAll(_ searcher: Searcher, _ session: Session) throws {
        guard session.format.prints(ResolutionsReport.self) else {
            throw UsageError(
                "--resolve has the formats \(OutputFormat.all(for: ResolutionsReport.self).map(\.name).joined(separator: ", "))"
            )
        }
        var resolutions: [PassageResolution] = []
        var isComplete = true
        func resolve(_ text: String, line: Int?) throws {
            guard let reference = PassageReference(text) else {
                let place = line.map { "line \($0): " } ?? ""
                session.messages.warning(
                    "\(place)“\(text.prefix(60))” is no reference to a passage; `postil cite` prints them: postil:…")
                isComplete = false
                return
            }
            resolutions.append(try searcher.resolve(reference))
        }
        for id in ids {
            guard id == "-" else {
                try resolve(id, line: nil)
                continue
            }
            var number = 0
            while let line = readLine() {
                number += 1
                if !line.allSatisfy(\.isWhitespace) { try resolve(line, line: number) }
            }
        }
        if !resolutions.isEmpty || isComplete { try session.print(ResolutionsReport(resolutions)) }
        guard isComplete else { throw CommandRun.failed }
        guard resolutions.allSatisfy({ $0.status != .gone }) else { throw CommandRun.nothingFound }
    }
}

extension Session {
    /// This day, `2026-11-28`, where the user is.
    static var today: String { text(of: Date()) }

    /// A day as `2026-11-28`. The C library's calendar is there at once, where Foundation's takes a thirtieth of a search to make.
    static func text(of date: Date) -> String {
        var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
        var parts = tm()
        localtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    }

    /// Whether a text is a day, `2026-11-28`.
    static func isDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
    }
}
