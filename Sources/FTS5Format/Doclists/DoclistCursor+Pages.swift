import Postings

extension DoclistCursor {
    /// The pages behind the term's own on which postings of this doclist begin, with the first row of each.
    ///
    /// Read from the doclist's index, or, where it has none because it is short, from the pages themselves. Must be asked
    /// before the first posting; the cursor is at its end then.
    ///
    /// - Complexity: O(pages).
    func furtherPages() throws -> [DoclistIndexReader.Entry] {
        defer { isOpen = false }
        guard let leaf = page, nextTermOffset == leaf.contentEnd else { return [] }
        if let indexPage {
            return try DoclistIndexReader(source: source, segment: segment, page: indexPage).entries()
        }
        var entries: [DoclistIndexReader.Entry] = []
        while pageNumber < segment.lastPage {
            try load(pageNumber + 1)
            guard let leaf = page else { break }
            if leaf.firstRowIDOffset > 0 {
                let row = firstRow(of: leaf)
                guard entries.last.map({ $0.rowID < row }) ?? true else { throw damaged(.rowIDsOutOfOrder) }
                entries.append(DoclistIndexReader.Entry(page: pageNumber, rowID: row))
            }
            if leaf.firstTermOffset < leaf.contentEnd { break }
        }
        return entries
    }

    /// Opens the doclist that goes on on page `number`, at the first posting that begins there, which is of `firstRow`.
    func open(onPage number: Int, firstRow row: Int64) throws {
        isOpen = false
        try load(number)
        guard let leaf = page, leaf.firstRowIDOffset > 0, firstRow(of: leaf) == row else {
            throw damaged(.indexDisagrees)
        }
        open(at: leaf.firstRowIDOffset, indexPage: nil)
    }

    /// The first row id on a page that has one before any term.
    private func firstRow(of leaf: LeafPage) -> Int64 {
        // Safety: firstRowIDOffset < contentEnd, and padding follows the page.
        assert(leaf.firstRowIDOffset < leaf.contentEnd)
        guard var pointer = leaf.bytes.baseAddress else { return 0 }
        pointer += leaf.firstRowIDOffset
        return Int64(bitPattern: Varint.decode(&pointer))
    }
}
