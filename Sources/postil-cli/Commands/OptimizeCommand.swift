import ArgumentParser
import Postil
import Reports

/// `postil optimize`: one segment, the fastest to search.
struct OptimizeCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimize",
        _superCommandName: "postil",
        abstract: "Merge the index's segments into one and bring its score grids up to date.",
        discussion: """
            Worth it after many small runs of `postil index`. Answers stay the same; searching gets faster.

            EXAMPLES:
              postil optimize
            """)

    @Option(.wait) var wait: String?

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<OptimizationReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex(), .wait: wait] } }

    func run() throws {
        let session = try Session(self)
        let index = try session.openIndex(access: .readWrite)
        let before = try index.information().indexBytes
        let progress = session.progressLine()
        defer { progress.finish() }
        try Interruption.handled {
            try index.optimize { step in progress.update { step.description } }
        }
        progress.finish()
        try session.print(
            OptimizationReport(path: index.path, bytesBefore: before, bytes: try index.information().indexBytes))
    }
}
