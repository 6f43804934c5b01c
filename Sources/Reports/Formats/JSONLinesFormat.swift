extension OutputFormat {
    /// One JSON object a line: an entry, or all of a report that lists none.
    package static let jsonl = OutputFormat("jsonl") { report, output in
        guard type(of: report).listName != nil else { return try output.write(report.json.text + "\n") }
        try report.forEachEntry { try output.write($0.value.text + "\n") }
    }
}
