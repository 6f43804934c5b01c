/// One occurrence of a term in a text.
public struct TermOccurrence: Hashable, Sendable {
    /// The term, in the vocabulary of the analyzer that found it.
    public var term: TermID
    /// Position in tokens, from 0. An occurrence at the position of the one before it is colocated.
    public var position: UInt32

    /// Creates an occurrence.
    @inlinable
    public init(term: TermID, position: UInt32) {
        self.term = term
        self.position = position
    }
}
