import FTS5Format
import GRDB
import Ranking

/// A segment of the index as `score_segments` describes it.
struct ScoreSegment {
    let segment: FTS5Structure.Segment
    /// Its documents and the formula of its bounds; nil for a segment of delete markers only.
    let blocks: BlockSegment?

    /// The segments of a structure record, newest first; nil when one of them is not described, or two of them overlap.
    static func all(
        _ db: Database, of structure: FTS5Structure, path: String
    ) throws -> [ScoreSegment]? {
        let select = try SQLiteStatement(
            """
            SELECT first_document, last_document, title_weight, body_weight, norm_base, norm_slope
              FROM score_segments WHERE segment = ?1
            """, on: try db.handle)
        // Greater ids than any document ever had would make room for documents that do not exist.
        let sequence = try SQLiteStatement("SELECT max(seq) FROM sqlite_sequence", on: try db.handle)
        let greatest = try sequence.step() ? min(sequence.integer(0), IndexSchema.idLimit - 1) : 0
        var segments: [ScoreSegment] = []
        for segment in structure.segmentsNewestFirst where !segment.isEmpty {
            select.bind(Int64(segment.id.rawValue), at: 1)
            defer { select.reset() }
            guard try select.step() else { return nil }
            segments.append(ScoreSegment(segment: segment, blocks: try blocks(select, greatest: greatest, path: path)))
        }
        let placed = segments.filter { $0.blocks != nil }.sorted { $0.firstDocument < $1.firstDocument }
        for (one, next) in zip(placed, placed.dropFirst()) where one.lastDocument >= next.firstDocument { return nil }
        return segments
    }

    /// The segment's documents; the first is greater than the last when it has none.
    var firstDocument: Int64 { blocks?.documents.lowerBound ?? 0 }
    private var lastDocument: Int64 { blocks?.documents.upperBound ?? -1 }

    private static func blocks(_ row: SQLiteStatement, greatest: Int64, path: String) throws -> BlockSegment? {
        guard !row.isNull(0), !row.isNull(1) else { return nil }
        let first = row.integer(0)
        let last = row.integer(1)
        let numbers = (2..<6).map { Float(row.real($0)) }
        let areNumbers = row.isInteger(0) && row.isInteger(1) && (2..<6).allSatisfy(row.isReal)
        guard areNumbers, first >= 0, first <= last, last <= greatest,
            numbers.allSatisfy({ $0 >= 0 && $0.isFinite })
        else {
            throw IndexError.corrupt(
                path: path, table: "score_segments", rowID: nil,
                reason: "a segment of documents \(first) to \(last) with numbers \(numbers)")
        }
        return BlockSegment(
            documents: first...last,
            boundFormula: BM25(
                titleWeight: numbers[0], bodyWeight: numbers[1], normBase: numbers[2], normSlope: numbers[3]))
    }
}
