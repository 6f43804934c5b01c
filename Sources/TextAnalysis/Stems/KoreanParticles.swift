/// Takes the particles off a Korean noun, which are written together with it: 게임을, 게임에서, 게임들은 are 게임.
///
/// A particle that stands behind a vowel or behind a consonant only (를 and 을, 는 and 은) is taken off where it can stand, so
/// that *village*, 마을, stays whole. Of two syllables or more must be left for the particles that many nouns end in; what is
/// one syllable then is a part beside the word (``syllable(of:)``). So are the forms of the verb that makes a verb of a noun
/// (공부하는 is 공부). Behind Latin letters and digits (AI가, 2023년에) any particle may stand, since nobody can tell how they are
/// spoken.
enum KoreanParticles {
    /// What the last syllable of the noun must end in.
    private enum Place { case anywhere, behindVowel, behindConsonant, behindVowelOrL }

    private struct Particle {
        var syllables: [UInt32]
        var place: Place
        /// Syllables that must be left.
        var rest: Int

        init(_ text: String, _ place: Place = .anywhere, rest: Int = 1) {
            syllables = text.unicodeScalars.map(\.value)
            self.place = place
            self.rest = rest
        }
    }

    /// Longest first.
    private static let particles = [
        Particle("으로부터", .behindConsonant), Particle("에서부터"), Particle("이라는", .behindConsonant),
        Particle("이라고", .behindConsonant), Particle("으로서", .behindConsonant), Particle("으로써", .behindConsonant),
        Particle("이라면", .behindConsonant), Particle("이었다", .behindConsonant), Particle("입니다"),
        Particle("이에요", .behindConsonant),
        Particle("했습니다", rest: 2), Particle("합니다", rest: 2), Particle("됩니다", rest: 2), Particle("하려고", rest: 2),
        Particle("되었다", rest: 2), Particle("로부터", .behindVowelOrL), Particle("에게서"), Particle("한테서"),
        Particle("으로", .behindConsonant), Particle("에서"), Particle("에게"), Particle("한테"), Particle("부터"),
        Particle("까지"), Particle("처럼"), Particle("하고"), Particle("이나", .behindConsonant),
        Particle("이랑", .behindConsonant),
        Particle("이다", .behindConsonant), Particle("이며", .behindConsonant), Particle("이란", .behindConsonant),
        Particle("에요", .behindVowel), Particle("예요", .behindVowel), Particle("였다", .behindVowel), Particle("께서"),
        Particle("밖에"), Particle("보다", rest: 2), Particle("마다", rest: 2), Particle("조차", rest: 2),
        Particle("대로", rest: 2),
        Particle("라는", .behindVowel, rest: 2), Particle("라고", .behindVowel, rest: 2),
        Particle("라면", .behindVowel, rest: 2), Particle("하는", rest: 2), Particle("하다", rest: 2),
        Particle("한다", rest: 2),
        Particle("했다", rest: 2), Particle("했고", rest: 2), Particle("했던", rest: 2), Particle("하여", rest: 2),
        Particle("해서", rest: 2), Particle("해요", rest: 2), Particle("하면", rest: 2), Particle("하며", rest: 2),
        Particle("하기", rest: 2), Particle("하지", rest: 2), Particle("하게", rest: 2), Particle("되는", rest: 2),
        Particle("된다", rest: 2), Particle("되다", rest: 2), Particle("됐다", rest: 2), Particle("되고", rest: 2),
        Particle("을", .behindConsonant), Particle("를", .behindVowel), Particle("은", .behindConsonant),
        Particle("는", .behindVowel), Particle("이", .behindConsonant, rest: 2), Particle("가", .behindVowel, rest: 2),
        Particle("과", .behindConsonant, rest: 2), Particle("와", .behindVowel, rest: 2),
        Particle("로", .behindVowelOrL, rest: 2), Particle("의", rest: 2), Particle("에", rest: 2),
        Particle("도", rest: 2), Particle("만", rest: 2), Particle("들", rest: 2), Particle("한", rest: 2),
        Particle("된", rest: 2),
        Particle("할", rest: 2), Particle("될", rest: 2),
    ].sorted { $0.syllables.count > $1.syllables.count }

    /// Particles follow one another (게임들에서는); more than three hardly ever do.
    private static let maximumCount = 3
    /// Behind a number 5만 is fifty thousand, and 10도 ten degrees.
    private static let units: Set<UInt32> = [0xB9CC, 0xB3C4]

    /// Whether a scalar is a syllable of Hangul.
    static func isSyllable(_ value: UInt32) -> Bool { (0xAC00...0xD7A3).contains(value) }

    /// The noun that `word`, folded UTF-8, begins with; nil when there is nothing to take off.
    static func noun(of word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard let (before, syllables) = syllables(of: word) else { return nil }
        let isMixed = before > 0
        if isMixed, !isLetterOrDigit(before: before, in: word) { return nil }
        let isNumber = isMixed && ASCIIByte.isDigit(word[before - 1])
        let count = rest(of: syllables, least: isMixed ? 0 : nil, isNumber: isNumber)
        // Safety: every syllable has three bytes, and count <= syllables.count.
        return count == syllables.count ? nil : UnsafeBufferPointer(rebasing: word[..<(before + 3 * count)])
    }

    /// The bytes of the noun that a word of Hangul alone begins with; nil when there is nothing to take off.
    static func nounLength(of word: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let (before, _) = syllables(of: word), before == 0 else { return nil }
        return noun(of: word)?.count
    }

    /// The bytes of the syllable before the particles of a word of Hangul, if one is left that ``noun(of:)`` takes for a part of
    /// the noun: 책 of 책이.
    static func syllable(of word: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let (before, syllables) = syllables(of: word), before == 0, syllables.count > 1 else { return nil }
        return rest(of: syllables, least: 1, isNumber: false) == 1
            && rest(of: syllables, least: nil, isNumber: false) != 1
            ? 3 : nil
    }

    /// The syllables that a word ends in, and the bytes before them; nil when there are none.
    private static func syllables(of word: UnsafeBufferPointer<UInt8>) -> (before: Int, syllables: [UInt32])? {
        // Nearly all words end in ASCII.
        guard let last = word.last, last >= 0x80 else { return nil }
        var before = word.count
        var syllables: [UInt32] = []
        // U+AC00 to U+D7A3 begin with these bytes.
        while before >= 3, (0xEA...0xED).contains(word[before - 3]) {
            let scalar = DecodedScalar(in: word, at: before - 3)
            guard scalar.length == 3, isSyllable(scalar.value) else { break }
            syllables.append(scalar.value)
            before -= 3
        }
        return syllables.isEmpty ? nil : (before, syllables.reversed())
    }

    private static func isLetterOrDigit(before end: Int, in word: UnsafeBufferPointer<UInt8>) -> Bool {
        word[end - 1] >= 0x80 || ASCIIByte.isAlphanumeric(word[end - 1])
    }

    /// The syllables that are left without particles.
    ///
    /// - Parameter least: How many are left at least; nil for as many as each particle asks for.
    private static func rest(of syllables: [UInt32], least: Int?, isNumber: Bool) -> Int {
        var count = syllables.count
        for _ in 0..<maximumCount {
            let particle = particles.first { particle in
                let rest = count - particle.syllables.count
                if rest == 0, isNumber, particle.syllables.count == 1, units.contains(particle.syllables[0]) {
                    return false
                }
                return rest >= least ?? particle.rest && ends(syllables[..<count], with: particle)
            }
            guard let particle else { break }
            count -= particle.syllables.count
        }
        return count
    }

    private static func ends(_ syllables: ArraySlice<UInt32>, with particle: Particle) -> Bool {
        guard syllables.suffix(particle.syllables.count).elementsEqual(particle.syllables) else { return false }
        // Nothing is known of what stands before the syllables.
        guard let last = syllables.dropLast(particle.syllables.count).last else { return true }
        // A block of Hangul has 28 syllables for each first consonant and vowel; the first of them ends in the vowel, the
        // ninth in L.
        let final = (last - 0xAC00) % 28
        switch particle.place {
        case .anywhere: return true
        case .behindVowel: return final == 0
        case .behindConsonant: return final != 0
        case .behindVowelOrL: return final == 0 || final == 8
        }
    }
}
