/// How the term grids of a segment lie in the file.
///
///     score_terms(segment, term, start, length)    where the grid of a term stands in its segment's stream of bytes
///     score_grids(id, content)                     the streams: row `n` of segment `s` has id `s * 2^32 + n` and the bytes
///                                                  from `n * 32,728` on, as many, fewer in a segment's last row
///
/// A stream is the grids of the segment's terms one after another, each as `TermGridFormat` has it. Rows of one grid each
/// left a sixth of their pages empty; a row that fills its page leaves nothing.
///
/// Example, with rows of 4 bytes: the grids `01 02 03` of *a* and `04 05 06` of *b* in segment 7 are the rows
/// `(7 * 2^32, 01 02 03 04)` and `(7 * 2^32 + 1, 05 06)`, with *a* at 0 and *b* at 3, both of length 3.
enum GridRowFormat {
    /// Bytes of a row: with its header and that of a page, the most that stays on a page of ``IndexFile/pageSize``.
    static let length = IndexFile.pageSize - 40

    /// The id of a row.
    static func id(segment: Int, row: Int) -> Int64 { Int64(segment) << 32 | Int64(row) }
}
