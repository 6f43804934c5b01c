import ArgumentParser
import Postil
import Reports

/// `postil attach`: ranked search beside somebody else's full-text table.
struct AttachCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        _superCommandName: "postil",
        abstract: "Make an index of an FTS5 table of another program's database, beside it.",
        discussion: """
            The database is only read: its tables, triggers and bytes stay as they are. The index is the file \
            DATABASE.TABLE.postil.db in the same folder, whose ids are the table's row ids. `postil attach` again, or `postil index -i` \
            with that file, brings it up to date; `postil detach` takes it away.

            EXAMPLES:
              postil attach app.db posts_fts
              postil search -i app.posts_fts.postil.db reward hacking
              postil attach app.db posts_fts --title headline --analyzer english
              postil attach app.db contentless_fts --query 'SELECT id, title, body FROM posts'
            """)

    @Argument(help: ArgumentHelp("The database.", valueName: "database"), completion: .file())
    var database: String

    @Argument(
        help: ArgumentHelp("Its FTS5 table, with content of its own, of another table, or none.", valueName: "table"))
    var table: String

    @Option(help: ArgumentHelp("The column that is the title; without it, one that is called so.", valueName: "column"))
    var title: String?

    @Option(
        help: ArgumentHelp(
            "What to read instead of the table, for one that keeps no texts: id (the row id), title, body and whatever else.",
            valueName: "sql"))
    var query: String?

    @Option(.analyzer) var analyzer: String?

    @Option(.wait) var wait: String?

    @OptionGroup var options: OutputOptions<IndexingRunReport>

    var flags: FlagValues { [.analyzer: analyzer, .wait: wait] }

    func run() throws {
        let session = try Session(self)
        let attachment = Attachment(database: database, table: table)
        let path = attachment.indexPath
        let progress = session.progressLine()
        defer { progress.finish() }
        var analyzer = try session.settings.text(.analyzer)
        if analyzer == nil { do { analyzer = try Index.open(at: path).settings.analyzer } catch IndexError.notFound {} }
        var request = try attachment.request(
            profile: .named(Profile.defaultName), title: title, query: query, analyzer: analyzer)
        request.patience = try session.patience()
        let report = try Interruption.handled {
            try Index.update(at: path, with: request) { (step: IndexingProgress) in progress.update { step.line } }
        }
        progress.finish()
        try session.warn(of: report.warnings)
        try session.warn(of: report.skipped, failed: report.failed)
        try session.print(IndexingRunReport(report, path: path))
        guard report.skipped.isEmpty else { throw CommandRun.failed }
    }
}

/// `postil detach`.
struct DetachCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "detach",
        _superCommandName: "postil",
        abstract: "Take away what `postil attach` has made.",
        discussion: """
            Removes the index beside the database. The database has nothing of Postil's and stays as it is.

            EXAMPLES:
              postil detach app.db posts_fts
            """)

    @Argument(help: ArgumentHelp("The database.", valueName: "database"), completion: .file())
    var database: String

    @Argument(help: ArgumentHelp("Its FTS5 table.", valueName: "table"))
    var table: String

    @OptionGroup var options: OutputOptions<RemovalReport>

    func run() throws {
        let session = try Session(self)
        let removed: Int
        do {
            removed = try Attachment(database: database, table: table).remove()
        } catch IndexError.notFound(let path) {
            throw UsageError("\(table) of \(database) is not attached: there is no \(path)")
        }
        try session.print(RemovalReport(removed: removed, isDryRun: false))
    }
}
