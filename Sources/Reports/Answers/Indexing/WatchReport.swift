import Foundation
import Postil

/// What one run of a watch over files did.
package struct WatchReport: Report {
    let run: IndexingReport
    let time: Date
    /// The folder that paths are shown from.
    let folder: String

    /// Describes a run that ended at `time`.
    package init(_ run: IndexingReport, at time: Date, from folder: String) {
        self.run = run
        self.time = time
        self.folder = folder
    }

    /// The report:
    ///
    ///     {"format_version":1,"time":"2026-11-29T05:30:00Z","added":1,"updated":0,"unchanged":263,"removed":0,
    ///      "files":["/home/ada/reviews/a.md"],"file_count":1,"skipped":[],"kept":[],"documents":264,"seconds":0.012}
    package var facts: [ReportValue.Member] {
        let report = IndexingRunReport(run, path: "").facts
        func same(_ name: String) -> [ReportValue.Member] { report.filter { $0.name == name } }
        return [.init(name: "time", value: .string(time.formatted(.iso8601)))]
            + ["added", "updated", "unchanged", "removed"].flatMap(same)
            + .members(["files": .strings(run.files), "file_count": .count(run.fileCount)])
            + ["skipped", "kept", "documents", "seconds"].flatMap(same)
    }

    /// Files that a line has room for.
    private static let shownFiles = 3

    /// One line for people:
    ///
    ///     14:03:22  1 added, 1 updated (12 ms): reviews/a.md, reviews/b.md
    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        let counts = [(run.added, "added"), (run.updated, "updated"), (run.removed, "removed")].filter { $0.0 > 0 }
        let list = counts.map { "\(Quantity.count($0.0)) \($0.1)" }.joined(separator: ", ")
        var files = run.files.prefix(Self.shownFiles).map { path in
            path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
        }
        if run.fileCount > files.count { files.append("\(Quantity.count(run.fileCount - files.count)) more") }
        let parts = Calendar(identifier: .gregorian).dateComponents([.hour, .minute, .second], from: time)
        let clock = [parts.hour, parts.minute, parts.second].map { number in
            let digits = String(number ?? 0)
            return digits.count < 2 ? "0" + digits : digits
        }.joined(separator: ":")
        let duration = Quantity.duration(microseconds: Int((run.seconds * 1_000_000).rounded()))
        try write(
            VisibleText.line("\(clock)  \(list.isEmpty ? "nothing new" : list) (\(duration))")
                + (files.isEmpty ? "" : ": " + VisibleText.line(files.joined(separator: ", "))) + "\n")
    }
}
