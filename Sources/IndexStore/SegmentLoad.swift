import FTS5Format
import GRDB
import Postings

/// Writes the runs of inverters into FTS5's tables as one finished segment, on a connection on which FTS5 has not looked at
/// its index yet.
///
/// Equivalent to `INSERT INTO documents_fts(rowid, title, body)` for every document, in what FTS5 then reads.
struct SegmentLoad {
    /// FTS5's own default, from which a level is reckoned: its leaf pages of a hash table of a mebibyte.
    private static let pagesOfLowestLevel = 256
    /// As many segments as a level takes before they are merged; FTS5's `crisismerge`.
    private static let segmentsOfLevel = 16

    private let records: FTS5Records
    private let tables: FTS5RecordTables
    private let pageSize: Int

    /// Prepares writing.
    ///
    /// - Throws: `FTS5FormatError.unsupported` when the table is of a kind that only FTS5 itself can write.
    init(_ db: Database) throws {
        records = try FTS5Records(try db.handle)
        tables = try FTS5RecordTables(try db.handle)
        func option(_ name: String) throws -> Int? {
            try Int.fetchOne(db, sql: "SELECT v FROM documents_fts_config WHERE k = ?", arguments: [name])
        }
        guard let version = try option("version"), version == FTS5TableOptions.supportedVersion else {
            throw FTS5FormatError.unsupported(.formatVersion(Int64(try option("version") ?? 0)))
        }
        pageSize = try option("pgsz") ?? Self.usualPageSize
    }

    /// FTS5's default.
    private static let usualPageSize = 4050

    /// Writes a segment of sealed runs, their document lengths, and the averages and structure records.
    func write(_ runs: [RunInverter]) throws {
        try writeLengths(of: runs)
        var structure = try records.structure()
        guard let id = structure.unusedSegmentID() else {
            throw DatabaseError(resultCode: .SQLITE_FULL, message: "FTS5 takes no more than 2000 segments")
        }
        let writer = SegmentWriter(sink: tables, segment: id, pageSize: pageSize)
        let merge = RunMerge(runs)
        var key: [UInt8] = [FTS5Key.mainIndex]
        for index in 0..<merge.count {
            key.replaceSubrange(1..., with: merge.name(of: index))
            writer.begin(key)
            try merge.forEachRun(of: index) { try writer.append($0) }
        }
        guard let segment = try writer.finish() else { return }
        structure.add(segment, level: Self.level(of: segment))
        try tables.put(structure)
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

    /// Stores how long the documents are, in the order of their ids, and adds them to the totals.
    private func writeLengths(of runs: [RunInverter]) throws {
        var averages = try records.averages(columns: 2)
        var heads = [Int](repeating: 0, count: runs.count)
        var record: [UInt8] = []
        let lengths = runs.map(\.lengths)
        while let run = lengths.indices.filter({ heads[$0] < lengths[$0].count })
            .min(by: { lengths[$0][heads[$0]].id < lengths[$1][heads[$1]].id })
        {
            let document = lengths[run][heads[run]]
            heads[run] += 1
            record.removeAll(keepingCapacity: true)
            FTS5DocSize.encode([Int(document.title), Int(document.body)], into: &record)
            try record.withUnsafeBytes { try tables.putLengths(of: document.id, $0) }
            averages.rowCount += 1
            averages.tokenCounts[0] += Int(document.title)
            averages.tokenCounts[1] += Int(document.body)
        }
        try tables.put(averages)
    }
}
