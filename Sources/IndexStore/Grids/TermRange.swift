import FTS5Format

/// Lists terms straight from FTS5's segments.
struct TermRange {
    private let records: FTS5TableReader

    init(_ records: FTS5TableReader) { self.records = records }

    /// The first `limit` terms of all segments that begin with `prefix`, ascending and without repeats.
    func terms(withPrefix prefix: [UInt8], limit: Int) throws -> [[UInt8]] {
        try records.requireSupportedFormat()
        let key = FTS5Key.main(prefix)
        var found: Set<[UInt8]> = []
        for segment in try records.structure().segmentsNewestFirst where !segment.isEmpty {
            let cursor = SegmentCursor(source: records, segment: segment, columns: 2)
            var count = 0
            var isThere = try cursor.seek(atOrAfter: key)
            while isThere, cursor.term.starts(with: key), count < limit {
                found.insert(Array(cursor.term.dropFirst()))
                count += 1
                isThere = try cursor.nextTerm()
            }
        }
        return Array(found.sorted { $0.lexicographicallyPrecedes($1) }.prefix(limit))
    }
}
