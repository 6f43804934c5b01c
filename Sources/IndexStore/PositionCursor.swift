import FTS5Format
import Ranking

/// Looks up where one term occurs in documents of one segment, in any order of documents.
final class PositionCursor {
    private let cursor: SegmentCursor
    private let key: [UInt8]
    private var isThere = false
    private var positions: [Position] = []

    init(_ records: FTS5Records, _ segment: FTS5Structure.Segment, term: [UInt8]) {
        cursor = SegmentCursor(source: records, segment: segment, columns: 2)
        key = FTS5Key.main(term)
    }

    /// Positions in the document with ``TermPostings/bodyFlag``, ascending; empty when the term does not occur there.
    func occurrences(in document: Int64) throws -> [UInt32] {
        if !isThere || cursor.doclist.rowID > document {
            isThere = try cursor.seek(key)
            guard isThere else { return [] }
        }
        guard let found = try cursor.doclist.seek(document) else {
            isThere = false
            return []
        }
        guard found == document else { return [] }
        positions.removeAll(keepingCapacity: true)
        try cursor.doclist.readPositions(into: &positions)
        return positions.map { UInt32(truncatingIfNeeded: $0.offset) | ($0.column == 0 ? 0 : TermPostings.bodyFlag) }
    }
}
