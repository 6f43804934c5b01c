import ArgumentParser
import Postil

/// `postil optimize`: one segment, the fastest to search.
struct OptimizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimize",
        _superCommandName: "postil",
        abstract: "Merge the index's segments into one and bring its score grids up to date.",
        discussion: """
            Worth it after many small runs of `postil index`. Answers stay the same; searching gets faster.

            EXAMPLES:
              postil optimize
            """)

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let session = try Session(options)
        try session.requireFormat([.text, .json, .jsonl], for: Self.self)
        let index = try session.openIndex(access: .readWrite)
        let before = try index.information().indexBytes
        let progress = session.progressLine()
        defer { progress.finish() }
        try Interruption.handled {
            try index.optimize { step in progress.update { step.description } }
        }
        progress.finish()
        let after = try index.information().indexBytes
        if session.format == .text {
            try session.output.write(
                "\(VisibleText.line(index.path)): \(Quantity.bytes(before)) before, \(Quantity.bytes(after)) now\n")
        } else {
            let value = JSONValue.members([
                "format_version": .integer(SearchRecord.formatVersion), "index_bytes_before": .integer(before),
                "index_bytes": .integer(after),
            ])
            try session.output.write((session.format == .json ? value.indentedText : value.text) + "\n")
        }
        try session.output.flush()
    }
}
