import Postings

extension SegmentCursor {
    /// Moves to the term `key`, if the segment has it.
    ///
    /// - Returns: whether it does; if not, the cursor stands at the first greater term or at the end.
    /// - Complexity: one look-up in `%_idx`, one page read (a second one if no term of it is as great as `key`), and
    ///   O(terms on that page).
    public func seek(_ key: some Sequence<UInt8>) throws -> Bool {
        let key = Array(key)
        guard try seek(atOrAfter: key) else { return false }
        return term == key
    }

    /// Moves to the first term at or after `key`.
    ///
    /// - Returns: false when there is none.
    public func seek(atOrAfter key: [UInt8]) throws -> Bool {
        doclist.isOpen = false
        term.removeAll(keepingCapacity: true)
        let segment = doclist.segment
        guard !segment.isEmpty else { return false }
        let entry = try key.withUnsafeBytes { try doclist.source.indexEntry(of: segment.id, atOrBefore: $0) }
        let page = max(segment.firstPage, Int(clamping: (entry ?? 0) >> 1))
        guard page <= segment.lastPage else {
            throw FTS5FormatError.missing(record: .leaf(segment.id, page: min(page, FTS5DataID.maximumPage)))
        }
        let hasIndex = entry.map { $0 & 1 == 1 && $0 >> 1 == Int64(page) } ?? false
        try doclist.load(page)
        isStarted = true
        guard let leaf = doclist.page, try scan(leaf, to: key) else { return try nextTerm() }
        let isLast = doclist.nextTermOffset == leaf.contentEnd
        if hasIndex, isLast { doclist.indexPage = page }
        return true
    }

    /// Moves to the first term on `leaf` at or after `key` without building the ones before.
    ///
    /// `matched` is how many bytes of `key` the last term, which is smaller, begins with. A term that shares more with
    /// it is as small; one that shares less is greater; only at equal sharing do bytes have to be compared.
    private func scan(_ leaf: LeafPage, to key: [UInt8]) throws -> Bool {
        var matched = 0
        var size = 0
        while doclist.nextTermOffset < leaf.contentEnd {
            let start = doclist.nextTermOffset
            doclist.passTerm(on: leaf)
            let head = try termHead(on: leaf, at: start, previous: size)
            size = head.shared + head.suffix.count
            if head.shared > matched { continue }
            var common = head.shared
            if head.shared == matched {
                let limit = min(key.count, size)
                while common < limit, leaf.bytes[head.suffix.lowerBound + common - head.shared] == key[common] {
                    common += 1
                }
                let isSmaller =
                    common < key.count
                    && (common == size || leaf.bytes[head.suffix.lowerBound + common - head.shared] < key[common])
                matched = common
                if isSmaller { continue }
            }
            term = Array(key[..<head.shared])
            term.append(contentsOf: leaf.bytes[head.suffix])
            doclist.open(at: head.suffix.upperBound, indexPage: nil)
            return true
        }
        return false
    }
}
