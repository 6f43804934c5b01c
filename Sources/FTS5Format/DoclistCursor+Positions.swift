extension DoclistCursor {
    /// The present posting's position list as stored, without its size; see ``PositionReader`` for its grammar.
    ///
    /// Valid until the cursor moves. A list that goes over several pages is put together in memory of the cursor.
    /// Padding as in ``RecordBuffer`` follows it.
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

    /// Decodes the present posting's positions into `positions`, in order of column and offset.
    ///
    /// - Complexity: O(positions); no allocation once `positions` has grown, unless the list goes over pages.
    public func readPositions(into positions: inout [Position]) throws {
        let list = try poslist()
        do throws(FTS5Damage) {
            try PositionReader.readPadded(list, columns: columns, into: &positions)
        } catch {
            throw damaged(error)
        }
    }
}
