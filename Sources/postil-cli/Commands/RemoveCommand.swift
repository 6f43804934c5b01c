import ArgumentParser
import Postil
import Reports

/// `postil remove`: takes documents out of the index.
struct RemoveCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        _superCommandName: "postil",
        abstract: "Remove documents from the index, by id, by file or folder, or by query.",
        discussion: """
            The files themselves stay as they are. A document that is removed by its id comes back when its file has \
            changed; one of a file comes back with the next `postil index` of its folder, unless .postilignore names it.

            EXAMPLES:
              postil remove hubinger-2019
              postil remove --dry-run old-notes/
              postil remove --query 'author:anonymous date:..2015'
            """)

    @Argument(help: ArgumentHelp("Ids as `postil search` prints them, files or folders.", valueName: "id-or-path"))
    var names: [String] = []

    @Option(help: ArgumentHelp("Remove all that the query finds.", valueName: "query"))
    var query: String?

    @Flag(help: "Say how many documents would be removed, and change nothing.")
    var dryRun = false

    @Option(.wait) var wait: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<RemovalReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex(), .wait: wait] } }

    func run() throws {
        let session = try Session(self)
        guard !names.isEmpty || query != nil else {
            throw UsageError("name what to remove: an id, a file, a folder, or --query 'WORDS'")
        }
        var index = try session.openIndex(access: dryRun ? .readOnly : .readWrite)
        index.patience = try session.patience()
        var removed = 0
        var isComplete = true
        if let query {
            removed += try index.remove(matching: query, isDryRun: dryRun)
            if removed == 0 { try session.printHints(of: query, in: index) }
        }
        for name in names {
            let found = try index.makeSearcher().documents(externalID: name)
            if found.count == 1 {
                removed += try index.remove([found[0].id], isDryRun: dryRun)
            } else if found.count > 1 {
                _ = try session.documents(name, in: index, by: index.makeSearcher())
                isComplete = false
            } else if let count = try index.remove(filesAt: name, isDryRun: dryRun) {
                removed += count
            } else {
                session.messages.warning(
                    "“\(name)” is no id, and the index has no file there; --query '\(name)' removes what that finds")
                isComplete = false
            }
        }
        try session.print(RemovalReport(removed: removed, isDryRun: dryRun))
        guard isComplete else { throw CommandRun.failed }
        guard removed > 0 else { throw CommandRun.nothingFound }
    }
}

extension Session {
    /// Says why a query may have found nothing.
    fileprivate func printHints(of query: String, in index: Index) throws {
        var request = SearchRequest(query, limit: 1, snippetLength: nil)
        // What was mistyped must not remove what it may have meant.
        request.correctsSpelling = false
        messages.hint(try index.makeSearcher().search(request).hints)
    }
}
