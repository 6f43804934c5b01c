/// What a scalar contributes to the terms of a text.
///
/// The order is that of `WordBreakTable`.
package enum ScalarKind: UInt8, Sendable {
    /// Nothing: punctuation, white space, marks, symbols, controls, unassigned code points.
    case none
    /// A letter or digit that UAX #29 joins into words.
    case word
    /// A letter that UAX #29 leaves to a dictionary (Han, kana, Thai, Lao, Khmer, Myanmar, Tangut …): indexed in
    /// bigrams.
    case unspaced
    /// A character shown as an emoji by default, or half a flag: a term of its own.
    case emoji
}
