import Documents
import IndexStore
import Ingestion
import Ranking

/// Brings the documents table and the record of sources up to date, step by step in the inputs' order.
///
/// For one thread at a time. New documents are stored and handed back; they are still to be indexed.
final class DocumentRecorder: StepRecorder {
    private(set) var report = IndexingReport()
    private(set) var progress = IndexingProgress()
    private let writer: DocumentWriter
    private var current: OpenSource?
    /// Documents to be removed once all new ones are indexed: FTS5 must not look at its index before that.
    private var outdated: [DocumentID] = []

    /// Documents that were removed because they have another id now.
    private var renamed = 0
    /// Files that were read and have lost documents.
    private var shrunk: [String] = []
    /// Files that are places of their own and have none of the documents any more that they had.
    private var emptied: [String] = []
    /// Files that the run was asked for by themselves.
    private let ownPlaces: Set<ExactText>
    /// Whether the next run says of some file what this one did not, or in another place.
    private(set) var hasRemovedRepeated = false
    /// Whether a source could not be read to its end.
    private(set) var hasTornSources = false
    /// Hashes of the contents that were read in this run.
    private var contents: Set<[UInt8]> = []

    /// Documents that this run has met in the inputs, old and new.
    private var met = DocumentBitmap()
    /// Sources that have not changed.
    private var kept: [SourceID] = []
    /// Sources that were read.
    private var begun: [SourceID] = []
    /// Whether the run goes through at least half of all sources, and these are many.
    private let countsAllSources: Bool
    /// Whether sources were kept that did not come by themselves, because their folders look as they did.
    private let keepsFolders: Bool
    /// Whether documents of no recorded source are still to be looked for, which takes a moment for each source.
    private var looksForOrphans: Bool
    /// Whether documents can be looked up; otherwise the file is new, and repeated ids are looked for at the end.
    private let knowsDocuments: Bool

    /// The source whose batches are coming in.
    private struct OpenSource {
        var record: IndexedSource
        let id: SourceID
        /// Whether the index may hold documents of it that are gone.
        let isKnown: Bool
        /// Whether its documents were named differently before.
        let isRenamed: Bool
        /// ``IndexingReport/changes`` when it was begun.
        let changesBefore: Int
        /// Documents it has given that were not there before.
        var added = 0
        /// Documents it has given.
        var given = 0
        /// Whether it has given any document.
        var isEmpty = true
        /// Whether reading ended before it did.
        var isTorn = false
        /// What was left out of it.
        var skips = SkipList()
        /// One of each kind, over all batches.
        var remarks: [ReadingRemark] = []

        /// Takes out what is said of a format that its name does not tell.
        mutating func takeOtherFormat() -> ReadingRemark? {
            let index = remarks.firstIndex { if case .otherFormat = $0.kind { true } else { false } }
            return index.map { remarks.remove(at: $0) }
        }
    }

    /// - Parameter sourceCount: How many sources the index has of what was walked.
    init(writer: DocumentWriter, inputs: WalkedInputs, sourceCount: Int) {
        keepsFolders = !inputs.kept.isEmpty
        // What folders that are kept have was looked for by a run before.
        let isMost = inputs.files.count * 2 >= sourceCount && !keepsFolders
        countsAllSources = isMost && inputs.files.count > 64
        looksForOrphans = writer.findsDocuments && !keepsFolders && (isMost || sourceCount < 256)
        knowsDocuments = writer.findsDocuments
        self.writer = writer
        let places = inputs.places.filter(\.isFile).map(\.path) + inputs.files.filter(\.isStandardInput).map(\.path)
        ownPlaces = Set(places.map { ExactText($0) })
        report.skipped = inputs.skipped
        progress.filesDone = inputs.keptCount
        progress.filesTotal = inputs.files.count + inputs.keptCount
    }

    /// Takes the next steps and returns the documents that are new. In a new file they are stored together, of however many sources.
    func record(_ steps: [IndexingStep<ParsedBatch>]) throws -> [NewDocument] {
        let new = try steps.flatMap(take)
        if !knowsDocuments, !new.isEmpty { try writer.store(new) }
        return new
    }

    private func take(_ step: IndexingStep<ParsedBatch>) throws -> [NewDocument] {
        switch step {
        case .keep(let known, let wasTouched):
            if let id = known.id {
                if wasTouched { try writer.sources.update(known, at: id) }
                kept.append(id)
            }
            progress.filesDone += 1
            if known.outcome == .failed { report.failed.insert(known.path) }
            if !known.skipped.isEmpty {
                report(known.skipped, of: known)
                if known.skipped.contains(where: { $0.line == nil }) { hasTornSources = true }
            }
        case .begin(let file, let known, let reading):
            progress.currentPath = file.path
            try begin(file, known: known, reading: reading)
        case .batch(let batch):
            return try take(batch)
        case .end(let contentHash):
            try end(contentHash: contentHash)
            progress.filesDone += 1
        }
        return []
    }

    /// How many documents the sources have that were kept: where these are few each is asked for by itself, else those that were not kept
    /// are taken from all.
    private func countKept(unseen: [IndexedSource]) throws -> Int {
        guard keepsFolders || countsAllSources && !kept.isEmpty else {
            return try kept.reduce(0) { try $0 + writer.documents.count(ofSource: $1) }
        }
        let others = begun + unseen.compactMap(\.id)
        guard others.count > Self.fewSources else {
            return try others.reduce(writer.documents.countOfSources()) {
                try $0 - writer.documents.count(ofSource: $1)
            }
        }
        let counts = try writer.documents.countsBySource()
        return others.reduce(counts.values.reduce(0, +)) { $0 - (counts[$1] ?? 0) }
    }

    /// Sources that are asked for one by one: a statement takes ten times as long as counting one document.
    private static let fewSources = 256

    /// Whether what a source held when it was last read has been read in this run, under another path.
    func hasRead(_ source: IndexedSource) -> Bool {
        source.size > 0 && !source.hash.isEmpty && contents.contains(source.hash)
    }

    /// Whether a source is not where it was, and stands under another path.
    func hasMoved(_ source: IndexedSource) -> Bool {
        hasRead(source) && FileStatus.presence(of: source.path) == .absent
    }

    /// How many documents the index has of a source.
    func documentCount(of source: IndexedSource) throws -> Int {
        try source.id.map(writer.documents.count(ofSource:)) ?? 0
    }

    /// Stops a run that is about to remove much of what the index has.
    ///
    /// - Parameters:
    ///   - doubles: Paths of sources that are in the index by other paths as well.
    ///   - unclaimed: How many documents go that no source has.
    /// - Throws: ``RemovalRefused``.
    func refuseLargeRemoval(
        _ vanished: VanishedSources, apartFrom doubles: Set<ExactText>, unclaimed: Int
    ) throws {
        let lost = vanished.gone.filter { !hasRead($0) && !doubles.contains(ExactText($0.path)) }
        let documents = try report.removed - renamed + unclaimed + lost.reduce(0) { $0 + (try documentCount(of: $1)) }
        let isMuch = documents >= RemovalRefused.smallestAlarm
        let emptied = vanished.emptied + emptied
        guard documents > 0, isMuch || !emptied.isEmpty else { return }
        // The new rows are stored already, the old ones still are.
        let indexed = try writer.documents.count() - report.added - report.updated
        guard !emptied.isEmpty || documents * 4 > indexed else { return }
        let files = shrunk + lost.map(\.path)
        let places = emptied + files.filter { file in !emptied.contains { file.hasPrefix($0) } }.prefix(3)
        throw RemovalRefused(documents: documents, indexed: indexed, places: places)
    }

    /// Removes the documents that have changed or are gone, those of vanished sources, and those that no source has. All new ones must have been indexed.
    ///
    /// - Parameter unseen: Sources that the run did not meet, whether they have vanished or not.
    func finish(removing vanished: VanishedSources, of unseen: [IndexedSource], and unclaimed: [DocumentID]) throws {
        report.kept = vanished.kept
        report.unchanged += try countKept(unseen: unseen)
        if !knowsDocuments { try removeRepeated() }
        for id in outdated + unclaimed { try writer.delete(id) }
        report.removed += unclaimed.count
        for source in vanished.gone {
            guard let id = source.id else { continue }
            let documents = try writer.documents.ids(ofSource: id)
            for document in documents { try writer.delete(document) }
            report.removed += documents.count
            if !documents.isEmpty { report.note(file: source.path) }
            try writer.sources.remove(id)
        }
    }

    private func begin(_ file: InputFile, known: IndexedSource?, reading: String) throws {
        if known == nil, looksForOrphans {
            // A row of `sources` that somebody deleted makes its file a new one.
            looksForOrphans = false
            try writer.documents.disownOrphans()
        }
        let record = IndexedSource(
            path: file.path, reading: reading, size: file.size, modified: file.modificationTime,
            changed: file.changeTime, node: Int64(bitPattern: file.node), name: file.relativePath, hash: [],
            outcome: .indexed, skipped: [])
        // Of a new file the row is written once, when it is known what became of it.
        let id = knowsDocuments ? try writer.sources.save(record) : writer.sources.reserve()
        begun.append(id)
        current = OpenSource(
            record: record, id: id, isKnown: known != nil,
            isRenamed: known.map { ExactText($0.name) != ExactText(file.relativePath) } ?? false,
            changesBefore: report.changes)
    }

    private func take(_ batch: ParsedBatch) throws -> [NewDocument] {
        guard var source = current.take() else { preconditionFailure("a batch of no source") }
        defer { current = source }
        var new: [NewDocument] = []
        new.reserveCapacity(batch.documents.count)
        var externalIDs: Set<ExactText> = []
        source.skips.add(batch.skips)
        source.isTorn = source.isTorn || batch.isTorn
        for remark in batch.remarks { source.remarks.add(remark) }
        for document in batch.documents where try isNew(document, in: &source, beside: &externalIDs) {
            new.append(document)
        }
        for document in new { document.source = source.id }
        guard knowsDocuments, !new.isEmpty else { return new }
        try writer.store(new)
        for document in new { met.insert(document.id.rawValue) }
        return new
    }

    /// Whether the index does not have the document as it is.
    ///
    /// - Parameter batch: The external ids of the batch so far, which are not stored yet.
    private func isNew(_ new: NewDocument, in source: inout OpenSource, beside batch: inout Set<ExactText>) throws
        -> Bool
    {
        source.isEmpty = false
        guard knowsDocuments else {
            count(new)
            report.added += 1
            return true
        }
        let externalID = new.document.externalID
        let stored = try writer.documents.documents(externalID: externalID, ofSource: source.id)
        guard batch.insert(ExactText(externalID)).inserted, !stored.contains(where: { met.contains($0.id.rawValue) })
        else {
            source.skips.add(line: new.document.line, reason: Self.repetition(externalID))
            return false
        }
        count(new)
        source.given += 1
        guard let former = stored.first else {
            report.added += 1
            source.added += 1
            return true
        }
        met.insert(former.id.rawValue)
        guard former.contentHash != new.contentHash else {
            if former.line != new.document.line { try writer.documents.move(former.id, toLine: new.document.line) }
            report.unchanged += 1
            return false
        }
        outdated.append(former.id)
        report.updated += 1
        return true
    }

    private func count(_ document: NewDocument) {
        let bytes = Int64(document.textBytes)
        report.textBytes += bytes
        progress.textBytes += bytes
        progress.documents += 1
    }

    private func end(contentHash: UInt64?) throws {
        guard var source = current.take() else { preconditionFailure("the end of no source") }
        if let remark = source.takeOtherFormat(), source.isEmpty, source.skips.isEmpty {
            // Read otherwise it may give documents: it is no empty file.
            source.skips.add(line: nil, reason: remark.message)
            source.isTorn = true
        }
        let unmet =
            source.isKnown ? try writer.documents.ids(ofSource: source.id).filter { !met.contains($0.rawValue) } : []
        // Records that could not be read this time keep what they had: a torn file must not empty the index.
        if source.isTorn {
            hasTornSources = true
            report.unchanged += unmet.count
        } else {
            outdated += unmet
            report.removed += unmet.count
            if source.isRenamed { renamed += min(unmet.count, source.added) }
            if !unmet.isEmpty { shrunk.append(source.record.path) }
            if hasLostAll(source, unmet.count) { emptied.append(source.record.path) }
        }
        if report.changes > source.changesBefore { report.note(file: source.record.path) }
        if !source.skips.isEmpty { source.record.outcome = source.isEmpty ? .failed : .partial }
        source.record.skipped = Self.sorted(source.skips.all)
        report(source.record.skipped, of: source.record)
        // A batch without a document says nothing when another one has some.
        for remark in source.remarks
        where remark.isTelling && (source.isEmpty || remark.kind != .recordsWithoutDocument) {
            report.warnings.append(SkippedInput(path: source.record.path, line: remark.line, reason: remark.message))
        }
        if source.record.outcome == .failed { report.failed.insert(source.record.path) }
        source.record.hash = contentHash.map(SourceHash.bytes) ?? []
        contents.insert(source.record.hash)
        if knowsDocuments {
            try writer.sources.update(source.record, at: source.id)
        } else {
            try writer.sources.insert(source.record, at: source.id)
        }
    }

    /// Whether a file that was named by itself has given none of so many documents that the index has of it: they are gone from it,
    /// or it was read in another way. A few that all have other ids now were edited.
    private func hasLostAll(_ source: OpenSource, _ unmet: Int) -> Bool {
        unmet > 0 && !source.isRenamed && source.given == source.added
            && (source.isEmpty || unmet >= RemovalRefused.smallestAlarm)
            && ownPlaces.contains(ExactText(source.record.path))
    }

    /// Takes documents out of a new file whose ids stand in their sources before.
    private func removeRepeated() throws {
        let repeated = try writer.repeatedDocuments()
        guard !repeated.isEmpty else { return }
        hasRemovedRepeated = true
        var sources: [SourceID: IndexedSource] = [:]
        for source in try writer.sources.all() { if let id = source.id { sources[id] = source } }
        var skips: [SourceID: SkipList] = [:]
        for document in repeated {
            try writer.delete(document.id)
            report.added -= 1
            skips[document.source, default: SkipList()].add(
                line: document.line, reason: Self.repetition(document.externalID))
        }
        for (id, skips) in skips.sorted(by: { $0.key < $1.key }) {
            guard var source = sources[id] else { continue }
            report(skips.all, of: source)
            source.skipped = Self.sorted(source.skipped + skips.all)
            source.outcome = .partial
            _ = try writer.sources.save(source)
        }
    }

    private static func repetition(_ externalID: String) -> String {
        "the id “\(externalID)” stands in this file twice"
    }

    private static func sorted(_ skips: [IndexedSource.Skip]) -> [IndexedSource.Skip] {
        skips.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    private func report(_ skips: [IndexedSource.Skip], of source: IndexedSource) {
        report.skipped += skips.map {
            SkippedInput(path: source.path, line: $0.line, reason: $0.reason, count: $0.count)
        }
    }
}
