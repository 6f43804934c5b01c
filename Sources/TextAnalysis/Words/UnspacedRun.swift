/// The last characters of a run of letters without spaces between words.
struct UnspacedRun {
    /// Characters in the run so far.
    var length = 0
    /// Where its last character begins.
    var start = 0
    /// Where its last character ends.
    var end = 0
    /// Whether it can be a word by itself.
    var isWord = false
    /// The terms at the position of the last bigram: of the bigram, and of its first character if that stands there.
    var lastTerms: (bigram: TermID?, character: TermID?) = (nil, nil)

    /// Whether a character can be a word by itself, as one of Chinese or Japanese can; a letter of Thai, Lao, Khmer or Burmese
    /// says as little as one of Latin, and a query for one would light up all over a text.
    static func canBeWord(_ scalar: UInt32) -> Bool {
        // East Asian scripts begin with the radicals; of those before them only the Hangul jamo are no Brahmic ones, which
        // are words with spaces; behind them lie Myanmar Extended-A and -B and Tai Viet.
        scalar >= 0x2E80 && !(0xA9E0...0xAADF).contains(scalar)
    }
}
