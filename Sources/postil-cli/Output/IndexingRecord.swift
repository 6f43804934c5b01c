/// What an index run did, as it is printed.
struct IndexingRecord: Sendable, Equatable {
    var path: String
    var added: Int
    var updated: Int
    var unchanged: Int
    var removed: Int
    var skipped: [SkippedRecord]
    var documents: Int
    /// Bytes of text that were read and indexed in this run.
    var textBytes: Int64
    var seconds: Double
    var indexBytes: Int64

    /// The report:
    ///
    ///     {"format_version":1,"added":2,"updated":0,"unchanged":0,"removed":0,
    ///      "skipped":[{"path":"a.csv","line":7,"reason":"…"}],"documents":2,"text_bytes":930,"seconds":0.01,
    ///      "index_bytes":73728}
    var json: JSONValue {
        .members([
            "format_version": .integer(SearchRecord.formatVersion),
            "added": .count(added), "updated": .count(updated), "unchanged": .count(unchanged),
            "removed": .count(removed), "skipped": .array(skipped.map(\.json)), "documents": .count(documents),
            "text_bytes": .integer(textBytes), "seconds": .number(seconds), "index_bytes": .integer(indexBytes),
        ])
    }

    /// Two lines for people:
    ///
    ///     12 added, 1 updated, 8,726 unchanged, 0 removed, 2 skipped (1.2 MB of text in 0.31 s)
    ///     postil.db: 8,739 documents, 31.4 MB
    var text: String {
        var counts = [(added, "added"), (updated, "updated"), (unchanged, "unchanged"), (removed, "removed")]
        if !skipped.isEmpty { counts.append((skipped.count, "skipped")) }
        let list = counts.map { "\(Quantity.count($0.0)) \($0.1)" }.joined(separator: ", ")
        let time = Quantity.duration(microseconds: Int((seconds * 1_000_000).rounded()))
        return """
            \(list) (\(Quantity.bytes(textBytes)) of text in \(time))
            \(VisibleText.line(path)): \(Quantity.count(documents, "document")), \(Quantity.bytes(indexBytes))

            """
    }
}

/// A file or record that could not be indexed.
struct SkippedRecord: Sendable, Equatable {
    var path: String
    /// 1-based line, row or array index; nil when it is the whole file.
    var line: Int?
    var reason: String

    var json: JSONValue {
        .members(["path": .string(path), "line": line.map { .count($0) } ?? .null, "reason": .string(reason)])
    }

    /// `a.csv:7: reason`.
    var text: String { path + (line.map { ":\($0)" } ?? "") + ": " + reason }
}
