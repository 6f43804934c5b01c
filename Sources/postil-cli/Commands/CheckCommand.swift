import ArgumentParser
import Postil

/// `postil check`: whether the index is sound.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        _superCommandName: "postil",
        abstract: "Test the index for damage, and mend it if asked.",
        discussion: """
            Compares SQLite's pages, FTS5's inverted index and Postil's own records with the documents. Exit status 0 \
            says that the index is sound, or is again after --repair; 2 that it is not.

            EXAMPLES:
              postil check
              postil check --repair
            """)

    @Flag(help: "Rebuild from the documents what is damaged.")
    var repair = false

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let session = try Session(options)
        try session.requireFormat([.text, .json, .jsonl], for: Self.self)
        let index = try session.openIndex(access: repair ? .readWrite : .readOnly)
        let report = try index.check(repair: repair)
        if session.format == .text {
            try session.output.write(text(report, path: index.path))
        } else {
            let value = json(report)
            try session.output.write((session.format == .json ? value.indentedText : value.text) + "\n")
        }
        try session.output.flush()
        guard report.isSound else { throw CommandRun.failed }
    }

    private func text(_ report: CheckReport, path: String) -> String {
        let findings = report.findings.map { "\($0.severity.rawValue): \(VisibleText.line($0.what)); \($0.wayOut)\n" }
        let verdict = report.isSound ? "is sound" : "is damaged"
        return findings.joined() + "\(VisibleText.line(path)) \(verdict)\n"
    }

    private func json(_ report: CheckReport) -> JSONValue {
        let findings = report.findings.map { finding in
            JSONValue.members([
                "severity": .string(finding.severity.rawValue), "what": .string(finding.what),
                "way_out": .string(finding.wayOut),
            ])
        }
        return .members([
            "format_version": .integer(SearchRecord.formatVersion), "sound": .boolean(report.isSound),
            "findings": .array(findings),
        ])
    }
}
