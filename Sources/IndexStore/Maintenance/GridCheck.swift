import FTS5Format
import GRDB
import Postings
import Ranking

/// Compares the score tables with FTS5's index, from which they were made.
///
/// Lengths are compared byte for byte. A grid must have its term's postings as FTS5 has them, and bounds that are not below
/// those of its documents that are still there: a bound of a document that has gone since may be greater, and costs time only.
struct GridCheck {
    private let db: Database
    private let path: String
    private let records: FTS5TableReader

    init(_ db: Database, path: String) throws {
        self.db = db
        self.path = path
        records = try FTS5TableReader(db.handle)
    }

    /// What does not agree; one fault a table.
    func faults() throws -> [IndexFault] {
        if let fault = try lengthFault() { return [fault] }
        let structure = try records.structure()
        guard let segments = try ScoreSegment.all(db, of: structure, path: path) else {
            return [IndexFault(.grids, "score_segments: a segment is not there, or two have the same documents")]
        }
        var stored = 0
        for segment in segments {
            if let fault = try fault(of: segment, stored: &stored) { return [fault] }
        }
        let known = structure.segmentsNewestFirst.map { "\($0.id.rawValue)" }.joined(separator: ", ")
        if let surplus = try Int64.fetchOne(
            db, sql: "SELECT segment FROM score_segments WHERE segment NOT IN (\(known))")
        {
            return [IndexFault(.grids, "score_segments: there is no segment \(surplus)")]
        }
        let rows = try Int.fetchOne(db, sql: "SELECT count(*) FROM score_terms") ?? 0
        if rows != stored { return [IndexFault(.grids, "score_terms: \(rows) grids, of which \(stored) have a term")] }
        return []
    }

    private func lengthFault() throws -> IndexFault? {
        let update = try DocumentChunks(db, path: path)
        let last = try update.last() ?? -1
        let select = try SQLiteStatement("SELECT lengths FROM score_documents WHERE chunk = ?1", on: db.handle)
        for chunk in stride(from: 0, through: last, by: 1) {
            select.bind(chunk, at: 1)
            defer { select.reset() }
            let found = try select.step() ? [UInt8](select.bytes(0)) : nil
            if try update.bytes(of: chunk) != found {
                return IndexFault(.grids, "score_documents, row \(chunk): not the lengths that FTS5 has")
            }
        }
        let rest = try Int.fetchOne(
            db, sql: "SELECT count(*) FROM score_documents WHERE chunk < 0 OR chunk > ?", arguments: [last])
        return rest == 0 ? nil : IndexFault(.grids, "score_documents: lengths of documents that are not there")
    }

    /// - Parameter stored: Is increased by the grids that the segment has.
    private func fault(of score: ScoreSegment, stored: inout Int) throws -> IndexFault? {
        let segment = score.segment
        let place = "segment \(segment.id.rawValue)"
        let cursor = SegmentCursor(source: records, segment: segment, columns: 2)
        let batch = PostingBatch(columns: 2)
        let lengths = try ScoreDocuments(db, path: path)
        let rows = try GridRowReader(db, path: path)
        guard let blocks = score.blocks else {
            while try cursor.nextTerm() {
                while try cursor.doclist.decode(into: batch) > 0 {
                    for index in 0..<batch.count
                    where batch.frequencies[index] + batch.frequencies[batch.capacity + index] > 0 {
                        return IndexFault(.grids, "score_segments: \(place) has documents")
                    }
                }
            }
            return nil
        }
        var builder = TermGridBuilder(blocks, lengths: lengths, isForLiveDocuments: true)
        while try cursor.nextTerm() {
            guard cursor.term.first == FTS5Key.mainIndex else { continue }
            let term = Array(cursor.term.dropFirst())
            while try cursor.doclist.decode(into: batch) > 0 { try builder.append(batch) }
            let expected = builder.finish()
            let agrees = try rows.withGrid(of: term, segment: segment.id.rawValue) { bytes in
                stored += 1
                return agree(bytes, expected, blocks)
            }
            if agrees == false {
                return IndexFault(.grids, "score_grids: not the postings of “\(String(decoding: term, as: UTF8.self))”")
            }
        }
        return nil
    }

    /// Whether a stored grid has the expected postings and bounds that are at least the expected ones.
    private func agree(_ stored: UnsafeRawBufferPointer, _ expected: [UInt8], _ blocks: BlockSegment) -> Bool {
        guard stored.count == expected.count else { return false }
        guard let bounds = expected.withUnsafeBytes({ TermGridFormat.bounds(in: $0, blockCount: blocks.blockCount) })
        else { return false }
        return zip(stored, expected).enumerated().allSatisfy { place, pair in
            pair.0 == pair.1 || bounds.contains(place) && pair.0 > pair.1
        }
    }
}
