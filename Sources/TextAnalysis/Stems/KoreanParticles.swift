/// Takes the particles off a Korean noun, which are written together with it: 게임을, 게임에서, 게임들은 are 게임.
///
/// A particle that stands behind a vowel or behind a consonant only (를 and 을, 는 and 은) is taken off where it can stand, so
/// that *village*, 마을, stays whole. Of two syllables or more must be left for the particles that many nouns end in.
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
        Particle("로부터", .behindVowelOrL), Particle("에게서"), Particle("한테서"),
        Particle("으로", .behindConsonant), Particle("에서"), Particle("에게"), Particle("한테"), Particle("부터"),
        Particle("까지"), Particle("처럼"), Particle("보다", rest: 2), Particle("마다", rest: 2), Particle("조차", rest: 2),
        Particle("라는", .behindVowel, rest: 2), Particle("라고", .behindVowel, rest: 2),
        Particle("을", .behindConsonant), Particle("를", .behindVowel), Particle("은", .behindConsonant),
        Particle("는", .behindVowel), Particle("이", .behindConsonant, rest: 2), Particle("가", .behindVowel, rest: 2),
        Particle("과", .behindConsonant, rest: 2), Particle("와", .behindVowel, rest: 2),
        Particle("로", .behindVowelOrL, rest: 2), Particle("의", rest: 2), Particle("에", rest: 2),
        Particle("도", rest: 2), Particle("만", rest: 2), Particle("들", rest: 2),
    ]

    /// Particles follow one another (게임들에서는); more than three hardly ever do.
    private static let maximumCount = 3

    /// The noun that `word`, UTF-8, begins with; nil when there is nothing to take off.
    static func noun(of word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        // U+AC00 to U+D7A3 begin with these bytes.
        guard word.count >= 6, let first = word.first, (0xEA...0xED).contains(first) else { return nil }
        let syllables = String(decoding: word, as: UTF8.self).unicodeScalars.map(\.value)
        guard syllables.allSatisfy({ (0xAC00...0xD7A3).contains($0) }) else { return nil }
        var count = syllables.count
        for _ in 0..<maximumCount {
            guard let particle = particles.first(where: { ends(syllables[..<count], with: $0) }) else { break }
            count -= particle.syllables.count
        }
        // Safety: every syllable has three bytes, and count <= syllables.count.
        return count == syllables.count ? nil : UnsafeBufferPointer(rebasing: word[..<(3 * count)])
    }

    private static func ends(_ syllables: ArraySlice<UInt32>, with particle: Particle) -> Bool {
        let rest = syllables.dropLast(particle.syllables.count)
        guard rest.count >= particle.rest, syllables.suffix(particle.syllables.count).elementsEqual(particle.syllables),
            let last = rest.last
        else { return false }
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
