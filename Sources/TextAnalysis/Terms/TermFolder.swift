import CUTF8Proc

/// Raw bytes of a token -> bytes of its term: NFKC case folding, diacritics removed, stemmed.
///
/// A pure function of the raw bytes, so that its results can be kept in `RawTokenCache`.
///
/// - NFKC case folding as `toNFKC_Casefold` (Unicode Standard, section 3.13), default-ignorable code points dropped.
/// - The joiners of compounds ("-", "_", U+2010, U+2011) are dropped, so the raw bytes of a whole compound give its
///   joined form. Typographic apostrophes become "'".
/// - Acronyms lose their dots: single letters with a dot between each two (`A.I`, of which the last dot is no part of the
///   word), so that "A.I." meets "AI". Numbers (`3.14`) and names with dots (`Ph.D`, `example.org`) keep them.
/// - Diacritics: the marks of the blocks of combining diacritical marks, of Cyrillic, the points of Hebrew and the
///   vowel signs of Arabic, which these scripts leave out at will; and the strokes of đ, ħ, ı, ł, ø and ŧ. Marks that
///   are letters' bodies (the vowel signs of Devanagari or Thai, the voicing marks of kana) stay.
/// - English and Porter stemmers and no stemmer see words without diacritics, so that "résumés" meets "resume"; all
///   others know their language's letters (ä, é, й), so diacritics are removed from the stem.
package final class TermFolder {
    /// Longest raw token in bytes; FTS5 itself cuts terms at 32,768.
    package static let maximumLength = 255

    private let stemmer: Stemmer?
    private let stripsBeforeStemming: Bool
    private let scalars: UnsafeMutablePointer<utf8proc_int32_t>
    private let folded: UnsafeMutablePointer<UInt8>

    /// Longest decomposition of a scalar under NFKC: U+FDFA becomes 18.
    private static let longestDecomposition = 18
    private static let scalarCapacity = maximumLength * longestDecomposition

    /// A folder that stems with `stemmer`, if any.
    package init(stemmer: Stemmer?, stripsBeforeStemming: Bool) {
        self.stemmer = stemmer
        self.stripsBeforeStemming = stripsBeforeStemming
        scalars = .allocate(capacity: Self.scalarCapacity + 1)  // utf8proc_reencode ends its output with a zero
        folded = .allocate(capacity: Self.maximumLength)
    }

    deinit {
        scalars.deallocate()
        folded.deallocate()
    }

    /// The term of `raw`, well-formed UTF-8 of at most `maximumLength` bytes; valid until the next call.
    ///
    /// Never empty: what folds to nothing stays as it is. At most eleven times as long as `raw` (U+FDFA).
    package func term(of raw: UnsafeBufferPointer<UInt8>, isStemmed: Bool = true) -> UnsafeBufferPointer<UInt8> {
        precondition(raw.count <= Self.maximumLength, "a raw token of \(raw.count) bytes")
        let stemmer = isStemmed ? stemmer : nil
        let strips = stripsBeforeStemming || stemmer == nil
        let word = foldedASCII(raw) ?? foldedUnicode(raw, strips: strips)
        guard !word.isEmpty else { return raw }
        guard let stemmer else { return undotted(word) }
        let stem = stemmer.stem(of: undotted(word))
        guard !stem.isEmpty else { return word }
        return strips ? stem : stripped(stem)
    }

    /// nil when there is a byte outside ASCII.
    private func foldedASCII(_ raw: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        var count = 0
        var seen: UInt8 = 0
        for index in 0..<raw.count {
            let byte = raw[index]
            seen |= byte
            // Safety: at most raw.count <= maximumLength bytes are written.
            folded[count] = byte &- 0x41 < 26 ? byte | 0x20 : byte
            count += ASCIIByte.isJoiner(byte) ? 0 : 1
        }
        return seen < 0x80 ? UnsafeBufferPointer(start: folded, count: count) : nil
    }

    /// A folded `word` without its dots if it is an acronym, else as it is.
    private func undotted(_ word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let dot = UInt8(ascii: ".")
        guard word.count <= Self.maximumLength, word.contains(dot) else { return word }
        var isLetterNext = true
        for scalar in String(decoding: word, as: UTF8.self).unicodeScalars {
            guard isLetterNext ? scalar.properties.isAlphabetic : scalar == "." else { return word }
            isLetterNext.toggle()
        }
        guard !isLetterNext else { return word }
        var count = 0
        for byte in word where byte != dot {
            // Safety: at most word.count <= maximumLength bytes are written, and when `word` is `folded` itself, none
            // beyond the place read.
            folded[count] = byte
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
        let count = utf8proc_decompose(
            text.baseAddress, text.count, scalars, Self.scalarCapacity,
            utf8proc_option_t(rawValue: options | UTF8PROC_STABLE.rawValue))
        guard count > 0, count <= Self.scalarCapacity else { return empty }
        var kept = 0
        // Safety: utf8proc wrote `count` <= scalarCapacity scalars, and kept <= the place read.
        for index in 0..<count {
            if let scalar = Self.replacement(for: scalars[index], strips: strips) {
                scalars[kept] = scalar
                kept += 1
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

    private static func replacement(for scalar: Int32, strips: Bool) -> Int32? {
        switch scalar {
        case 0x2D, 0x5F, 0x2010: return nil
        case 0x2018, 0x2019, 0x201B: return 0x27
        case 0x300...0x36F, 0x483...0x487, 0x591...0x5BD, 0x5BF, 0x5C1...0x5C2, 0x5C4...0x5C5, 0x5C7,
            0x64B...0x652, 0x670, 0x1AB0...0x1ACE, 0x1DC0...0x1DFF, 0x20D0...0x20F0, 0xFE20...0xFE2F:
            return strips ? nil : scalar
        case 0x111: return strips ? 0x64 : scalar  // đ
        case 0x127: return strips ? 0x68 : scalar  // ħ
        case 0x131: return strips ? 0x69 : scalar  // ı
        case 0x142: return strips ? 0x6C : scalar  // ł
        case 0xF8: return strips ? 0x6F : scalar  // ø
        case 0x167: return strips ? 0x74 : scalar  // ŧ
        default: return scalar
        }
    }
}
