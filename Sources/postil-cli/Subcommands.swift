import ArgumentParser

extension PostilCommand {
    /// Every command, in the order the help shows them.
    static let subcommands: [any ParsableCommand.Type] = [
        ConfigCommand.self,
        BenchCommand.self,
    ]
}
