/// Where the exhaustive evaluation gets its postings from.
public protocol PostingSource: AnyObject {
    /// All live postings of a term; empty for a term the index does not have.
    func postings(of term: [UInt8]) throws -> TermPostings
    /// Tokens in title and body of a document.
    func length(of document: Int64) throws -> UInt32
    /// All live documents.
    func liveDocuments() throws -> DocumentBitmap
}
