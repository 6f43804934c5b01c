extension DoclistCursor {
    /// The present posting's position list as stored, without its size; see ``PositionReader`` for its grammar.
    ///
    /// Valid until the cursor moves. A list that goes over several pages is put together in memory of the cursor.
    /// Padding as in ``FTS5DataBuffer`` follows it.
    public func poslist() throws -> UnsafeRawBufferPointer {
        if isSpilled { return spill.bytes }
        guard isOpen, let leaf = page else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        if pendingPoslist <= nextTermOffset - offset {
            return UnsafeRawBufferPointer(rebasing: leaf.bytes[offset..<offset + pendingPoslist])
        }
        // Memory is claimed a page at a time, so that a damaged size cannot claim more than the segment has.
        var bytes: [UInt8] = []
        try walkPoslist { bytes.append(contentsOf: $0) }
        bytes.withUnsafeBytes { spill.fill(copying: $0) }
        isSpilled = true
        return spill.bytes
    }

    /// The present posting's positions in order of column and offset, valid until the cursor moves.
    ///
    /// - Complexity: O(positions); no allocation once there was a list as long, unless it goes over pages.
    public func positions() throws -> UnsafeBufferPointer<Position> {
        let list = try poslist()
        if positionMemory.count < list.count {
            positionMemory.deallocate()
            positionMemory = .allocate(capacity: list.count * 2)
            positionMemory.initialize(repeating: Position(column: 0, offset: 0))
        }
        guard let start = positionMemory.baseAddress else { return UnsafeBufferPointer(start: nil, count: 0) }
        do throws(FTS5Damage) {
            let count = try PositionReader.readPadded(list, columns: columns, into: start)
            return UnsafeBufferPointer(start: start, count: count)
        } catch {
            throw damaged(error)
        }
    }

    /// Copies the present posting's positions to `list`, which loses what it held; see ``positions()``.
    public func readPositions(into list: inout [Position]) throws {
        let found = try positions()
        list.removeAll(keepingCapacity: true)
        list.append(contentsOf: found)
    }
}
