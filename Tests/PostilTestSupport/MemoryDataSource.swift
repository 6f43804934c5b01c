import FTS5Format

/// The records of an FTS5 index in memory, read from its tables or planted by a test.
///
/// The slow twin of a store's source: a dictionary, and a linear search for the `%_idx` entry.
public final class MemoryDataSource: FTS5DataSource {
    /// `%_data`.
    public var records: [FTS5DataID: [UInt8]] = [:]
    /// `%_idx`, by segment, in order.
    public var entries: [Int: [(term: [UInt8], page: Int64)]] = [:]
    /// Records read so far.
    public private(set) var reads = 0

    /// No records.
    public init() {}

    /// The records of FTS5 table `table` in `database`.
    public convenience init(_ database: TestDatabase, table: String) throws {
        self.init()
        for row in try database.rows("SELECT id, block FROM \(table)_data") {
            records[FTS5DataID(rawValue: row[0].integer)] = row[1].blob
        }
        for row in try database.rows("SELECT segid, term, pgno FROM \(table)_idx ORDER BY segid, term") {
            let term = row[1].blob.isEmpty ? Array(row[1].text.utf8) : row[1].blob
            entries[Int(row[0].integer), default: []].append((term, row[2].integer))
        }
    }

    /// See ``FTS5DataSource``.
    public func read(_ id: FTS5DataID, into buffer: FTS5DataBuffer) -> Bool {
        guard let bytes = records[id] else { return false }
        reads += 1
        bytes.withUnsafeBytes { buffer.fill(copying: $0) }
        return true
    }

    /// See ``FTS5DataSource``.
    public func indexEntry(of segment: SegmentID, atOrBefore term: UnsafeRawBufferPointer) -> Int64? {
        let term = Array(term)
        return entries[segment.rawValue]?.last { !term.lexicographicallyPrecedes($0.term) }?.page
    }
}
