/// What was odd about the bytes of one batch.
final class DecodingTally {
    /// Damaged UTF-8 sequences replaced by U+FFFD.
    var replaced = 0
    /// Texts taken as Windows-1252.
    var windows1252 = 0
    /// Rows with fewer or more cells than the header, and the line of the first.
    var raggedRows = 0
    var firstRaggedLine = 0
}
