import FTS5Format
import Postings

/// The sealed runs of several inverters, and the parts of each, seen as one: their terms in order, each with its postings in order of
/// documents.
///
/// Each document is in one of the runs, so that postings interleave but never meet; but where a run was put aside inside of a
/// document, the next part goes on with it, and what both have of a term is joined. Reading is safe from several threads.
struct RunMerge {
    /// A term's place in one of the runs.
    private struct Part {
        var run: UInt32
        var term: UInt32
    }

    private let runs: [SealedRun]
    private var parts: [Part] = []
    /// For each term, where its parts end.
    private var ends: [UInt32] = []

    /// Merges the terms of `runs`.
    ///
    /// - Complexity: O(runs) comparisons of eight bytes a term.
    init(_ runs: [RunInverter]) {
        let runs = runs.flatMap(\.sealed)
        self.runs = runs
        // The next term of each run that has one.
        var heads = runs.map { $0.count > 0 ? $0.key(at: 0) : nil }
        var places = [Int](repeating: 0, count: runs.count)
        parts.reserveCapacity(runs.map(\.count).max() ?? 0)
        while true {
            var best: (run: Int, key: SealedRun.TermKey)?
            for (run, head) in heads.enumerated() {
                guard let head else { continue }
                guard let current = best, compare(head, of: run, current.key, of: current.run) >= 0 else {
                    best = (run, head)
                    continue
                }
            }
            guard let best else { return }
            for run in best.run..<runs.count {
                guard let key = heads[run], run == best.run || compare(key, of: run, best.key, of: best.run) == 0
                else { continue }
                parts.append(Part(run: UInt32(run), term: key.term))
                places[run] += 1
                heads[run] = places[run] < runs[run].count ? runs[run].key(at: places[run]) : nil
            }
            ends.append(UInt32(parts.count))
        }
    }

    /// Number of different terms.
    var count: Int { ends.count }

    /// The bytes of a term.
    func name(of index: Int) -> UnsafeBufferPointer<UInt8> {
        let part = parts[start(of: index)]
        return runs[Int(part.run)].name(of: part.term)
    }

    /// Documents that have a term.
    func postingCount(of index: Int) -> Int {
        var count = 0
        var previous: Int64?
        for part in parts[range(of: index)] {
            let postings = postings(of: part)
            count += postings.count - (postings.first == previous ? 1 : 0)
            previous = postings.last
        }
        return count
    }

    /// Hands out the postings of a term in order, in pieces as long as they come from one run.
    func forEachRun(of index: Int, _ body: (PostingRun) throws -> Void) rethrows {
        let range = range(of: index)
        if range.count == 1 {
            let postings = postings(of: parts[range.lowerBound])
            return try body(
                PostingRun(firstRowID: postings.first, lastRowID: postings.last, bytes: postings.bytes))
        }
        try forEachWalk(in: range) { walk, limit in try body(walk.run(before: limit)) }
    }

    /// Hands out the postings of a term in order, one by one: document and positions, which have padding behind them.
    @inline(__always)
    func forEachPosting(of index: Int, _ body: (_ document: Int64, _ positions: UnsafeRawBufferPointer) -> Void) {
        forEachWalk(in: range(of: index)) { walk, limit in walk.forEach(before: limit, body) }
    }

    /// Lets `body` take the next postings of one walk after the other, those below a document.
    @inline(__always)
    private func forEachWalk(
        in range: Range<Int>, _ body: (_ walk: inout DoclistWalk, _ limit: Int64) throws -> Void
    ) rethrows {
        var walks = parts[range].map { DoclistWalk(postings(of: $0)) }
        while true {
            var best = -1
            var limit = Int64.max
            for (index, walk) in walks.enumerated() where !walk.isAtEnd {
                if best < 0 || walk.row < walks[best].row {
                    if best >= 0 { limit = min(limit, walks[best].row) }
                    best = index
                } else {
                    limit = min(limit, walk.row)
                }
            }
            guard best >= 0 else { return }
            let row = walks[best].row
            if limit > row {
                try body(&walks[best], limit)
                continue
            }
            var joined = JoinedPosting()
            for index in walks.indices where !walks[index].isAtEnd && walks[index].row == row {
                walks[index].forEach(before: row + 1) { joined.append($1) }
            }
            try joined.withPosting { bytes in
                var walk = DoclistWalk(SealedRun.Postings(first: row, last: row, count: 1, bytes: bytes))
                try body(&walk, .max)
            }
        }
    }

    private func postings(of part: Part) -> SealedRun.Postings {
        runs[Int(part.run)].postings(of: part.term)
    }

    private func start(of index: Int) -> Int { index == 0 ? 0 : Int(ends[index - 1]) }

    private func range(of index: Int) -> Range<Int> { start(of: index)..<Int(ends[index]) }

    private func compare(_ left: SealedRun.TermKey, of leftRun: Int, _ right: SealedRun.TermKey, of rightRun: Int)
        -> Int
    {
        if left.prefix != right.prefix { return left.prefix < right.prefix ? -1 : 1 }
        let (first, second) = (runs[leftRun].name(of: left.term), runs[rightRun].name(of: right.term))
        if first.lexicographicallyPrecedes(second) { return -1 }
        return second.lexicographicallyPrecedes(first) ? 1 : 0
    }
}

/// A walk over one run's postings of a term.
private struct DoclistWalk {
    /// Document of the next posting.
    var row: Int64
    /// Where its poslist begins.
    private var next: UnsafeRawPointer
    private let end: UnsafeRawPointer

    init(_ postings: SealedRun.Postings) {
        row = postings.first
        // An empty buffer has an address here: every term in a run has a posting.
        next = postings.bytes.baseAddress!
        end = next + postings.bytes.count
    }

    var isAtEnd: Bool { next == end }

    /// The postings below document `limit`, of which there is at least one; then stands behind them.
    mutating func run(before limit: Int64) -> PostingRun {
        let (first, start) = (row, next)
        var (last, stop) = (row, next)
        forEach(before: limit) { document, positions in
            last = document
            stop = UnsafeRawPointer(positions.baseAddress.unsafelyUnwrapped) + positions.count
        }
        return PostingRun(
            firstRowID: first, lastRowID: last, bytes: UnsafeRawBufferPointer(start: start, count: stop - start))
    }

    /// Hands out the postings below document `limit`, of which there is at least one; then stands behind them.
    @inline(__always)
    mutating func forEach(before limit: Int64, _ body: (_ document: Int64, _ positions: UnsafeRawBufferPointer) -> Void)
    {
        var (row, next) = (row, next)
        repeat {
            // Safety: the table wrote whole postings, and more memory of its arena follows the last one.
            let size = Int(Varint.decode(&next) >> 1)
            assert(size <= end - next)
            body(row, UnsafeRawBufferPointer(start: next, count: size))
            next += size
            guard next < end else { break }
            row += Int64(Varint.decode(&next))
        } while row < limit
        (self.row, self.next) = (row, next)
    }
}
