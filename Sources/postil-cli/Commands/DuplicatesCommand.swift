import ArgumentParser
import Postil
import Reports

/// `postil duplicates`: the same text in several documents.
struct DuplicatesCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        _superCommandName: "postil",
        abstract: "List documents whose texts are nearly the same.",
        discussion: """
            Two texts are as similar as the share of their sequences of five words that both have; titles do not count. \
            Each group begins with the document of the earliest date; the others follow with their similarity to it, 1 for \
            the same words. It is less than the threshold where a text is like another one of the group only. --format ids \
            prints the ids of all but the first of each group. Exit status 1 says that there are none.

            EXAMPLES:
              postil duplicates
              postil duplicates --threshold 0.95
              postil duplicates --format json | jq '.groups[].duplicates[].id'
              postil duplicates --format csv > duplicates.csv
              postil duplicates --format ids -0 | xargs -0 postil show
            """)

    @Option(
        help: ArgumentHelp(
            "The least similarity, from 0.4 to 1, which is that of equal texts. (default: 0.8)", valueName: "share"))
    var threshold: Double?

    @Flag(name: [.customShort("0"), .long], help: "End ids with a NUL instead of a line end, for xargs -0.")
    var null = false

    @Option(once: .index) var index: [String] = []

    @OptionGroup var options: OutputOptions<DuplicatesReport>

    var flags: FlagValues { get throws { [.index: try index.onlyIndex()] } }

    func validate() throws {
        let allowed = Searcher.duplicateThresholds
        if let threshold, !allowed.contains(threshold) {
            throw ValidationError(
                "--threshold is \(threshold), but must be from \(allowed.lowerBound) to \(allowed.upperBound).")
        }
    }

    func run() throws {
        let session = try Session(self)
        let clock = ContinuousClock()
        let start = clock.now
        let searcher = try session.openIndex().makeSearcher()
        let threshold = threshold ?? Searcher.duplicateThreshold
        let progress = session.progressLine()
        defer { progress.finish() }
        let groups = try searcher.duplicates(threshold: threshold) { step in progress.update { step.description } }
        progress.finish()
        try session.print(
            DuplicatesReport(
                groups, threshold: threshold, microseconds: Int((clock.now - start) / .microseconds(1)),
                document: searcher.document))
        guard !groups.isEmpty else { throw CommandRun.nothingFound }
    }
}
