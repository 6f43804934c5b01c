import FTS5Format

/// Lists terms straight from FTS5's segments, those of one state of the index.
struct TermRange {
    private let records: FTS5TableReader
    private let structure: FTS5Structure

    /// - Throws: `FTS5FormatError.unsupported` when FTS5's records are of an unknown version or layout.
    init(_ records: FTS5TableReader) throws {
        self.records = records
        try records.requireSupportedFormat()
        structure = try records.structure()
    }

    /// The first `limit` terms of all segments that begin with `prefix`, ascending and without repeats.
    func terms(withPrefix prefix: [UInt8], limit: Int) throws -> [[UInt8]] {
        let key = FTS5Key.main(prefix)
        var found: [[UInt8]] = []
        var segments = 0
        for segment in structure.segmentsNewestFirst where !segment.isEmpty {
            let cursor = SegmentCursor(source: records, segment: segment, columns: 2)
            let before = found.count
            var isThere = try cursor.seek(atOrAfter: key)
            while isThere, cursor.term.starts(with: key), found.count - before < limit {
                found.append(Array(cursor.term.dropFirst()))
                isThere = try cursor.nextTerm()
            }
            segments += found.count > before ? 1 : 0
        }
        // Those of one segment are in order.
        guard segments > 1 else { return found }
        found.sort { $0.lexicographicallyPrecedes($1) }
        var distinct: [[UInt8]] = []
        for term in found where distinct.count < limit && distinct.last != term { distinct.append(term) }
        return distinct
    }
}
