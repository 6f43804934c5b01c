import Postil

/// What an index run did.
package struct IndexingRunReport: Report {
    let path: String
    let run: IndexingReport

    /// Describes a run on the index at `path`.
    package init(_ run: IndexingReport, path: String) {
        self.path = path
        self.run = run
    }

    /// The report:
    ///
    ///     {"format_version":1,"added":2,"updated":0,"unchanged":0,"removed":0,
    ///      "skipped":[{"path":"a.csv","line":7,"reason":"…"}],
    ///      "kept":[{"path":"/mnt/notes","files":60,"documents":60,"reason":"missing"}],
    ///      "documents":2,"text_bytes":930,"seconds":0.01,"index_bytes":73728}
    package var facts: [ReportValue.Member] {
        let skipped = run.skipped.map { skipped in
            ReportValue.members([
                "path": .string(skipped.path), "line": skipped.line.map { .count($0) } ?? .null,
                "reason": .string(skipped.reason),
            ])
        }
        let kept = run.kept.map { kept in
            ReportValue.members([
                "path": .string(kept.path), "files": .count(kept.files), "documents": .count(kept.documents),
                "reason": .string(kept.reason.rawValue),
            ])
        }
        return .members([
            "added": .count(run.added), "updated": .count(run.updated), "unchanged": .count(run.unchanged),
            "removed": .count(run.removed), "skipped": .array(skipped), "kept": .array(kept),
            "documents": .count(run.documents),
            "text_bytes": .integer(run.textBytes), "seconds": .number(run.seconds),
            "index_bytes": .integer(run.indexBytes),
        ])
    }

    /// Two lines for people:
    ///
    ///     12 added, 1 updated, 8,726 unchanged, 0 removed, 2 skipped (1.2 MB of text in 0.31 s)
    ///     postil.db: 8,739 documents, 31.4 MB
    package func writeText(in layout: TextLayout, to write: (String) throws -> Void) throws {
        var counts = [
            (run.added, "added"), (run.updated, "updated"), (run.unchanged, "unchanged"), (run.removed, "removed"),
        ]
        if !run.skipped.isEmpty { counts.append((run.skipped.reduce(0) { $0 + $1.count }, "skipped")) }
        let list = counts.map { "\(Quantity.count($0.0)) \($0.1)" }.joined(separator: ", ")
        let time = Quantity.duration(microseconds: Int((run.seconds * 1_000_000).rounded()))
        try write("\(list) (\(Quantity.bytes(run.textBytes)) of text in \(time))\n")
        try write(
            "\(VisibleText.line(path)): \(Quantity.count(run.documents, "document")), \(Quantity.bytes(run.indexBytes))\n"
        )
    }
}
