/// A text that is analysed, and what can be told of its places wherever a walk over it, an `AnalysisPass`, stands.
struct AnalyzedText {
    /// The text.
    let bytes: UnsafeBufferPointer<UInt8>
    let settings: AnalysisSettings
    let table = ScalarPropertyTable()

    /// The end of the ASCII word that begins at `start`, of which the bytes up to `end` are letters and digits, or -1 when a
    /// byte outside ASCII decides about it.
    ///
    /// What UAX #29 keeps together is cut at `.`, `:`, `'` and the like, apart from acronyms and contractions.
    @inline(__always)
    func asciiWordEnd(from start: Int, alphanumericsTo end: Int) -> Int {
        var end = end
        while end < bytes.count && ASCIIByte.isAlphanumeric(bytes[end]) { end += 1 }
        guard end < bytes.count else { return end }
        if bytes[end] >= 0x80 { return -1 }
        guard end + 1 < bytes.count else { return end }
        if bytes[end + 1] >= 0x80 { return -1 }
        if bytes[end] == UInt8(ascii: ".") && end == start + 1 { end = acronymEnd(from: start) }
        guard end > 0, end + 1 < bytes.count, bytes[end] == UInt8(ascii: "'"), joinsASCII(at: end) else { return end }
        return contractionEnd(at: end)
    }

    /// The end of the acronym that begins with the letter at `start` and the dot behind it: letters with a dot between each
    /// two. That of the letter when it is none, and -1 when a byte outside ASCII decides about it.
    @inline(never)
    private func acronymEnd(from start: Int) -> Int {
        var last = start
        while joinsASCII(at: last + 1), bytes[last + 1] == UInt8(ascii: "."), ASCIIByte.isLetter(bytes[last]) {
            last += 2
            guard last + 1 < bytes.count else { break }
            if bytes[last + 1] >= 0x80 { return -1 }
            if ASCIIByte.isAlphanumeric(bytes[last + 1]) { return start + 1 }
            if last + 2 < bytes.count, bytes[last + 2] >= 0x80 { return -1 }
        }
        return last + 1
    }

    /// The end of the contraction whose apostrophe stands at `apostrophe`, or `apostrophe` when it is none; -1 when a byte
    /// outside ASCII decides about it.
    @inline(never)
    private func contractionEnd(at apostrophe: Int) -> Int {
        if settings.cutsAtApostrophes { return apostrophe }
        var end = apostrophe + 1
        while end < bytes.count && ASCIIByte.isAlphanumeric(bytes[end]) { end += 1 }
        if end < bytes.count && bytes[end] >= 0x80 { return -1 }
        guard WordJoiner.isContraction(bytes, apostrophe + 1, end) else { return apostrophe }
        return end + 1 < bytes.count && bytes[end + 1] >= 0x80 ? -1 : end
    }

    /// Whether UAX #29 joins the ASCII letters or digits on both sides of the byte at `offset`, and the language does not cut
    /// there; a byte outside ASCII behind it counts as nothing.
    @inline(__always)
    func joinsASCII(at offset: Int) -> Bool {
        guard offset > 0, offset + 1 < bytes.count else { return false }
        let (previous, byte, next) = (bytes[offset - 1], bytes[offset], bytes[offset + 1])
        if byte == UInt8(ascii: "'") && settings.cutsAtApostrophes { return false }
        return ASCIIByte.joinsLetters(byte) && ASCIIByte.isLetter(previous) && ASCIIByte.isLetter(next)
            || ASCIIByte.joinsDigits(byte) && ASCIIByte.isDigit(previous) && ASCIIByte.isDigit(next)
    }

    /// The bytes that stand for a token in the cache: the first `TermFolder.maximumLength`, cut between scalars.
    func token(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { token(range.lowerBound, range.upperBound) }

    /// As above.
    func token(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
        var end = end
        if end - start > TermFolder.maximumLength {
            end = start + TermFolder.maximumLength
            while end > start + 1 && bytes[end] & 0xC0 == 0x80 { end -= 1 }
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    /// Looks up the term of a token, with others, for the occurrence at `index`.
    func lookUp(
        _ start: Int, _ end: Int, for index: Int, _ buffer: inout TokenBuffer, _ terms: inout TermTable
    ) {
        guard end - start <= RawTokenCache.shortLength else {
            return terms.lookUp(token(start, end), for: index, in: &buffer)
        }
        let key = PaddedWords(bytes, at: start).shortPrefix(end - start)
        terms.lookUp(low: key.low, high: key.high, for: index, in: &buffer)
    }

    /// The end of what of a compound is also written together; nil for what says nothing so.
    func joinedEnd(_ start: Int, _ end: Int) -> Int? {
        hasLetter(start, end)
            ? end : DigitGroups.joinedEnd(in: UnsafeBufferPointer(rebasing: bytes[start..<end])).map { start + $0 }
    }

    /// Whether a compound has a letter.
    func hasLetter(_ start: Int, _ end: Int) -> Bool {
        var offset = start
        while offset < end {
            let scalar = DecodedScalar(in: bytes, at: offset)
            let properties = table.properties(of: scalar.value)
            if properties.kind == .word && properties.wordBreakClass != .numeric,
                !WordJoiner.isLetterApostrophe(scalar.value)
            {
                return true
            }
            offset += scalar.length
        }
        return false
    }
}

/// What differs between walks over a text.
struct AnalysisSettings {
    /// Whether apostrophes separate words (l'alignement, Ankara'da); English keeps them for its stemmer.
    var cutsAtApostrophes: Bool
    /// Whether characters of unspaced scripts are put beside their bigrams, and neighbours in a compound beside its parts: for
    /// documents, so that a query for one character, or for two parts written together, finds them.
    var isDocument: Bool
}
