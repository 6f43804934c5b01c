/// A passage of a document that shows why it is a hit.
public struct Snippet: Sendable, Hashable {
    /// The passage; white space is folded, and an ellipsis stands where it leaves text out.
    public let text: String
    /// The words that match, as ranges of Unicode scalars of ``text``, ascending and apart.
    public let highlights: [Range<Int>]
}
