/// Why an FTS5 record could not be read.
public enum FTS5FormatError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The record breaks its grammar at `offset` bytes from its start.
    case corrupt(record: FTS5DataID, offset: Int, damage: FTS5Damage)
    /// The structure record or a page names a record that `%_data` does not have.
    case missing(record: FTS5DataID)
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

/// The ways in which a record can break its grammar.
public enum FTS5Damage: String, Error, Equatable, Sendable {
    case truncated = "the record ends too early"
    case trailingBytes = "bytes are left over at the end"
    case numberOutOfRange = "a number is out of its range"
    case segmentRepeated = "a segment id stands twice"
    case headerOutOfRange = "the page header points outside the page"
    case footerOutOfRange = "the page footer points outside the page or backwards"
    case termOutOfRange = "a term reaches past its place or shares more bytes than the previous term has"
    case termsOutOfOrder = "a term is not greater than the one before"
    case emptyDoclist = "a term has no postings"
    case rowIDsOutOfOrder = "a row id is not greater than the one before"
    case doclistBroken = "the doclist goes on where the next page does not continue it"
    case postingOutOfRange = "a posting reaches past the end of its doclist"
    case poslistBroken = "a position list is cut inside a number, or its columns or offsets are not ascending"
    case columnOutOfRange = "a position is in a column that the table does not have"
    case indexDisagrees = "the doclist index disagrees with the page that it points to"
}
