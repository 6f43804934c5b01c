extension Session {
    /// Prints one answer in the format asked for, and where it stands in all matches.
    func print(_ record: SearchRecord, tag: String) throws {
        switch format {
        case .text:
            try output.write(record.text(for: terminal))
            try output.flush()
            messages.note((record.hits.isEmpty ? "" : "\n") + record.summary)
            if let work = record.work { messages.note(work.line) }
        case .json: try output.write(record.json.indentedText + "\n")
        case .jsonl: try output.write(record.jsonLines)
        case .csv: try output.write(record.csvRows)
        case .trec: try output.write(record.trecLines(topic: "1", tag: tag))
        case .ids: try output.write(record.idLines)
        }
    }
}
