/// The last characters of a run of letters without spaces between words.
struct UnspacedRun {
    /// Characters in the run so far.
    var length = 0
    /// Where its last character begins.
    var start = 0
    /// Where its last character ends.
    var end = 0
    /// The terms at the position of the last bigram: of the bigram, and of its first character if that stands there.
    var lastTerms: (bigram: TermID?, character: TermID?) = (nil, nil)
}
