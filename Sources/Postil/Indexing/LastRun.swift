import Foundation
import IndexStore
import Ingestion

/// A run that left nothing open, seen from the next one: as long as the files look as it saw them, that finds nothing to do, and says
/// again what this one said of files that cannot be read. Where some folders look otherwise, it has to walk only these.
struct LastRun {
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

    private let seal: WalkSeal
    /// Paths of the folders that look otherwise now.
    private let changed: Set<String>
    private let words: Words?

    /// What an index keeps of a run.
    static func record(of report: IndexingReport, _ inputs: WalkedInputs, asked: UInt64) throws -> WalkRecord {
        let words = Words(report)
        let encoder = JSONEncoder()
        // The same words are the same record, which then is not written again.
        encoder.outputFormatting = .sortedKeys
        let text = words.isEmpty ? "" : String(decoding: try encoder.encode(words), as: UTF8.self)
        var seal = inputs.seal
        seal.noteRemarks(at: report.failed.union(report.skipped.map(\.path)))
        return WalkRecord(
            asked: asked, report: text,
            folders: seal.folders.map {
                WalkRecord.Folder(path: $0.path, sum: $0.sum, files: $0.fileCount, contents: $0.contents.rawValue)
            }, names: seal.names, nameSum: seal.nameSum)
    }

    /// Compares what a run saw with how it looks now; nil if it was asked for something else, or if what it looked at besides folders has
    /// changed.
    init?(_ record: WalkRecord, asked: UInt64, apartFrom index: IndexPlace?) {
        let folders = record.folders.map {
            WalkSeal.Folder(
                path: $0.path, sum: $0.sum, fileCount: $0.files, contents: WalkSeal.Contents(rawValue: $0.contents))
        }
        seal = WalkSeal(folders: folders, names: record.names, nameSum: record.nameSum)
        guard record.asked == asked, let changed = seal.changedFolders(apartFrom: index) else { return nil }
        self.changed = changed
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

    /// Whether the next run finds nothing to do.
    var isSettled: Bool { changed.isEmpty }

    /// The folders that the next one need not enter; nil if it has to look at everything.
    var kept: KeptFolders? { KeptFolders(seal, changed: changed) }

    /// How many files its folders have.
    var fileCount: Int { seal.folders.reduce(0) { $0 + $1.fileCount } }

    /// What a run says that finds nothing to do, without the number of documents.
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
