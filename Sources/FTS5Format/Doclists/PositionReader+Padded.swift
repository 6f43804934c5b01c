import Postings

extension PositionReader {
    /// Reads the positions of a list that has padding behind it, as every list that a cursor hands out.
    ///
    /// Equivalent to: ``read(_:columns:into:)``. Numbers are decoded without asking for the end at each byte, and
    /// stored without asking for room.
    ///
    /// - Parameter positions: has room for as many positions as `poslist` has bytes.
    /// - Returns: how many positions there are.
    static func readPadded(
        _ poslist: UnsafeRawBufferPointer, columns: Int, into positions: UnsafeMutablePointer<Position>
    ) throws(FTS5Damage) -> Int {
        try readPadded(poslist, columns: columns) { index, column, offset in
            // Safety: each position took at least one byte of the list, so there is room for one more.
            assert(index < poslist.count)
            positions[index] = Position(column: column, offset: offset)
        }
    }

    /// Hands the positions of a list that has padding behind it, as in ``FTS5DataBuffer``, to `body`: number, column and
    /// offset.
    ///
    /// - Returns: how many there are, at most as many as `poslist` has bytes.
    @inlinable @inline(__always)
    public static func readPadded(
        _ poslist: UnsafeRawBufferPointer, columns: Int, _ body: (_ index: Int, _ column: Int, _ offset: Int) -> Void
    ) throws(FTS5Damage) -> Int {
        guard var pointer = poslist.baseAddress else { return 0 }
        let end = pointer + poslist.count
        var count = 0
        var column = 0
        var offset: UInt64 = 0
        while pointer < end {
            // Safety: pointer < end, and behind the list are more readable bytes than a column's start takes.
            assert(count < poslist.count)
            if pointer.load(as: UInt8.self) == 1 {
                pointer += 1
                let next = Varint.decode(&pointer)
                guard next < UInt64(columns) else { throw .columnOutOfRange }
                guard next > UInt64(column), pointer < end else { throw .poslistBroken }
                column = Int(next)
                offset = 0
                continue
            }
            let value = Varint.decode(&pointer)
            guard pointer <= end, value >= 2, value - 2 <= UInt64(Int32.max) - offset else { throw .poslistBroken }
            offset += value - 2
            body(count, column, Int(offset))
            count += 1
        }
        return count
    }
}
