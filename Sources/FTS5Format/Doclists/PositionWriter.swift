import Postings

/// Encodes position lists; see ``PositionReader`` for the grammar.
public enum PositionWriter {
    /// Appends the list of `positions`, with its size and delete flag before it, to `bytes`.
    ///
    /// - Parameter positions: ascending by column and offset. Traps if they are not.
    public static func append(_ positions: [Position], isDelete: Bool = false, to bytes: inout [UInt8]) {
        var list: [UInt8] = []
        var column = 0
        var offset = 0
        for position in positions {
            if position.column != column {
                precondition(position.column > column, "columns do not ascend")
                column = position.column
                offset = 0
                list.append(1)
                Varint.append(UInt64(column), to: &list)
            }
            precondition(position.offset >= offset, "offsets do not ascend")
            Varint.append(UInt64(position.offset - offset + 2), to: &list)
            offset = position.offset
        }
        Varint.append(UInt64(list.count) << 1 | (isDelete ? 1 : 0), to: &bytes)
        bytes += list
    }
}
