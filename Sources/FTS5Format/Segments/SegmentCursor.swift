import Postings

/// The terms of one segment in order, each with its doclist.
///
/// ```swift
/// let cursor = SegmentCursor(source: source, segment: segment, columns: 2)
/// while try cursor.nextTerm() {
///     while try cursor.doclist.decode(into: batch) > 0 { … }
/// }
/// ```
///
/// A term is its key as stored: the byte `0` (``FTS5Key/mainIndex``) and the token, or `1` and on for prefix indexes.
/// Terms ascend by their bytes. Not for use from two threads at a time; it and its doclist own 8 KB and more.
public final class SegmentCursor {
    /// Postings of the present term. Reading them to the end is not needed before the next term.
    public let doclist: DoclistCursor
    /// The present term's key. Empty before the first and after the last.
    @exclusivity(unchecked) public internal(set) var term: [UInt8] = []
    @exclusivity(unchecked) var isStarted = false

    /// A cursor before the first term of `segment`, in an index of a table with `columns` columns.
    public init(source: any FTS5DataSource, segment: FTS5Structure.Segment, columns: Int) {
        precondition(columns > 0)
        doclist = DoclistCursor(source: source, segment: segment, columns: columns)
    }

    /// Moves to the next term.
    ///
    /// - Returns: false after the last term.
    /// - Complexity: O(bytes of the term), plus the pages left of the doclist before.
    public func nextTerm() throws -> Bool {
        doclist.isOpen = false
        if !isStarted {
            guard !doclist.segment.isEmpty else { return false }
            try doclist.load(doclist.segment.firstPage)
            isStarted = true
        }
        while let leaf = doclist.page {
            if doclist.nextTermOffset < leaf.contentEnd {
                try readTerm(on: leaf)
                return true
            }
            guard doclist.pageNumber < doclist.segment.lastPage else { break }
            try doclist.load(doclist.pageNumber + 1)
        }
        term.removeAll(keepingCapacity: true)
        return false
    }

    /// About how many bytes of the segment lie before the present term's postings, none of which was read: what the next term has
    /// more is about their size, found without a look at them. Pages count as full.
    package var bytesBefore: Int { doclist.pageNumber * Self.usualPage + doclist.offset }

    /// Bytes of a page, unless a table was made with another size.
    private static let usualPage = 4_050

    /// Reads the term that begins at `doclist.nextTermOffset` and opens its doclist.
    private func readTerm(on leaf: LeafPage) throws {
        let start = doclist.nextTermOffset
        doclist.passTerm(on: leaf)
        let head = try termHead(on: leaf, at: start)
        let suffix = UnsafeRawBufferPointer(rebasing: leaf.bytes[head.suffix])
        // An empty `term` only stands before the first one, where nothing has to be greater: a key begins with its index's byte.
        guard term.isEmpty ? !suffix.isEmpty : suffix.isAfter(term, from: head.shared) else {
            throw doclist.damaged(.termsOutOfOrder, at: start)
        }
        term.removeSubrange(head.shared...)
        term.append(contentsOf: suffix)
        doclist.open(at: head.suffix.upperBound, indexPage: nil)
    }

    struct TermHead {
        /// Bytes as in the term before.
        var shared: Int
        /// Where the bytes of its own stand.
        var suffix: Range<Int>
    }

    /// Reads the sizes of the term at `start`, whose doclist ends at `doclist.nextTermOffset`.
    func termHead(on leaf: LeafPage, at start: Int, previous: Int? = nil) throws -> TermHead {
        // Safety: start < contentEnd, and the padding behind the page is longer than two varints.
        assert(start < leaf.contentEnd && doclist.nextTermOffset <= leaf.contentEnd)
        let base = leaf.bytes.baseAddress!
        var pointer = base + start
        let isFirst = start == leaf.firstTermOffset
        let shared = isFirst ? 0 : Varint.decode(&pointer)
        let size = Varint.decode(&pointer)
        let suffix = pointer - base
        guard shared <= UInt64(previous ?? term.count), suffix <= doclist.nextTermOffset,
            size <= UInt64(doclist.nextTermOffset - suffix),
            shared + size <= UInt64(SegmentWriter.maximumKeyLength)
        else { throw doclist.damaged(.termOutOfRange, at: start) }
        return TermHead(shared: Int(shared), suffix: suffix..<suffix + Int(size))
    }
}

extension UnsafeRawBufferPointer {
    /// Whether a term that goes on with these bytes after the first `shared` of `previous` is greater than it.
    func isAfter(_ previous: [UInt8], from shared: Int) -> Bool {
        let common = Swift.min(count, previous.count - shared)
        for index in 0..<common where self[index] != previous[shared + index] {
            return self[index] > previous[shared + index]
        }
        return count > previous.count - shared
    }
}
