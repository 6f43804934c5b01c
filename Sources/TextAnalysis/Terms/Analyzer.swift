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
