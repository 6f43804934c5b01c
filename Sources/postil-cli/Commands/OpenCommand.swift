import ArgumentParser
import Foundation
import Postil
import Reports

/// `postil open`: a document where it lives.
struct OpenCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        _superCommandName: "postil",
        abstract: "Open a document: its link in the browser, its file in the editor, or its text in the pager.",
        discussion: """
            A document with a link is opened by $BROWSER (else xdg-open, or open on macOS). One without is opened in its file, \
            at its line, by $VISUAL or $EDITOR; where there is no editor, and for files that an editor cannot show, its text is \
            shown by $PAGER (else less). ID#PASSAGE opens the link at the passage.

            EXAMPLES:
              postil open 3
              postil open hubinger-2019#p3
              postil open --file notes/goodhart.md
              postil open --dry-run 1
            """)

    /// What to open of a document.
    enum Way: String, EnumerableFlag {
        case link, file, text

        static func help(for way: Way) -> ArgumentHelp? {
            switch way {
            case .link: "Open the link."
            case .file: "Open the file."
            case .text: "Show the text."
            }
        }
    }

    @Argument(
        help: ArgumentHelp(
            "An id, or the number of a hit of the last search; with #PASSAGE for a part.", valueName: "id"),
        completion: Completions.ids)
    var id: String

    @Flag var way: Way?

    @Flag(help: "Only say what would be opened.")
    var dryRun = false

    @Option(.index, several: "Several are searched as one.") var index: [String] = []

    @OptionGroup var options: OutputOptions<OpeningReport>

    var flags: FlagValues { [.index: index.first] }

    func run() throws {
        let session = try Session(self)
        let opening = try opening(session)
        if dryRun {
            return try session.print(
                OpeningReport(kind: opening.kind, program: opening.program, arguments: opening.arguments))
        }
        try opening.run()
    }

    private func opening(_ session: Session) throws -> Opening {
        let opened = try session.openIndexes(index, for: [id])
        let found = try session.passages(id, in: opened.indexes[0], by: opened.searcher)
        guard let place = found.first else { throw CommandRun.nothingFound }
        let document = place.stored.document
        let text = place.passage.map { String(document.body[$0.range]) } ?? document.body
        let passage = place.passage.map {
            PassageReference(id: document.externalID, range: $0.range, in: document.body)
        }
        let link = Citation(of: document, passage: passage).link.flatMap { Opening.browser($0, session.environment) }
        let file = place.stored.source.flatMap {
            Opening.editor($0, line: document.line, session.environment)
        }
        let pager = Opening.pager(document.title.isEmpty ? text : document.title + "\n\n" + text, session.environment)
        switch way {
        case .link?:
            guard let link else { throw UsageError("“\(document.externalID)” has no link that a browser opens") }
            return link
        case .file?:
            guard let file else {
                throw UsageError("there is no file of “\(document.externalID)” that an editor opens; set $EDITOR")
            }
            return file
        case .text?: return pager
        case nil: return link ?? file ?? pager
        }
    }
}

/// A program that is about to show something.
struct Opening {
    /// `browser`, `editor` or `pager`.
    var kind: String
    /// The line of shell that runs it, to which ``arguments`` are handed.
    var program: String
    var arguments: [String]
    /// What the program reads.
    var input: String?

    /// Nil for what is no address of the web: a program that opens anything would run what a stranger put there.
    static func browser(_ url: String, _ environment: [String: String]) -> Opening? {
        guard let url = address(url) else { return nil }
        // A list of programs by colons, as xdg-open reads it; the first is as good as any.
        let named = environment["BROWSER"]?.split(separator: ":").first.map(String.init)
        #if os(macOS)
            let program = named ?? "open"
        #else
            let program = named ?? "xdg-open"
        #endif
        return Opening(kind: "browser", program: program, arguments: [url])
    }

    /// The address with its scheme, which `www.example.org` and `example.org/a` lack; nil for what is none of the web.
    private static func address(_ url: String) -> String? {
        let lower = url.lowercased()
        if lower.hasPrefix("http://") || lower.hasPrefix("https://") { return url }
        let host = lower.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let isHost =
            labels.count > 1
            && labels.allSatisfy { label in
                !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
            } && labels[labels.count - 1].allSatisfy(\.isLetter) && labels[labels.count - 1].count > 1
        return isHost && !url.contains(where: \.isWhitespace) && (labels[0] == "www" || host.count < url.count)
            ? "https://" + url : nil
    }

    /// Nil where there is no editor, or no file that it could show.
    static func editor(_ path: String, line: Int, _ environment: [String: String]) -> Opening? {
        let named = [environment["VISUAL"], environment["EDITOR"]].lazy.compactMap { $0 }.first { !$0.isEmpty }
        let packed = [".gz", ".epub", ".pdf", ".docx", ".odt", ".zip", ".xz", ".zst"]
        guard let named, FileManager.default.fileExists(atPath: path),
            !packed.contains(where: { path.lowercased().hasSuffix($0) })
        else { return nil }
        return Opening(kind: "editor", program: named, arguments: ["+\(max(1, line))", path])
    }

    static func pager(_ text: String, _ environment: [String: String]) -> Opening {
        let named = environment["PAGER"].flatMap { $0.isEmpty ? nil : $0 }
        // A pager obeys control sequences; texts have none to give.
        return Opening(kind: "pager", program: named ?? "less", arguments: [], input: VisibleText.block(text) + "\n")
    }

    /// Becomes the program, which then has the terminal as if it had been typed.
    func run() throws -> Never {
        if let input { try ProgramProcess.readFrom(input) }
        // What the user set may be a line with options; what it is handed is never read as shell.
        try ProgramProcess.become("/bin/sh", ["sh", "-c", program + " \"$@\"", "sh"] + arguments)
    }
}
