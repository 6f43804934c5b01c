/// Turns text into terms. One instance serves one thread.
public protocol Analyzer: AnyObject {
    /// Name, settings and version, stored in an index: two analyzers with equal identities give equal terms.
    var identity: String { get }

    /// Hands out the tokens of `text` in order of their positions.
    ///
    /// Invalid UTF-8 never traps; each ill-formed byte counts as U+FFFD, which separates words. `body` must not call
    /// the analyzer.
    /// - Complexity: O(n) in the bytes of `text`.
    func analyze(_ text: UnsafeBufferPointer<UInt8>, for purpose: AnalysisPurpose, _ body: (Token) throws -> Void)
        rethrows
}

/// What a text is analysed for.
public enum AnalysisPurpose: Sendable {
    /// The text goes into the index.
    case document
    /// The text is (part of) a query.
    case query
    /// The last token of the text is the beginning of a word (`opti*`): it is folded but not stemmed.
    case prefix
}

/// One term of an analysed text.
public struct Token {
    /// The term's bytes, UTF-8, never empty. Valid only during the call that hands the token out.
    public let term: UnsafeBufferPointer<UInt8>
    /// Byte offset of the token's first byte in the text, on a UTF-8 boundary.
    public let start: Int
    /// Byte offset behind the token's last byte, on a UTF-8 boundary.
    public let end: Int
    /// Position in tokens, from 0. A colocated token has the position of the token before it.
    public let position: Int
    /// Whether the token stands at the position of the token before it: the joined form of a compound, whose range is
    /// the whole compound's, or a single character beside its bigram.
    public let isColocated: Bool

    /// Creates a token.
    @inlinable
    public init(term: UnsafeBufferPointer<UInt8>, start: Int, end: Int, position: Int, isColocated: Bool) {
        self.term = term
        self.start = start
        self.end = end
        self.position = position
        self.isColocated = isColocated
    }
}
