/// Postings of one term that follow each other, as FTS5 stores them, from behind the row id of the first.
///
/// ```
/// bytes := poslist (delta:varint poslist)*        see ``PositionReader`` for poslist
/// ```
///
/// Worked example: rows 7 and 11, offset 0 in the one and 1 and 2 in the other: first row 7, last row 11, bytes
/// `02 02  04 04 03 03`. A bulk writer that keeps a buffer like this for each term while it inverts documents has
/// nothing left to encode when it writes the segment.
public struct PostingRun {
    /// Row of the first posting.
    public var firstRowID: Int64
    /// Row of the last posting.
    public var lastRowID: Int64
    /// The postings; at least one. Valid as long as their owner says.
    public var bytes: UnsafeRawBufferPointer

    /// Describes `bytes`, which are not looked at.
    @inlinable
    public init(firstRowID: Int64, lastRowID: Int64, bytes: UnsafeRawBufferPointer) {
        assert(firstRowID <= lastRowID && !bytes.isEmpty)
        self.firstRowID = firstRowID
        self.lastRowID = lastRowID
        self.bytes = bytes
    }
}
