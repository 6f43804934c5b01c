/// The postings of one term over all segments of an index, as a query sees them.
///
/// Where several segments know a row, the newest is right, and where that one has no positions left, the row does not
/// have the term. Equivalent to: a map from row id to positions, filled from the oldest segment to the newest.
///
/// - Complexity: O(segments) a posting, which suits the dozen segments that FTS5 leaves.
public final class MergedDoclist {
    private let cursors: [DoclistCursor]
    private var present: Int?

    /// Merges `newestFirst`, one cursor for each segment that has the term, none of them moved yet.
    public init(newestFirst: [DoclistCursor]) throws {
        cursors = newestFirst
        for cursor in cursors { _ = try cursor.next() }
    }

    /// Merges the doclists of the term `key` in all segments of `structure`.
    ///
    /// Throws ``FTS5FormatError/unsupported(_:)`` if rows have been deleted by tombstones.
    public convenience init(
        _ key: [UInt8], source: any FTS5DataSource, structure: FTS5Structure, columns: Int
    ) throws {
        var cursors: [DoclistCursor] = []
        for segment in structure.segmentsNewestFirst {
            if let origin = segment.origin, origin.tombstonePages > 0 {
                throw FTS5FormatError.unsupported(.tombstones)
            }
            let cursor = SegmentCursor(source: source, segment: segment, columns: columns)
            if try cursor.seek(key) { cursors.append(cursor.doclist) }
        }
        try self.init(newestFirst: cursors)
    }

    /// Moves to the next row that has the term.
    ///
    /// - Returns: its id, or nil at the end.
    public func next() throws -> Int64? {
        while true {
            if let present {
                let row = cursors[present].rowID
                for cursor in cursors where cursor.isOpen && cursor.rowID == row { _ = try cursor.next() }
            }
            var smallest: Int?
            for (index, cursor) in cursors.enumerated() where cursor.isOpen {
                if let found = smallest, cursors[found].rowID <= cursor.rowID { continue }
                smallest = index
            }
            present = smallest
            guard let smallest else { return nil }
            if cursors[smallest].poslistSize > 0 { return cursors[smallest].rowID }
        }
    }

    /// The positions of the present row, valid until the next step.
    public func positions() throws -> UnsafeBufferPointer<Position> {
        guard let present else { return UnsafeBufferPointer(start: nil, count: 0) }
        return try cursors[present].positions()
    }
}
