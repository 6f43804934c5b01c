import Postings

extension DoclistCursor {
    /// Moves to the first posting whose row id is `target` or more, unless the present one already is.
    ///
    /// Equivalent to: `next()` until it returns such a row id or nil. Skips whole pages where the doclist has an index
    /// (FTS5 writes one once four pages in a row hold nothing else), and poslists by their sizes.
    ///
    /// - Returns: the row id found, or nil at the end.
    /// - Complexity: O(log pages) with an index that was read before, plus the postings of one page.
    public func seek(_ target: Int64) throws -> Int64? {
        guard isOpen else { return nil }
        if !isFirst, rowID >= target { return rowID }
        do {
            try skipPages(to: target)
        } catch {
            isOpen = false
            throw error
        }
        while isOpen {
            if !isFirst { try skipPostings(before: target) }
            guard let row = try next() else { return nil }
            if row >= target { return row }
        }
        return nil
    }

    /// Goes to the last page that the doclist index knows to begin at or before `target`, if that is ahead.
    private func skipPages(to target: Int64) throws {
        guard let indexPage else { return }
        if index == nil { index = try DoclistIndexReader(source: source, segment: segment, page: indexPage) }
        guard let entry = try index?.lastPage(atOrBefore: target), entry.page > pageNumber else { return }
        try load(entry.page)
        guard let leaf = page, leaf.firstRowIDOffset > 0 else { throw damaged(.indexDisagrees) }
        offset = leaf.firstRowIDOffset
        // Safety: firstRowIDOffset < contentEnd, and padding follows the page.
        assert(offset < leaf.contentEnd)
        var pointer = leaf.bytes.baseAddress! + offset
        let row = Int64(bitPattern: Varint.decode(&pointer))
        guard row == entry.rowID, isFirst || row > rowID else { throw damaged(.indexDisagrees) }
        pendingPoslist = 0
        isSpilled = false
    }

    /// Steps over postings of this page that come before `target`, as long as they end on it.
    private func skipPostings(before target: Int64) throws {
        if pendingPoslist > 0 { try skipPoslist() }
        guard let leaf = page, let base = leaf.bytes.baseAddress, offset != leaf.firstRowIDOffset else { return }
        // Safety: as in `next()`; the loop reads only behind `pointer < end`.
        assert(nextTermOffset <= leaf.contentEnd)
        let end = base + nextTermOffset
        var pointer = base + offset
        var row = rowID
        while pointer < end {
            var cursor = pointer
            let following = row &+ Int64(bitPattern: Varint.decode(&cursor))
            let size = Varint.decode(&cursor) >> 1
            // What is damaged, found, or goes over pages is for `next()`.
            guard cursor <= end, following > row, following < target, size <= UInt64(end - cursor) else { break }
            row = following
            pointer = cursor + Int(size)
        }
        rowID = row
        offset = pointer - base
    }
}
