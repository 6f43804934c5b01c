import FTS5Format
import Postings
import Ranking

/// Where one term occurs in the documents of one segment, read from FTS5's pages as documents are asked for.
///
/// The grid tells a document's rank among the term's postings. Of each page that was read, the postings' bytes are kept,
/// and for each group of 4 postings by rank that lies wholly on one page, where it begins: a look-up is then one load and
/// steps over at most 3 postings by their sizes. Nothing is read that no document needs, so that the cost grows with the
/// candidates of a query and not with the collection.
///
/// Holds 4 bytes a block and 2 bytes a posting, and the pages; together the directories of an index keep as many of them
/// as their ``PositionMemory`` allows.
///
/// Equivalent to: `DoclistPages.positions(of:)`.
final class PositionDirectory: PositionSource {
    private let path: String
    private let grid: TermGrid
    private let view: TermGrid.View
    private let doclist: DoclistPages
    private let total: PositionMemory
    /// Postings in the blocks before each non-empty one, and in all.
    private let before: UnsafeMutablePointer<UInt32>
    /// For each group of postings where its first one's size stands; nil when not on one page, or not read.
    private let groups: UnsafeMutablePointer<UnsafeRawPointer?>
    private let groupCount: Int
    /// What is known of each posting, by rank.
    private let known: UnsafeMutablePointer<PositionSignature>
    private let postingCount: Int
    @exclusivity(unchecked) private var pages: [PositionPage?]
    @exclusivity(unchecked) private var found = UnsafeMutablePointer<UInt32>.allocate(capacity: 64)
    @exclusivity(unchecked) private var capacity = 64
    private var counted = 0
    /// When it was last asked for, on the clock of its index.
    var use: Int

    /// Looks up `term`; nil when the segment does not have it.
    init?(
        _ records: any FTS5DataSource, _ segment: FTS5Structure.Segment, term: [UInt8], grid: TermGrid, path: String,
        total: PositionMemory, use: Int
    ) throws {
        guard
            let doclist = try DoclistPages(source: records, segment: segment, columns: 2, key: FTS5Key.main(term))
        else { return nil }
        self.doclist = doclist
        self.path = path
        self.grid = grid
        self.total = total
        self.use = use
        view = grid.view
        before = .allocate(capacity: grid.count + 1)
        var postings = 0
        for index in 0..<grid.count {
            before[index] = UInt32(truncatingIfNeeded: postings)
            postings += view.postings(at: index).count
        }
        before[grid.count] = UInt32(truncatingIfNeeded: postings)
        postingCount = postings
        known = .allocate(capacity: postings)
        known.initialize(repeating: .unknown, count: postings)
        groupCount = (postings + PositionPage.groupLength - 1) / PositionPage.groupLength
        groups = .allocate(capacity: groupCount)
        groups.initialize(repeating: nil, count: groupCount)
        pages = Array(repeating: nil, count: doclist.count)
        counted = fixedMemory
        total.bytes += counted
    }

    deinit {
        total.bytes -= counted
        for page in pages { page?.deallocate() }
        before.deallocate()
        groups.deallocate()
        known.deallocate()
        found.deallocate()
    }

    private var fixedMemory: Int {
        doclist.memory + 4 * grid.count + 8 * groupCount + 8 * postingCount + 64 * pages.count + 4 * capacity
    }

    var signatures: TermSignatures? { TermSignatures(before: before, all: known) }

    func positions(in document: Int64) throws -> UnsafeBufferPointer<UInt32> {
        guard let rank = rank(of: document) else { return UnsafeBufferPointer(start: nil, count: 0) }
        let group = rank / PositionPage.groupLength
        // Safety: the rank is below the number of the grid's postings.
        assert(group < groupCount)
        if let start = groups[group] {
            return try decode(PositionPage.list(from: start, passing: rank % PositionPage.groupLength), document)
        }
        return try lookUp(document, rank: rank)
    }

    /// The number of postings before the document's; nil when it has none.
    @inline(__always)
    private func rank(of document: Int64) -> Int? {
        let block = Int(document >> 6) - grid.firstBlock
        guard block >= 0, block < grid.blockCount else { return nil }
        let index = view.index(ofBlock: block)
        guard index >= 0 else { return nil }
        let mask = view.postings(at: index).mask
        let bit: UInt64 = 1 << UInt64(document & 63)
        guard mask & bit != 0 else { return nil }
        return Int(before[index]) + (mask & (bit &- 1)).nonzeroBitCount
    }

    /// The number of postings before a document that need not have one.
    private func rank(before document: Int64) -> Int {
        let block = Int(document >> 6) - grid.firstBlock
        guard block >= 0 else { return 0 }
        guard block < grid.blockCount else { return grid.documentCount }
        let index = view.count(before: block)
        guard index < grid.count else { return grid.documentCount }
        let mask = view.block(block).mask
        return Int(before[index]) + (mask & ((1 << UInt64(document & 63)) &- 1)).nonzeroBitCount
    }

    /// The case of a posting whose page was not read, or whose group does not lie on one page.
    private func lookUp(_ document: Int64, rank: Int) throws -> UnsafeBufferPointer<UInt32> {
        let place = doclist.place(of: document)
        let page = try page(at: place)
        if let list = page.list(rank: rank) { return try decode(list, document) }
        var count = 0
        for position in try doclist.positions(of: document) {
            reserve(count + 1, kept: count)
            append(position.column, position.offset, at: count)
            count += 1
        }
        return UnsafeBufferPointer(start: found, count: count)
    }

    private func page(at place: Int) throws -> PositionPage {
        if let page = pages[place] { return page }
        let bytes = try doclist.postings(at: place)
        var page: PositionPage
        do throws(FTS5Damage) {
            page = try PositionPage(copying: bytes)
        } catch {
            throw doclist.error(error, at: place)
        }
        let first = rank(before: page.firstRow)
        guard first + page.count == doclist.firstRow(at: place + 1).map(rank(before:)) ?? grid.documentCount else {
            page.deallocate()
            throw IndexError.corrupt(
                path: path, table: "score_grids", rowID: nil,
                reason: "the grid has other documents than FTS5's index")
        }
        make(room: page.memory)
        do throws(FTS5Damage) {
            try page.setGroups(firstRank: first, groups, known)
        } catch {
            page.deallocate()
            forgetPages()
            throw doclist.error(error, at: place)
        }
        pages[place] = page
        return page
    }

    /// Accounts for the memory of one more page, and starts over when that is too much.
    private func make(room: Int) {
        if total.bytes + room > total.limit { forgetPages() }
        counted += room
        total.bytes += room
    }

    private func forgetPages() {
        for place in pages.indices {
            pages[place]?.deallocate()
            pages[place] = nil
        }
        groups.update(repeating: nil, count: groupCount)
        known.update(repeating: .unknown, count: postingCount)
        total.bytes -= counted
        counted = fixedMemory
        total.bytes += counted
    }

    @inline(__always)
    private func decode(_ list: UnsafeRawBufferPointer, _ document: Int64) throws -> UnsafeBufferPointer<UInt32> {
        reserve(list.count, kept: 0)
        do throws(FTS5Damage) {
            let count = try PositionReader.readPadded(list, columns: 2) { append($1, $2, at: $0) }
            return UnsafeBufferPointer(start: found, count: count)
        } catch {
            throw doclist.error(error, at: doclist.place(of: document))
        }
    }

    @inline(__always)
    private func append(_ column: Int, _ offset: Int, at place: Int) {
        // Safety: `reserve` has made room.
        assert(place < capacity)
        found[place] = UInt32(truncatingIfNeeded: offset) | (column == 0 ? 0 : TermPostings.titleFlag)
    }

    @inline(__always)
    private func reserve(_ wanted: Int, kept: Int) {
        if wanted > capacity { grow(to: 2 * wanted, kept: kept) }
    }

    private func grow(to wanted: Int, kept: Int) {
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: wanted)
        larger.update(from: found, count: kept)
        found.deallocate()
        found = larger
        capacity = wanted
    }
}

/// The memory that the position directories of an index take together.
final class PositionMemory {
    /// Bytes at most.
    let limit: Int
    /// Bytes now.
    @exclusivity(unchecked) var bytes = 0

    init(limit: Int) { self.limit = limit }
}
