import FTS5Format
import Foundation
import GRDB
import Postings
import Ranking

/// The blocks of an index for the block-max evaluation: stored grids of frequent terms, and grids made on the spot, from
/// FTS5's pages, of all others.
///
/// What was read is kept for the next query, up to ``cacheLimit`` bytes of grids.
final class SegmentBlocks: BlockSource {
    let segments: [BlockSegment]
    private let records: FTS5TableReader
    private let documents: ScoreDocuments
    private let rows: GridRowReader
    /// Segments with documents, by ascending documents: the same order as ``segments``.
    private let stored: [ScoreSegment]
    /// Segments with delete markers only.
    private let markers: [ScoreSegment]
    @exclusivity(unchecked) private var known = KnownTerms()
    @exclusivity(unchecked) private var clock = 0
    private var directories: [SegmentTerm: PositionDirectory] = [:]
    private let positionMemory = PositionMemory(limit: cacheLimit)
    private let batch = PostingBatch(columns: 2)
    /// Behind everything that has a statement, so that it is let go of last.
    private let connection: IndexConnection

    /// Bytes of grids to keep, and as many of positions: a sixteenth of the machine's memory, at least 256 MiB. A grid of a
    /// very frequent term in ten million documents takes about 6 MB. Those of a thousand different queries in a million
    /// documents did not fit into 256 MiB, and the queries took twice the time.
    static let cacheLimit = max(256 << 20, Int(clamping: ProcessInfo.processInfo.physicalMemory) / 16)
    /// Position directories to keep.
    private static let directoryLimit = 4096

    private struct SegmentTerm: Hashable {
        var term: HashedTerm
        var segment: Int

        init(_ term: [UInt8], _ segment: Int) {
            self.term = HashedTerm(term)
            self.segment = segment
        }
    }

    /// Opens the segments; nil when the score tables are not of the index's present state.
    ///
    /// - Throws: `FTS5FormatError.unsupported` when FTS5's records are of an unknown version or layout.
    static func open(_ db: Database, connection: IndexConnection) throws -> SegmentBlocks? {
        let records = try FTS5TableReader(try db.handle)
        try records.requireSupportedFormat()
        let recorded = try SQLiteStatement(
            "SELECT value FROM score_state WHERE name = '\(ScoreGridUpdate.stateName)'", on: try db.handle)
        let structureBytes = try records.structureBytes()
        guard try recorded.step(), recorded.bytes(0).elementsEqual(structureBytes) else { return nil }
        let structure = try structureBytes.withUnsafeBytes { try FTS5Structure(decoding: $0) }
        guard structure.levels.allSatisfy({ $0.mergeInputs == 0 }),
            let segments = try ScoreSegment.all(db, of: structure, path: connection.path)
        else { return nil }
        return SegmentBlocks(
            connection, records, segments: segments, documents: try ScoreDocuments(db, path: connection.path),
            rows: try GridRowReader(db, path: connection.path))
    }

    private init(
        _ connection: IndexConnection, _ records: FTS5TableReader, segments all: [ScoreSegment],
        documents: ScoreDocuments,
        rows: GridRowReader
    ) {
        self.connection = connection
        self.records = records
        self.documents = documents
        self.rows = rows
        stored = all.filter { $0.blocks != nil }.sorted { $0.firstDocument < $1.firstDocument }
        markers = all.filter { $0.blocks == nil }
        segments = stored.compactMap(\.blocks)
    }

    func grid(of term: [UInt8], inSegment segment: Int) throws -> TermGrid? {
        known[try find(term)].grid(inSegment: segment)
    }

    /// Number of live documents with a term.
    ///
    /// Postings less delete markers would be too few: FTS5 keeps a marker whose posting is gone until it merges the oldest
    /// segment.
    func documentFrequency(of term: [UInt8]) throws -> Int {
        let index = try find(term)
        if let frequency = known[index].documentFrequency { return frequency }
        let grids = known[index].grids
        var frequency = grids.reduce(0) { $0 + ($1?.documentCount ?? 0) }
        if try hasDeletions(term, grids) {
            frequency = 0
            for grid in grids { frequency += try grid?.count { try documents.block($0).live } ?? 0 }
        }
        known[index].documentFrequency = frequency
        return frequency
    }

    /// The same for a term whose frequency was asked for before, without reading anything.
    func knownDocumentFrequency(of term: [UInt8]) -> Int? {
        known.index(of: term).flatMap { known[$0].documentFrequency }
    }

    private func find(_ term: [UInt8]) throws -> Int {
        if let index = known.index(of: term) { return index }
        let grids = try stored.map { try storedGrid(of: term, $0) ?? madeGrid(of: term, $0) }
        return known.keep(term, grids: grids, limit: SegmentBlocks.cacheLimit)
    }

    /// Whether a document with the term was deleted while FTS5 has its postings.
    private func hasDeletions(_ term: [UInt8], _ grids: [TermGrid?]) throws -> Bool {
        if grids.contains(where: { ($0?.deletionCount ?? 0) > 0 }) { return true }
        for segment in markers {
            let cursor = SegmentCursor(source: records, segment: segment.segment, columns: 2)
            if try cursor.seek(FTS5Key.main(term)) { return true }
        }
        return false
    }

    func documents(inBlock block: Int) throws -> DocumentBlock { try documents.block(block) }

    func positions(of term: [UInt8], inSegment segment: Int) throws -> any PositionSource {
        let key = SegmentTerm(term, segment)
        clock += 1
        if let known = directories[key] {
            known.use = clock
            return known
        }
        guard let grid = try grid(of: term, inSegment: segment) else { return NoPositions() }
        // Half is kept free, so that what is left serves this query's terms.
        if directories.count >= SegmentBlocks.directoryLimit || positionMemory.bytes > positionMemory.limit / 2 {
            forgetOldestDirectories()
        }
        guard
            let directory = try PositionDirectory(
                records, stored[segment].segment, term: term, grid: grid, path: connection.path, total: positionMemory,
                use: clock)
        else { return NoPositions() }
        directories[key] = directory
        return directory
    }

    /// The positions of a term that does not occur.
    private final class NoPositions: PositionSource {
        func positions(in document: Int64) -> UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: nil, count: 0) }
        var signatures: TermSignatures? { nil }
    }

    private func storedGrid(of term: [UInt8], _ segment: ScoreSegment) throws -> TermGrid? {
        guard let blocks = segment.blocks else { return nil }
        return try rows.withGrid(of: term, segment: segment.segment.id.rawValue) { bytes in
            do {
                return try TermGrid(bytes, firstBlock: blocks.firstBlock, blockCount: blocks.blockCount)
            } catch let error as TermGrid.Damage {
                throw IndexError.corrupt(
                    path: connection.path, table: "score_grids", rowID: nil,
                    reason:
                        "\(error.reason), byte \(error.offset) of the grid of “\(String(decoding: term, as: UTF8.self))”"
                )
            }
        }
    }

    private func madeGrid(of term: [UInt8], _ segment: ScoreSegment) throws -> TermGrid? {
        guard let blocks = segment.blocks else { return nil }
        let cursor = SegmentCursor(source: records, segment: segment.segment, columns: 2)
        guard try cursor.seek(FTS5Key.main(term)) else { return nil }
        var builder = TermGridBuilder(blocks, lengths: documents)
        while try cursor.doclist.decode(into: batch) > 0 { try builder.append(batch) }
        return try builder.finish().withUnsafeBytes {
            try TermGrid($0, firstBlock: blocks.firstBlock, blockCount: blocks.blockCount)
        }
    }

    /// Makes room, least recently used first; a query that is under way keeps its own.
    private func forgetOldestDirectories() {
        for (key, _) in directories.sorted(by: { $0.value.use < $1.value.use }) {
            guard
                directories.count > SegmentBlocks.directoryLimit / 2 || positionMemory.bytes > positionMemory.limit / 4
            else { break }
            directories[key] = nil
        }
    }
}
