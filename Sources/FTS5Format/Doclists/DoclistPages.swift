/// The leaf pages of one doclist, by the row that each begins with.
///
/// ```swift
/// let place = pages.place(of: row)
/// let bytes = try pages.postings(at: place)    // read them, or
/// let positions = try pages.positions(of: row) // have one row's read
/// ```
///
/// Not for use from two threads at a time.
public final class DoclistPages {
    private let cursor: SegmentCursor
    private let key: [UInt8]
    /// First row of each page; anything smaller than all rows for the page with the term.
    @exclusivity(unchecked) private var rows: ContiguousArray<Int64>
    private var numbers: ContiguousArray<Int>

    /// Looks up the term `key` in `segment`; nil when it is not there.
    ///
    /// - Complexity: that of `SegmentCursor.seek(_:)`, plus reading the doclist's index: O(pages of the doclist).
    public init?(source: any FTS5DataSource, segment: FTS5Structure.Segment, columns: Int, key: [UInt8]) throws {
        cursor = SegmentCursor(source: source, segment: segment, columns: columns)
        self.key = key
        rows = [.min]
        numbers = []
        guard try cursor.seek(key) else { return nil }
        numbers.append(cursor.doclist.pageNumber)
        for entry in try cursor.doclist.furtherPages() {
            rows.append(entry.rowID)
            numbers.append(entry.page)
        }
    }

    /// Number of pages on which a posting begins.
    public var count: Int { rows.count }

    /// Bytes of memory, with the cursor's buffers.
    public var memory: Int { 16 * rows.capacity + 10_000 }

    /// The last page that begins at or before `row`.
    public func place(of row: Int64) -> Int {
        rows.withUnsafeBufferPointer { rows in
            var (low, high) = (1, rows.count)
            while low < high {
                let middle = (low + high) / 2
                if rows[middle] <= row { low = middle + 1 } else { high = middle }
            }
            return low - 1
        }
    }

    /// The first row of a page; nil for the page with the term, which has to be asked, and behind the last page.
    public func firstRow(at place: Int) -> Int64? { place > 0 && place < rows.count ? rows[place] : nil }

    /// The postings that begin on a page as they are stored (see ``LeafPage``), the first with its row id in full. The last
    /// one may go on over the pages behind. Padding as in ``FTS5DataBuffer`` follows.
    ///
    /// Valid until the next call.
    public func postings(at place: Int) throws -> UnsafeRawBufferPointer {
        try begin(at: place)
        let doclist = cursor.doclist
        guard let leaf = doclist.page, doclist.offset < doclist.nextTermOffset else {
            throw doclist.damaged(.emptyDoclist)
        }
        return UnsafeRawBufferPointer(rebasing: leaf.bytes[doclist.offset..<doclist.nextTermOffset])
    }

    /// The row's positions in order of column and offset, valid until the next call; none when it has no posting.
    ///
    /// - Complexity: O(postings of a page), plus reading the page, and those over which the row's positions go on.
    public func positions(of row: Int64) throws -> UnsafeBufferPointer<Position> {
        try begin(at: place(of: row))
        guard try cursor.doclist.seek(row) == row else { return UnsafeBufferPointer(start: nil, count: 0) }
        return try cursor.doclist.positions()
    }

    /// What to throw when the bytes of a page turn out to be damaged.
    public func error(_ damage: FTS5Damage, at place: Int) -> FTS5FormatError {
        .corrupt(record: .leaf(cursor.doclist.segment.id, page: numbers[place]), offset: 0, damage: damage)
    }

    /// Puts the cursor before the first posting that begins on a page.
    private func begin(at place: Int) throws {
        if place > 0 {
            try cursor.doclist.open(onPage: numbers[place], firstRow: rows[place])
        } else if try !cursor.seek(key) {
            throw FTS5FormatError.missing(record: .leaf(cursor.doclist.segment.id, page: numbers[place]))
        }
    }
}
