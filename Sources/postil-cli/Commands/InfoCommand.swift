import ArgumentParser
import Postil

/// `postil info`: what is in the index.
struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        _superCommandName: "postil",
        abstract: "Say what is in the index and how it was made.",
        discussion: """
            EXAMPLES:
              postil info
              postil info --format json | jq .documents
            """)

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let session = try Session(options)
        try session.requireFormat([.text, .json, .jsonl], for: Self.self)
        let record = InfoRecord(try session.openIndex().information())
        switch session.format {
        case .json: try session.output.write(record.json.indentedText + "\n")
        case .jsonl: try session.output.write(record.json.text + "\n")
        default: try session.output.write(record.text)
        }
        try session.output.flush()
    }
}
