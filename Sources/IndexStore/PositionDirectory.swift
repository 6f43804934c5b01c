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
    /// Postings in the blocks before each non-empty one.
    private var before: [Int32] = []
    /// Where each posting's positions start, and where the last one's end.
    private var starts: [UInt32] = []
    private var positions: [UInt32] = []

    /// A look-up in pages costs about as much as reading this many postings (2 µs, 25 ns).
    private static let postingsPerLookUp = 80

    init(_ records: FTS5Records, _ segment: FTS5Structure.Segment, term: [UInt8], grid: TermGrid, path: String) {
        self.path = path
        cursor = SegmentCursor(source: records, segment: segment, columns: 2)
        key = FTS5Key.main(term)
        self.grid = grid
    }

    /// Bytes of memory.
    var memory: Int { 4 * (before.count + starts.count + positions.count) + 10_000 }

    func read(_ document: Int64, into found: inout [UInt32]) throws {
        if starts.isEmpty {
            lookUps += 1
            guard lookUps * PositionDirectory.postingsPerLookUp > grid.documentCount else {
                return try lookUp(document, into: &found)
            }
            try readAll()
        }
        let block = Int(document >> 6) - grid.firstBlock
        guard block >= 0, block < grid.blockCount else { return }
        let index = grid.view.index(ofBlock: block)
        guard index >= 0 else { return }
        let mask = grid.view.postings(at: index).mask
        let bit: UInt64 = 1 << UInt64(document & 63)
        guard mask & bit != 0 else { return }
        let posting = Int(before[index]) + (mask & (bit &- 1)).nonzeroBitCount
        found.append(contentsOf: positions[Int(starts[posting])..<Int(starts[posting + 1])])
    }

    private func lookUp(_ document: Int64, into found: inout [UInt32]) throws {
        if !isThere || cursor.doclist.rowID > document {
            isThere = try cursor.seek(key)
            guard isThere else { return }
        }
        guard let row = try cursor.doclist.seek(document) else {
            isThere = false
            return
        }
        if row == document { append(try cursor.doclist.positions(), to: &found) }
    }

    private func readAll() throws {
        var count: Int32 = 0
        before.reserveCapacity(grid.count)
        for index in 0..<grid.count {
            before.append(count)
            count += Int32(grid.view.postings(at: index).count)
        }
        starts.reserveCapacity(Int(count) + 1)
        starts.append(0)
        guard try cursor.seek(key) else { return }
        while try cursor.doclist.next() != nil {
            let list = try cursor.doclist.positions()
            // A mere delete marker is no posting of the grid.
            guard !list.isEmpty else { continue }
            append(list, to: &positions)
            starts.append(UInt32(positions.count))
        }
        guard starts.count == Int(count) + 1 else {
            throw IndexError.corrupt(
                path: path, table: "score_terms", rowID: nil,
                reason: "\(count) postings in the grid, \(starts.count - 1) in FTS5's index")
        }
    }

    private func append(_ list: UnsafeBufferPointer<Position>, to target: inout [UInt32]) {
        for position in list {
            target.append(
                UInt32(truncatingIfNeeded: position.offset) | (position.column == 0 ? 0 : TermPostings.bodyFlag))
        }
    }
}
