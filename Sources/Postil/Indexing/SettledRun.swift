import Foundation
import IndexStore
import Ingestion

/// A run that left nothing open: as long as the files look as it saw them, the next one finds nothing to do, and says again what this
/// one said of files that cannot be read.
struct SettledRun {
    /// What such a run says each time.
    private struct Words: Codable {
        var skipped: [Skip] = []
        /// Paths of the files of which nothing became a document.
        var failed: [String] = []
        var passedOver: [String: Int] = [:]

        struct Skip: Codable {
            var path: String
            var line: Int?
            var reason: String
            var count: Int
        }

        init(_ report: IndexingReport) {
            skipped = report.skipped.map { Skip(path: $0.path, line: $0.line, reason: $0.reason, count: $0.count) }
            failed = report.failed.sorted()
            passedOver = report.passedOver
        }

        var isEmpty: Bool { skipped.isEmpty && failed.isEmpty && passedOver.isEmpty }
    }

    /// How many files there are.
    let files: Int
    private let words: Words?

    /// What an index keeps of a run.
    static func record(of report: IndexingReport, _ inputs: WalkedInputs, asked: UInt64) throws -> WalkRecord {
        let words = Words(report)
        let encoder = JSONEncoder()
        // The same words are the same record, which then is not written again.
        encoder.outputFormatting = .sortedKeys
        let text = words.isEmpty ? "" : String(decoding: try encoder.encode(words), as: UTF8.self)
        return WalkRecord(
            asked: asked, folders: inputs.seal.folders, names: inputs.seal.names, sum: inputs.seal.sum,
            files: inputs.files.count, report: text)
    }

    /// The last run, if it was asked for the same and files look as they did then.
    init?(_ record: WalkRecord, asked: UInt64, apartFrom index: IndexPlace?) {
        guard record.asked == asked,
            WalkSeal(folders: record.folders, names: record.names, sum: record.sum).holds(apartFrom: index)
        else { return nil }
        files = record.files
        guard !record.report.isEmpty else {
            words = nil
            return
        }
        do {
            words = try JSONDecoder().decode(Words.self, from: Data(record.report.utf8))
        } catch {
            // An earlier version wrote it otherwise.
            return nil
        }
    }

    /// What the run says, without the number of documents.
    var report: IndexingReport {
        var report = IndexingReport()
        guard let words else { return report }
        report.skipped = words.skipped.map {
            SkippedInput(path: $0.path, line: $0.line, reason: $0.reason, count: $0.count)
        }
        report.failed = Set(words.failed)
        report.passedOver = words.passedOver
        return report
    }
}
