import FTS5Format
import Postings
import Ranking
import Synchronization
import Threads

/// Makes the score grids of a run from its postings in memory, on several threads.
///
/// Equivalent to ``TermGridBuilder`` over the segment's pages once it is written.
final class RunGrids: @unchecked Sendable {
    // Safety: the run is only read while grids are made, and all else is constant or synchronised.
    let merge: RunMerge
    private let lengths: [DocumentLengths]
    private let blocks: BlockSegment
    /// The terms that are frequent enough.
    private let terms: [Int]
    private let next = Atomic(0)
    private let grids: Locked<[[UInt8]]>

    /// Prepares the grids of `merge`.
    ///
    /// - Parameter lengths: Those of each document of the segment, from its first one on.
    init(_ merge: RunMerge, lengths: [DocumentLengths], blocks: BlockSegment) {
        self.merge = merge
        self.lengths = lengths
        self.blocks = blocks
        terms = merge.terms(inAtLeast: ScoreGridUpdate.fewestPostings(in: blocks))
        grids = Locked(Array(repeating: [], count: terms.count))
    }

    /// Makes grids as long as there are some to be made. Other threads may do so as well.
    func work() {
        var writer = writer()
        while makeNext(with: &writer) {}
    }

    /// An empty writer, for one thread.
    func writer() -> TermGridWriter { TermGridWriter(firstBlock: blocks.firstBlock, blockCount: blocks.blockCount) }

    /// Makes one grid with a writer of its thread's own; false when none is left to be made.
    func makeNext(with writer: inout TermGridWriter) -> Bool {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < terms.count else { return false }
        append(terms[index], to: &writer)
        let grid = writer.finish()
        grids.withLock { $0[index] = grid }
        return true
    }

    /// The grids with their terms, in the terms' order, once all threads have done their work.
    var all: [(term: UnsafeBufferPointer<UInt8>, grid: [UInt8])] {
        let made = grids.withLock { $0 }
        return zip(terms, made).map { (merge.name(of: $0), $1) }
    }

    private func append(_ term: Int, to writer: inout TermGridWriter) {
        let formula = blocks.boundFormula
        let first = blocks.documents.lowerBound
        var postings = merge.postings(of: term)
        lengths.withUnsafeBufferPointer { lengths in
            while let (document, positions) = postings.next() {
                let (title, body) = Self.frequencies(positions)
                // Safety: the lengths are those of all documents of the runs, from the first one on.
                assert(lengths.indices.contains(Int(document - first)))
                let documentLengths = lengths[Int(document &- first)]
                let frequency = formula.weightedFrequency(titleFrequency: title, bodyFrequency: body, documentLengths)
                writer.append(
                    document: document, titleFrequency: title, bodyFrequency: body,
                    part: formula.part(weightedFrequency: frequency, documentLengths))
            }
        }
    }

    /// Positions in body and title: the bytes below 0x80, each of which ends a number, before and behind the mark `01 01`.
    ///
    /// Equivalent to: `longFrequencies`. Lists of up to eight bytes, nearly all, are looked at as one word, in which a byte
    /// 1 is the mark unless the byte before it says that the number goes on.
    @inline(__always)
    private static func frequencies(_ poslist: UnsafeRawBufferPointer) -> (title: UInt32, body: UInt32) {
        guard poslist.count <= 8, let start = poslist.baseAddress else { return longFrequencies(poslist) }
        // Safety: eight bytes can be read behind each of a table's postings.
        let word = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self))
        let high: UInt64 = 0x8080_8080_8080_8080
        let used = high >> UInt64(64 - 8 * poslist.count)
        let ends = ~word & used
        let difference = word ^ 0x0101_0101_0101_0101
        let ones = ~((difference & ~high) &+ ~high | difference | ~high)
        let marks = ones & ~((word & high) << 8) & used
        guard marks != 0 else { return (0, UInt32(ends.nonzeroBitCount)) }
        // The lowest mark's bit, and all above it.
        let behind = ~(marks & (0 &- marks) &- 1)
        return (UInt32((ends & behind).nonzeroBitCount) - 2, UInt32((ends & ~behind).nonzeroBitCount))
    }

    private static func longFrequencies(_ poslist: UnsafeRawBufferPointer) -> (title: UInt32, body: UInt32) {
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
