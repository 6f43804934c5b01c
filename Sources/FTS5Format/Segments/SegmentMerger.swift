import Postings

/// Merges segments, or other sources of terms, into one segment, copying position lists as bytes.
///
/// Equivalent to: a map from term and row id to posting, filled from the oldest source to the newest, and written out
/// in order. Where sources know the same row of a term, the newest one is right.
public struct SegmentMerger {
    private let sources: [any TermSource]
    private let isOldest: Bool
    /// Indices of sources that have a term left, the root of a binary heap having the smallest term.
    private var heap: [Int] = []

    /// Prepares a merge of `newestFirst`, none of which has moved yet.
    ///
    /// - Parameter intoOldest: whether no older segment will remain besides the result. Then delete markers have
    ///   nothing left to void and are dropped; otherwise they are kept for the older segments' sake.
    public init(newestFirst: [any TermSource], intoOldest: Bool) {
        sources = newestFirst
        isOldest = intoOldest
    }

    /// Writes all terms to `writer`, whose ``SegmentWriter/finish()`` is left to the caller.
    ///
    /// - Parameter progress: called now and then with the number of terms written; what it throws ends the merge.
    /// - Complexity: O(log sources) a term and source that has it; postings are copied in runs as long as row ids of
    ///   different sources do not interleave, at O(sources) a run.
    public mutating func merge(into writer: SegmentWriter, progress: (Int) throws -> Void = { _ in }) throws {
        heap.removeAll()
        for source in sources.indices { try push(source) }
        var terms = 0
        var group: [Int] = []
        while let first = heap.first {
            group.removeAll(keepingCapacity: true)
            let term = sources[first].term
            while let next = heap.first, sources[next].term == term { group.append(pop()) }
            writer.begin(term)
            if group.count == 1 {
                try copy(sources[first], to: writer)
            } else {
                try mergePostings(group, to: writer)
            }
            for source in group { try push(source) }
            terms += 1
            if terms & 0xFFF == 0 { try progress(terms) }
        }
        try progress(terms)
    }

    /// Copies the doclist of one source.
    private func copy(_ source: any TermSource, to writer: SegmentWriter) throws {
        while try source.nextPosting() != nil { try write(source, through: .max, to: writer) }
    }

    /// Merges the doclists of several sources, given in order of age, the newest first.
    private func mergePostings(_ group: [Int], to writer: SegmentWriter) throws {
        var rows = try group.map { try sources[$0].nextPosting() }
        while true {
            // The smallest row, the newest source that has it, and the smallest row above it elsewhere.
            var chosen: Int?
            for (index, row) in rows.enumerated() {
                guard let row else { continue }
                if let best = chosen, let smallest = rows[best], smallest <= row { continue }
                chosen = index
            }
            guard let chosen, let smallest = rows[chosen] else { return }
            var limit = Int64.max
            for index in rows.indices where index != chosen {
                if rows[index] == smallest { rows[index] = try sources[group[index]].nextPosting() }
                if let row = rows[index] { limit = min(limit, row - 1) }
            }
            let source = sources[group[chosen]]
            try write(source, through: limit, to: writer)
            rows[chosen] = try source.nextPosting()
        }
    }

    /// Writes the present posting of `source`, and more up to row `last`, without what has become void.
    private func write(_ source: any TermSource, through last: Int64, to writer: SegmentWriter) throws {
        guard source.isDelete, isOldest else { return try writer.append(source.run(through: last)) }
        let run = try source.run(through: last)
        // A flagged posting is alone: its size, and its positions if the row got the term again.
        var offset = 0
        guard let size = Varint.read(run.bytes, at: &offset), size > 1 else { return }
        var bytes: [UInt8] = []
        Varint.append(size & ~1, to: &bytes)
        bytes += run.bytes[offset...]
        try bytes.withUnsafeBytes {
            try writer.append(PostingRun(firstRowID: run.firstRowID, lastRowID: run.lastRowID, bytes: $0))
        }
    }

    // MARK: - The heap

    /// Moves `source` to its next term and puts it back, unless it has none.
    private mutating func push(_ source: Int) throws {
        guard try sources[source].nextTerm() else { return }
        heap.append(source)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard isBefore(heap[child], heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the source with the smallest term, of equal ones the newest.
    private mutating func pop() -> Int {
        let top = heap[0]
        let last = heap.removeLast()
        guard !heap.isEmpty else { return top }
        heap[0] = last
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if isBefore(heap[child], heap[smallest]) { smallest = child }
            }
            guard smallest != parent else { return top }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        let (leftTerm, rightTerm) = (sources[left].term, sources[right].term)
        if leftTerm == rightTerm { return left < right }
        return leftTerm.lexicographicallyPrecedes(rightTerm)
    }
}
