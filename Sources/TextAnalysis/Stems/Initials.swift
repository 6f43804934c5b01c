/// The plural of initials and figures, of which Snowball's English stemmer takes no *s* off, since it asks for a vowel before:
/// `LLMs`, `MDPs`, `GPUs`, `KPIs`, `1990s`, `F-16s`.
enum Initials {
    /// Of `LLMs` to `RLHFs`; longer words without vowels are no words.
    private static let lengths = 3...6
    /// Words that look like initials: a vowel behind two consonants.
    private static let words: Set<[UInt8]> = Set(["thus", "plus", "this", "thes"].map { Array($0.utf8) })
    /// Initials of a consonant and a vowel; nearly all other such words are none (*has*, *gas*, *his*).
    private static let shortOnes: Set<[UInt8]> = Set(["cas", "pis", "qas", "tas"].map { Array($0.utf8) })
    /// Digits before the *s*: with one it is rather a formula or an orbital (`H2S`, `1s`).
    private static let leastDigits = 2

    /// The initials or the number that `word`, folded, is the plural of; nil when it is none.
    ///
    /// Initials are letters of ASCII of which at most the last before the *s* is a vowel, behind two consonants or more.
    static func singular(of word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard word.count > 2, word[word.count - 1] == UInt8(ascii: "s") else { return nil }
        let initials = UnsafeBufferPointer(rebasing: word[..<(word.count - 1)])
        let last = initials[initials.count - 1]
        if ASCIIByte.isDigit(last) {
            let digits = initials.reversed().prefix(while: ASCIIByte.isDigit).count
            return digits >= leastDigits && initials.allSatisfy(ASCIIByte.isAlphanumeric) ? initials : nil
        }
        guard lengths.contains(word.count), last != UInt8(ascii: "s"), initials.dropLast().allSatisfy(isConsonant)
        else { return nil }
        if isConsonant(last) { return initials }
        guard last != UInt8(ascii: "y"), last &- 0x61 < 26 else { return nil }
        let mayEnd = initials.count > 2 ? !words.contains(Array(word)) : shortOnes.contains(Array(word))
        return mayEnd ? initials : nil
    }

    private static func isConsonant(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
            UInt8(ascii: "y"):
            false
        default: byte &- 0x61 < 26
        }
    }
}
