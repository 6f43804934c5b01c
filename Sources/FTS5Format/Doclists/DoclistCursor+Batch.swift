import Postings

extension DoclistCursor {
    /// Decodes the next postings into `batch`: as many as it holds, or as are left.
    ///
    /// Equivalent to: `next()` and `readPositions(into:)` as often, counting the positions of each column. May follow
    /// `next()` or `seek(_:)`; it goes on behind the present posting, and leaves the cursor behind the last one decoded,
    /// of which only the row id can still be asked.
    ///
    /// - Returns: `batch.count`, which is 0 at the end of the doclist.
    /// - Complexity: a few nanoseconds a posting; positions are counted, not decoded.
    @discardableResult
    public func decode(into batch: PostingBatch) throws -> Int {
        precondition(batch.columns == columns)
        batch.count = 0
        guard isOpen else { return 0 }
        if pendingPoslist > 0 { try skipPoslist() }
        while batch.count < batch.capacity {
            if !isFirst, let leaf = page, offset < nextTermOffset, offset != leaf.firstRowIDOffset {
                try decodeDeltas(on: leaf, into: batch)
            }
            guard batch.count < batch.capacity else { break }
            // What is left here is special: a first or literal row id, a poslist that goes over pages, or the end.
            guard let row = try next() else { break }
            try appendPresent(row, to: batch)
        }
        return batch.count
    }

    /// Appends the posting that `next()` found.
    private func appendPresent(_ row: Int64, to batch: PostingBatch) throws {
        let list = try poslist()
        let slot = batch.count
        if let start = list.baseAddress {
            let damage = countPositions(
                start, count: list.count, columns: columns, into: batch.frequencies + slot, stride: batch.capacity)
            if let damage { throw damaged(damage) }
        }
        batch.rowIDs[slot] = row
        batch.deleteFlags[slot] = isDelete ? 1 : 0
        batch.count = slot + 1
        if pendingPoslist > 0 {
            offset += pendingPoslist
            pendingPoslist = 0
        }
    }

    /// Decodes postings that lie wholly on `leaf` and whose row ids are deltas, until one does not or `batch` is full.
    private func decodeDeltas(on leaf: LeafPage, into batch: PostingBatch) throws {
        // Two columns, body and title, are compiled on their own: it saves a fifth of the instructions.
        if columns == 2 {
            try decodeDeltas(on: leaf, into: batch, columns: 2)
        } else {
            try decodeDeltas(on: leaf, into: batch, columns: columns)
        }
    }

    @inline(__always)
    private func decodeDeltas(on leaf: LeafPage, into batch: PostingBatch, columns: Int) throws {
        guard let base = leaf.bytes.baseAddress else { return }
        // Safety: the loop reads only behind `pointer < end`; two varints, and the words that counting loads from
        // within a list that ends by `end`, lie within the page and its padding.
        assert(nextTermOffset <= leaf.contentEnd && leaf.contentEnd <= leaf.bytes.count)
        let end = base + nextTermOffset
        let capacity = batch.capacity
        let (rowIDs, deleteFlags, frequencies) = (batch.rowIDs, batch.deleteFlags, batch.frequencies)
        var pointer = base + offset
        var slot = batch.count
        var row = rowID
        var damage: FTS5Damage?
        while slot < capacity, pointer < end {
            var cursor = pointer
            let following = row &+ Int64(bitPattern: Varint.decode(&cursor))
            let header = Varint.decode(&cursor)
            // A list that does not end here goes over pages, or is damaged: `next()` tells. A cursor that has passed
            // the end makes the difference negative.
            guard Int64(bitPattern: header >> 1) <= end - cursor, following > row else { break }
            let count = Int(header >> 1)
            damage = countPositions(
                cursor, count: count, columns: columns, into: frequencies + slot, stride: capacity)
            if damage != nil { break }
            rowIDs[slot] = following
            deleteFlags[slot] = UInt8(truncatingIfNeeded: header & 1)
            row = following
            slot += 1
            pointer = cursor + count
        }
        rowID = row
        isSpilled = false
        batch.count = slot
        offset = pointer - base
        if let damage { throw damaged(damage) }
    }
}
