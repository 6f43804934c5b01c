/// Why an FTS5 record could not be read.
public enum FTS5FormatError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The record breaks its grammar at `offset` bytes from its start.
    case corrupt(record: FTS5RecordID, offset: Int, damage: FTS5Damage)
    /// The structure record or a page names a record that `%_data` does not have.
    case missing(record: FTS5RecordID)
    /// The index is sound as far as one can tell, but of a kind this reader does not know. FTS5 itself may well
    /// read it, so a caller goes on with plain `MATCH`.
    case unsupported(FTS5UnsupportedFeature)

    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .corrupt(let record, let offset, let damage):
            "full-text index is damaged: \(record), byte \(offset): \(damage.rawValue); "
                + "rebuild it with INSERT INTO t(t) VALUES('rebuild')"
        case .missing(let record):
            "full-text index is damaged: \(record) is missing; rebuild it with INSERT INTO t(t) VALUES('rebuild')"
        case .unsupported(let feature):
            "full-text index uses \(feature), which only SQLite itself can read"
        }
    }
}
