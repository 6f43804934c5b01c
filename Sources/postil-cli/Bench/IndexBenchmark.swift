import Foundation
import Postil
import Reports
import Workloads

/// Indexes a collection again and again into temporary files, in turn with plain FTS5 if wanted, and keeps the figures.
struct IndexBenchmark {
    /// What indexing cost once.
    struct Run {
        var seconds: Double
        var cpuSeconds: Double
        var peakBytes: Int
        var indexBytes: Int64
        /// Seconds by stage; empty for the baseline.
        var stages: [IndexingStage: Double] = [:]
    }

    private(set) var documents = 0
    private(set) var textBytes: Int64 = 0
    private(set) var skipped: [SkippedInput] = []
    private(set) var failed: Set<String> = []
    private(set) var runs: [Run] = []
    private(set) var baselineRuns: [Run] = []

    /// Runs `count` times. The file of the last run is moved to `keptPath`, if there is one.
    init(
        _ request: IndexingRequest, count: Int, comparesWithFTS5: Bool, keptPath: String?,
        progress: (IndexingProgress) -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("postil-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { Self.remove(folder.path) }
        let path = folder.appendingPathComponent("postil.db").path
        try Interruption.handled(cleanUp: { Self.remove(folder.path) }) {
            for number in 1...count {
                try measure(request, into: path, progress: progress)
                if comparesWithFTS5 { try measureFTS5(documentsOf: path, in: folder) }
                if number == count, let keptPath {
                    Self.remove(keptPath)
                    try FileManager.default.moveItem(atPath: path, toPath: keptPath)
                } else {
                    for suffix in ["", "-wal", "-shm"] { Self.remove(path + suffix) }
                }
            }
        }
    }

    private mutating func measure(
        _ request: IndexingRequest, into path: String, progress: (IndexingProgress) -> Void
    ) throws {
        ProcessUsage.resetPeak()
        let before = ProcessUsage.current
        var report: IndexingReport?
        let duration = try ContinuousClock().measure {
            report = try Index.update(at: path, with: request, progress: progress)
        }
        guard let report else { return }
        let after = ProcessUsage.current
        documents = report.documents
        textBytes = report.textBytes
        skipped = report.skipped
        failed = report.failed
        runs.append(
            Run(
                seconds: duration / .seconds(1), cpuSeconds: after.cpuSeconds - before.cpuSeconds,
                peakBytes: after.peakBytes, indexBytes: report.indexBytes, stages: report.stages))
    }

    /// Inserts the documents of a finished index into FTS5. Reading them is not counted, inserting and committing is.
    private mutating func measureFTS5(documentsOf path: String, in folder: URL) throws {
        let file = folder.appendingPathComponent("fts5.db").path
        defer { for suffix in ["", "-wal", "-shm"] { Self.remove(file + suffix) } }
        let searcher = try Index.open(at: path).makeSearcher()
        ProcessUsage.resetPeak()
        let baseline = try FTS5Baseline(path: file)
        let clock = ContinuousClock()
        var spent = Duration.zero
        var cpuSeconds = 0.0
        func count(_ work: () throws -> Void) rethrows {
            let before = ProcessUsage.current.cpuSeconds
            spent += try clock.measure(work)
            cpuSeconds += ProcessUsage.current.cpuSeconds - before
        }
        // The clock is read once a batch.
        try searcher.forEachBatch { batch in
            try count {
                for stored in batch {
                    try baseline.insert(
                        id: stored.id.rawValue, title: stored.document.title, body: stored.document.body)
                }
            }
        }
        try count { try baseline.commit() }
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        baselineRuns.append(
            Run(
                seconds: spent / .seconds(1), cpuSeconds: cpuSeconds, peakBytes: ProcessUsage.current.peakBytes,
                indexBytes: (attributes[.size] as? Int64) ?? 0))
    }

    /// Removes what may not be there.
    private static func remove(_ path: String) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do { try FileManager.default.removeItem(atPath: path) } catch {
            Messages.print("postil: \(VisibleText.line(path)) could not be removed: \(error.localizedDescription)")
        }
    }
}
