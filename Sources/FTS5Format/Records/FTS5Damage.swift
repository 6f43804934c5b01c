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
