import FTS5Format

/// Writes records into the tables of FTS5 table `table`, a statement each.
public final class DatabaseDataSink: FTS5DataSink {
    private let database: TestDatabase
    private let table: String

    /// A sink for `table` of `database`, which FTS5 should not have read yet.
    public init(_ database: TestDatabase, table: String) {
        self.database = database
        self.table = table
    }

    /// See ``FTS5DataSink``.
    public func put(_ id: FTS5DataID, _ bytes: UnsafeRawBufferPointer) throws {
        try database.rows(
            "REPLACE INTO \(table)_data(id, block) VALUES(?, ?)", [.integer(id.rawValue), .blob(Array(bytes))])
    }

    /// See ``FTS5DataSink``.
    public func putIndexEntry(of segment: SegmentID, term: UnsafeRawBufferPointer, page: Int64) throws {
        try database.rows(
            "INSERT INTO \(table)_idx(segid, term, pgno) VALUES(?, ?, ?)",
            [.integer(Int64(segment.rawValue)), .blob(Array(term)), .integer(page)])
    }

    /// See ``FTS5DataSink``.
    public func remove(_ segment: SegmentID) throws {
        let range = FTS5DataID.all(of: segment)
        try database.rows(
            "DELETE FROM \(table)_data WHERE id BETWEEN ? AND ?",
            [.integer(range.lowerBound), .integer(range.upperBound)])
        try database.rows("DELETE FROM \(table)_idx WHERE segid = ?", [.integer(Int64(segment.rawValue))])
    }
}
