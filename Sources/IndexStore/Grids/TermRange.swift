import FTS5Format
import Ranking

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

    /// Of the terms that begin with `prefix` those whose postings are longest, by segment at least `limit` if there are as many, in
    /// no order, with about how many bytes the postings take.
    ///
    /// - Complexity: O(terms that begin so + pages of their postings); memory for four times the limit.
    func longestTerms(withPrefix prefix: [UInt8], limit: Int) throws -> [HashedTerm: Int] {
        let key = FTS5Key.main(prefix)
        var sizes: [HashedTerm: Int] = [:]
        for segment in structure.segmentsNewestFirst where !segment.isEmpty {
            let cursor = SegmentCursor(source: records, segment: segment, columns: 2)
            var kept: [(term: HashedTerm, bytes: Int)] = []
            var least = 0
            func cut() {
                guard kept.count > 2 * limit else { return }
                kept.sort { $0.bytes > $1.bytes }
                kept.removeLast(kept.count - 2 * limit)
                least = kept.last?.bytes ?? 0
            }
            var isThere = try cursor.seek(atOrAfter: key)
            while isThere, cursor.term.starts(with: key) {
                let start = cursor.bytesBefore
                let term = cursor.term
                isThere = try cursor.nextTerm()
                let bytes = max(1, cursor.bytesBefore - start)
                guard bytes > least else { continue }
                kept.append((HashedTerm(Array(term.dropFirst())), bytes))
                if kept.count >= 4 * limit { cut() }
            }
            cut()
            for (term, bytes) in kept { sizes[term, default: 0] += bytes }
        }
        return sizes
    }
}

extension [HashedTerm: Int] {
    /// The `limit` terms with the longest postings, ascending.
    package func longest(_ limit: Int) -> [[UInt8]] {
        let ordered = sorted {
            $0.value != $1.value ? $0.value > $1.value : $0.key.term.lexicographicallyPrecedes($1.key.term)
        }
        return ordered.prefix(Swift.max(0, limit)).map(\.key.term).sorted { $0.lexicographicallyPrecedes($1) }
    }
}
