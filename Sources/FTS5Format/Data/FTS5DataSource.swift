/// Where the records of one FTS5 index come from; a store implements it over `%_data` and `%_idx`.
///
/// A source need not be safe for use from two threads. Cursors keep no bytes of a record beyond their own copy.
public protocol FTS5DataSource: AnyObject {
    /// Copies the record `id` of `%_data` into `buffer`; `sqlite3_blob_reopen` and `sqlite3_blob_read` suit best.
    ///
    /// - Returns: false when there is no such row.
    func read(_ id: FTS5DataID, into buffer: FTS5DataBuffer) throws -> Bool

    /// The last row of `%_idx` at or before `term`:
    /// `SELECT pgno FROM %_idx WHERE segid=? AND term<=? ORDER BY term DESC LIMIT 1`.
    ///
    /// `term` is bound as a blob. The rows of one segment are the places where its leaf pages with terms begin.
    ///
    /// - Returns: the value of `pgno` (twice the page number, plus one if that page's last term has a doclist index),
    ///   or nil when there is no such row.
    func indexEntry(of segment: SegmentID, atOrBefore term: UnsafeRawBufferPointer) throws -> Int64?
}

extension FTS5DataSource {
    /// Reads the structure record.
    ///
    /// Throws ``FTS5FormatError/unsupported(_:)`` when its layout is unknown.
    public func structure() throws -> FTS5Structure {
        let buffer = FTS5DataBuffer()
        guard try read(.structure, into: buffer) else { throw FTS5FormatError.missing(record: .structure) }
        return try FTS5Structure(decoding: buffer.bytes)
    }

    /// Reads the averages record of a table with `columns` columns.
    ///
    /// An index that never held a row has an empty record, which counts as all zero.
    public func averages(columns: Int) throws -> FTS5Averages {
        let buffer = FTS5DataBuffer()
        guard try read(.averages, into: buffer) else { throw FTS5FormatError.missing(record: .averages) }
        return try FTS5Averages(decoding: buffer.bytes, columns: columns)
    }
}
