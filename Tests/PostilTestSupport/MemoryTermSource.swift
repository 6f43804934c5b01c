import FTS5Format
import Postings

/// A sorted run in memory as a source of terms, and the map that merging is compared with.
public final class MemoryTermSource: TermSource {
    /// One posting of a term.
    public struct Posting: Equatable {
        /// Its row.
        public var rowID: Int64
        /// Its delete flag.
        public var isDelete: Bool
        /// Its positions, ascending.
        public var positions: [Position]

        /// Sets all parts.
        public init(rowID: Int64, isDelete: Bool = false, positions: [Position]) {
            self.rowID = rowID
            self.isDelete = isDelete
            self.positions = positions
        }
    }

    private let terms: [(key: [UInt8], postings: [Posting])]
    private var place = -1
    private var posting = -1
    private var bytes: [UInt8] = []
    private let buffer = FTS5DataBuffer()

    /// Terms in any order, postings in order of row id.
    public init(_ terms: [[UInt8]: [Posting]]) {
        self.terms = terms.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
    }

    /// See ``TermSource``.
    public var term: [UInt8] { terms[place].key }
    /// See ``TermSource``.
    public var isDelete: Bool { terms[place].postings[posting].isDelete }

    /// See ``TermSource``.
    public func nextTerm() -> Bool {
        place += 1
        posting = -1
        return place < terms.count
    }

    /// See ``TermSource``.
    public func nextPosting() -> Int64? {
        posting += 1
        let postings = terms[place].postings
        return posting < postings.count ? postings[posting].rowID : nil
    }

    /// See ``TermSource``.
    public func run(through last: Int64) -> PostingRun {
        let postings = terms[place].postings
        let first = postings[posting]
        bytes.removeAll()
        PositionWriter.append(first.positions, isDelete: first.isDelete, to: &bytes)
        while !first.isDelete, posting + 1 < postings.count, !postings[posting + 1].isDelete,
            postings[posting + 1].rowID <= last
        {
            Varint.append(UInt64(postings[posting + 1].rowID - postings[posting].rowID), to: &bytes)
            posting += 1
            PositionWriter.append(postings[posting].positions, to: &bytes)
        }
        bytes.withUnsafeBytes { buffer.fill(copying: $0) }
        return PostingRun(firstRowID: first.rowID, lastRowID: postings[posting].rowID, bytes: buffer.bytes)
    }
}

/// What a merge of `newestFirst` has to give: a map filled from the oldest to the newest. The slow twin of
/// ``SegmentMerger``.
public func referenceMerge(
    newestFirst: [[[UInt8]: [MemoryTermSource.Posting]]], intoOldest: Bool
) -> [[UInt8]: [MemoryTermSource.Posting]] {
    var merged: [[UInt8]: [Int64: MemoryTermSource.Posting]] = [:]
    for source in newestFirst.reversed() {
        for (key, postings) in source {
            for posting in postings { merged[key, default: [:]][posting.rowID] = posting }
        }
    }
    return merged.compactMapValues { rows in
        var postings = rows.values.sorted { $0.rowID < $1.rowID }
        if intoOldest {
            postings.removeAll { $0.positions.isEmpty }
            for index in postings.indices { postings[index].isDelete = false }
        }
        return postings.isEmpty ? nil : postings
    }
}
