import Documents
import Foundation
import IndexStore
import Ingestion
import TextAnalysis

/// Brings an index up to date with files and folders.
///
/// Only files that changed since the last run are read (size and modification time, then a hash); of those, only documents
/// that changed are written. Documents of files that are gone are removed. Everything happens in one transaction, or, for
/// a new index, in a file beside its place. What cannot be read is skipped and named in the report. An index that is rebuilt
/// keeps its profile, analyzer and compression, unless the request names others.
///
/// - Parameter progress: Is told now and then how far it came.
/// - Throws: ``IndexError``, `ProfileError`, and ``NothingToIndex`` instead of making an index of inputs that are not there;
///   the index is then as it was.
public func indexCollection(
    _ request: IndexingRequest, into path: String, progress: (IndexingProgress) -> Void = { _ in }
) throws -> IndexingReport {
    let clock = ContinuousClock()
    let start = clock.now
    var report: IndexingReport
    let exists = FileManager.default.fileExists(atPath: path)
    if exists, !request.rebuilds {
        let index = try Index.open(at: path, access: .readWrite)
        try index.requireAnalyzer(of: request)
        let writer = try index.makeWriter()
        var indexer = CollectionIndexer(
            request, profile: try request.profile ?? index.profile,
            analyzer: try AnalyzerSpecification(index.settings.analyzer), writer: writer)
        try indexer.run(progress)
        let indexed = clock.now
        try writer.commit()
        report = indexer.report
        let stored = index.settings.compression
        if let wanted = request.compression ?? request.profile?.compression, wanted != stored {
            report.warnings.append(
                SkippedInput(
                    path: path, line: nil,
                    reason: "texts go on being stored with compression \(stored.rawValue), as when the index was made; "
                        + "for \(wanted.rawValue), build it anew with `postil index --rebuild`"))
        }
        report.stages["sync"] = (clock.now - indexed).seconds
    } else {
        let request = exists ? try request.rebuilding(indexAt: path) : request
        let profile = try request.profile ?? Profile.named(Profile.defaultName)
        var indexed = start
        report = try Index.build(
            at: path, profile: profile, analyzer: request.analyzer, compression: request.compression,
            replaces: request.rebuilds
        ) { writer in
            var indexer = CollectionIndexer(
                request, profile: profile, analyzer: try AnalyzerSpecification(request.analyzer ?? profile.analyzer),
                writer: writer, isNew: true)
            try indexer.run(progress)
            indexed = clock.now
            return indexer.report
        }.value
        report.stages["sync"] = (clock.now - indexed).seconds
    }
    let information = try Index.open(at: path).information()
    report.documents = information.documents
    report.indexBytes = information.indexBytes
    report.seconds = (clock.now - start).seconds
    return report
}

/// One run over a collection's files, writing into one transaction.
struct CollectionIndexer {
    private(set) var report = IndexingReport()
    private let request: IndexingRequest
    private let profile: Profile
    private let analyzer: AnalyzerSpecification
    private let writer: DocumentWriter
    /// Whether the index is being made.
    private let isNew: Bool

    /// Bytes of text that are inverted at a time: long enough that the pieces of doclists from different threads are, too.
    static let batchBytes = 1 << 20

    init(
        _ request: IndexingRequest, profile: Profile, analyzer: AnalyzerSpecification, writer: DocumentWriter,
        isNew: Bool = false
    ) {
        self.request = request
        self.profile = profile
        self.analyzer = analyzer
        self.writer = writer
        self.isNew = isNew
    }

    mutating func run(
        batchBytes: Int = CollectionIndexer.batchBytes, stretchBytes: Int = TextFrameFormat.stretchBytes,
        _ progress: (IndexingProgress) -> Void
    ) throws {
        let inputs = InputWalker(formats: profile.reading.extensions).inputs(at: request.paths)
        if isNew, inputs.files.isEmpty, !inputs.skipped.isEmpty { throw NothingToIndex(skipped: inputs.skipped) }
        let reader = DocumentReader(mapping: profile.reading, limits: request.limits)
        let reading = profile.readingFingerprint
        let feed = InputFeed(inputs.files, known: try writer.sources(), reader: reader, reading: reading)
        let recorder = DocumentRecorder(writer: writer, reading: reading, inputs: inputs)
        let threads = request.threads > 0 ? request.threads : ProcessInfo.processInfo.activeProcessorCount
        let pipeline = IndexingPipeline(
            feed: feed, reader: reader, recorder: recorder, writer: writer, inverters: try inverters(threads),
            memory: request.memory, batchBytes: batchBytes, stretchBytes: stretchBytes)
        let stages = try pipeline.run(threads: threads, progress: progress)
        try recorder.finish(removing: request.keepsMissing ? [] : missing(feed.unseen, inputs))
        report = recorder.report
        report.passedOver = inputs.otherExtensions
        report.stages = stages
    }

    /// None for FTS5's own tokenizers, which only their connection can call.
    private func inverters(_ threads: Int) throws -> [RunInverter] {
        if case .fts5 = analyzer.kind { return [] }
        guard try writer.takesSegments() else { return [] }
        return try (0..<threads).map { _ in try RunInverter(analyzer, memory: request.memory) }
    }

    /// Those of the `unseen` sources that are gone, as far as they lie where this run has looked.
    private func missing(_ unseen: [IndexedSource], _ inputs: WalkedInputs) -> [IndexedSource] {
        let places = request.paths.filter { $0 != "-" }.map { IndexedPlace($0) }
        return unseen.filter { source in
            // A source that could not be looked at this time is not gone.
            !inputs.skipped.contains { source.path == $0.path || source.path.hasPrefix($0.path + "/") }
                && places.contains { $0.covers(source.path) }
        }
    }
}
