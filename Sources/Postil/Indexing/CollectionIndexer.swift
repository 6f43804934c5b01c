import Documents
import Foundation
import IndexStore
import Ingestion
import TextAnalysis
import Threads

/// One run over a collection's files, writing into one transaction.
struct CollectionIndexer {
    private(set) var report = IndexingReport()
    private let request: IndexingRequest
    /// What reads places that are new to the index and given no profile.
    private let usual: Profile
    private let analyzer: AnalyzerSpecification
    private let writer: DocumentWriter
    /// Whether the index is being made.
    private let isNew: Bool
    /// The roots of the index that the new one replaces, where they are now.
    private let formerRoots: [IndexedRoot]
    /// Those of them that have moved.
    private var moved: [MovedRoot]
    /// Where that is.
    private let formerPath: String?
    private let index: IndexPlace?

    /// Bytes of text that are inverted at a time: long enough that the pieces of doclists from different threads are, too.
    static let batchBytes = 1 << 20

    init(
        _ request: IndexingRequest, usual: Profile, analyzer: AnalyzerSpecification, writer: DocumentWriter,
        at index: IndexPlace? = nil, isNew: Bool = false, formerRoots: [IndexedRoot] = [], moved: [MovedRoot] = [],
        formerPath: String? = nil
    ) {
        self.request = request
        self.usual = usual
        self.analyzer = analyzer
        self.writer = writer
        self.isNew = isNew
        self.formerRoots = formerRoots
        self.moved = moved
        self.formerPath = formerPath
        self.index = index
    }

    mutating func run(
        batchBytes: Int = CollectionIndexer.batchBytes, stretchBytes: Int = TextFrameFormat.stretchBytes,
        _ progress: (IndexingProgress) -> Void
    ) throws {
        if !isNew { try followMovedRoots() }
        let roots = try CollectionRoots(
            request, known: isNew ? formerRoots : writer.roots.all(), usual: usual, isNew: isNew)
        let last = try lastRun(roots)
        if let last, last.isSettled, request.hasWalked == nil {
            report = last.report
            report.unchanged = try writer.documents.countOfSources()
            progress(IndexingProgress(filesDone: last.fileCount, filesTotal: last.fileCount))
            return
        }
        let (found, known) = try look(at: roots, after: last)
        let former = formerPath.flatMap(Self.documents)
        let formerSources = former.map(sources) ?? []
        let walk = roots.walk(found, known: isNew ? formerSources : known)
        let inputs = walk.inputs
        request.hasWalked?(WalkedPaths(inputs))
        // Without paths, an index that has lost all its places is built anew from its own documents.
        let isEnough = former.map { !$0.sources.isEmpty && request.paths.isEmpty && !request.prunes } ?? false
        if isNew, !isEnough, inputs.files.isEmpty {
            // An index that tells nothing of what it is made of must not become an empty one.
            let isUnknown = formerPath != nil && former == nil
            if !inputs.skipped.isEmpty || isUnknown { throw NothingToIndex(skipped: inputs.skipped) }
        }
        let feed = InputFeed(
            inputs.files, readings: walk.readings, of: roots.readings, known: known, batchBytes: batchBytes)
        let recorder = DocumentRecorder(writer: writer, inputs: inputs, sourceCount: known.count)
        let threads = min(
            request.threads > 0 ? request.threads : ProcessInfo.processInfo.activeProcessorCount,
            AddressSpace.roomForThreads)
        let memory = min(request.memory, AddressSpace.roomForBuffers)
        let pipeline = IndexingPipeline(
            feed: feed, recorder: recorder, writer: writer,
            inverters: try IndexingPipeline.inverters(
                analyzer, for: writer, threads: threads, memory: memory),
            memory: memory, batchBytes: batchBytes, stretchBytes: stretchBytes)
        let stages = try pipeline.run(threads: threads, progress: progress)
        let vanished = try VanishedSources(
            known: known, unseen: request.keepsMissing ? [] : feed.unseen, in: inputs,
            prunes: request.prunes, moved: { recorder.hasMoved($0) || walk.doubles.contains(ExactText($0.path)) },
            documentCount: recorder.documentCount)
        let unclaimed = try unclaimed(
            beside: recorder, unseen: feed.unseen.count - vanished.gone.count, roots: roots, inputs: inputs)
        if !request.prunes {
            try recorder.refuseLargeRemoval(vanished, apartFrom: walk.doubles, unclaimed: unclaimed.count)
        }
        try recorder.finish(removing: vanished, of: feed.unseen, and: unclaimed)
        for root in roots.covered { try writer.roots.remove(root) }
        for root in try forsakenRoots(known: known, gone: vanished.gone) { try writer.roots.remove(root) }
        let remembered = Set(formerRoots.map(\.path))
        for root in roots.changed where !walk.unfound.contains(root.path) || remembered.contains(root.path) {
            try writer.roots.save(root)
        }
        report = recorder.report
        report.notices = moved.map { .placeMoved(from: $0.old, to: $0.new) }
        if let former { try keep(former, formerSources, beside: recorder, in: walk) }
        report.passedOver = inputs.otherExtensions
        report.stages = stages
        let isSettled =
            !request.isDryRun && !request.prunes && former == nil && moved.isEmpty && feed.unseen.isEmpty
            && unclaimed.isEmpty && walk.doubles.isEmpty && !recorder.hasRemovedRepeated
        if isSettled, roots.seesAll {
            writer.walk = try LastRun.record(of: report, inputs, asked: roots.fingerprint)
        }
    }

    /// The last run, when this one would find what it left, but for what has changed in folders.
    private func lastRun(_ roots: CollectionRoots) throws -> LastRun? {
        guard !isNew, !request.prunes, moved.isEmpty, roots.isKnown, roots.seesAll,
            let record = try writer.lastWalk()
        else { return nil }
        return LastRun(record, asked: roots.fingerprint, apartFrom: index)
    }

    /// Walks, and gives the sources that the index has of what was walked.
    private func look(
        at roots: CollectionRoots, after last: LastRun?
    ) throws -> (found: [WalkedInputs], known: [IndexedSource]) {
        if let kept = last?.kept, roots.areApart {
            let found = roots.look(apartFrom: index, keeping: kept)
            // What a symbolic link leads to may be what another folder has.
            if !found.contains(where: \.seal.hasLinks) {
                let folders = Set(found.lazy.flatMap(\.kept).map(\.path))
                return (found, try writer.sources.all(outside: folders))
            }
        }
        return try Companion.run({ [index] in roots.look(apartFrom: index) }, beside: writer.sources.all)
    }

    /// Documents whose source's record was lost, and which no source has: all that there is was looked for, and every file has been
    /// read whole.
    private func unclaimed(
        beside recorder: DocumentRecorder, unseen: Int, roots: CollectionRoots, inputs: WalkedInputs
    ) throws -> [DocumentID] {
        guard !isNew, !request.keepsMissing, unseen == 0, roots.goesThroughAll, inputs.skipped.isEmpty,
            !recorder.hasTornSources
        else { return [] }
        return try writer.documents.ids(ofSource: .lost)
    }

    /// Has the index know moved roots and their files by their new paths.
    private mutating func followMovedRoots() throws {
        let roots = try writer.roots.all()
        moved = try MovedRoot.find(among: roots, paths: request.paths, sources: writer.sources.all)
        guard !moved.isEmpty else { return }
        for move in moved { try writer.sources.move(from: move.old, to: move.new) }
        for (old, new) in zip(roots, moved.applied(to: roots)) where old != new {
            try writer.roots.remove(old)
            try writer.roots.save(new)
        }
    }

    /// The sources of the index that is built anew, where they are now.
    private func sources(of former: FormerDocuments) -> [IndexedSource] {
        moved.applied(
            to: former.isOlder
                ? former.sources.map { $0.located(besideIndexAt: formerPath ?? "") } : former.sources)
    }

    /// Takes documents over from the index that is built anew: those whose sources this run could not look for, as an update
    /// would have kept them, and those that came from no source.
    private mutating func keep(
        _ former: FormerDocuments, _ sources: [IndexedSource], beside recorder: DocumentRecorder,
        in walk: CollectionRoots.Walk
    ) throws {
        let inputs = walk.inputs
        let met = Set(inputs.files.map { ExactText($0.path) })
        let unseen = sources.filter { !met.contains(ExactText($0.path)) }
        let vanished = try VanishedSources(
            known: sources, unseen: request.keepsMissing ? [] : unseen, in: inputs, prunes: request.prunes,
            moved: { recorder.hasMoved($0) || walk.doubles.contains(ExactText($0.path)) },
            documentCount: former.count)
        let gone = Set(vanished.gone.map(\.id))
        let kept = request.prunes ? [] : unseen.filter { !gone.contains($0.id) }
        report.kept = vanished.kept
        var ids: [SourceID?: SourceID] = [:]
        for source in kept { ids[source.id] = try writer.sources.save(source) }
        for root in formerRoots where kept.contains(where: { root.covers($0.path) }) {
            if try !writer.roots.all().contains(where: { $0.covers(root.path) }) { try writer.roots.save(root) }
        }
        var taken = 0
        try former.forEach(of: kept) { document, source in
            try writer.insert(document, source: source.flatMap { ids[$0.id] })
            report.unchanged += 1
            taken += 1
        }
        if !request.prunes { taken += try keepOrphans(of: former) }
        if former.isOlder {
            report.notices.append(
                .olderFormat(
                    former.format, taken: taken, of: try former.count(),
                    remembersPlaces: try !writer.roots.all().isEmpty))
        }
    }

    /// Takes over documents whose source's record is lost, unless a file that was read has them. Gives their number.
    private mutating func keepOrphans(of former: FormerDocuments) throws -> Int {
        var orphans: [Document] = []
        try former.forEachOrphan { orphans.append($0) }
        guard !orphans.isEmpty else { return 0 }
        let known = try writer.documents.known(among: Set(orphans.map { ExactText($0.externalID) }))
        var count = 0
        for orphan in orphans where !known.contains(ExactText(orphan.externalID)) {
            try writer.insert(orphan, source: .lost)
            report.unchanged += 1
            count += 1
        }
        return count
    }

    /// What can be read of the index that is built anew; nil when that is nothing, which is why it is.
    private static func documents(ofIndexAt path: String) -> FormerDocuments? {
        do { return try FormerDocuments(indexAt: path) } catch { return nil }
    }

    /// Roots that are not there any more, and all of whose sources are gone or stand elsewhere now: folders that were moved.
    private func forsakenRoots(known: [IndexedSource], gone: [IndexedSource]) throws -> [IndexedRoot] {
        guard !isNew, !gone.isEmpty else { return [] }
        let ids = Set(gone.map(\.id))
        return try writer.roots.all().filter { root in
            !root.isPattern && root.path.hasPrefix("/") && FileStatus.presence(of: root.path) == .absent
                && gone.contains { root.covers($0.path) }
                && !known.contains { root.covers($0.path) && !ids.contains($0.id) }
        }
    }
}

/// An index was to be made, also anew, of inputs none of which is there or can be read.
public struct NothingToIndex: Error, Sendable, CustomStringConvertible {
    /// Each with the reason.
    public let skipped: [SkippedInput]

    /// The message for users.
    public var description: String {
        (skipped.isEmpty
            ? "the old index does not tell what it was made of" : skipped.map(\.description).joined(separator: "; "))
            + "; there is nothing to make an index of"
    }
}

extension IndexedSource {
    /// The source under an absolute path, where the first format has a relative one: that is meant from the current folder on if
    /// there is such a file, else from the index's.
    fileprivate func located(besideIndexAt index: String) -> IndexedSource {
        guard !path.hasPrefix("/"), !path.hasPrefix("-") else { return self }
        var located = self
        located.path = FileStatus.absolute(path)
        if FileStatus.presence(of: located.path) != .present, let end = index.lastIndex(of: "/") {
            located.path = FileStatus.absolute(index[...end] + path)
        }
        return located
    }
}
