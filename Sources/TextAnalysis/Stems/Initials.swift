/// The plural of initials, of which Snowball's English stemmer takes no *s* off, since it asks for a vowel before: `LLMs`,
/// `MDPs`, `GPUs`, `NGOs`.
enum Initials {
    /// Of `LLMs` to `RLHFs`; longer words without vowels are no words.
    private static let lengths = 3...6
    /// Words that look like initials: a vowel behind two consonants.
    private static let words: Set<[UInt8]> = [Array("thus".utf8), Array("plus".utf8)]

    /// The initials that `word`, folded, is the plural of; nil when it is none.
    ///
    /// Such are letters of ASCII of which at most the last before the *s* is a vowel, behind two consonants or more.
    static func singular(of word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard lengths.contains(word.count), word[word.count - 1] == UInt8(ascii: "s") else { return nil }
        let initials = UnsafeBufferPointer(rebasing: word[..<(word.count - 1)])
        let last = initials[initials.count - 1]
        guard last != UInt8(ascii: "s"), initials.dropLast().allSatisfy(isConsonant) else { return nil }
        if isConsonant(last) { return initials }
        let mayEnd = last == UInt8(ascii: "a") || last == UInt8(ascii: "o") || last == UInt8(ascii: "u")
        return mayEnd && initials.count > 2 && !words.contains(Array(word)) ? initials : nil
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
