import Postings

/// Writes one segment: terms in order, each with its postings in order of row id.
///
/// ```swift
/// let writer = SegmentWriter(sink: sink, segment: id, pageSize: 4050)
/// for term in terms {
///     writer.begin(term.key)
///     try writer.append(PostingRun(firstRowID: 7, lastRowID: 11, bytes: term.bytes))
/// }
/// if let segment = try writer.finish() { structure.add(segment, level: 0) }
/// ```
///
/// The pages are such that FTS5 reads, merges and checks them as its own. They differ from what FTS5 would write in one
/// choice: a short posting that no longer fits on a page goes to the next one whole, which costs some bytes a page and
/// spares readers the putting together. Not for use from two threads at a time.
public final class SegmentWriter {
    /// The least and greatest page size; FTS5 itself takes 32 to 65,536, but a page's offsets have 16 bits.
    public static let pageSizes = 32...65_500
    /// The longest key: FTS5 cuts tokens to 32,768 bytes.
    public static let maximumKeyLength = 32_769
    /// Leaf pages in a row without a term that make a doclist index worth writing; FTS5's number.
    static let pagesForIndex = 4

    private let sink: any FTS5DataSink
    /// Doclist indexes, whose records stand behind all leaf pages: written last, so that records are put in their order and
    /// the table's b-tree grows at its end alone.
    private let indexPages = DeferredPages()
    private let segment: SegmentID
    private let pageSize: Int
    /// A posting up to this size is not cut by the end of a page.
    private let wholePostingSize: Int

    // No access to these outlives a statement, so their exclusivity needs no check at run time.
    @exclusivity(unchecked) private var page: LeafPageWriter
    @exclusivity(unchecked) private var pageNumber = 1
    private var index: DoclistIndexWriter
    @exclusivity(unchecked) private var termlessPages = 0

    // The `%_idx` row that waits until it is known whether its last term has a doclist index.
    @exclusivity(unchecked) private var entryTerm: [UInt8] = []
    @exclusivity(unchecked) private var entryPage = 1

    @exclusivity(unchecked) private var term: [UInt8] = []
    @exclusivity(unchecked) private var pendingTerm: [UInt8] = []
    @exclusivity(unchecked) private var isTermPending = false
    @exclusivity(unchecked) private var isDoclistStart = true
    @exclusivity(unchecked) private var previousRow: Int64 = 0

    /// Starts segment `segment`. A page size outside ``pageSizes`` is moved to the nearer end.
    public init(sink: any FTS5DataSink, segment: SegmentID, pageSize: Int) {
        self.sink = sink
        self.segment = segment
        self.pageSize = min(max(pageSize, Self.pageSizes.lowerBound), Self.pageSizes.upperBound)
        wholePostingSize = self.pageSize / 16
        page = LeafPageWriter(pageSize: self.pageSize)
        index = DoclistIndexWriter(segment: segment, pageSize: self.pageSize)
    }

    /// Starts the term `key`, which is greater than the one before. A term that gets no posting is not written.
    ///
    /// Traps when terms do not ascend or when a key is longer than ``maximumKeyLength``.
    public func begin(_ key: UnsafeRawBufferPointer) {
        precondition(key.count <= Self.maximumKeyLength, "a key of \(key.count) bytes")
        pendingTerm.removeAll(keepingCapacity: true)
        pendingTerm.append(contentsOf: key)
        isTermPending = true
    }

    /// Starts the term `key`; see ``begin(_:)-(UnsafeRawBufferPointer)``.
    public func begin(_ key: [UInt8]) { key.withUnsafeBytes { begin($0) } }

    /// Appends postings of the present term as they are; row ids ascend from one run to the next.
    ///
    /// - Complexity: one copy when the run fits on the page; else a look at each posting, and a copy for each page.
    public func append(_ run: PostingRun) throws {
        assert(isTermPending || isDoclistStart || run.firstRowID > previousRow, "row ids do not ascend")
        if !isTermPending, page.size + Varint.length(of: rowValue(run.firstRowID)) + run.bytes.count <= pageSize {
            try putWhole(run)
        } else if isTermPending, page.size + pendingTermSize + Varint.maximumLength + run.bytes.count <= pageSize {
            try putTerm()
            try putWhole(run)
        } else {
            try appendByPosting(run)
        }
    }

    /// Puts a run that fits on the page.
    private func putWhole(_ run: PostingRun) throws {
        try putRowID(run.firstRowID)
        page.append(run.bytes)
        previousRow = run.lastRowID
    }

    /// Appends one posting of the present term from its positions, which ascend.
    public func append(rowID: Int64, isDelete: Bool = false, positions: [Position]) throws {
        var bytes: [UInt8] = []
        PositionWriter.append(positions, isDelete: isDelete, to: &bytes)
        try bytes.withUnsafeBytes { try append(PostingRun(firstRowID: rowID, lastRowID: rowID, bytes: $0)) }
    }

    /// Writes what is left.
    ///
    /// - Returns: the segment for the structure record, or nil when no posting was appended. Then nothing was written.
    public func finish() throws -> FTS5Structure.Segment? {
        if !page.isEmpty { try turnPage() }
        guard pageNumber > 1 else { return nil }
        try putEntry()
        try indexPages.write(to: sink)
        return FTS5Structure.Segment(id: segment, lastPage: pageNumber - 1)
    }

    /// Copies `run` to as many pages as it takes, as many whole postings at a time as a page holds.
    private func appendByPosting(_ run: PostingRun) throws {
        guard let start = run.bytes.baseAddress else { return }
        let end = start + run.bytes.count
        var row = run.firstRowID
        var posting = start
        while true {
            var list = posting
            let size = Int(clamping: Self.varint(&list, end) >> 1)
            precondition(size <= end - list, "a posting reaches past its run")
            try makeRoom(row, header: list - posting, poslist: size)
            try putRowID(row)
            let limit = pageSize - page.size
            var stop = list + size
            if stop - posting > limit {
                page.append(UnsafeRawBufferPointer(start: posting, count: list - posting))
                try putPoslist(UnsafeRawBufferPointer(start: list, count: size))
            } else {
                while stop < end {
                    var cursor = stop
                    let delta = Self.varint(&cursor, end)
                    let size = Int(clamping: Self.varint(&cursor, end) >> 1)
                    guard size <= end - cursor, cursor + size - posting <= limit else { break }
                    stop = cursor + size
                    row &+= Int64(bitPattern: delta)
                }
                page.append(UnsafeRawBufferPointer(start: posting, count: stop - posting))
            }
            previousRow = row
            guard stop < end else { break }
            row &+= Int64(bitPattern: Self.varint(&stop, end))
            posting = stop
        }
        assert(row == run.lastRowID, "the run says that it ends at row \(run.lastRowID), but it does at \(row)")
        previousRow = run.lastRowID
    }

    /// Reads a number of a run, which is the caller's own work: one that is cut off is a programmer's error.
    @inline(__always)
    private static func varint(_ pointer: inout UnsafeRawPointer, _ end: UnsafeRawPointer) -> UInt64 {
        // Safety: `decode` is only used where it cannot pass `end`.
        if end - pointer >= Varint.maximumLength { return Varint.decode(&pointer) }
        var offset = 0
        guard let value = Varint.read(UnsafeRawBufferPointer(start: pointer, count: end - pointer), at: &offset) else {
            preconditionFailure("a run of postings ends inside a number")
        }
        pointer += offset
        return value
    }

    /// What the term that waits takes at most: sizes of the shared and the own part up to three bytes each, the footer's entry
    /// three as well.
    private var pendingTermSize: Int { pendingTerm.count + 9 }

    /// Turns the page, and puts the term that waits, so that a posting's row id and size fit on the page; and the whole
    /// posting, when it is short.
    private func makeRoom(_ row: Int64, header: Int, poslist: Int) throws {
        let posting = header + (poslist <= wholePostingSize ? poslist : 0)
        if isTermPending {
            if !page.isEmpty, page.size + pendingTermSize + Varint.maximumLength + posting > pageSize { try turnPage() }
            try putTerm()
        }
        if !page.isEmpty, page.size + Varint.length(of: rowValue(row)) + posting > pageSize { try turnPage() }
    }

    /// The number that stands for `row` here: itself at the beginning of a doclist and of a page, else a delta.
    @inline(__always)
    private func rowValue(_ row: Int64) -> UInt64 {
        UInt64(bitPattern: isDoclistStart || !page.hasRowID ? row : row &- previousRow)
    }

    @inline(__always)
    private func putRowID(_ row: Int64) throws {
        let value = rowValue(row)
        if !page.hasRowID { try index.add(row, leaf: pageNumber, root: entryPage, to: indexPages) }
        page.appendRowID(value)
        isDoclistStart = false
    }

    private func putTerm() throws {
        isTermPending = false
        var shared = 0
        let limit = min(term.count, pendingTerm.count)
        while shared < limit, term[shared] == pendingTerm[shared] { shared += 1 }
        precondition(
            shared < pendingTerm.count && (shared == term.count || term[shared] < pendingTerm[shared])
                || term.isEmpty && pageNumber == 1 && page.isEmpty,
            "terms do not ascend")
        if !page.hasTerm, pageNumber > 1 {
            // The shortest key that is greater than the term before and not greater than this one.
            try putEntry()
            entryTerm = Array(pendingTerm[...shared])
            entryPage = pageNumber
        }
        pendingTerm.withUnsafeBytes { page.appendTerm($0, shared: page.hasTerm ? shared : 0) }
        swap(&term, &pendingTerm)
        isDoclistStart = true
    }

    /// Writes the `%_idx` row that waits, and the doclist index of its page's last term if that is long.
    private func putEntry() throws {
        let hasIndex = !index.isEmpty && termlessPages >= Self.pagesForIndex
        try index.finish(keeping: hasIndex, to: indexPages)
        termlessPages = 0
        let page = Int64(entryPage) << 1 | (hasIndex ? 1 : 0)
        try entryTerm.withUnsafeBytes { try sink.putIndexEntry(of: segment, term: $0, page: page) }
    }

    /// Puts a poslist of which not all fits, a piece a page, cut between numbers.
    private func putPoslist(_ poslist: UnsafeRawBufferPointer) throws {
        var rest = poslist
        while page.size + rest.count > pageSize {
            var piece = max(0, pageSize - page.size)
            // A number's last byte is the one below 0x80. On an empty page at least one number goes, to get on at all.
            while piece > 0, rest[piece - 1] >= 0x80 { piece -= 1 }
            if piece == 0, page.isEmpty { piece = (rest.firstIndex { $0 < 0x80 } ?? rest.count - 1) + 1 }
            page.append(UnsafeRawBufferPointer(rebasing: rest[..<piece]))
            rest = UnsafeRawBufferPointer(rebasing: rest[piece...])
            guard !rest.isEmpty else { return }
            try turnPage()
        }
        page.append(rest)
    }

    private func turnPage() throws {
        precondition(pageNumber < FTS5DataID.maximumPage)
        if !page.hasTerm {
            if !page.hasRowID { index.addPageWithoutRow() }
            termlessPages += 1
        }
        try sink.put(.leaf(segment, page: pageNumber), page.finished())
        page.reset()
        pageNumber += 1
    }
}

/// Records that are kept until others have been written.
final class DeferredPages: FTS5DataSink {
    private var records: [(id: FTS5DataID, bytes: [UInt8])] = []

    func put(_ id: FTS5DataID, _ bytes: UnsafeRawBufferPointer) { records.append((id, Array(bytes))) }

    func putIndexEntry(of segment: SegmentID, term: UnsafeRawBufferPointer, page: Int64) {
        preconditionFailure("rows of %_idx are not deferred")
    }

    func remove(_ segment: SegmentID) { preconditionFailure("a segment that is being written is not removed") }

    /// Writes the records in the order of their ids.
    func write(to sink: some FTS5DataSink) throws {
        records.sort { $0.id.rawValue < $1.id.rawValue }
        for (id, bytes) in records { try bytes.withUnsafeBytes { try sink.put(id, $0) } }
        records = []
    }
}
