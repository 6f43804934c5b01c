/// Which words stand in a dictionary, and how they are compared there.
///
/// A dictionary has words as they are written but for their case: `économie`, `optimizers`, `don't`. They are looked up by their
/// *key*, which has no diacritics (`economie`).
package enum WrittenWord {
    /// Longer words are data, in bytes; the longest German ones of a newspaper have some 70 letters.
    package static let maximumLength = 80
    /// Longer words with digits in them are hashes and keys, in bytes.
    private static let maximumLengthWithDigits = 16

    /// Whether a folded word is one that people look for by its letters: two letters or more, with digits only in short ones,
    /// and of a script that is written with spaces.
    package static func isListed(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        guard word.count >= 2, word.count <= maximumLength else { return false }
        let table = ScalarPropertyTable()
        var (letters, digits, offset) = (0, 0, 0)
        while offset < word.count {
            if word[offset] &- 0x61 < 26 {
                letters += 1
                offset += 1
                continue
            }
            let scalar = DecodedScalar(in: word, at: offset)
            offset += scalar.length
            let properties = table.properties(of: scalar.value)
            switch properties.kind {
            case .word where properties.wordBreakClass == .numeric: digits += 1
            case .word: letters += 1
            case .unspaced, .emoji: return false
            case .none: if scalar.isIllFormed || scalar.value < 0x20 { return false }
            }
        }
        return letters + digits >= 2 && letters > 0 && (digits == 0 || word.count <= maximumLengthWithDigits)
    }
}

/// Finds the keys of words. Serves one thread.
package final class WordFolder {
    private let folder = TermFolder(stemmer: nil, stripsBeforeStemming: false)

    package init() {}

    /// The key of a word as users write it, or of its beginning.
    package func key(of word: String) -> [UInt8] {
        var word = word
        return word.withUTF8 { Array(folder.key(of: folder.word(of: $0.truncated()))) }
    }

    /// The word as a dictionary writes it.
    package func word(of text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { Array(folder.word(of: $0.truncated())) }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// As much as a term is made of, cut between scalars.
    fileprivate func truncated() -> UnsafeBufferPointer<UInt8> {
        guard count > TermFolder.maximumLength else { return self }
        var end = TermFolder.maximumLength
        while end > 1, self[end] & 0xC0 == 0x80 { end -= 1 }
        return UnsafeBufferPointer(rebasing: self[..<end])
    }
}
