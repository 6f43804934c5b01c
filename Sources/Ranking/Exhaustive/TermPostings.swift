/// All postings of one term with positions, in memory: what the exhaustive evaluation works on.
///
/// Documents ascend. The occurrences of document `i` are `occurrences[starts[i] ..< starts[i + 1]]`, ascending, each a
/// position with ``titleFlag`` set when it lies in the title.
public struct TermPostings: Sendable {
    /// Set in an occurrence that lies in the title; clear in one that lies in the body.
    public static let titleFlag: UInt32 = 1 << 31

    /// Row ids, ascending.
    public private(set) var documents: [Int64] = []
    /// Where each document's occurrences start, and where the last one's end.
    public private(set) var starts: [Int] = [0]
    /// Positions of all documents.
    public private(set) var occurrences: [UInt32] = []

    /// No postings.
    public init() {}

    /// Adds an occurrence. Documents must come in ascending order, within one the body before the title, positions ascending.
    public mutating func append(document: Int64, isTitle: Bool, position: UInt32) {
        let occurrence = position | (isTitle ? TermPostings.titleFlag : 0)
        if documents.last != document {
            precondition(documents.last.map { $0 < document } ?? true, "documents out of order: \(document)")
            documents.append(document)
            starts.append(occurrences.count)
        }
        occurrences.append(occurrence)
        starts[starts.count - 1] = occurrences.count
    }

    /// Number of documents with the term.
    public var documentFrequency: Int { documents.count }

    /// The occurrences of the document at `index`.
    func occurrences(at index: Int) -> ArraySlice<UInt32> { occurrences[starts[index]..<starts[index + 1]] }
}
