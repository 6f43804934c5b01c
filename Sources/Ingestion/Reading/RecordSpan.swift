/// The place of one record in a batch, or of what could not be one.
struct RecordSpan: Sendable, Hashable {
    var range: Range<Int>
    /// The 1-based line it starts on.
    var line: Int
    /// Its number in its source, from 1.
    var row: Int
    /// Why it is skipped, when it is.
    var problem: String?
}
