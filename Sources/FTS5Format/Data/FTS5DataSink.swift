/// Where the records of one FTS5 index go; a store implements it over `%_data` and `%_idx`.
///
/// Everything has to be written in one transaction, the structure record last in mind if not in order, and on a
/// connection on which FTS5 has not read this table's records before, or will not again: it keeps what it has read
/// (``FTS5Structure``).
public protocol FTS5DataSink: AnyObject {
    /// `REPLACE INTO %_data(id, block) VALUES(?, ?)`. The bytes are valid during the call only.
    func put(_ id: FTS5DataID, _ bytes: UnsafeRawBufferPointer) throws

    /// `INSERT INTO %_idx(segid, term, pgno) VALUES(?, ?, ?)`, with `term` bound as a blob even when it is empty.
    func putIndexEntry(of segment: SegmentID, term: UnsafeRawBufferPointer, page: Int64) throws

    /// Deletes the records ``FTS5DataID/all(of:)`` from `%_data`, and the segment's rows from `%_idx`.
    func remove(_ segment: SegmentID) throws
}

extension FTS5DataSink {
    /// Writes the structure record.
    public func put(_ structure: FTS5Structure) throws {
        try structure.encoded().withUnsafeBytes { try put(.structure, $0) }
    }

    /// Writes the averages record.
    public func put(_ averages: FTS5Averages) throws {
        try averages.encoded().withUnsafeBytes { try put(.averages, $0) }
    }
}
