import Postings

/// A segment of an index, as blocks of 64 documents. Two segments can meet inside a block.
public struct BlockSegment: Sendable, Hashable {
    /// The documents of the segment and what lies between them.
    public var documents: ClosedRange<Int64>
    /// The formula whose score parts the bounds of the segment's grids are of.
    public var boundFormula: BM25

    /// Creates a segment.
    public init(documents: ClosedRange<Int64>, boundFormula: BM25) {
        precondition(documents.lowerBound >= 0, "document \(documents.lowerBound)")
        self.documents = documents
        self.boundFormula = boundFormula
    }

    /// First block; block `n` has documents `64 * n` to `64 * n + 63`.
    public var firstBlock: Int { Int(documents.lowerBound >> 6) }

    /// Number of blocks.
    public var blockCount: Int { Int(documents.upperBound >> 6) - firstBlock + 1 }

    /// The documents of a block that belong to the segment, as bits.
    @inlinable @inline(__always)
    func mask(ofBlock block: Int) -> UInt64 {
        var mask = UInt64.max
        if block == Int(documents.lowerBound >> 6) { mask &= UInt64.max << UInt64(documents.lowerBound & 63) }
        if block == Int(documents.upperBound >> 6) { mask &= UInt64.max >> UInt64(63 - documents.upperBound & 63) }
        return mask
    }
}

/// What is known of the 64 documents of a block.
public struct DocumentBlock {
    /// Lengths of each document; 64 of them, valid while the source lives.
    public let lengths: UnsafePointer<DocumentLengths>
    /// Documents that exist and have not been deleted.
    public var live: UInt64

    /// Describes a block.
    @inlinable
    public init(lengths: UnsafePointer<DocumentLengths>, live: UInt64) {
        self.lengths = lengths
        self.live = live
    }
}

/// Where the block-max evaluation gets its postings from. Segments have no live document in common.
public protocol BlockSource: AnyObject {
    /// The segments of the index, by ascending documents.
    var segments: [BlockSegment] { get }
    /// A term's postings in a segment, deleted documents included; nil when it has none there.
    func grid(of term: [UInt8], inSegment segment: Int) throws -> TermGrid?
    /// Lengths and live documents of a block.
    func documents(inBlock block: Int) throws -> DocumentBlock
    /// Where a term occurs in the documents of a segment.
    func positions(of term: [UInt8], inSegment segment: Int) throws -> any PositionSource
}

/// The positions of one term in the documents of one segment, in any order of documents.
public protocol PositionSource: AnyObject {
    /// The positions in a document, with ``TermPostings/titleFlag``, ascending; none when the term does not occur there.
    ///
    /// Valid until the next call, and as long as the source lives.
    func positions(in document: Int64) throws -> UnsafeBufferPointer<UInt32>
    /// What the positions of its postings have in common, as far as they were read: a call of ``positions(in:)`` may make
    /// more known. Nil when the term does not occur in the segment.
    var signatures: TermSignatures? { get }
}
