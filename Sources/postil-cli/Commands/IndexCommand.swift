import ArgumentParser
import Postil

/// `postil index`: brings the index up to date with a collection.
struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        _superCommandName: "postil",
        abstract: "Index files and folders, or bring the index up to date with them.",
        discussion: """
            Reads text, Markdown, HTML, JSON, JSON Lines, CSV and TSV, also compressed (.gz); folders with their \
            .gitignore and .postilignore. A second run reads only what has changed, and removes documents whose file \
            is gone. What cannot be read is skipped and named, one line a file (--verbose: one a record), and makes the \
            exit status 2.

            EXAMPLES:
              postil index reviews/
              postil index --profile alignment-newsletter newsletter.csv
              zcat export.jsonl.gz | postil index -
              postil index --rebuild --analyzer german notizen/
            """)

    @Argument(
        help: ArgumentHelp("Files, folders and globs; - for standard input.", valueName: "path"), completion: .file())
    var paths: [String]

    @Flag(help: "Start anew beside the old index, made as that was, and replace it only on success.")
    var rebuild = false

    @Flag(inversion: .prefixedNo, help: "Keep documents whose file is gone.")
    var keepMissing: Bool?

    @Flag(
        help:
            "Remove documents of folders that are missing or empty and of files no longer chosen, however many they are."
    )
    var prune = false

    @Flag(help: "Say what would be added, updated and removed, and change nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "How text becomes terms: english, german, none, \"fts5:porter unicode61\" … Without it: the profile's.",
            valueName: "name"))
    var analyzer: String?

    @Option(
        help: ArgumentHelp(
            "How a new index stores texts: none, zstd, or auto, which leaves it to the profile.",
            valueName: "name"), completion: .list(["none", "zstd", "auto"]))
    var compression: String?

    @Option(help: ArgumentHelp("Threads that read and analyse; 0 means one for each core.", valueName: "count"))
    var threads: Int?

    @Option(help: ArgumentHelp("The most memory the buffers take, such as 512MiB.", valueName: "amount"))
    var memory: String?

    @Flag(help: "Name each record that is skipped, not only the first of each file.")
    var verbose = false

    @OptionGroup var options: GlobalOptions

    /// The settings that the options give, by key.
    private var flags: [String: String] {
        var flags: [String: String] = [:]
        flags[SettingCatalogue.keepMissing.key] = keepMissing.map(String.init)
        flags[SettingCatalogue.analyzer.key] = analyzer
        flags[SettingCatalogue.compression.key] = compression
        flags[SettingCatalogue.threads.key] = threads.map(String.init)
        flags[SettingCatalogue.memory.key] = memory
        if verbose { flags[SettingCatalogue.verbose.key] = "true" }
        return flags
    }

    func run() throws {
        let session = try Session(options, flags: flags)
        try session.requireFormat([.text, .json, .jsonl], for: Self.self)
        let path = try session.indexPathForWriting()
        let progress = session.progressLine()
        defer { progress.finish() }
        let request = try request(session)
        let report = try Interruption.handled {
            let show = { (step: IndexingProgress) in progress.update { step.line } }
            do {
                return try rebuild
                    ? Index.rebuild(at: path, with: request, progress: show)
                    : Index.update(at: path, with: request, progress: show)
            } catch let refused as RemovalRefused {
                throw UsageError("\(refused); if they are meant to go, run it again with --prune")
            }
        }
        progress.finish()
        let record = IndexingRecord(report, path: path)
        for warning in report.warnings { session.messages.warning(SkippedRecord(warning).text) }
        try session.warn(of: record.skipped, failed: report.failed)
        for kept in report.kept { session.messages.warning(kept.text) }
        session.hint(ofOtherFormats: report.passedOver)
        if dryRun { session.messages.hint("this was a dry run: nothing was changed") }
        switch session.format {
        case .json: try session.output.write(record.json.indentedText + "\n")
        case .jsonl: try session.output.write(record.json.text + "\n")
        default: try session.output.write(record.text)
        }
        try session.output.flush()
        guard report.skipped.isEmpty, report.kept.allSatisfy({ $0.reason == .notChosen }) else {
            throw CommandRun.failed
        }
    }

    private func request(_ session: Session) throws -> IndexingRequest {
        let settings = session.settings
        let fileSize = try settings.bytes(SettingCatalogue.maximumFileSize)
        let limits = ReadingLimits(
            maximumFileBytes: fileSize == 0 ? nil : fileSize,
            maximumDocumentBytes: try settings.bytes(SettingCatalogue.maximumDocumentSize),
            maximumJSONBytes: try settings.bytes(SettingCatalogue.maximumJSONSize))
        return IndexingRequest(
            paths: paths, profile: try session.chosenProfile(), analyzer: try settings.text(SettingCatalogue.analyzer),
            compression: try settings.text(SettingCatalogue.compression).flatMap(TextCompression.init),
            keepsMissing: try settings.boolean(SettingCatalogue.keepMissing), prunes: prune, isDryRun: dryRun,
            limits: limits,
            memory: try settings.bytes(SettingCatalogue.memory), threads: try settings.integer(SettingCatalogue.threads)
        )
    }
}

extension KeptDocuments {
    /// What stays, why, and the way out:
    ///
    ///     /mnt/notes: is empty; its 60 documents stay in the index; `postil index --prune` removes them
    fileprivate var text: String {
        let count = Quantity.count(documents, "document")
        let way =
            "stay\(documents == 1 ? "s" : "") in the index; `postil index --prune` removes \(documents == 1 ? "it" : "them")"
        return switch reason {
        case .missing: "\(path): does not exist; its \(count) \(way)"
        case .empty: "\(path): has no file to index; its \(count) \(way)"
        case .notChosen where files == 1: "\(path): is no longer chosen; its \(count) \(way)"
        case .notChosen:
            "\(path) and \(Quantity.count(files - 1)) more files are no longer chosen; their \(count) \(way)"
        }
    }
}
