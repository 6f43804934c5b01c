import Documents
import Foundation
import IndexStore
import TextAnalysis

extension Index {
    /// Adds documents of a program's own, each in the place of the one of its id that came from a program, in one transaction and on
    /// all cores.
    ///
    ///     let report = try index.upsert(notes.lazy.map { Document(externalID: $0.id, title: $0.title, body: $0.text) })
    ///
    /// Documents that are there as they are keep their row ids. Of several with one id the last counts. Many go the way of files, which
    /// is several times as fast as `DocumentWriter.upsert(_:)` for each; less than a mebibyte of text is as fast either way.
    ///
    /// - Parameters:
    ///   - documents: Is gone through once, on the caller's thread, while others analyse what it gave before.
    ///   - threads: Threads that analyse; 0 for one for each core.
    ///   - memory: Bytes that the buffers may take.
    ///   - progress: Is told now and then how far it came.
    /// - Returns: How many were ``IndexingReport/added``, ``IndexingReport/updated`` and ``IndexingReport/unchanged``.
    /// - Throws: `IndexError`; the index is then as it was.
    @discardableResult
    public func upsert(
        _ documents: some Sequence<Document>, threads: Int = 0, memory: Int = 512 << 20,
        progress: (IndexingProgress) -> Void = { _ in }
    ) throws -> IndexingReport {
        try upsert(
            documents, threads: threads, memory: memory, batchBytes: CollectionIndexer.batchBytes, progress: progress)
    }

    /// The same with batches of another size, and other pieces in which documents are handed on.
    func upsert(
        _ documents: some Sequence<Document>, threads: Int, memory: Int, batchBytes: Int, piece: Int = 256,
        progress: (IndexingProgress) -> Void
    ) throws -> IndexingReport {
        let clock = ContinuousClock()
        let start = clock.now
        let writer = try makeWriter()
        let recorder = OwnDocumentRecorder(writer: writer)
        let threads = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
        let pipeline = IndexingPipeline(
            feed: OwnDocumentFeed(documents.makeIterator(), piece: piece), recorder: recorder, writer: writer,
            inverters: try IndexingPipeline.inverters(
                try AnalyzerSpecification(settings.analyzer), for: writer, threads: threads, memory: memory),
            memory: memory, batchBytes: batchBytes, stretchBytes: TextFrameFormat.stretchBytes, readsOnCaller: true)
        let stages = try pipeline.run(threads: threads, progress: progress)
        try recorder.finish()
        let indexed = clock.now
        try writer.commit()
        var report = recorder.report
        report.stages = stages
        report.stages[.sync] = (clock.now - indexed).seconds
        return try Self.complete(report, ofIndexAt: path, since: start)
    }
}

/// Hands out the documents of a program in pieces.
private final class OwnDocumentFeed<Documents: IteratorProtocol>: StepFeed where Documents.Element == Document {
    private var documents: Documents

    /// Most documents of a piece, and bytes of text after which it is one: little beside what is inverted at a time, and much
    /// beside the turn of a thread.
    private let piece: Int
    private static var bytes: Int { 64 << 10 }

    init(_ documents: Documents, piece: Int) {
        self.documents = documents
        self.piece = piece
    }

    func next() -> (() -> [IndexingStep<ParsedBatch>])? {
        var batch: [Document] = []
        var bytes = 0
        while batch.count < piece, bytes < Self.bytes, let document = documents.next() {
            bytes += document.title.utf8.count + document.body.utf8.count
            batch.append(document)
        }
        return batch.isEmpty ? nil : { [.batch(ParsedBatch(batch))] }
    }
}

/// Brings the documents of a program up to date, by their ids. For one thread at a time.
private final class OwnDocumentRecorder: StepRecorder {
    private(set) var report = IndexingReport()
    private(set) var progress = IndexingProgress()
    private let writer: DocumentWriter
    /// Documents to be removed once all new ones are indexed: FTS5 must not look at its index before that.
    private var outdated: Set<DocumentID> = []
    /// Documents of before that were met again.
    private var met: Set<DocumentID> = []
    /// The first that came in this run.
    private var first: DocumentID?

    init(writer: DocumentWriter) { self.writer = writer }

    func record(_ steps: [IndexingStep<ParsedBatch>]) throws -> [NewDocument] { try steps.flatMap(record) }

    private func record(_ step: IndexingStep<ParsedBatch>) throws -> [NewDocument] {
        guard case .batch(let batch) = step else { preconditionFailure("documents that come from no source") }
        var last: [ExactText: Int] = [:]
        for (index, document) in batch.documents.enumerated() {
            last[ExactText(document.document.externalID)] = index
            progress.documents += 1
            progress.textBytes += Int64(document.textBytes)
        }
        var new: [NewDocument] = []
        for (index, document) in batch.documents.enumerated()
        where last[ExactText(document.document.externalID)] == index {
            if try isNew(document) { new.append(document) }
        }
        guard !new.isEmpty else { return [] }
        try writer.store(new, source: nil)
        if first == nil { first = new[0].id }
        return new
    }

    /// Removes what has been replaced. All new documents must have been indexed.
    func finish() throws {
        for id in outdated.sorted() { try writer.delete(id) }
        report.textBytes = progress.textBytes
    }

    /// Whether the index does not have the document as it is; counts it once, as what it is in the end.
    private func isNew(_ new: NewDocument) throws -> Bool {
        let stored = try writer.documents.ownDocuments(externalID: new.document.externalID)
        let former = stored.filter { known in first.map { known.id < $0 } ?? true }
        let wasMet = former.count < stored.count || former.contains { met.contains($0.id) }
        let wasUnchanged = wasMet && former.contains { met.contains($0.id) && !outdated.contains($0.id) }
        let same = stored.last { $0.contentHash == new.contentHash }
        outdated.formUnion(stored.map(\.id))
        met.formUnion(former.map(\.id))
        if let same { outdated.remove(same.id) }
        guard !former.isEmpty else {
            if !wasMet { report.added += 1 }
            return same == nil
        }
        if wasMet { if wasUnchanged { report.unchanged -= 1 } else { report.updated -= 1 } }
        if let same, former.contains(same) { report.unchanged += 1 } else { report.updated += 1 }
        return same == nil
    }
}
