import Postings

/// The postings of one term in one segment, in row id order, over as many leaf pages as they take.
///
/// ```swift
/// while let rowID = try doclist.next() {
///     for position in try doclist.positions() { … }
/// }
/// ```
///
/// For whole doclists ``decode(into:)`` is several times faster; for a few rows of a long one, ``seek(_:)`` skips.
/// Got from ``SegmentCursor/doclist``, which it shares its page with: it is invalid once that moves to another term.
/// Every step that meets damage throws ``FTS5FormatError`` and leaves the cursor at its end. Not for use from two
/// threads at a time.
public final class DoclistCursor {
    let source: any FTS5DataSource
    let segment: FTS5Structure.Segment
    let columns: Int

    // Exclusivity is not checked at run time for what each step touches: nobody holds an access across a call, and the
    // checks took half of the time of `next()`.

    // The leaf page. What follows `offset` up to `nextTermOffset` belongs to this doclist.
    let buffer = FTS5DataBuffer()
    @exclusivity(unchecked) var page: LeafPage?
    @exclusivity(unchecked) var pageNumber = 0
    @exclusivity(unchecked) var nextTermOffset = 0
    @exclusivity(unchecked) var footerOffset = 0
    @exclusivity(unchecked) var offset = 0

    // The posting: `pendingPoslist` bytes at `offset` are its poslist; none are left once it was copied to `spill`.
    @exclusivity(unchecked) var pendingPoslist = 0
    @exclusivity(unchecked) var isSpilled = false
    let spill = FTS5DataBuffer()
    @exclusivity(unchecked) var positionMemory = UnsafeMutableBufferPointer<Position>(start: nil, count: 0)
    @exclusivity(unchecked) var isFirst = true

    /// Whether there is a doclist to read on; false before the first term, at the end, and after damage.
    @exclusivity(unchecked) var isOpen = false
    /// Page whose last term this doclist belongs to, when that page is known to have a doclist index.
    var indexPage: Int?
    var index: DoclistIndexReader?

    /// The row of the present posting. Undefined before the first and after the last.
    @exclusivity(unchecked) public internal(set) var rowID: Int64 = 0
    /// Whether the present posting voids what older segments say of its row.
    @exclusivity(unchecked) public internal(set) var isDelete = false
    /// Bytes of the present posting's positions; zero with ``isDelete`` means that the row lost the term.
    @exclusivity(unchecked) public internal(set) var poslistSize = 0

    init(source: any FTS5DataSource, segment: FTS5Structure.Segment, columns: Int) {
        self.source = source
        self.segment = segment
        self.columns = columns
    }

    deinit { positionMemory.deallocate() }

    /// Makes leaf page `number` the present one, with `offset` at its content.
    func load(_ number: Int) throws {
        let record = FTS5DataID.leaf(segment.id, page: number)
        page = nil
        guard try source.read(record, into: buffer) else { throw FTS5FormatError.missing(record: record) }
        let leaf = try LeafPage(buffer, record: record)
        page = leaf
        pageNumber = number
        nextTermOffset = leaf.firstTermOffset
        footerOffset = leaf.secondEntry
        offset = LeafPage.headerSize
    }

    /// Steps over the page's next term in the footer, so that `nextTermOffset` is where the one after it begins.
    func passTerm(on leaf: LeafPage) {
        let start = nextTermOffset
        var entry = footerOffset
        // The footer was checked with the page.
        if entry < leaf.bytes.count, let delta = Varint.read(leaf.bytes, at: &entry) {
            nextTermOffset = start + Int(delta)
            footerOffset = entry
        } else {
            nextTermOffset = leaf.contentEnd
        }
    }

    /// Starts the doclist that begins at `offset`.
    func open(at offset: Int, indexPage: Int?) {
        self.offset = offset
        self.indexPage = indexPage
        index = nil
        pendingPoslist = 0
        isSpilled = false
        isFirst = true
        isOpen = true
        isDelete = false
        poslistSize = 0
    }

    /// Ends the doclist and builds an error for the present page.
    func damaged(_ damage: FTS5Damage, at place: Int? = nil) -> FTS5FormatError {
        isOpen = false
        return .corrupt(
            record: .leaf(segment.id, page: max(1, pageNumber)), offset: place ?? offset, damage: damage)
    }

    /// Moves to the next posting.
    ///
    /// - Returns: its row id, or nil at the end.
    /// - Complexity: O(1), plus the pages that the present posting's poslist covers.
    public func next() throws -> Int64? {
        guard isOpen else { return nil }
        if pendingPoslist > 0 { try skipPoslist() }
        guard let leaf = try postingPage() else {
            isOpen = false
            return nil
        }
        // Safety: offset < nextTermOffset <= contentEnd, and the padding behind the page is longer than two varints.
        assert(offset < nextTermOffset && FTS5DataBuffer.padding >= 2 * Varint.maximumLength)
        var pointer = leaf.bytes.baseAddress! + offset
        let number = Varint.decode(&pointer)
        let isLiteral = isFirst || offset == leaf.firstRowIDOffset
        let row = isLiteral ? Int64(bitPattern: number) : rowID &+ Int64(bitPattern: number)
        guard isFirst || row > rowID else { throw damaged(.rowIDsOutOfOrder) }
        let size = Varint.decode(&pointer)
        let end = pointer - leaf.bytes.baseAddress!
        guard end <= nextTermOffset, size <= UInt64(Int32.max) else { throw damaged(.postingOutOfRange) }
        offset = end
        rowID = row
        isFirst = false
        isDelete = size & 1 == 1
        poslistSize = Int(size >> 1)
        pendingPoslist = poslistSize
        isSpilled = false
        return row
    }

    /// The page that has the next posting at `offset`; nil when the doclist ends here.
    func postingPage() throws -> LeafPage? {
        guard let leaf = page else { return nil }
        if offset < nextTermOffset { return leaf }
        if nextTermOffset < leaf.contentEnd {
            if isFirst { throw damaged(.emptyDoclist) }
            return nil
        }
        guard pageNumber < segment.lastPage else {
            if isFirst { throw damaged(.emptyDoclist) }
            return nil
        }
        try load(pageNumber + 1)
        guard let following = page else { return nil }
        if following.firstRowIDOffset == LeafPage.headerSize { return following }
        // A page without a row id begins with a term, which ends the doclist.
        guard following.firstRowIDOffset == 0, following.firstTermOffset == LeafPage.headerSize, !isFirst,
            following.contentEnd > LeafPage.headerSize
        else { throw damaged(.doclistBroken) }
        return nil
    }

    /// Moves behind the present poslist.
    @inline(__always)
    func skipPoslist() throws {
        if pendingPoslist <= nextTermOffset - offset {
            offset += pendingPoslist
            pendingPoslist = 0
        } else {
            try walkPoslist { _ in }
        }
    }

    /// Hands the pieces of the present poslist to `body` in order and moves behind it.
    func walkPoslist(_ body: (UnsafeRawBufferPointer) -> Void) throws {
        var rest = pendingPoslist
        pendingPoslist = 0
        var end = nextTermOffset
        var isSpanning = false
        while let leaf = page {
            let piece = min(rest, end - offset)
            body(UnsafeRawBufferPointer(rebasing: leaf.bytes[offset..<offset + piece]))
            offset += piece
            rest -= piece
            if rest == 0 {
                // What came over from the page before ends where the page's first row id or term begins.
                if isSpanning, offset != end { throw damaged(.doclistBroken) }
                return
            }
            guard end == leaf.contentEnd, pageNumber < segment.lastPage else { throw damaged(.postingOutOfRange) }
            try load(pageNumber + 1)
            end = page?.continuationEnd ?? 0
            isSpanning = true
        }
    }
}
