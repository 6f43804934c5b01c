import Dispatch
import FTS5Format
import Postings
import Ranking
import Synchronization

/// Makes the score grids of a run from its postings in memory, on several threads.
///
/// Equivalent to ``TermGridBuilder`` over the segment's pages once it is written.
final class RunGrids: @unchecked Sendable {
    // Safety: the run is only read while grids are made, and all else is constant or synchronised.
    private let merge: RunMerge
    private let lengths: [UInt32]
    private let blocks: BlockSegment
    /// The terms that are frequent enough.
    private let terms: [Int]
    private let next = Atomic(0)
    private let grids: Mutex<[[UInt8]]>

    /// Prepares the grids of `merge`.
    ///
    /// - Parameter lengths: Tokens of each document of the segment, from its first one on.
    init(_ merge: RunMerge, lengths: [UInt32], blocks: BlockSegment) {
        self.merge = merge
        self.lengths = lengths
        self.blocks = blocks
        let fewest = ScoreGridUpdate.fewestPostings(in: blocks)
        terms = (0..<merge.count).filter { merge.postingCount(of: $0) >= fewest }
        grids = Mutex(Array(repeating: [], count: terms.count))
    }

    /// Runs `body`, which may read the run as well, beside `helpers` threads that make grids; then makes what is left.
    func make<Value>(
        helpers: Int, beside body: () throws -> Value
    ) rethrows -> (value: Value, grids: [(term: UnsafeBufferPointer<UInt8>, grid: [UInt8])]) {
        let group = DispatchGroup()
        for _ in 0..<helpers { DispatchQueue.global().async(group: group) { self.work() } }
        defer { group.wait() }
        let value = try body()
        work()
        group.wait()
        let made = grids.withLock { $0 }
        return (value, zip(terms, made).map { (merge.name(of: $0), $1) })
    }

    private func work() {
        var writer = TermGridWriter(firstBlock: blocks.firstBlock, blockCount: blocks.blockCount)
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < terms.count else { return }
            merge.forEachRun(of: terms[index]) { append($0, to: &writer) }
            let grid = writer.finish()
            grids.withLock { $0[index] = grid }
        }
    }

    private func append(_ run: PostingRun, to writer: inout TermGridWriter) {
        guard var next = run.bytes.baseAddress else { return }
        let end = next + run.bytes.count
        let formula = blocks.boundFormula
        var document = run.firstRowID
        while true {
            // Safety: the posting table wrote whole postings, and more memory of its arena follows the last one.
            let size = Int(Varint.decode(&next) >> 1)
            assert(size <= end - next)
            let (title, body) = Self.frequencies(UnsafeRawBufferPointer(start: next, count: size))
            let frequency = formula.weightedFrequency(titleFrequency: title, bodyFrequency: body)
            let length = lengths[Int(document - blocks.documents.lowerBound)]
            writer.append(
                document: document, titleFrequency: title, bodyFrequency: body,
                part: formula.part(weightedFrequency: frequency, length: length))
            next += size
            guard next < end else { return }
            document += Int64(Varint.decode(&next))
        }
    }

    /// Positions in body and title: the bytes below 0x80, each of which ends a number, before and behind the mark `01 01`.
    @inline(__always)
    private static func frequencies(_ poslist: UnsafeRawBufferPointer) -> (title: UInt32, body: UInt32) {
        var body: UInt32 = 0
        var index = 0
        var startsNumber = true
        while index < poslist.count {
            let byte = poslist[index]
            if startsNumber, byte == 1 { break }
            startsNumber = byte < 0x80
            body += startsNumber ? 1 : 0
            index += 1
        }
        var title: UInt32 = 0
        index += 2
        while index < poslist.count {
            title += poslist[index] < 0x80 ? 1 : 0
            index += 1
        }
        return (title, body)
    }
}
