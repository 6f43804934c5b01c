import FTS5Format
import Postings
import Ranking

/// The postings of one doclist that begin on one leaf page, in memory of their own, found by rank.
///
/// The rank of a posting is the number of postings before it in the doclist. Mere delete markers, which have no positions,
/// have no rank. Whoever made it has to ``deallocate()`` it.
struct PositionPage {
    /// Ranks in a group. A group takes 8 bytes, as two postings do; stepping over a posting takes about 2 ns.
    static let groupLength = 4

    private let start: UnsafeMutableRawPointer
    private let end: UnsafeRawPointer
    /// The row that the page begins with.
    let firstRow: Int64
    /// Number of postings with positions.
    let count: Int
    /// Whether the last posting goes on over the next page.
    private let isSpilled: Bool
    /// Rank of the page's first posting.
    private var firstRank = 0
    /// Rank of the first posting of the last group, of which this page has not all, and where its size stands.
    private var tailRank = 0
    private var tail: UnsafeRawPointer

    /// Copies and checks `postings`, which have padding behind them; see `DoclistPages.postings(at:)`.
    ///
    /// - Complexity: O(postings), without a look at their positions.
    init(copying postings: UnsafeRawBufferPointer) throws(FTS5Damage) {
        let size = postings.count
        let start = UnsafeMutableRawPointer.allocate(byteCount: size + FTS5DataBuffer.padding, alignment: 1)
        if let base = postings.baseAddress { start.copyMemory(from: base, byteCount: size) }
        (start + size).initializeMemory(as: UInt8.self, repeating: 0, count: FTS5DataBuffer.padding)
        let scan = PositionPage.scan(UnsafeRawPointer(start), end: UnsafeRawPointer(start + size))
        if let damage = scan.damage {
            start.deallocate()
            throw damage
        }
        self.start = start
        end = UnsafeRawPointer(start + size)
        tail = UnsafeRawPointer(start)
        firstRow = scan.firstRow
        count = scan.count
        isSpilled = scan.isSpilled
    }

    func deallocate() { start.deallocate() }

    /// Bytes of memory.
    var memory: Int { end - UnsafeRawPointer(start) + FTS5DataBuffer.padding }

    /// Sets where those groups begin that lie wholly on this page, and the signatures of the postings that do.
    ///
    /// - Parameter firstRank: the rank of the page's first posting with positions.
    /// - Complexity: O(positions).
    mutating func setGroups(
        firstRank: Int, _ groups: UnsafeMutablePointer<UnsafeRawPointer?>,
        _ signatures: UnsafeMutablePointer<PositionSignature>
    ) throws(FTS5Damage) {
        self.firstRank = firstRank
        tailRank = firstRank
        var pointer = UnsafeRawPointer(start)
        _ = Varint.decode(&pointer)
        tail = pointer
        let whole = count - (isSpilled ? 1 : 0)
        let endOfGroups = (firstRank + whole) / Self.groupLength * Self.groupLength
        var rank = firstRank
        while rank < firstRank + count {
            // Safety: `scan` has taken the same steps.
            assert(pointer < end)
            let place = pointer
            let size = Int(truncatingIfNeeded: Varint.decode(&pointer) >> 1)
            if size > 0 {
                if rank < firstRank + whole {
                    var signature = PositionSignature.unknown
                    var last = (column: 0, offset: -1)
                    _ = try PositionReader.readPadded(
                        UnsafeRawBufferPointer(start: pointer, count: size), columns: 2
                    ) { _, column, offset in
                        signature.insert(
                            position: offset, isTitle: column != 0, isRepeated: (column, offset) == last)
                        last = (column, offset)
                    }
                    signatures[rank] = signature
                }
                if rank % Self.groupLength == 0 {
                    if rank < endOfGroups {
                        groups[rank / Self.groupLength] = place
                    } else if rank == endOfGroups {
                        (tailRank, tail) = (rank, place)
                    }
                }
                rank += 1
            }
            guard rank < firstRank + count else { return }
            pointer += size
            _ = Varint.decode(&pointer)
        }
    }

    /// The positions of the posting at a rank that is in no group of the page; nil when they do not end on the page.
    ///
    /// Padding follows them.
    func list(rank: Int) -> UnsafeRawBufferPointer? {
        guard rank >= firstRank, rank < firstRank + count - (isSpilled ? 1 : 0) else { return nil }
        if rank >= tailRank { return Self.list(from: tail, passing: rank - tailRank) }
        var pointer = UnsafeRawPointer(start)
        _ = Varint.decode(&pointer)
        return Self.list(from: pointer, passing: rank - firstRank)
    }

    /// The positions of the posting with positions that comes after `passing` others from the one whose size stands at `start`
    /// on.
    @inline(__always)
    static func list(from start: UnsafeRawPointer, passing: Int) -> UnsafeRawBufferPointer {
        // Safety: the posting is on the page with all its positions, as `setGroups` and `list(rank:)` make sure.
        var pointer = start
        var left = passing
        while true {
            let size = Int(truncatingIfNeeded: Varint.decode(&pointer) >> 1)
            if size > 0 {
                if left == 0 { return UnsafeRawBufferPointer(start: pointer, count: size) }
                left -= 1
            }
            pointer += size
            _ = Varint.decode(&pointer)
        }
    }

    private struct Scan {
        var firstRow: Int64
        var count = 0
        var isSpilled = false
        var damage: FTS5Damage?
    }

    /// Goes through all postings once, as FTS5's rules for them say.
    private static func scan(_ start: UnsafeRawPointer, end: UnsafeRawPointer) -> Scan {
        var pointer = start
        var row = Int64(bitPattern: Varint.decode(&pointer))
        var scan = Scan(firstRow: row)
        while true {
            // Safety: a row id began before `end`, and there is padding for it and a size.
            assert(pointer <= end + Varint.maximumLength)
            let size = Varint.decode(&pointer) >> 1
            guard pointer <= end, size <= UInt64(Int32.max) else {
                scan.damage = .postingOutOfRange
                return scan
            }
            if size > 0 { scan.count += 1 }
            guard size < UInt64(end - pointer) else {
                scan.isSpilled = size > UInt64(end - pointer)
                return scan
            }
            pointer += Int(size)
            let following = row &+ Int64(bitPattern: Varint.decode(&pointer))
            guard following > row else {
                scan.damage = .rowIDsOutOfOrder
                return scan
            }
            row = following
        }
    }
}
