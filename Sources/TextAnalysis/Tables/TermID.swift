/// The number of a term in the vocabulary of one `TextAnalyzer`: dense, from 0, in order of first appearance.
///
/// It means nothing to another analyzer, nor to the same one after `removeAllTerms()`.
public struct TermID: Hashable, Sendable {
    /// The number.
    public let rawValue: UInt32

    /// The term numbered `rawValue`.
    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
