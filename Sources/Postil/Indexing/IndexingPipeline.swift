import Foundation
import IndexStore
import TextAnalysis
import Threads

/// Reads, records and inverts documents on several threads.
///
/// There is no thread for a stage: each takes the job that is next, so that all have something to do whatever the stages
/// cost. Reading and recording happen in the inputs' order, by one thread at a time; parsing and inversion by any. What is
/// recorded, and so the ids and order of documents, does not depend on the number of threads.
///
///     read ──> parse ──> record ──> invert ──> flush
///     1 thread   any       1         any         1, alone
///
/// Where texts are compressed, `invert` does so, too, and `store` writes them, in order and by the thread that records. What
/// they are compressed with is decided stretch by stretch, from the documents alone.
final class IndexingPipeline: @unchecked Sendable {
    // Safety: `feed` belongs to the thread that has the job `.read`; `recorder` and `writer` to the one that has a job which
    // sets `isRecording`; each inverter to the one whose job it is a part of. All else is constant or in the monitor.
    private let feed: any StepFeed
    private let recorder: any StepRecorder
    private let writer: DocumentWriter
    private let packing: TextPacking?
    private let monitor: Monitor<IndexingSchedule>

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - inverters: One for each thread; none to index through FTS5.
    ///   - memory: Bytes that the inverters may hold together before they become a segment.
    ///   - batchBytes: Bytes of text that are inverted at a time. A run with less new text goes through FTS5.
    ///   - stretchBytes: Bytes of text that are compressed with one dictionary.
    ///   - readsOnCaller: Whether the feed is asked on the caller's thread only.
    init(
        feed: any StepFeed, recorder: any StepRecorder, writer: DocumentWriter,
        inverters: [RunInverter], memory: Int, batchBytes: Int, stretchBytes: Int, readsOnCaller: Bool = false
    ) {
        self.feed = feed
        self.recorder = recorder
        self.writer = writer
        packing = writer.packing
        monitor = Monitor(
            IndexingSchedule(
                inverters: inverters, memory: memory, batchBytes: batchBytes,
                stretchBytes: writer.packing == nil ? nil : stretchBytes, readsOnCaller: readsOnCaller))
    }

    /// Bytes that an inverter may hold inside of a document, however little memory there is.
    private static let leastShare = 64 << 20

    /// One for each thread; none for FTS5's own tokenizers, which only their connection can call.
    static func inverters(
        _ analyzer: AnalyzerSpecification, for writer: DocumentWriter, threads: Int, memory: Int
    ) throws -> [RunInverter] {
        if case .fts5 = analyzer.kind { return [] }
        guard try writer.takesSegments() else { return [] }
        // As much as they hold together when they become a segment; the least is what makes the parts of a document worth it.
        let share = max(leastShare, memory / 4 * 3 / max(1, threads))
        return try (0..<threads).map { _ in try RunInverter(analyzer, memory: memory, share: share) }
    }

    /// Goes through all inputs on `threads` threads, of which the caller's is one. Returns the seconds spent in each stage.
    ///
    /// - Parameter progress: Is told on the caller's thread.
    func run(threads: Int, progress: (IndexingProgress) -> Void) throws -> [IndexingStage: Double] {
        let others = max(1, threads) - 1
        monitor.change { $0.otherThreads = others }
        for _ in 0..<others {
            // With the stack of a main thread: parsers and SQLite recurse.
            let isStarted = DetachedThread.start { [self] in
                work(isCaller: false) { _ in }
                monitor.change { $0.otherThreads -= 1 }
            }
            // Where there is no room for a thread, the others do its work.
            if !isStarted { monitor.change { $0.otherThreads -= 1 } }
        }
        work(isCaller: true, progress)
        return try monitor.wait { schedule in
            guard schedule.otherThreads == 0 else { return nil }
            if let failure = schedule.failure { throw failure }
            return schedule.stages
        }
    }

    private func work(isCaller: Bool, _ progress: (IndexingProgress) -> Void) {
        while true {
            let job = monitor.wait { $0.nextJob(isCaller: isCaller) }
            if case .stop = job { return }
            do {
                try perform(job)
            } catch {
                monitor.change { $0.failure = $0.failure ?? error }
            }
            progress(monitor.change { $0.progress })
        }
    }

    private func perform(_ job: IndexingSchedule.Job) throws {
        let clock = ContinuousClock()
        let start = clock.now
        switch job {
        case .stop: break
        case .read:
            let steps = feed.next()
            let seconds = (clock.now - start).seconds
            let number = monitor.change { $0.endReading(isLast: steps == nil, seconds: seconds) }
            guard let steps else { return }
            let began = clock.now
            let parsed = steps()
            monitor.change { $0.endParsing(parsed, number: number, seconds: (clock.now - began).seconds) }
        case .record(let steps):
            let documents = try writer.together { try recorder.record(steps) }
            let progress = recorder.progress
            monitor.change { $0.endRecording(documents, progress, seconds: (clock.now - start).seconds) }
        case .index(let documents):
            try writer.index(documents)
            monitor.change { $0.endIndexing(seconds: (clock.now - start).seconds) }
        case .prepare(let stretch):
            guard let packing else { preconditionFailure("texts that are not compressed") }
            let packer = try packing.writer(for: stretch)
            monitor.change { $0.endPreparing(packer, seconds: (clock.now - start).seconds) }
        case .invert(let batch, let inverter, let first):
            try batch.packer?.pack(batch.documents)
            let packed = clock.now
            inverter.invert(batch.documents, runBeginning: first)
            monitor.change { $0.endInversion(batch, inverter, packingSeconds: (packed - start).seconds) }
        case .store(let batch):
            if let packer = batch.packer { try writer.storePacked(batch.documents, by: packer) }
            monitor.change { $0.endStoring(seconds: (clock.now - start).seconds) }
        case .flush(let runs, let isLast):
            try writer.load(runs, isLast: isLast)
            monitor.change { $0.endFlush(seconds: (clock.now - start).seconds) }
        }
    }
}

extension Duration {
    /// In seconds.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
