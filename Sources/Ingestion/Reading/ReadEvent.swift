import Documents

/// What reading an input gives, in the order of the input.
public enum ReadEvent: Sendable, Hashable {
    /// A document.
    case document(Document)
    /// A record, or with no line the file, that was not read. It makes the run a partial one.
    case skipped(line: Int?, reason: String)
    /// Reading ended here, though the input does not: its rest, or with no line all of it, was not read.
    case stopped(line: Int?, reason: String)
    /// Something was read, but not as it stood: replaced characters, rows with other cells than the header.
    case warning(ReadingRemark)
}
