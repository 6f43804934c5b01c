import ArgumentParser

/// `postil bench`: measuring Postil on this machine.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        _superCommandName: "postil",
        abstract: "Measure indexing and searching, with generated or your own texts.",
        discussion: """
            EXAMPLES:
              postil bench generate --documents 100000 --seed 1 -o corpus.jsonl
              postil bench generate --documents 100000 --seed 1 --queries 1000 -o queries.jsonl
              postil bench index corpus.jsonl --baseline fts5 --keep corpus.db
              postil bench queries -i corpus.db --queries queries.jsonl --verify
            """,
        subcommands: [BenchGenerateCommand.self, BenchIndexCommand.self, BenchQueriesCommand.self])
}
