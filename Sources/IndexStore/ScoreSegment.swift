import FTS5Format
import GRDB
import Ranking

/// A segment of the index as `score_segments` describes it.
struct ScoreSegment {
    let segment: FTS5Structure.Segment
    /// Its documents and the formula of its bounds; nil for a segment of delete markers only.
    let blocks: BlockSegment?

    /// The segments of a structure record, newest first; nil when one of them is not described, or two of them overlap.
    static func all(_ db: Database, of structure: FTS5Structure) throws -> [ScoreSegment]? {
        var described: [Int: Row] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT * FROM score_segments") { described[row["segment"]] = row }
        var segments: [ScoreSegment] = []
        for segment in structure.segmentsNewestFirst where !segment.isEmpty {
            guard let row = described[segment.id.rawValue] else { return nil }
            segments.append(ScoreSegment(segment: segment, blocks: blocks(row)))
        }
        let ranges = segments.compactMap { $0.blocks?.documents }.sorted { $0.lowerBound < $1.lowerBound }
        for (range, next) in zip(ranges, ranges.dropFirst()) where range.upperBound >= next.lowerBound { return nil }
        return segments
    }

    private static func blocks(_ row: Row) -> BlockSegment? {
        guard let first: Int64 = row["first_document"], let last: Int64 = row["last_document"], first >= 0,
            first <= last, last < IndexSchema.idLimit
        else { return nil }
        return BlockSegment(
            documents: first...last,
            boundFormula: BM25(
                titleWeight: Float(row["title_weight"] as Double), bodyWeight: Float(row["body_weight"] as Double),
                normBase: Float(row["norm_base"] as Double), normSlope: Float(row["norm_slope"] as Double)))
    }
}
