import ArgumentParser
import Postil
import Reports

/// `postil index`: brings the index up to date with a collection.
struct IndexCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        _superCommandName: "postil",
        abstract: "Index files and folders, or bring the index up to date with them.",
        discussion: """
            Reads text, Markdown, HTML, JSON, JSON Lines, CSV and TSV, also compressed (.gz); folders with their \
            .gitignore and .postilignore. A second run reads only what has changed, each place with the profile that it \
            was first read with, and removes documents whose file is gone. Documents of a folder that is missing or empty \
            stay, and a run that would remove most of the index stops (--prune). What cannot be read is skipped and named, one line a file (--verbose: one a record), and makes the \
            exit status 2.

            EXAMPLES:
              postil index reviews/
              postil index                        everything that was indexed before
              postil index --profile alignment-newsletter newsletter.csv
              zcat export.jsonl.gz | postil index - --name export
              postil index --rebuild --analyzer german notizen/
              postil index --sqlite app.db --query 'SELECT id, title, body, author FROM posts'
            """)

    @Argument(
        help: ArgumentHelp(
            "Files, folders and globs; - for standard input. Without any: all that the index remembers or postil.yaml names.",
            valueName: "path"), completion: .file())
    var paths: [String] = []

    @Option(
        help: ArgumentHelp(
            "Index rows of an SQLite database, which is only read: one document a row of --query. Remembered with the query, one query a file.",
            valueName: "file"), completion: .file())
    var sqlite: String?

    @Option(
        help: ArgumentHelp(
            "What to read of --sqlite; columns are taken by their names (id, title, body, author, date, url, tags), others are kept as metadata.",
            valueName: "sql"))
    var query: String?

    @Option(help: ArgumentHelp("What standard input is remembered as; stdin without it.", valueName: "name"))
    var name: String?

    @Flag(help: "Start anew beside the old index, made as that was, and replace it only on success.")
    var rebuild = false

    @Flag(.keepMissing) var keepMissing: Bool?

    @Flag(
        help:
            "Remove documents of folders that are missing or empty and of files no longer chosen, however many they are."
    )
    var prune = false

    @Flag(help: "Say what would be added, updated and removed, and change nothing.")
    var dryRun = false

    @Option(.profile) var profile: String?

    @Option(.analyzer) var analyzer: String?

    @Option(.compression) var compression: String?

    @Option(.threads) var threads: String?

    @Option(.memory) var memory: String?

    @Flag(.verbose) var verbose: Bool?

    @Option(.wait) var wait: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<IndexingRunReport>

    var flags: FlagValues {
        get throws {
            [
                .index: try index.onlyIndex(), .keepMissing: keepMissing.map(String.init), .profile: profile,
                .analyzer: analyzer, .compression: compression, .threads: threads, .memory: memory,
                .verbose: verbose.map(String.init), .wait: wait,
            ]
        }
    }

    func run() throws {
        let session = try Session(self)
        let database = try database()
        let path = try session.indexPathForWriting(
            creates: !paths.isEmpty || database != nil || session.declaresPlaces())
        let progress = session.progressLine()
        defer { progress.finish() }
        var request = try request(session, ofIndexAt: path)
        if let database {
            let profile = try request.profile ?? .named(Profile.defaultName)
            request.paths.append(database.path)
            request.declaredPlaces.insert(
                DeclaredPlace(path: database.path, profile: profile.reading(rows: database.query, of: database.path)),
                at: 0)
        }
        let report = try Interruption.handled {
            let show = { (step: IndexingProgress) in progress.update { step.line } }
            return try rebuild
                ? Index.rebuild(at: path, with: request, progress: show)
                : Index.update(at: path, with: request, progress: show)
        }
        progress.finish()
        for notice in report.notices { session.messages.notice(notice) }
        try session.warn(of: report.warnings)
        try session.warn(of: report.skipped, failed: report.failed)
        for kept in report.kept { session.messages.warning(kept.text) }
        session.hint(ofOtherFormats: report.passedOver)
        if dryRun { session.messages.hint("this was a dry run: nothing was changed") }
        try session.print(IndexingRunReport(report, path: path))
        guard report.skipped.isEmpty, report.kept.allSatisfy({ $0.reason == .notChosen }) else {
            throw CommandRun.failed
        }
    }

    /// The database that was named, and what to read of it.
    private func database() throws -> (path: String, query: String)? {
        switch (sqlite, query) {
        case (let path?, let query?): return (path, query)
        case (nil, nil): return nil
        case (let path?, nil):
            throw UsageError("--query says what to read of \(path): --query 'SELECT id, title, body FROM …'")
        case (nil, _): throw UsageError("--sqlite names the database that --query reads")
        }
    }

    private func request(_ session: Session, ofIndexAt path: String) throws -> IndexingRequest {
        var request = try session.indexingRequest(paths, ofIndexAt: path)
        request.analyzer = try session.settings.text(.analyzer)
        request.compression = try session.settings.text(.compression).flatMap(TextCompression.init)
        request.prunes = prune
        request.isDryRun = dryRun
        request.name = name
        return request
    }
}
