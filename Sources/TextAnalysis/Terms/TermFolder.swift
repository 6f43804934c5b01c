import CUTF8Proc

/// Raw bytes of a token -> bytes of its term: NFKC case folding, diacritics removed, spelling, stem.
///
/// A pure function of the raw bytes, so that its results can be kept in `RawTokenCache`.
///
/// - NFKC case folding as `toNFKC_Casefold` (Unicode Standard, section 3.13), default-ignorable code points dropped.
/// - What joins words is dropped (`WordJoiner.isDropped`), so that the raw bytes of a whole compound give its joined form, and
///   those of an acronym (`A.I`, of which the last dot is no part of the word) the acronym without dots. A word that begins
///   with a dot keeps it: `.NET`.
/// - Apostrophes are dropped but for that of an English contraction; of `didn't`, `we've`, `I'm` and `they're` it is dropped
///   too, as many do in writing. `she'll` and `we'd` keep it, for they would be other words. The *'s* of a possessive goes with
///   its apostrophe, also in the list of words.
/// - Diacritics: the marks of the blocks of combining diacritical marks, of Cyrillic, the points of Hebrew and the
///   vowel signs, hamzas and maddas of Arabic, which these scripts leave out at will; and what `PlainLetters` knows: the strokes of đ, ħ and ł, the
///   letters of æ, œ and þ. Marks that are letters' bodies (the vowel signs of Devanagari or Thai, the voicing marks of kana)
///   stay.
/// - English and Porter stemmers and no stemmer see words without diacritics, so that "résumés" meets "resume"; all
///   others know their language's letters (ä, é, й), so diacritics are removed from the stem.
/// - Digits of all scripts are those of ASCII.
/// - `WordSpelling` has what languages write in two ways: British and American English, ae and ä in German.
/// - The plural *s* of English initials goes, which Snowball leaves: `LLMs`, `GPUs` (`Initials`).
/// - Korean particles go where words are stemmed (`KoreanParticles`).
package final class TermFolder {
    /// Longest raw token in bytes; FTS5 itself cuts terms at 32,768.
    package static let maximumLength = 255

    private let stemmer: Stemmer?
    private let stripsBeforeStemming: Bool
    /// Whether the stemmer is an English one.
    private let takesPluralOff: Bool
    private let spelling: WordSpelling
    private let scalars: UnsafeMutablePointer<utf8proc_int32_t>
    private let folded: UnsafeMutablePointer<UInt8>
    private let respelled: UnsafeMutableBufferPointer<UInt8>

    /// Longest decomposition of a scalar under NFKC: U+FDFA becomes 18.
    private static let longestDecomposition = 18
    private static let scalarCapacity = maximumLength * longestDecomposition

    /// A folder that stems with `stemmer`, if any.
    package init(
        stemmer: Stemmer?, stripsBeforeStemming: Bool, takesPluralOff: Bool = false, spelling: WordSpelling = .asWritten
    ) {
        self.stemmer = stemmer
        self.stripsBeforeStemming = stripsBeforeStemming
        self.takesPluralOff = takesPluralOff
        self.spelling = spelling
        // Decomposed scalars stand in the second half, so that what replaces them can be longer; utf8proc_reencode ends its
        // output with a zero.
        scalars = .allocate(capacity: 2 * Self.scalarCapacity + 1)
        folded = .allocate(capacity: Self.maximumLength)
        respelled = .allocate(capacity: Self.maximumLength)
        respelled.initialize(repeating: 0)
    }

    /// The folder of an analyzer that is not one of FTS5's.
    package convenience init(_ specification: AnalyzerSpecification) {
        var stemmer: Stemmer?
        if case .snowball(let algorithm) = specification.kind { stemmer = Stemmer(algorithm: algorithm) }
        self.init(
            stemmer: stemmer, stripsBeforeStemming: specification.stripsBeforeStemming,
            takesPluralOff: specification == .english, spelling: WordSpelling(specification))
    }

    deinit {
        scalars.deallocate()
        folded.deallocate()
        respelled.deallocate()
    }

    /// The term of `raw`, well-formed UTF-8 of at most `maximumLength` bytes; valid until the next call.
    ///
    /// Never empty: what folds to nothing stays as it is. At most eleven times as long as `raw` (U+FDFA).
    package func term(of raw: UnsafeBufferPointer<UInt8>, isStemmed: Bool = true) -> UnsafeBufferPointer<UInt8> {
        precondition(raw.count <= Self.maximumLength, "a raw token of \(raw.count) bytes")
        let isStemmed = isStemmed && stemmer != nil
        let word = foldedASCII(raw) ?? foldedUnicode(raw, strips: stripsBeforeStemming || !isStemmed)
        guard !word.isEmpty else { return raw }
        guard word.contains(Self.apostrophe) else { return term(ofFolded: word, isStemmed: isStemmed) }
        return term(
            ofFolded: Self.withoutPossessive(withoutInnerApostrophes(word)), hasApostrophe: true, isStemmed: isStemmed)
    }

    /// The term of what ``plainWord(of:)`` gave; valid until the next call.
    func term(ofPlain word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        term(ofFolded: word, isStemmed: stemmer != nil)
    }

    private func term(
        ofFolded folded: UnsafeBufferPointer<UInt8>, hasApostrophe: Bool = false, isStemmed: Bool
    ) -> UnsafeBufferPointer<UInt8> {
        var word = folded
        if let length = spelling.usual(word, into: respelled) {
            word = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(respelled)[..<length])
            if !isStemmed, !stripsBeforeStemming { word = stripped(word) }
        }
        if hasApostrophe { word = contracted(word) }
        guard isStemmed else { return word }
        let stem = stemmed(word)
        if let noun = KoreanParticles.noun(of: stem), noun.count <= Self.maximumLength {
            // What stands before Hangul is a word of its own (`agents는`).
            return noun[0] < 0x80 ? stemmed(copy(noun) { _ in true }) : noun
        }
        return stripsBeforeStemming ? stem : stripped(stem)
    }

    private func stemmed(_ word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard let stem = stemmer?.stem(of: word), !stem.isEmpty else { return word }
        guard takesPluralOff, stem.count == word.count else { return stem }
        return Initials.singular(of: stem) ?? stem
    }

    /// The word that `raw` is an occurrence of, as a dictionary has it: folded, but neither stemmed nor without diacritics.
    ///
    /// Tokens of one word have one term. Valid until the next call.
    func word(of raw: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        precondition(raw.count <= Self.maximumLength, "a raw token of \(raw.count) bytes")
        let word = foldedASCII(raw) ?? foldedUnicode(raw, strips: false)
        return word.isEmpty ? raw : Self.withoutPossessive(word)
    }

    /// The word that `raw` is an occurrence of if it is a plain one: ASCII letters, small behind the first; nil for any other.
    ///
    /// Nothing has to be looked for in it: no parts, no possessive, no noun. Valid until the next call.
    func plainWord(of raw: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        precondition(!raw.isEmpty && raw.count <= Self.maximumLength, "a raw token of \(raw.count) bytes")
        guard ASCIIByte.isLetter(raw[0]) else { return nil }
        // Safety: raw.count <= maximumLength bytes are written.
        folded[0] = raw[0] | 0x20
        for index in 1..<raw.count {
            let byte = raw[index]
            guard byte &- 0x61 < 26 else { return nil }
            folded[index] = byte
        }
        return UnsafeBufferPointer(start: folded, count: raw.count)
    }

    /// The bytes of a Korean noun that a word begins with, where words lose their particles; nil when there is nothing else.
    func noun(in raw: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        stemmer == nil ? nil : KoreanParticles.nounLength(of: raw).map { 0..<$0 }
    }

    /// A word without the *'s* behind it.
    private static func withoutPossessive(_ word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard word.count > 2, word[word.count - 1] == UInt8(ascii: "s"), word[word.count - 2] == apostrophe else {
            return word
        }
        return UnsafeBufferPointer(rebasing: word[..<(word.count - 2)])
    }

    /// What a word of a dictionary is looked up by: the word without diacritics. Valid until the next call.
    func key(of word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> { stripped(word) }

    private static let apostrophe = UInt8(ascii: "'")

    /// nil when there is a byte outside ASCII.
    private func foldedASCII(_ raw: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        var count = 0
        var seen: UInt8 = 0
        for index in 0..<raw.count {
            let byte = raw[index]
            seen |= byte
            // Safety: at most raw.count <= maximumLength bytes are written.
            folded[count] = byte &- 0x41 < 26 ? byte | 0x20 : byte
            count += byte < 0x60 && WordJoiner.isDropped(UInt32(byte)) && index > 0 ? 0 : 1
        }
        return seen < 0x80 ? UnsafeBufferPointer(start: folded, count: count) : nil
    }

    /// A folded word whose apostrophes are gone, apart from the last one if a possessive or contraction follows it.
    private func withoutInnerApostrophes(_ word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard word.count <= Self.maximumLength, let last = word.lastIndex(of: Self.apostrophe) else { return word }
        let kept = last > 0 && WordJoiner.isContraction(word, last + 1, word.count) ? last : -1
        return copy(word) { $0 == kept || word[$0] != Self.apostrophe }
    }

    /// A word without the apostrophe of `n't`, `'ve`, `'m` and `'re` (but that of *we're*, which would be *were*).
    private func contracted(_ word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard word.count <= Self.maximumLength, let last = word.lastIndex(of: Self.apostrophe), last > 0 else {
            return word
        }
        let dropped: Bool
        switch (word.count - last, last + 1 < word.count ? word[last + 1] : 0) {
        case (2, UInt8(ascii: "t")): dropped = word[last - 1] == UInt8(ascii: "n")
        case (2, UInt8(ascii: "m")), (3, UInt8(ascii: "v")): dropped = true
        case (3, UInt8(ascii: "r")): dropped = last > 2
        default: dropped = false
        }
        return dropped ? copy(word) { $0 != last } : word
    }

    /// The bytes of `word`, at most `maximumLength`, that are kept.
    private func copy(
        _ word: UnsafeBufferPointer<UInt8>, where isKept: (Int) -> Bool
    ) -> UnsafeBufferPointer<UInt8> {
        var count = 0
        for index in word.indices where isKept(index) {
            // Safety: at most word.count <= maximumLength bytes are written, and when `word` is `folded` itself, none
            // beyond the place read.
            folded[count] = word[index]
            count += 1
        }
        return UnsafeBufferPointer(start: folded, count: count)
    }

    private func foldedUnicode(_ raw: UnsafeBufferPointer<UInt8>, strips: Bool) -> UnsafeBufferPointer<UInt8> {
        let options = UTF8PROC_DECOMPOSE.rawValue | UTF8PROC_COMPAT.rawValue | UTF8PROC_CASEFOLD.rawValue
        return mapped(raw, options: options | UTF8PROC_IGNORE.rawValue, strips: strips)
    }

    /// `term` without diacritics.
    private func stripped(_ term: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard !term.allSatisfy({ $0 < 0x80 }) else { return term }
        let result = mapped(term, options: UTF8PROC_DECOMPOSE.rawValue, strips: true)
        return result.isEmpty ? term : result
    }

    /// Decomposes, drops and replaces scalars, composes again; empty when utf8proc refuses the text.
    private func mapped(
        _ text: UnsafeBufferPointer<UInt8>, options: UInt32, strips: Bool
    ) -> UnsafeBufferPointer<UInt8> {
        let empty = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        let decomposed = scalars + Self.scalarCapacity
        let count = utf8proc_decompose(
            text.baseAddress, text.count, decomposed, Self.scalarCapacity,
            utf8proc_option_t(rawValue: options | UTF8PROC_STABLE.rawValue))
        guard count > 0, count <= Self.scalarCapacity else { return empty }
        var kept = 0
        // Safety: utf8proc wrote `count` <= scalarCapacity scalars behind the first half. A scalar gives at most two, so that
        // kept <= 2 * index <= scalarCapacity + index: what is written was read before.
        for index in 0..<count {
            let scalar = decomposed[index]
            switch Self.replacement(for: scalar, isFirst: index == 0, strips: strips) {
            case .none: break
            case .same:
                scalars[kept] = scalar
                kept += 1
            case .letters(let first, let second):
                scalars[kept] = first
                kept += 1
                if second > 0 {
                    scalars[kept] = second
                    kept += 1
                }
            }
        }
        let compose = utf8proc_option_t(rawValue: UTF8PROC_COMPOSE.rawValue | UTF8PROC_STABLE.rawValue)
        let length = utf8proc_reencode(scalars, kept, compose)
        guard length > 0 else { return empty }
        // Safety: utf8proc_reencode wrote `length` bytes of UTF-8 over the scalars, and memory bound to Int32 may be
        // read as bytes.
        return UnsafeBufferPointer(
            start: UnsafeRawPointer(scalars).assumingMemoryBound(to: UInt8.self), count: length)
    }

    /// What stands for a scalar in a term.
    private enum Replacement {
        case none, same
        /// One letter, or two; the second is 0 when there is none.
        case letters(Int32, Int32)
    }

    private static func replacement(for scalar: Int32, isFirst: Bool, strips: Bool) -> Replacement {
        switch scalar {
        case 0x2018, 0x2019, 0x201B, 0x2BB, 0x2BC: return .letters(0x27, 0)
        case 0x640: return .none  // Arabic letters are drawn apart with it.
        case 0x300...0x36F, 0x483...0x487, 0x591...0x5BD, 0x5BF, 0x5C1...0x5C2, 0x5C4...0x5C5, 0x5C7,
            0x64B...0x655, 0x670, 0x1AB0...0x1ACE, 0x1DC0...0x1DFF, 0x20D0...0x20F0, 0xFE20...0xFE2F:
            return strips ? .none : .same
        default:
            if !isFirst && WordJoiner.isDropped(UInt32(bitPattern: scalar)) { return .none }
            // The colours of skin: 👍🏽 is 👍.
            if !isFirst && (0x1F3FB...0x1F3FF).contains(scalar) { return .none }
            if let digit = decimalDigit(scalar) { return .letters(0x30 + digit, 0) }
            guard strips, let letters = PlainLetters.letters(of: scalar) else { return .same }
            return .letters(letters.0, letters.1)
        }
    }

    /// The value of a digit that is none of ASCII: those of Arabic, Devanagari and other scripts mean the same.
    private static func decimalDigit(_ scalar: Int32) -> Int32? {
        guard scalar >= 0x660, let scalar = Unicode.Scalar(UInt32(bitPattern: scalar)) else { return nil }
        let properties = scalar.properties
        return properties.numericType == .decimal ? properties.numericValue.map { Int32($0) } : nil
    }
}
