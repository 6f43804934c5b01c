/// What a segment of UAX #29 is cut by.
extension AnalyzedText {
    /// What a scalar contributes: an apostrophe contributes nothing, although Unicode may take it for a letter.
    func kind(of scalar: UInt32, _ properties: ScalarProperties) -> ScalarKind {
        WordJoiner.isLetterApostrophe(scalar) ? .none : properties.kind
    }

    /// Whether a scalar stands between words: by UAX #29, as an apostrophe that is a letter there, or as Persian has it.
    func joinsWords(_ scalar: UInt32, _ properties: ScalarProperties, behind letter: UInt32) -> Bool {
        properties.wordBreakClass.joinsWords || WordJoiner.isLetterApostrophe(scalar)
            || WordJoiner.isPersian(scalar, behind: letter)
    }

    /// Whether the joining scalar at `place` cuts the segment.
    func cuts(
        at scalar: UInt32, _ place: Range<Int>, piece: (kind: ScalarKind, start: Int), acronymEnd: inout Int,
        segmentEnd: Int
    ) -> Bool {
        guard piece.kind == .word else { return true }
        if place.lowerBound < acronymEnd || WordJoiner.isGershayim(scalar) { return false }
        if WordJoiner.isDot(scalar) {
            acronymEnd = acronym(from: piece.start, dot: place, to: segmentEnd)
            return acronymEnd <= place.lowerBound
        }
        guard WordJoiner.isApostrophe(scalar), !settings.cutsAtApostrophes else { return true }
        var end = place.upperBound
        while end < segmentEnd, ASCIIByte.isAlphanumeric(bytes[end]) { end += 1 }
        return !(WordJoiner.isContraction(bytes, place.upperBound, end) && endsWord(at: end, segmentEnd))
    }

    /// The length of a joining scalar if the words on both sides of it are parts of a compound; ExtendNumLet is looked at as
    /// every joiner.
    func middle(_ scalar: DecodedScalar, _ wordBreakClass: WordBreakClass) -> Int {
        if wordBreakClass == .extendNumLet { return 0 }
        return settings.cutsAtApostrophes && WordJoiner.isApostrophe(scalar.value) ? 0 : scalar.length
    }

    /// The end of the acronym that begins with a word at `start` and `dot`, or `start` when it is none: single letters with
    /// their marks, and a dot between each two.
    private func acronym(from start: Int, dot: Range<Int>, to segmentEnd: Int) -> Int {
        guard letterEnd(from: start, segmentEnd) == dot.lowerBound else { return start }
        var offset = dot.upperBound
        while true {
            let end = letterEnd(from: offset, segmentEnd)
            guard end > offset, endsWord(at: end, segmentEnd) else { return start }
            guard end < segmentEnd else { return end }
            let next = DecodedScalar(in: bytes, at: end)
            guard WordJoiner.isDot(next.value) else { return end }
            offset = end + next.length
        }
    }

    /// The end of the letter at `offset` with what UAX #29 attaches to it; `offset` when there is none.
    private func letterEnd(from offset: Int, _ segmentEnd: Int) -> Int {
        guard offset < segmentEnd else { return offset }
        let scalar = DecodedScalar(in: bytes, at: offset)
        let properties = table.properties(of: scalar.value)
        guard kind(of: scalar.value, properties) == .word, properties.wordBreakClass != .numeric else { return offset }
        return characterEnd(from: offset + scalar.length, to: segmentEnd)
    }

    /// Whether a word that reaches to `offset` ends there.
    private func endsWord(at offset: Int, _ segmentEnd: Int) -> Bool {
        guard offset < segmentEnd else { return true }
        let scalar = DecodedScalar(in: bytes, at: offset).value
        return joinsWords(scalar, table.properties(of: scalar), behind: 0)
    }

    /// The end of the character whose first scalar ends at `offset`: behind the marks that follow.
    func characterEnd(from offset: Int, to end: Int) -> Int {
        var offset = offset
        while offset < end {
            let scalar = DecodedScalar(in: bytes, at: offset)
            guard table.properties(of: scalar.value).wordBreakClass.isIgnorable else { break }
            offset += scalar.length
        }
        return offset
    }
}
