import FTS5Format
import Postings
import Ranking

/// Where one term occurs in the documents of one segment.
///
/// The first documents asked for are looked up in FTS5's pages. When there have been as many as make reading the whole
/// doclist worth it, it is read once, and from then on a document costs the ranking of one bit and the decoding of its own
/// positions.
///
/// Holds the term's positions and 4 bytes a posting then.
final class PositionDirectory: PositionSource {
    private let path: String
    private let grid: TermGrid
    private let cursor: SegmentCursor
    private let key: [UInt8]
    private var isThere = false
    private var lookUps = 0
    private let view: TermGrid.View
    /// Postings that were read; 0 while documents are looked up in pages.
    @exclusivity(unchecked) private var count = 0
    /// Postings in the blocks before each non-empty one.
    @exclusivity(unchecked) private var before = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
    /// Where each posting's positions start, and where the last one's end.
    @exclusivity(unchecked) private var starts = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
    /// Positions of all postings; before they are read, of the document that was looked up last.
    @exclusivity(unchecked) private var all = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
    private var capacity = 0

    /// A look-up in pages costs about as much as reading this many postings (2 µs, 25 ns).
    private static let postingsPerLookUp = 80

    init(_ records: FTS5Records, _ segment: FTS5Structure.Segment, term: [UInt8], grid: TermGrid, path: String) {
        self.path = path
        cursor = SegmentCursor(source: records, segment: segment, columns: 2)
        key = FTS5Key.main(term)
        self.grid = grid
        view = grid.view
    }

    deinit {
        before.deallocate()
        starts.deallocate()
        all.deallocate()
    }

    /// Bytes of memory.
    var memory: Int { 4 * (count + capacity) + 10_000 }

    func positions(in document: Int64) throws -> UnsafeBufferPointer<UInt32> {
        if count == 0 {
            lookUps += 1
            guard lookUps * PositionDirectory.postingsPerLookUp > grid.documentCount else {
                return try lookUp(document)
            }
            try readAll()
        }
        let none = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
        let block = Int(document >> 6) - grid.firstBlock
        guard block >= 0, block < grid.blockCount else { return none }
        let index = view.index(ofBlock: block)
        guard index >= 0 else { return none }
        let mask = view.postings(at: index).mask
        let bit: UInt64 = 1 << UInt64(document & 63)
        guard mask & bit != 0 else { return none }
        let posting = Int(before[index]) + (mask & (bit &- 1)).nonzeroBitCount
        // Safety: readAll has made sure that there are as many postings as the grid has, and starts ascend.
        assert(posting < count)
        return UnsafeBufferPointer(
            start: all + Int(starts[posting]), count: Int(starts[posting + 1] - starts[posting]))
    }

    private func lookUp(_ document: Int64) throws -> UnsafeBufferPointer<UInt32> {
        var found = 0
        if !isThere || cursor.doclist.rowID > document { isThere = try cursor.seek(key) }
        if isThere {
            if let row = try cursor.doclist.seek(document) {
                if row == document {
                    let list = try cursor.doclist.positions()
                    reserve(list.count, kept: 0)
                    for position in list { append(position, at: &found) }
                }
            } else {
                isThere = false
            }
        }
        return UnsafeBufferPointer(start: all, count: found)
    }

    private func readAll() throws {
        var postings = 0
        before.deallocate()
        before = .allocate(capacity: grid.count)
        for index in 0..<grid.count {
            before[index] = UInt32(truncatingIfNeeded: postings)
            postings += view.postings(at: index).count
        }
        starts.deallocate()
        starts = .allocate(capacity: postings + 1)
        var read = 0
        var end = 0
        starts[0] = 0
        isThere = try cursor.seek(key)
        while isThere, try cursor.doclist.next() != nil {
            let list = try cursor.doclist.positions()
            // A mere delete marker is no posting of the grid.
            guard !list.isEmpty else { continue }
            read += 1
            guard read <= postings, end + list.count <= Int(UInt32.max) else { break }
            reserve(end + list.count, kept: end)
            for position in list { append(position, at: &end) }
            starts[read] = UInt32(truncatingIfNeeded: end)
        }
        isThere = false
        guard read == postings else {
            throw IndexError.corrupt(
                path: path, table: "score_grids", rowID: nil,
                reason: "\(postings) postings in the grid, \(read) in FTS5's index")
        }
        count = postings
    }

    @inline(__always)
    private func append(_ position: Position, at end: inout Int) {
        // Safety: `reserve` has made room.
        assert(end < capacity)
        all[end] =
            UInt32(truncatingIfNeeded: position.offset) | (position.column == 0 ? 0 : TermPostings.titleFlag)
        end += 1
    }

    private func reserve(_ wanted: Int, kept: Int) {
        guard wanted > capacity else { return }
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: max(64, 2 * wanted))
        larger.update(from: all, count: kept)
        all.deallocate()
        all = larger
        capacity = max(64, 2 * wanted)
    }
}
