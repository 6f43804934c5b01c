import Dispatch
import FTS5Format
import GRDB
import Ranking
import Threads

/// Writes the runs of inverters into FTS5's tables as one finished segment, on a connection on which FTS5 has not looked at
/// its index yet.
///
/// Equivalent to `INSERT INTO documents_fts(rowid, body, title)` for every document, in what FTS5 then reads.
struct SegmentLoad {
    /// FTS5's own default, from which a level is reckoned: its leaf pages of a hash table of a mebibyte.
    private static let pagesOfLowestLevel = 256
    /// As many segments as a level takes before they are merged; FTS5's `crisismerge`.
    private static let segmentsOfLevel = 16

    private let records: FTS5TableReader
    private let tables: FTS5TableWriter
    private let pageSize: Int

    /// Prepares writing.
    ///
    /// - Throws: `FTS5FormatError.unsupported` when the table is of a kind that only FTS5 itself can write.
    init(_ db: Database) throws {
        records = try FTS5TableReader(try db.handle)
        tables = try FTS5TableWriter(try db.handle)
        func option(_ name: String) throws -> Int? {
            try Int.fetchOne(db, sql: "SELECT v FROM documents_fts_config WHERE k = ?", arguments: [name])
        }
        try records.requireSupportedFormat()
        pageSize = try option("pgsz") ?? Self.usualPageSize
    }

    /// FTS5's default.
    private static let usualPageSize = 4050

    /// Writes a segment of runs, its score grids, their document lengths, and the averages and structure records.
    ///
    /// As many threads as there are runs share the work: one lays out the pages of the segment, the caller's, which has the
    /// connection, stores lengths and pages, and whoever is free or has to wait for another makes grids.
    ///
    /// - Parameters:
    ///   - meanwhile: What else is to be done on the connection, while others lay out the first pages and make grids.
    ///   - beside: What is to be done with the sealed runs without the connection, by the thread that has laid out the pages.
    /// - Returns: The chunks of documents that are in the runs as a whole, whose rows in `score_documents` are stored.
    func write(
        _ runs: [RunInverter], grids: ScoreGridUpdate, meanwhile: () throws -> Void,
        beside: @escaping @Sendable () -> Void
    ) throws -> Set<Int64> {
        let runs = runs.filter { !$0.isEmpty }
        guard !runs.isEmpty else {
            try meanwhile()
            return []
        }
        // Safety: each run is sealed by one thread.
        nonisolated(unsafe) let shared = runs
        DispatchQueue.concurrentPerform(iterations: shared.count) { shared[$0].seal() }
        let lengths = RunLengths(runs)
        var averages = try records.averages(columns: 2)
        lengths.add(to: &averages)
        try tables.put(averages)
        var structure = try records.structure()
        guard let id = structure.unusedSegmentID() else {
            throw DatabaseError(resultCode: .SQLITE_FULL, message: "FTS5 takes no more than 2000 segments")
        }
        let chunks = try grids.addChunks(of: lengths)
        let blocks = BlockSegment(documents: lengths.documents, boundFormula: try grids.formula())
        let made = try store(lengths, isAlone: runs.count == 1) {
            // Safety: sealed runs are only read.
            RunGrids(RunMerge(shared), lengths: lengths.packed, blocks: blocks)
        }
        guard
            let segment = try write(
                made.merge, as: id, grids: made, helpers: runs.count - 1, meanwhile: meanwhile, beside: beside)
        else { return chunks }
        structure.add(segment, level: Self.level(of: segment))
        try tables.put(structure)
        try grids.add(segment, blocks, grids: made.all)
        return chunks
    }

    /// Stores the lengths while another thread merges the runs' terms, or first when there is no other thread.
    private func store(_ lengths: RunLengths, isAlone: Bool, beside merge: @Sendable @escaping () -> RunGrids) throws
        -> RunGrids
    {
        if isAlone {
            try lengths.store(in: tables)
            return merge()
        }
        let made = Locked<RunGrids?>(nil)
        let group = DispatchGroup()
        DispatchQueue.global().async(group: group) {
            let grids = merge()
            made.withLock { $0 = grids }
        }
        defer { group.wait() }
        try lengths.store(in: tables)
        group.wait()
        guard let grids = made.withLock({ $0 }) else { preconditionFailure("the group has not waited") }
        return grids
    }

    private func write(
        _ merge: RunMerge, as id: SegmentID, grids: RunGrids, helpers: Int,
        meanwhile: () throws -> Void, beside: @escaping @Sendable () -> Void
    ) throws -> FTS5Structure.Segment? {
        guard helpers > 0 else {
            try meanwhile()
            let segment = try Self.layOut(merge, as: id, pageSize: pageSize, to: tables)
            grids.work()
            beside()
            return segment
        }
        // Safety: sealed runs are only read.
        nonisolated(unsafe) let merge = merge
        let segment = Locked<Result<FTS5Structure.Segment?, any Error>>(.success(nil))
        let group = DispatchGroup()
        var ownWriter = grids.writer()
        let queue = SegmentPageQueue { grids.makeNext(with: &ownWriter) }
        DispatchQueue.global().async(group: group) { [pageSize] in
            let result = Result { try Self.layOut(merge, as: id, pageSize: pageSize, to: queue) }
            segment.withLock { $0 = result }
            queue.close()
            beside()
            grids.work()
        }
        for _ in 1..<helpers { DispatchQueue.global().async(group: group) { grids.work() } }
        defer {
            queue.abandon()
            group.wait()
        }
        try meanwhile()
        var writer = grids.writer()
        try queue.drain(into: tables) { grids.makeNext(with: &writer) }
        grids.work()
        group.wait()
        return try segment.withLock { try $0.get() }
    }

    /// Writes a segment that takes the documents of a run out of all segments there are, and their lengths out of the averages.
    ///
    /// Equivalent to the command 'delete' for every document. The segment stands on the lowest level, since it has to be newer
    /// than all that have one of its documents.
    func writeRemoval(_ run: RunInverter) throws {
        run.seal()
        var averages = try records.averages(columns: 2)
        for length in run.lengths {
            averages.rowCount -= 1
            averages.tokenCounts[0] -= Int(length.body)
            averages.tokenCounts[1] -= Int(length.title)
            try tables.removeLength(of: length.id)
        }
        guard averages.rowCount >= 0, averages.tokenCounts.allSatisfy({ $0 >= 0 }) else {
            throw FTS5FormatError.corrupt(record: .averages, offset: 0, damage: .numberOutOfRange)
        }
        try tables.put(averages)
        var structure = try records.structure()
        let id = try Self.unusedSegmentID(of: structure)
        let writer = SegmentWriter(sink: tables, segment: id, pageSize: pageSize)
        let merge = RunMerge([run])
        var removal = RemovedPostings()
        for index in 0..<merge.count {
            removal.begin()
            var postings = merge.postings(of: index)
            while let (document, _) = postings.next() { removal.append(document) }
            writer.begin([FTS5Key.mainIndex] + merge.name(of: index))
            try removal.withRun { try writer.append($0) }
        }
        guard let segment = try writer.finish() else { return }
        structure.add(segment, level: 0)
        try tables.put(structure)
    }

    private static func unusedSegmentID(of structure: FTS5Structure) throws -> SegmentID {
        guard let id = structure.unusedSegmentID() else {
            throw DatabaseError(resultCode: .SQLITE_FULL, message: "FTS5 takes no more than 2000 segments")
        }
        return id
    }

    private static func layOut(_ merge: RunMerge, as id: SegmentID, pageSize: Int, to sink: some FTS5DataSink) throws
        -> FTS5Structure.Segment?
    {
        let writer = SegmentWriter(sink: sink, segment: id, pageSize: pageSize)
        var key: [UInt8] = [FTS5Key.mainIndex]
        for index in 0..<merge.count {
            merge.fetch(behind: index)
            key.removeLast(key.count - 1)
            key.append(contentsOf: merge.name(of: index))
            writer.begin(key)
            try merge.forEachRun(of: index) { try writer.append($0) }
        }
        return try writer.finish()
    }

    /// Merges a level that has 16 segments, and all below it, into one segment of the next level.
    ///
    /// FTS5 does so itself when it writes a segment, but looks at the lowest level only.
    func mergeFullLevels() throws {
        var structure = try records.structure()
        while let level = structure.levels.firstIndex(where: { $0.segments.count >= Self.segmentsOfLevel }),
            level < FTS5Structure.maximumLevels - 1, structure.levels[...level].allSatisfy({ $0.mergeInputs == 0 }),
            let id = structure.unusedSegmentID()
        {
            let isOldest = structure.levels[(level + 1)...].allSatisfy(\.segments.isEmpty)
            var part = structure
            part.levels.removeSubrange((level + 1)...)
            let inputs = part.segmentsNewestFirst
            var merger = SegmentMerger(
                newestFirst: inputs.map { SegmentCursor(source: records, segment: $0, columns: 2) },
                intoOldest: isOldest)
            let writer = SegmentWriter(sink: tables, segment: id, pageSize: pageSize)
            try merger.merge(into: writer)
            structure.replace(through: level, with: try writer.finish())
            for input in inputs { try tables.remove(input.id) }
            try tables.put(structure)
        }
    }

    /// Merges all segments into one; false, and nothing is changed, while a merge of FTS5's own is under way.
    func mergeAll(_ progress: (OptimizationProgress) -> Void) throws -> Bool {
        var structure = try records.structure()
        guard structure.levels.allSatisfy({ $0.mergeInputs == 0 }), let id = structure.unusedSegmentID() else {
            return false
        }
        let inputs = structure.segmentsNewestFirst
        guard inputs.count > 1 else { return true }
        var merger = SegmentMerger(
            newestFirst: inputs.map { SegmentCursor(source: records, segment: $0, columns: 2) }, intoOldest: true)
        let writer = SegmentWriter(sink: tables, segment: id, pageSize: pageSize)
        try merger.merge(into: writer) { progress(OptimizationProgress(segments: inputs.count, terms: $0)) }
        for input in inputs { try tables.remove(input.id) }
        structure.levels = []
        if let segment = try writer.finish() {
            structure.levels = Array(
                repeating: FTS5Structure.Level(segments: []), count: Self.level(of: segment))
            structure.levels.append(FTS5Structure.Level(segments: [segment]))
        }
        try tables.put(structure)
        return true
    }

    /// The level on which FTS5 would have a segment of that size after merging 16 by 16, so that small segments of later
    /// updates are not merged with it each time. Its documents are new, so no segment of another level knows them.
    private static func level(of segment: FTS5Structure.Segment) -> Int {
        var level = 0
        var pages = pagesOfLowestLevel * segmentsOfLevel
        while segment.lastPage >= pages, level < FTS5Structure.maximumLevels - 1 {
            level += 1
            pages *= segmentsOfLevel
        }
        return level
    }
}
