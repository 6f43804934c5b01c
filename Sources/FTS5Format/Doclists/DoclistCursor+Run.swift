import Postings

extension DoclistCursor {
    /// The present posting and those behind it up to row `last` that lie on the same page, as they are stored.
    ///
    /// A posting with the delete flag is alone in its run, and so is one that goes over several pages. Afterwards the
    /// cursor is on the run's last posting, whose positions cannot be read any more; the bytes stay valid until it
    /// moves. `next()` must have returned a row id.
    ///
    /// - Complexity: O(postings of the run), without a look at their positions.
    public func run(through last: Int64) throws -> PostingRun {
        precondition(isOpen && !isFirst && last >= rowID, "no posting to begin a run with")
        let first = rowID
        guard !isSpilled, pendingPoslist == poslistSize, pendingPoslist <= nextTermOffset - offset,
            let leaf = page, let base = leaf.bytes.baseAddress
        else { return try spilledRun() }
        let start = base + (offset - Varint.length(of: header))
        // Damage may have the size in more bytes than it takes; of nine of them the last ones alone are another number.
        var sizeEnd = start
        guard Varint.decode(&sizeEnd) == header, sizeEnd == base + offset else { return try spilledRun() }
        let end = base + nextTermOffset
        var stop = base + offset + pendingPoslist
        // Safety: as in `next()`; reads begin before `end`, and padding follows the page.
        assert(nextTermOffset <= leaf.contentEnd)
        while !isDelete, stop < end {
            var cursor = stop
            let following = rowID &+ Int64(bitPattern: Varint.decode(&cursor))
            let size = Varint.decode(&cursor)
            // What is damaged, flagged, or goes over pages is for `next()`.
            guard size & 1 == 0, cursor <= end, following > rowID, following <= last,
                size >> 1 <= UInt64(end - cursor)
            else { break }
            rowID = following
            stop = cursor + Int(size >> 1)
        }
        offset = stop - base
        pendingPoslist = 0
        let bytes = UnsafeRawBufferPointer(start: start, count: stop - start)
        return PostingRun(firstRowID: first, lastRowID: rowID, bytes: bytes)
    }

    /// The present posting alone, put together from all its pages.
    private func spilledRun() throws -> PostingRun {
        let header = self.header
        let list = Array(try poslist())
        var bytes: [UInt8] = []
        bytes.reserveCapacity(list.count + Varint.maximumLength)
        Varint.append(header, to: &bytes)
        bytes += list
        bytes.withUnsafeBytes { spill.fill(copying: $0) }
        return PostingRun(firstRowID: rowID, lastRowID: rowID, bytes: spill.bytes)
    }

    /// The present posting's size as stored, with its delete flag.
    private var header: UInt64 { UInt64(poslistSize) << 1 | (isDelete ? 1 : 0) }
}
