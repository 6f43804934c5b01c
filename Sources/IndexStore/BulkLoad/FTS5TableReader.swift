import CSQLite
import FTS5Format
import GRDB

/// FTS5's records, read from `documents_fts_data` and `documents_fts_idx`.
final class FTS5TableReader: FTS5DataSource {
    private let data: SQLiteStatement
    private let index: SQLiteStatement
    private let version: SQLiteStatement

    init(_ connection: OpaquePointer) throws {
        data = try SQLiteStatement("SELECT block FROM documents_fts_data WHERE id = ?1", on: connection)
        index = try SQLiteStatement(
            "SELECT pgno FROM documents_fts_idx WHERE segid = ?1 AND term <= ?2 ORDER BY term DESC LIMIT 1",
            on: connection)
        version = try SQLiteStatement("SELECT v FROM documents_fts_config WHERE k = 'version'", on: connection)
    }

    /// Throws `FTS5FormatError.unsupported` when an FTS5 has written the records whose version or layout is not known.
    func requireSupportedFormat() throws {
        if let feature = try unsupportedFeature() { throw FTS5FormatError.unsupported(feature) }
    }

    /// What of the records' format is not known; nil when all is.
    func unsupportedFeature() throws -> FTS5UnsupportedFeature? {
        defer { version.reset() }
        let found = try version.step() ? version.integer(0) : FTS5TableOptions.supportedVersion
        guard found == FTS5TableOptions.supportedVersion else { return .formatVersion(found) }
        do {
            _ = try structure()
            return nil
        } catch FTS5FormatError.unsupported(let feature) {
            return feature
        } catch is FTS5FormatError {
            // Damage is not a format. Who needs the record will say so; FTS5 itself may need none of it.
            return nil
        }
    }

    func read(_ id: FTS5DataID, into buffer: FTS5DataBuffer) throws -> Bool {
        data.bind(id.rawValue, at: 1)
        defer { data.reset() }
        guard try data.step() else { return false }
        buffer.fill(copying: data.bytes(0))
        return true
    }

    func indexEntry(of segment: SegmentID, atOrBefore term: UnsafeRawBufferPointer) throws -> Int64? {
        index.bind(Int64(segment.rawValue), at: 1)
        index.bind(term, at: 2)
        defer { index.reset() }
        return try index.step() ? index.integer(0) : nil
    }

    /// The structure record as it is stored, to tell whether anything has changed.
    func structureBytes() throws -> [UInt8] {
        let buffer = FTS5DataBuffer()
        guard try read(.structure, into: buffer) else { throw FTS5FormatError.missing(record: .structure) }
        return Array(buffer.bytes)
    }
}
