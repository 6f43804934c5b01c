import ArgumentParser

extension Session {
    /// Refuses formats that `command` has nothing to print in.
    func requireFormat(_ formats: [OutputFormat], for command: any ParsableCommand.Type) throws(UsageError) {
        guard formats.contains(format) else {
            let name = command.configuration.commandName ?? ""
            let names = formats.map(\.rawValue).joined(separator: ", ")
            throw UsageError("`postil \(name)` has no \(format.rawValue) output; use --format with one of \(names)")
        }
    }
}
