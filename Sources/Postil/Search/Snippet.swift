/// A passage of a document that shows why it is a hit.
///
/// Lengths and places count Unicode scalars, as programs that read the JSON do (in Python `len` and slices, for example).
public struct Snippet: Sendable, Hashable {
    /// The passage; white space is folded, and an ellipsis stands where it leaves text out. It begins and ends between grapheme
    /// clusters, so that no accent, syllable or emoji is taken apart, and where it can between sentences or words.
    public let text: String
    /// The words that match, as ranges of Unicode scalars of ``text``, ascending and apart. A word longer than the passage is
    /// marked as far as it is shown.
    public let highlights: [Range<Int>]
}
