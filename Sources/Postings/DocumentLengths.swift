/// How long a document's fields are, as far as the ranking tells lengths apart: packed into the four bytes that a document
/// takes in memory while queries are answered.
///
/// A title of more than ``longestTitle`` tokens and a document of more than ``longest`` count as being so long. Such a title is
/// a text of its own, and such a document a shelf of books; neither is told from a longer one by any norm worth having.
///
/// Example: a title of 3 tokens over a body of 300 is `3 << 22 | 303`.
@frozen
public struct DocumentLengths: Sendable, Hashable {
    /// The title above the lower 22 bits, which are title and body together.
    public let rawValue: UInt32

    /// The longest title that is told from shorter ones, in tokens.
    @inlinable public static var longestTitle: UInt32 { (1 << 10) - 1 }
    /// The longest document that is told from shorter ones, in tokens.
    @inlinable public static var longest: UInt32 { (1 << 22) - 1 }

    /// Lengths in tokens.
    @inlinable @inline(__always)
    public init(title: UInt32, body: UInt32) {
        let total = title.addingReportingOverflow(body)
        rawValue =
            min(title, DocumentLengths.longestTitle) << 22
            | (total.overflow ? DocumentLengths.longest : min(total.partialValue, DocumentLengths.longest))
    }

    /// The lengths of a document without text, or of none.
    public static var none: DocumentLengths { DocumentLengths(title: 0, body: 0) }

    /// Tokens of the title.
    @inlinable @inline(__always)
    public var title: UInt32 { rawValue >> 22 }

    /// Tokens of title and body together.
    @inlinable @inline(__always)
    public var total: UInt32 { rawValue & DocumentLengths.longest }
}
