import Postings

/// The position list of one posting.
///
/// ```
/// poslist := size:varint collist (01 column:varint collist)*   size = 2 * bytes that follow + (1 if delete flag)
/// collist := offset+2:varint (delta+2:varint)*                 positions in one column, ascending
/// ```
///
/// The first collist is column 0's and may be empty; later columns ascend and their collists are not empty. No offset
/// is stored as 0 or 1, so a number that begins with the byte 01 always starts a column. An empty list without the
/// flag does not occur; with the flag it takes back what older segments say of that row (``PostingBatch``).
///
/// Worked example: offset 3 of column 0, offsets 0 and 200 of column 1 are `0C  05  01 01  02 81 4A`.
public enum PositionReader {
    /// Reads the positions of one posting into `positions`, which loses what it held.
    ///
    /// - Parameters:
    ///   - poslist: the bytes behind the size.
    ///   - columns: columns of the table.
    /// - Complexity: O(bytes); no allocation once `positions` has grown.
    public static func read(
        _ poslist: UnsafeRawBufferPointer, columns: Int, into positions: inout [Position]
    ) throws(FTS5Damage) {
        positions.removeAll(keepingCapacity: true)
        var cursor = 0
        var column = 0
        var offset: UInt64 = 0
        while cursor < poslist.count {
            if poslist[cursor] == 1 {
                cursor += 1
                guard let next = Varint.read(poslist, at: &cursor), next < UInt64(columns) else {
                    throw .columnOutOfRange
                }
                guard next > UInt64(column), cursor < poslist.count else { throw .poslistBroken }
                column = Int(next)
                offset = 0
                continue
            }
            guard let value = Varint.read(poslist, at: &cursor) else { throw .poslistBroken }
            // Two tokens may share a position (synonyms), so a delta of zero is right.
            guard value >= 2, value - 2 <= UInt64(Int32.max) - offset else { throw .poslistBroken }
            offset += value - 2
            positions.append(Position(column: column, offset: Int(offset)))
        }
    }
}
