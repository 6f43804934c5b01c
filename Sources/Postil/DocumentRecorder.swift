import Documents
import IndexStore
import Ingestion

/// Brings the documents table and the record of sources up to date, step by step in the inputs' order.
///
/// For one thread at a time. New documents are stored and handed back; they are still to be indexed.
final class DocumentRecorder {
    private(set) var report = IndexingReport()
    private(set) var progress = IndexingProgress()
    private let writer: DocumentWriter
    private let reading: String
    private var current: OpenSource?
    /// Documents to be removed once all new ones are indexed: FTS5 must not look at its index before that.
    private var outdated: [DocumentID] = []

    /// The source whose batches are coming in.
    private struct OpenSource {
        var record: SourceRecord
        let id: Int64
        /// What the index holds of it and has not been met yet, by external id.
        var old: [String: (id: DocumentID, contentHash: Int64)]
        var seen: Set<String> = []
    }

    init(writer: DocumentWriter, reading: String, inputs: WalkedInputs) {
        self.writer = writer
        self.reading = reading
        report.skipped = inputs.skipped
        progress.filesTotal = inputs.files.count
    }

    /// Takes the next step and returns the documents that are new.
    func record(_ step: ParsedStep) throws -> [NewDocument] {
        switch step {
        case .keep(let known, let wasTouched):
            if wasTouched { _ = try writer.save(known) }
            if let id = known.id { report.unchanged += try writer.documents(ofSource: id).count }
            report.skipped += known.skipped.map { SkippedInput(path: known.path, line: $0.line, reason: $0.reason) }
            progress.filesDone += 1
        case .begin(let file, let known):
            progress.currentPath = file.path
            try begin(file, known: known)
        case .batch(let records):
            return try take(records)
        case .end(let contentHash):
            try end(contentHash: contentHash)
            progress.filesDone += 1
        }
        return []
    }

    /// Removes the documents that have changed or are gone, and those of `sources`. All new ones must have been indexed.
    func finish(removing sources: [SourceRecord]) throws {
        for id in outdated { try writer.delete(id) }
        for source in sources.sorted(by: { $0.path < $1.path }) {
            guard let id = source.id else { continue }
            for document in try writer.documents(ofSource: id).values.map(\.id).sorted() {
                try writer.delete(document)
                report.removed += 1
            }
            try writer.deleteSource(id)
        }
    }

    private func begin(_ file: InputFile, known: SourceRecord?) throws {
        let record = SourceRecord(
            path: file.path, reading: reading, size: file.size, modified: file.modificationTime, hash: [],
            outcome: .indexed, skipped: [])
        let id = try writer.save(record)
        let old = known == nil ? [:] : try writer.documents(ofSource: id)
        current = OpenSource(record: record, id: id, old: old)
    }

    private func take(_ records: [ParsedRecord]) throws -> [NewDocument] {
        guard var source = current.take() else { preconditionFailure("a batch of no source") }
        defer { current = source }
        var new: [NewDocument] = []
        new.reserveCapacity(records.count)
        for record in records {
            switch record {
            case .document(let document):
                if isNew(document, in: &source) { new.append(document) }
            case .skipped(let line, let reason): skip(line, reason, of: &source)
            case .warning(let line, let message):
                report.warnings.append(SkippedInput(path: source.record.path, line: line, reason: message))
            }
        }
        guard !new.isEmpty else { return [] }
        try writer.store(new, source: source.id)
        return new
    }

    private func isNew(_ new: NewDocument, in source: inout OpenSource) -> Bool {
        let externalID = new.document.externalID
        guard source.seen.insert(externalID).inserted else {
            skip(new.document.line, "the id “\(externalID)” stands in this file twice", of: &source)
            return false
        }
        let bytes = Int64(new.textBytes)
        report.textBytes += bytes
        progress.textBytes += bytes
        progress.documents += 1
        guard let former = source.old.removeValue(forKey: externalID) else {
            report.added += 1
            return true
        }
        guard former.contentHash != new.contentHash else {
            report.unchanged += 1
            return false
        }
        outdated.append(former.id)
        report.updated += 1
        return true
    }

    private func end(contentHash: UInt64?) throws {
        guard var source = current.take() else { preconditionFailure("the end of no source") }
        // Records that could not be read this time keep what they had: a torn file must not empty the index.
        if source.record.skipped.contains(where: { $0.line == nil }) {
            report.unchanged += source.old.count
        } else {
            outdated += source.old.values.map(\.id).sorted()
            report.removed += source.old.count
        }
        if !source.record.skipped.isEmpty { source.record.outcome = source.seen.isEmpty ? .failed : .partial }
        source.record.hash = contentHash.map(SourceHash.bytes) ?? []
        _ = try writer.save(source.record)
    }

    private func skip(_ line: Int?, _ reason: String, of source: inout OpenSource) {
        source.record.skipped.append(SourceRecord.Skip(line: line, reason: reason))
        report.skipped.append(SkippedInput(path: source.record.path, line: line, reason: reason))
    }
}
