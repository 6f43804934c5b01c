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

    /// How many terms ahead it is fetched from memory where a term's name and postings are, and these themselves.
    private static let fetchDistance = 16
    private static let contentFetchDistance = 8

    private let runs: [SealedRun]
    /// Of each run, what is fetched from memory.
    private let tables: [SealedRun.Tables?]
    private var parts: [Part] = []
    /// For each term, where its parts end.
    private var ends: [UInt32] = []
    /// For each term, the sum of its parts' postings: the documents that have it, and once more those inside of which a run was put
    /// aside.
    private var counts: [UInt32] = []

    /// Merges the terms of `runs`.
    ///
    /// - Complexity: O(runs) comparisons of eight bytes a term.
    init(_ runs: [RunInverter]) {
        let runs = runs.flatMap(\.sealed)
        self.runs = runs
        tables = runs.map(\.tables)
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
            var count: UInt32 = 0
            for run in best.run..<runs.count {
                guard let key = heads[run], run == best.run || compare(key, of: run, best.key, of: best.run) == 0
                else { continue }
                parts.append(Part(run: UInt32(run), term: key.term))
                count += key.count
                places[run] += 1
                heads[run] = places[run] < runs[run].count ? runs[run].key(at: places[run]) : nil
            }
            ends.append(UInt32(parts.count))
            counts.append(count)
        }
    }

    /// Number of different terms.
    var count: Int { ends.count }

    /// The bytes of a term.
    func name(of index: Int) -> UnsafeBufferPointer<UInt8> {
        let part = parts[start(of: index)]
        return runs[Int(part.run)].name(of: part.term)
    }

    /// The terms that at least `fewest` documents have.
    func terms(inAtLeast fewest: Int) -> [Int] {
        counts.indices.filter { Int(counts[$0]) >= fewest && postingCount(of: $0) >= fewest }
    }

    /// Documents that have a term.
    private func postingCount(of index: Int) -> Int {
        var count = 0
        var previous: Int64?
        for part in parts[range(of: index)] {
            let postings = postings(of: part)
            count += postings.count - (postings.first == previous ? 1 : 0)
            previous = postings.last
        }
        return count
    }

    /// Asks for memory that terms behind the one at `index` will need, each in turn: reading them in order goes here and there in
    /// the tables, in which they stand as they came.
    func fetch(behind index: Int) {
        let (places, contents) = (index + Self.fetchDistance, index + Self.contentFetchDistance)
        if places < count {
            for part in parts[range(of: places)] { tables[Int(part.run)]?.fetchPlace(of: part.term) }
        }
        if contents < count {
            for part in parts[range(of: contents)] { tables[Int(part.run)]?.fetchContent(of: part.term) }
        }
    }

    /// Hands out the postings of a term in order, in pieces as long as they come from one run.
    func forEachRun(of index: Int, _ body: (PostingRun) throws -> Void) rethrows {
        let range = range(of: index)
        if range.count == 1 {
            let postings = postings(of: parts[range.lowerBound])
            return try body(
                PostingRun(firstRowID: postings.first, lastRowID: postings.last, bytes: postings.bytes))
        }
        var pieces = MergedPostings(walks(of: index))
        while let run = pieces.nextRun() { try body(run) }
    }

    /// The postings of a term in order, one by one.
    func postings(of index: Int) -> MergedPostings { MergedPostings(walks(of: index)) }

    private func walks(of index: Int) -> [DoclistWalk] { parts[range(of: index)].map { DoclistWalk(postings(of: $0)) } }

    private func postings(of part: Part) -> SealedRun.Postings {
        runs[Int(part.run)].postings(of: part.term)
    }

    private func start(of index: Int) -> Int { index == 0 ? 0 : Int(ends[index - 1]) }

    private func range(of index: Int) -> Range<Int> { start(of: index)..<Int(ends[index]) }

    private func compare(_ left: SealedRun.TermKey, of leftRun: Int, _ right: SealedRun.TermKey, of rightRun: Int)
        -> Int
    {
        if left.prefix != right.prefix { return left.prefix < right.prefix ? -1 : 1 }
        // No term has a zero byte: both are shorter than what was compared.
        if left.prefix & 0xFF == 0 { return 0 }
        let (first, second) = (runs[leftRun].name(of: left.term), runs[rightRun].name(of: right.term))
        if first.lexicographicallyPrecedes(second) { return -1 }
        return second.lexicographicallyPrecedes(first) ? 1 : 0
    }
}
