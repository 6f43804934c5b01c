import Foundation
import Postil
import Postings

@testable import FTS5Format
@testable import IndexStore

extension FuzzTarget {
    /// FTS5's records: the input as each kind of record, and cut into one to four leaf pages of a segment, which is read in every
    /// way and merged into another.
    ///
    ///     input = pages:byte record
    static let records = FuzzTarget(seeds: recordSeeds) { input in
        guard let pages = input.first.map({ 1 + Int($0 & 3) }) else { return }
        let record = Array(input.dropFirst())
        record.withUnsafeBytes { bytes in
            attempt { _ = try FTS5Structure(decoding: bytes).description }
            attempt { _ = try FTS5Averages(decoding: bytes, columns: 2) }
            var lengths = [0, 0]
            _ = FTS5DocSize.decode(bytes, into: &lengths)
        }
        let segment = FTS5Structure.Segment(id: SegmentID(rawValue: 1), lastPage: pages)
        let source = PageSource()
        for page in 0..<pages {
            let range = record.count * page / pages..<record.count * (page + 1) / pages
            source.pages[.leaf(segment.id, page: page + 1)] = Array(record[range])
        }
        var terms: [[UInt8]] = []
        attempt {
            let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
            let batch = PostingBatch(capacity: 5, columns: 2)
            while try cursor.nextTerm() {
                terms.append(cursor.term)
                while try cursor.doclist.decode(into: batch) > 0 {}
            }
        }
        for term in terms.prefix(8) + [[0x30], [0xFF]] {
            attempt {
                let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
                guard try cursor.seek(term) else { return }
                var target: Int64 = 0
                while let row = try cursor.doclist.seek(target) {
                    let (next, overflows) = row.addingReportingOverflow(3)
                    if overflows { break }
                    target = next
                }
            }
            attempt {
                guard let pages = try DoclistPages(source: source, segment: segment, columns: 2, key: term) else {
                    return
                }
                for place in 0..<pages.count { _ = try pages.postings(at: place) }
                _ = try pages.positions(of: 7)
            }
        }
        attempt {
            var merger = SegmentMerger(
                newestFirst: [SegmentCursor(source: source, segment: segment, columns: 2)], intoOldest: true)
            let writer = SegmentWriter(sink: Nowhere(), segment: SegmentID(rawValue: 2), pageSize: 64)
            try merger.merge(into: writer)
            _ = try writer.finish()
        }
        let buffer = FTS5DataBuffer()
        if source.read(.leaf(segment.id, page: 1), into: buffer) {
            attempt { _ = try LeafPage(buffer, record: .leaf(segment.id, page: 1)).description }
        }
    }

    private static func attempt(_ body: () throws -> Void) {
        do { try body() } catch is FTS5FormatError {} catch { fail("\(type(of: error)): \(error)") }
    }

    /// What FTS5 and Postil have written.
    private static let recordSeeds: [[UInt8]] = {
        let path = SmallIndex.make(.none, name: "records.db")
        do {
            return try IndexConnection(path: path, mode: .readOnly).access { db in
                let select = try SQLiteStatement("SELECT block FROM documents_fts_data", on: db.handle)
                var seeds: [[UInt8]] = []
                while try select.step() { seeds.append([0] + select.bytes(0)) }
                return seeds
            }
        } catch { fail("\(error)") }
    }()
}

/// Leaf pages and nothing else: what `%_idx` leads to is the first page.
private final class PageSource: FTS5DataSource {
    var pages: [FTS5DataID: [UInt8]] = [:]

    func read(_ id: FTS5DataID, into buffer: FTS5DataBuffer) -> Bool {
        guard let bytes = pages[id] else { return false }
        bytes.withUnsafeBytes { buffer.fill(copying: $0) }
        return true
    }

    func indexEntry(of segment: SegmentID, atOrBefore term: UnsafeRawBufferPointer) -> Int64? {
        // With a doclist index for every second term, which is then missing.
        2 + Int64(term.count & 1)
    }
}

private final class Nowhere: FTS5DataSink {
    func put(_ id: FTS5DataID, _ bytes: UnsafeRawBufferPointer) {}
    func putIndexEntry(of segment: SegmentID, term: UnsafeRawBufferPointer, page: Int64) {}
    func remove(_ segment: SegmentID) {}
}
