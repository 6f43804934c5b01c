import ArgumentParser

/// `postil bench`: measuring Postil on this machine.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Write generated texts and queries to measure with.",
        discussion: """
            EXAMPLES:
              postil bench generate --documents 100000 --seed 1 -o corpus.jsonl
              postil bench generate --documents 100000 --seed 1 --queries 1000 -o queries.jsonl
            """,
        subcommands: [BenchGenerateCommand.self])
}
