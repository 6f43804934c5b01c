/// A posting inside a block of 64 documents.
@frozen
public struct BlockPosting: Hashable, Sendable {
    /// Document in the block, 0 to 63.
    public var document: UInt8
    /// Occurrences in the title.
    public var titleFrequency: UInt32
    /// Occurrences in the body.
    public var bodyFrequency: UInt32

    /// Creates a posting; one of the frequencies must not be 0.
    @inlinable
    public init(document: UInt8, titleFrequency: UInt32, bodyFrequency: UInt32) {
        self.document = document
        self.titleFrequency = titleFrequency
        self.bodyFrequency = bodyFrequency
    }
}
