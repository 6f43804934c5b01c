import Documents
import Foundation
import IndexStore
import Ingestion

/// Brings an index up to date with files and folders.
///
/// Only files that changed since the last run are read (size and modification time, then a hash); of those, only documents
/// that changed are written. Documents of files that are gone are removed. Everything happens in one transaction, or, for
/// a new index, in a file beside its place. What cannot be read is skipped and named in the report.
///
/// - Parameter progress: Is told now and then how far it came.
/// - Throws: ``IndexError`` and `ProfileError`; the index is then as it was.
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
        var indexer = CollectionIndexer(request, profile: try request.profile ?? index.profile, writer: writer)
        try indexer.run(progress)
        try writer.commit()
        report = indexer.report
    } else {
        let profile = try request.profile ?? Profile.named(Profile.defaultName)
        report = try Index.build(at: path, profile: profile, analyzer: request.analyzer, replaces: request.rebuilds) {
            writer in
            var indexer = CollectionIndexer(request, profile: profile, writer: writer)
            try indexer.run(progress)
            return indexer.report
        }.value
    }
    let information = try Index.open(at: path).information()
    report.documents = information.documents
    report.indexBytes = information.indexBytes
    let (seconds, attoseconds) = (clock.now - start).components
    report.seconds = Double(seconds) + Double(attoseconds) / 1e18
    return report
}

/// One run over a collection's files, writing into one transaction.
struct CollectionIndexer {
    private(set) var report = IndexingReport()
    private let request: IndexingRequest
    private let profile: Profile
    private let writer: DocumentWriter
    private let reader: DocumentReader
    private var state = IndexingProgress()

    /// Documents between two progress reports.
    private static let progressInterval = 256

    init(_ request: IndexingRequest, profile: Profile, writer: DocumentWriter) {
        self.request = request
        self.profile = profile
        self.writer = writer
        reader = DocumentReader(mapping: profile.reading, limits: request.limits)
    }

    mutating func run(_ progress: (IndexingProgress) -> Void) throws {
        let inputs = InputWalker(formats: profile.reading.extensions).inputs(at: request.paths)
        report.skipped += inputs.skipped
        state.filesTotal = inputs.files.count
        var known = try writer.sources()
        for file in inputs.files {
            state.currentPath = file.path
            progress(state)
            try update(file, known: known.removeValue(forKey: file.path), progress)
            state.filesDone += 1
        }
        progress(state)
        // A source that could not be looked at this time is not gone.
        let unseen = known.values.filter { source in
            !inputs.skipped.contains { source.path == $0.path || source.path.hasPrefix($0.path + "/") }
        }
        if !request.keepsMissing { try removeMissing(unseen) }
    }

    private mutating func update(
        _ file: InputFile, known: SourceRecord?, _ progress: (IndexingProgress) -> Void
    ) throws {
        let reading = profile.readingFingerprint
        if let known, known.reading == reading, known.size == file.size, known.modified == file.modificationTime,
            !file.isStandardInput
        {
            return try keep(known)
        }
        if var known, known.reading == reading, known.size == file.size, !file.isStandardInput,
            let hash = hash(of: file), known.hash == hash
        {
            known.modified = file.modificationTime
            _ = try writer.save(known)
            return try keep(known)
        }
        try read(file, known: known, progress)
    }

    /// Counts what is there of a source that has not changed, and repeats what was skipped of it.
    private mutating func keep(_ known: SourceRecord) throws {
        if let id = known.id { report.unchanged += try writer.documents(ofSource: id).count }
        report.skipped += known.skipped.map { SkippedInput(path: known.path, line: $0.line, reason: $0.reason) }
    }

    private mutating func read(_ file: InputFile, known: SourceRecord?, _ progress: (IndexingProgress) -> Void) throws {
        var source = SourceRecord(
            path: file.path, reading: profile.readingFingerprint, size: file.size, modified: file.modificationTime,
            hash: [], outcome: .indexed, skipped: [])
        let id = try writer.save(source)
        var old = try known.map { try writer.documents(ofSource: $0.id ?? id) } ?? [:]
        var seen: Set<String> = []
        let batches = reader.batches(of: file)
        while let batch = batches.next() {
            try reader.readEvents(of: batch) { event in
                switch event {
                case .document(let document):
                    try take(document, from: &source, id: id, old: &old, seen: &seen)
                    state.documents += 1
                    if state.documents % CollectionIndexer.progressInterval == 0 { progress(state) }
                case .skipped(let line, let reason):
                    skip(line, reason, from: &source)
                case .warning(let line, let message):
                    report.warnings.append(SkippedInput(path: file.path, line: line, reason: message))
                }
            }
        }
        // Records that could not be read this time keep what they had: a torn file must not empty the index.
        if source.skipped.contains(where: { $0.line == nil }) {
            report.unchanged += old.count
        } else {
            for (id, _) in old.values { try writer.delete(id) }
            report.removed += old.count
        }
        if !source.skipped.isEmpty { source.outcome = seen.isEmpty ? .failed : .partial }
        source.hash = batches.contentHash.map(SourceHash.bytes) ?? []
        _ = try writer.save(source)
    }

    private mutating func take(
        _ document: Document, from source: inout SourceRecord, id: Int64,
        old: inout [String: (id: DocumentID, contentHash: Int64)], seen: inout Set<String>
    ) throws {
        guard seen.insert(document.externalID).inserted else {
            return skip(document.line, "the id “\(document.externalID)” stands in this file twice", from: &source)
        }
        let bytes = Int64(document.title.utf8.count + document.body.utf8.count)
        report.textBytes += bytes
        state.textBytes += bytes
        if let former = old.removeValue(forKey: document.externalID) {
            guard former.contentHash != DocumentWriter.contentHash(of: document) else {
                report.unchanged += 1
                return
            }
            try writer.delete(former.id)
            report.updated += 1
        } else {
            report.added += 1
        }
        try writer.insert(document, source: id)
    }

    private mutating func skip(_ line: Int?, _ reason: String, from source: inout SourceRecord) {
        source.skipped.append(SourceRecord.Skip(line: line, reason: reason))
        report.skipped.append(SkippedInput(path: source.path, line: line, reason: reason))
    }

    /// Removes what came from files that are gone, as far as they lie where this run has looked.
    private mutating func removeMissing(_ unseen: [SourceRecord]) throws {
        let places = request.paths.filter { $0 != "-" }.map { IndexedPlace($0) }
        for source in unseen.sorted(by: { $0.path < $1.path }) {
            guard let id = source.id, places.contains(where: { $0.covers(source.path) }) else { continue }
            for (document, _) in try writer.documents(ofSource: id).values {
                try writer.delete(document)
                report.removed += 1
            }
            try writer.deleteSource(id)
        }
    }

    private func hash(of file: InputFile) -> [UInt8]? {
        do { return SourceHash.bytes(try ContentHash.of(file)) } catch {
            // Reading the file will meet the same error and report it.
            return nil
        }
    }
}
