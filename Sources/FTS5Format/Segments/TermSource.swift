/// Terms in order with their postings: what a merge reads. A segment is one, a sorted run in memory may be another.
///
/// ```swift
/// while try source.nextTerm() {
///     while try source.nextPosting() != nil { use(try source.run(through: .max)) }
/// }
/// ```
public protocol TermSource: AnyObject {
    /// The key of the present term; see ``FTS5Key``.
    var term: [UInt8] { get }
    /// Moves to the next term, before its first posting; false after the last. Terms ascend by their bytes.
    func nextTerm() throws -> Bool
    /// Moves to the next posting of the term and returns its row id; nil after the last. Row ids ascend.
    func nextPosting() throws -> Int64?
    /// Whether the present posting has the delete flag.
    var isDelete: Bool { get }
    /// The present posting and what follows it up to row `last`, or less of it; then stands on the last of them.
    ///
    /// A posting with the delete flag is always alone in its run. The bytes are valid until the source moves.
    func run(through last: Int64) throws -> PostingRun
}

extension SegmentCursor: TermSource {
    /// Moves to the next posting of the present term.
    public func nextPosting() throws -> Int64? { try doclist.next() }

    /// Whether the present posting has the delete flag.
    public var isDelete: Bool { doclist.isDelete }

    /// See ``DoclistCursor/run(through:)``.
    public func run(through last: Int64) throws -> PostingRun { try doclist.run(through: last) }
}
