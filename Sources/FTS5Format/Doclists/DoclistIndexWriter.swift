import Postings

/// Builds the doclist index of the last term of a leaf page; see ``DoclistIndexReader`` for the grammar.
///
/// Rows are added while the doclist is written, before it is known whether it gets long enough to need an index, so
/// pages that are not full are kept until ``finish(keeping:to:)``.
struct DoclistIndexWriter {
    private struct Level {
        var page: Int
        var bytes: [UInt8] = []
        var previous: Int64 = 0
        var first: Int64 = 0
    }

    private let segment: SegmentID
    private let pageSize: Int
    private var levels: [Level] = []

    init(segment: SegmentID, pageSize: Int) {
        self.segment = segment
        self.pageSize = pageSize
    }

    /// Whether a row was added.
    var isEmpty: Bool { levels.isEmpty }

    /// Notes that leaf page `leaf` begins with row `rowID`; the index is of the last term on page `root`.
    mutating func add(_ rowID: Int64, leaf: Int, root: Int, to sink: some FTS5DataSink) throws {
        if levels.isEmpty { levels.append(Level(page: root)) }
        var child = leaf
        var height = 0
        while true {
            let isFull = levels[height].bytes.count >= pageSize
            if isFull { try turnPage(height, to: sink) }
            append(rowID, child: child, height: height)
            guard isFull else { return }
            child = levels[height].page
            height += 1
        }
    }

    /// Appends an entry to the page at `height`, which begins with it when it is empty.
    private mutating func append(_ rowID: Int64, child: Int, height: Int) {
        if levels[height].bytes.isEmpty {
            levels[height].bytes = [0]
            Varint.append(UInt64(child), to: &levels[height].bytes)
            Varint.append(UInt64(bitPattern: rowID), to: &levels[height].bytes)
            levels[height].first = rowID
        } else {
            Varint.append(UInt64(bitPattern: rowID &- levels[height].previous), to: &levels[height].bytes)
        }
        levels[height].previous = rowID
    }

    /// Writes the full page at `height`, which thereby is no root, and starts the next one beside it.
    private mutating func turnPage(_ height: Int, to sink: some FTS5DataSink) throws {
        precondition(height < FTS5DataID.maximumHeight)
        if height + 1 == levels.count {
            levels.append(Level(page: levels[height].page))
            append(levels[height].first, child: levels[height].page, height: height + 1)
        }
        levels[height].bytes[0] = 1
        try write(height, to: sink)
        levels[height].bytes.removeAll(keepingCapacity: true)
        levels[height].page += 1
    }

    /// Notes that a leaf page has no row id, which only matters behind a first one that has.
    mutating func addPageWithoutRow() {
        guard !levels.isEmpty else { return }
        levels[0].bytes.append(0)
    }

    /// Writes the pages that are left, or forgets them all, and begins anew.
    mutating func finish(keeping isKept: Bool, to sink: some FTS5DataSink) throws {
        if isKept {
            for height in levels.indices {
                levels[height].bytes[0] = height + 1 == levels.count ? 0 : 1
                try write(height, to: sink)
            }
        }
        levels.removeAll(keepingCapacity: true)
    }

    private func write(_ height: Int, to sink: some FTS5DataSink) throws {
        let id = FTS5DataID.doclistIndex(segment, height: height, page: levels[height].page)
        try levels[height].bytes.withUnsafeBytes { try sink.put(id, $0) }
    }
}
