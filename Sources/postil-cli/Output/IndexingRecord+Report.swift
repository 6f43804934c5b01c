import Postil

extension IndexingRecord {
    /// The library's report on the index at `path` as it is printed.
    init(_ report: IndexingReport, path: String) {
        self.init(
            path: path, added: report.added, updated: report.updated, unchanged: report.unchanged,
            removed: report.removed, skipped: report.skipped.map(SkippedRecord.init), documents: report.documents,
            textBytes: report.textBytes, seconds: report.seconds, indexBytes: report.indexBytes)
    }
}

extension SkippedRecord {
    init(_ skipped: SkippedInput) {
        self.init(path: skipped.path, line: skipped.line, reason: skipped.reason)
    }
}

extension IndexingProgress {
    /// `12 of 340 files, 8,739 documents, 21.3 MB  reviews/2019.jsonl`.
    var line: String {
        "\(Quantity.count(filesDone)) of \(Quantity.count(filesTotal, "file")), "
            + "\(Quantity.count(documents, "document")), \(Quantity.bytes(textBytes))  \(currentPath)"
    }
}
