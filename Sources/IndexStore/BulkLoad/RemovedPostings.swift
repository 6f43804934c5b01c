import FTS5Format
import Postings

/// The postings with which a segment takes documents out of a term's doclist: each has no positions and the mark of a deletion.
///
/// Worked example: documents 7 and 11 are taken out by first row 7, last row 11 and bytes `01  04 01`.
struct RemovedPostings {
    /// The size of an empty list of positions, with the mark.
    private static let deletion: UInt8 = 0 << 1 | 1

    private var bytes: [UInt8] = []
    private var first: Int64 = 0
    private var last: Int64 = 0

    /// Begins another term.
    mutating func begin() { bytes.removeAll(keepingCapacity: true) }

    /// Takes out the next document; ids ascend.
    mutating func append(_ document: Int64) {
        if bytes.isEmpty {
            first = document
        } else {
            assert(document > last)
            Varint.append(UInt64(document - last), to: &bytes)
        }
        bytes.append(Self.deletion)
        last = document
    }

    /// Hands the postings, of which there is at least one, to `body`.
    func withRun(_ body: (PostingRun) throws -> Void) rethrows {
        try bytes.withUnsafeBytes { try body(PostingRun(firstRowID: first, lastRowID: last, bytes: $0)) }
    }
}
