import Postings

/// Finds the leaf page of a long doclist that a row is on: a small b-tree of first row ids.
///
/// ```
/// leaf := flags:u8 page:varint rowID:varint (delta:varint | 00)*    the page's first row id, then for each further
///                                                                   page the step to its first one; 00: it has none
/// node := flags:u8 page:varint rowID:varint delta:varint*           the same for pages of the height below
/// ```
///
/// Bit 0 of `flags` is clear at the root. A tree belongs to the last term of a leaf page and its pages are numbered
/// from that one's number at every height; the root is the one with that very number. ``SegmentWriter`` and FTS5
/// write it when at least four pages in a row hold nothing but that doclist. The page with the term itself is left
/// out; so are pages before the first that has a row id.
///
/// Worked example: pages 5, 6 and 8 begin with rows 300, 310 and 330, page 7 is one poslist:
/// `00 05 82 2C 0A 00 14`.
final class DoclistIndexReader {
    /// The first row id of a page.
    struct Entry: Equatable {
        var page: Int
        var rowID: Int64
    }

    private let source: any FTS5DataSource
    private let segment: FTS5Structure.Segment
    private let buffer = FTS5DataBuffer()
    /// What was read last at each height, the root's last.
    private var nodes: [Node] = []

    private struct Node {
        var page: Int
        var entries: [Entry]
    }

    /// Reads the root of the index that belongs to the last term of leaf page `page`.
    init(source: any FTS5DataSource, segment: FTS5Structure.Segment, page: Int) throws {
        self.source = source
        self.segment = segment
        for height in 0...FTS5DataID.maximumHeight {
            let (node, isRoot) = try node(page, height: height)
            nodes.append(node)
            if isRoot { return }
        }
        throw FTS5FormatError.corrupt(
            record: .doclistIndex(segment.id, height: FTS5DataID.maximumHeight, page: page), offset: 0,
            damage: .numberOutOfRange)
    }

    /// The last leaf page that begins, by its first row id, at or before `target`; nil if `target` is before them all.
    ///
    /// - Complexity: O(log entries) a height, plus reading a record where the last call was elsewhere.
    func lastPage(atOrBefore target: Int64) throws -> Entry? {
        var number = nodes[nodes.count - 1].page
        for height in nodes.indices.reversed() {
            if nodes[height].page != number { nodes[height] = try node(number, height: height).0 }
            let entries = nodes[height].entries
            var (low, high) = (0, entries.count)
            while low < high {
                let middle = (low + high) / 2
                if entries[middle].rowID <= target { low = middle + 1 } else { high = middle }
            }
            guard low > 0 else { return nil }
            if height == 0 { return entries[low - 1] }
            number = entries[low - 1].page
        }
        return nil
    }

    /// All pages with a first row id, ascending.
    ///
    /// - Complexity: O(pages), plus reading each record of the index once.
    func entries() throws -> [Entry] {
        var level = nodes[nodes.count - 1].entries
        for height in nodes.indices.dropLast().reversed() {
            var below: [Entry] = []
            for entry in level {
                let number = entry.page
                let entries =
                    nodes[height].page == number ? nodes[height].entries : try node(number, height: height).0.entries
                guard let first = entries.first, below.last.map({ $0.rowID < first.rowID }) ?? true else {
                    throw FTS5FormatError.corrupt(
                        record: .doclistIndex(segment.id, height: height, page: number), offset: 0,
                        damage: .rowIDsOutOfOrder)
                }
                below += entries
            }
            level = below
        }
        return level
    }

    /// Reads a page of the index and says whether it is the root.
    private func node(_ page: Int, height: Int) throws -> (Node, Bool) {
        let record = FTS5DataID.doclistIndex(segment.id, height: height, page: page)
        guard try source.read(record, into: buffer) else { throw FTS5FormatError.missing(record: record) }
        var reader = FTS5DataReader(buffer.bytes, record: record)
        guard let flags = buffer.bytes.first else { throw reader.error(.truncated) }
        reader.offset = 1
        let greatest = height == 0 ? segment.lastPage : FTS5DataID.maximumPage
        var entry = Entry(page: try reader.varint(in: 1...max(1, greatest)), rowID: 0)
        entry.rowID = Int64(bitPattern: try reader.varint())
        var entries = [entry]
        while !reader.isAtEnd {
            let delta = try reader.varint()
            entry.page += 1
            guard entry.page <= greatest else { throw reader.error(.numberOutOfRange) }
            if delta == 0, height == 0 { continue }
            let row = entry.rowID &+ Int64(bitPattern: delta)
            guard row > entry.rowID else { throw reader.error(.rowIDsOutOfOrder) }
            entry.rowID = row
            entries.append(entry)
        }
        return (Node(page: page, entries: entries), flags & 1 == 0)
    }
}
