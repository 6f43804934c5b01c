import FTS5Format
import Postings
import Ranking

/// Makes the grid of one term after another out of decoded doclists of a segment.
struct TermGridBuilder: ~Copyable {
    private let documents: ClosedRange<Int64>
    private let formula: BM25
    private let lengths: ScoreDocuments
    private let isForLiveDocuments: Bool
    private var writer: TermGridWriter

    /// - Parameter isForLiveDocuments: Whether documents that are gone raise no bound; else they count as without text.
    init(_ segment: BlockSegment, lengths: ScoreDocuments, isForLiveDocuments: Bool = false) {
        self.isForLiveDocuments = isForLiveDocuments
        documents = segment.documents
        formula = segment.boundFormula
        self.lengths = lengths
        writer = TermGridWriter(firstBlock: segment.firstBlock, blockCount: segment.blockCount)
    }

    /// Postings of the term so far.
    var count: Int { writer.count }

    /// Adds the postings of a batch; delete markers are counted.
    ///
    /// - Throws: ``IndexError`` when a posting is of a document that is not the segment's.
    mutating func append(_ batch: PostingBatch) throws {
        for index in 0..<batch.count {
            if batch.deleteFlags[index] != 0 { writer.countDeletion() }
            let body = batch.frequencies[index]
            let title = batch.frequencies[batch.capacity + index]
            guard title + body > 0 else { continue }
            let document = batch.rowIDs[index]
            guard documents.contains(document) else {
                throw IndexError.corrupt(
                    path: lengths.path, table: "documents_fts_data", rowID: nil,
                    reason: "a posting of document \(document) in a segment of documents \(documents)")
            }
            let isOfNone = try isForLiveDocuments && !lengths.contains(document)
            let documentLengths = try lengths.lengths(of: document)
            let frequency = formula.weightedFrequency(titleFrequency: title, bodyFrequency: body, documentLengths)
            writer.append(
                document: document, titleFrequency: title, bodyFrequency: body,
                part: isOfNone ? 0 : formula.part(weightedFrequency: frequency, documentLengths))
        }
    }

    /// The stored form of the term's grid.
    mutating func finish() -> [UInt8] { writer.finish() }

    /// Forgets the term.
    mutating func discard() { writer.discard() }
}
