/// The last characters of a run of letters without spaces between words.
struct UnspacedRun {
    /// Characters in the run so far.
    var length = 0
    /// Where its last character begins.
    var start = 0
    /// Where its last character ends.
    var end = 0
    /// The term of the character before it, if that stands beside their bigram.
    var previousTerm: TermID?
}
