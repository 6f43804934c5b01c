/// What was odd about one batch.
final class BatchTally {
    /// Damaged UTF-8 sequences replaced by U+FFFD.
    var replaced = 0
    /// Texts taken as Windows-1252.
    var windows1252 = 0
    /// Rows with fewer or more cells than the header, and the line of the first.
    var raggedRows = 0
    var firstRaggedLine = 0
    /// Records that were read, and the documents they gave.
    var records = 0
    var documents = 0
}
