import FTS5Format
import Postings

/// A walk over the postings that several runs have of one term, in order of documents.
///
/// It goes from one run to the next where a document of another one comes before. What parts of a run have of one document is joined
/// (``JoinedPosting``).
struct MergedPostings: ~Copyable {
    private var walks: [DoclistWalk]
    /// The walk whose turn it is, and whose number it has; -1 for a posting that was joined, or before the first.
    private var walk: DoclistWalk?
    private var number = -1
    /// The document before which another walk has its turn.
    private var limit: Int64 = 0
    /// Memory of the posting that was joined last.
    private var joined: UnsafeMutableRawBufferPointer?

    init(_ walks: [DoclistWalk]) { self.walks = walks }

    deinit { joined?.deallocate() }

    /// The next posting: its document and its positions, which have padding behind them and are valid until the next call.
    @inline(__always)
    mutating func next() -> (document: Int64, positions: UnsafeRawBufferPointer)? {
        if let posting = walk?.next(before: limit) { return posting }
        return findTurn() ? walk?.next(before: limit) : nil
    }

    /// The postings up to where another run has its turn; valid until the next call.
    mutating func nextRun() -> PostingRun? { findTurn() ? walk?.run(before: limit) : nil }

    /// Finds the walk with the next document, and how far it goes; false when all are at their end.
    @inline(never)
    private mutating func findTurn() -> Bool {
        if number >= 0, let walk { walks[number] = walk }
        (number, limit) = (-1, .max)
        for (index, walk) in walks.enumerated() where !walk.isAtEnd {
            if number < 0 || walk.row < walks[number].row {
                if number >= 0 { limit = min(limit, walks[number].row) }
                number = index
            } else {
                limit = min(limit, walk.row)
            }
        }
        guard number >= 0 else { return false }
        if limit > walks[number].row { walk = walks[number] } else { join(walks[number].row) }
        return true
    }

    /// Joins what walks have of a document.
    private mutating func join(_ row: Int64) {
        var posting = JoinedPosting()
        for index in walks.indices {
            if let (_, positions) = walks[index].next(before: row + 1) { posting.append(positions) }
        }
        let bytes = posting.bytes
        joined?.deallocate()
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count + Varint.maximumLength, alignment: 1)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        memory.copyBytes(from: bytes)
        joined = memory
        (number, limit) = (-1, .max)
        walk = DoclistWalk(
            SealedRun.Postings(
                first: row, last: row, count: 1, bytes: UnsafeRawBufferPointer(rebasing: memory[..<bytes.count])))
    }
}

/// A walk over one run's postings of a term.
struct DoclistWalk {
    /// Document of the next posting.
    private(set) var row: Int64
    /// Where its poslist begins.
    private var place: UnsafeRawPointer
    private let end: UnsafeRawPointer

    init(_ postings: SealedRun.Postings) {
        row = postings.first
        // An empty buffer has an address here: every term in a run has a posting.
        place = postings.bytes.baseAddress!
        end = place + postings.bytes.count
    }

    var isAtEnd: Bool { place == end }

    /// The next posting if it is one of a document below `limit`.
    @inline(__always)
    mutating func next(before limit: Int64) -> (document: Int64, positions: UnsafeRawBufferPointer)? {
        guard place < end, row < limit else { return nil }
        // Safety: the table wrote whole postings, and more memory of its arena follows the last one.
        let size = Int(Varint.decode(&place) >> 1)
        assert(size <= end - place)
        let posting = (row, UnsafeRawBufferPointer(start: place, count: size))
        place += size
        if place < end { row += Int64(Varint.decode(&place)) }
        return posting
    }

    /// The postings below document `limit`, of which there is at least one; then stands behind them.
    mutating func run(before limit: Int64) -> PostingRun {
        let (first, start) = (row, place)
        var (last, stop) = (row, place)
        while let (document, positions) = next(before: limit) {
            last = document
            stop = UnsafeRawPointer(positions.baseAddress.unsafelyUnwrapped) + positions.count
        }
        return PostingRun(
            firstRowID: first, lastRowID: last, bytes: UnsafeRawBufferPointer(start: start, count: stop - start))
    }
}
