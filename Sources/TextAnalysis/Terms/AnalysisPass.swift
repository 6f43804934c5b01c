/// One walk over a text: finds tokens, looks up their terms, fills a buffer.
///
/// ASCII words, the common case, are found eight bytes at a time without looking at the word-break table
/// (`fill`); a word that touches a byte outside ASCII goes through `WordSegmenter` (`AnalysisPass+Segments`). Both
/// cut at word boundaries only, and from a boundary on nothing before it counts, so they can take turns.
///
/// Equivalent to: `ReferenceAnalyzer`.
///
/// It cannot be copied, so that calls of its methods do not copy it either: that took 3 % of indexing.
struct AnalysisPass: ~Copyable {
    let text: UnsafeBufferPointer<UInt8>
    let settings: AnalysisSettings
    let segmenter = WordSegmenter()
    let table = ScalarPropertyTable()

    /// Where the walk goes on.
    var offset = 0
    /// The position of the next token that is not colocated.
    var position: UInt32 = 0
    /// Ill-formed bytes seen so far.
    var illFormedByteCount = 0
    /// The compound that the last word belongs to or may begin.
    var compound = OpenCompound()
    /// The run of unspaced characters that ends with the last character.
    var run = UnspacedRun()

    init(_ text: UnsafeBufferPointer<UInt8>, settings: AnalysisSettings) {
        self.text = text
        self.settings = settings
    }

    /// Walks until the text ends, or until the buffer holds `limit` occurrences and what stands in it cannot change.
    ///
    /// Returns whether the text has ended.
    mutating func fill(_ buffer: inout TokenBuffer, limit: Int, terms: inout TermTable) -> Bool {
        let text = text
        while offset < text.count {
            if buffer.count >= limit && !compound.mayChangeBuffer {
                terms.finish(&buffer)
                return false
            }
            if offset > compound.nextStart {
                // No word can go on with the compound.
                if compound.slot != OpenCompound.noSlot { close(&buffer, &terms) }
                compound.nextStart = -1
                if run.length == 0 {
                    fillPlainWords(&buffer, limit, &terms)
                    if offset >= text.count || buffer.count >= limit { continue }
                }
            }
            let start = offset
            var end = start + PaddedWords(text, at: start).leadingAlphanumerics
            // Safety: every index is compared with text.count before it is read.
            if end == start {
                if text[start] >= 0x80 {
                    segment(at: start, &buffer, &terms)
                } else {
                    if isDotNet(at: start) { emitDotNet(at: start, &buffer, &terms) }
                    offset += 1
                }
                continue
            }
            var joiner = 0
            if end < text.count && text[end] != UInt8(ascii: " ") {
                end = asciiWordEnd(from: start, alphanumericsTo: end)
                if end < 0 {
                    segment(at: start, &buffer, &terms)
                    continue
                }
                joiner = joinsASCII(at: end) ? 1 : 0
            }
            emitWord(start, end, middle: joiner, &buffer, &terms)
            offset = end
        }
        close(&buffer, &terms)
        terms.finish(&buffer)
        return true
    }

    /// Takes words of ASCII letters and digits that belong to no compound, as long as there is nothing else between them
    /// than ASCII that joins nothing; most of a text.
    private mutating func fillPlainWords(_ buffer: inout TokenBuffer, _ limit: Int, _ terms: inout TermTable) {
        guard let bytes = text.baseAddress else { return }
        var (offset, position) = (offset, position)
        // Safety: 16 bytes follow an offset before `stop`, and one more.
        let stop = text.count - 16
        while offset < stop && buffer.count < limit {
            let length = PaddedWords.leadingAlphanumerics(bytes + offset)
            let end = offset &+ length
            let next = bytes[end]
            if UInt(bitPattern: length &- 1) >= UInt(RawTokenCache.shortLength) {
                if length > 0 || next >= 0x80 { break }
                // Perhaps `.NET`, which the caller looks at.
                if next == UInt8(ascii: "."), bytes[end &+ 1] | 0x20 == UInt8(ascii: "n") { break }
                offset &+= 1
                continue
            }
            var following = end &+ 1
            if next != UInt8(ascii: " ") {
                if !ASCIIByte.separates(next, from: bytes[following]) { break }
                following &+= bytes[following] == UInt8(ascii: " ") ? 1 : 0
            }
            let key = PaddedWords(bytes + offset).shortPrefix(length)
            let term = terms.lookUp(low: key.low, high: key.high, for: buffer.count, in: &buffer)
            buffer.append(term, position: position, start: offset, end: end)
            position &+= 1
            offset = following
        }
        (self.offset, self.position) = (offset, position)
    }

    /// The end of the ASCII word that begins at `start`, of which the bytes up to `end` are letters and digits, or -1 when a
    /// byte outside ASCII decides about it.
    ///
    /// What UAX #29 keeps together is cut at `.`, `:`, `'` and the like, apart from acronyms and contractions.
    @inline(__always)
    private func asciiWordEnd(from start: Int, alphanumericsTo end: Int) -> Int {
        var end = end
        while end < text.count && ASCIIByte.isAlphanumeric(text[end]) { end += 1 }
        guard end < text.count else { return end }
        if text[end] >= 0x80 { return -1 }
        guard end + 1 < text.count else { return end }
        if text[end + 1] >= 0x80 { return -1 }
        if text[end] == UInt8(ascii: ".") && end == start + 1 { end = acronymEnd(from: start) }
        guard end > 0, end + 1 < text.count, text[end] == UInt8(ascii: "'"), joinsASCII(at: end) else { return end }
        return contractionEnd(at: end)
    }

    /// The end of the acronym that begins with the letter at `start` and the dot behind it: letters with a dot between each
    /// two. That of the letter when it is none, and -1 when a byte outside ASCII decides about it.
    @inline(never)
    private func acronymEnd(from start: Int) -> Int {
        var last = start
        while joinsASCII(at: last + 1), text[last + 1] == UInt8(ascii: "."), ASCIIByte.isLetter(text[last]) {
            last += 2
            guard last + 1 < text.count else { break }
            if text[last + 1] >= 0x80 { return -1 }
            if ASCIIByte.isAlphanumeric(text[last + 1]) { return start + 1 }
            if last + 2 < text.count, text[last + 2] >= 0x80 { return -1 }
        }
        return last + 1
    }

    /// The end of the contraction whose apostrophe stands at `apostrophe`, or `apostrophe` when it is none; -1 when a byte
    /// outside ASCII decides about it.
    @inline(never)
    private func contractionEnd(at apostrophe: Int) -> Int {
        if settings.cutsAtApostrophes { return apostrophe }
        var end = apostrophe + 1
        while end < text.count && ASCIIByte.isAlphanumeric(text[end]) { end += 1 }
        if end < text.count && text[end] >= 0x80 { return -1 }
        guard WordJoiner.isContraction(text, apostrophe + 1, end) else { return apostrophe }
        return end + 1 < text.count && text[end + 1] >= 0x80 ? -1 : end
    }

    /// Whether UAX #29 joins the ASCII letters or digits on both sides of the byte at `offset`, and the language does not cut
    /// there; a byte outside ASCII behind it counts as nothing.
    @inline(__always)
    private func joinsASCII(at offset: Int) -> Bool {
        guard offset > 0, offset + 1 < text.count else { return false }
        let (previous, byte, next) = (text[offset - 1], text[offset], text[offset + 1])
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
            while end > start + 1 && text[end] & 0xC0 == 0x80 { end -= 1 }
        }
        return UnsafeBufferPointer(rebasing: text[start..<end])
    }

    /// Puts a word into the buffer, and the placeholder of its compound's joined form when it is the second part.
    ///
    /// `middle` is the length of a mark behind the word that joins it to the next one by UAX #29, as the point of
    /// `config.json`; 0 when there is none.
    mutating func emitWord(
        _ start: Int, _ end: Int, middle: Int, _ buffer: inout TokenBuffer, _ terms: inout TermTable
    ) {
        let joiner = middle > 0 ? middle : joinerLength(behind: start, end)
        if start == compound.nextStart {
            addPart(start, end, isLast: joiner == 0, &buffer, &terms)
        } else if compound.slot != OpenCompound.noSlot || run.length > 0 {
            close(&buffer, &terms)
        }
        let term = lookUp(start, end, for: buffer.count, &buffer, &terms)
        buffer.append(term, position: position, start: start, end: end)
        position &+= 1
        if joiner > 0 {
            if compound.slot == OpenCompound.noSlot { compound.start = start }
            compound.partStart = start
            compound.nextStart = end + joiner
        } else {
            compound.nextStart = -1
            let signed = signedEnd(start, end)
            if signed > end { emitSigned(start, signed, &buffer, &terms) }
        }
    }

    /// Takes the word from `start` to `end` into the open compound: its second part brings the placeholder of the joined form, and
    /// where there are three parts or more, each two that follow each other are written together as well (`wifi` of
    /// *wi-fi-enabled*), but not behind a number.
    private mutating func addPart(
        _ start: Int, _ end: Int, isLast: Bool, _ buffer: inout TokenBuffer, _ terms: inout TermTable
    ) {
        if compound.slot == OpenCompound.noSlot {
            compound.slot = buffer.count
            compound.partCount = 1
            buffer.append(TokenBuffer.noTerm, position: position &- 1, start: start, end: end)
            buffer.addJoinedForm(at: compound.slot)
        }
        compound.isBroken = breaksLine(before: start)
        compound.isHyphenated = compound.partCount == 1 && isHyphen(before: start)
        let pair = compound.partStart
        if settings.isDocument, compound.slot >= 0, compound.partCount > 1 || !isLast, !compound.isBroken,
            end - pair <= TermFolder.maximumLength, !ASCIIByte.isDigit(text[pair]), hasLetter(pair, end)
        {
            let place = buffer.count
            buffer.append(TokenBuffer.noTerm, position: position &- 1, start: pair, end: end)
            buffer.addJoinedForm(at: place, term: terms.unlistedTerm(of: token(pair, end)))
        }
        compound.partCount += 1
        compound.end = end
        if end - compound.start > TermFolder.maximumLength { compound.slot = OpenCompound.tooLong }
    }

    /// The term of a token for the occurrence at `index`, or 0 until it is looked up with others.
    private func lookUp(
        _ start: Int, _ end: Int, for index: Int, _ buffer: inout TokenBuffer, _ terms: inout TermTable
    ) -> TermID {
        guard end - start <= RawTokenCache.shortLength else {
            return terms.lookUp(token(start, end), for: index, in: &buffer)
        }
        let key = PaddedWords(text, at: start).shortPrefix(end - start)
        return terms.lookUp(low: key.low, high: key.high, for: index, in: &buffer)
    }

    /// Finishes the open compound or run.
    @inline(never)
    mutating func close(_ buffer: inout TokenBuffer, _ terms: inout TermTable) {
        if compound.slot >= 0, isBrokenWord(in: buffer) {
            joinBrokenWord(&buffer, &terms)
        } else if compound.slot >= 0, let end = joinedEnd {
            let (slot, start) = (compound.slot, compound.start)
            if compound.partCount == 2, compound.isHyphenated, !compound.isBroken {
                let term = lookUp(start, end, for: slot, &buffer, &terms)
                buffer.replace(at: slot, term: term, start: start, end: end)
            } else {
                buffer.replace(at: slot, term: TokenBuffer.noTerm, start: start, end: end)
                buffer.setJoinedForm(terms.unlistedTerm(of: token(start, end)), at: slot)
            }
        }
        if compound.slot != OpenCompound.noSlot, endsInDotNet(compound.end) {
            emitSigned(compound.end - 4, compound.end, &buffer, &terms)
        }
        compound = OpenCompound()
        closeRun(&buffer, &terms)
    }

    /// Whether the open compound is nothing but a word that a line's end has cut in two.
    private func isBrokenWord(in buffer: borrowing TokenBuffer) -> Bool {
        // Signs beside the second half (`C++`) need its position.
        compound.isBroken && compound.partCount == 2 && buffer.count == compound.slot + 2
            && compound.end - compound.start <= IdentifierParts.maximumLength
    }

    /// Puts a word that a line's end has cut in two into the place of its halves, which stand beside it like the parts of an
    /// identifier, so that phrases go on across it.
    private mutating func joinBrokenWord(_ buffer: inout TokenBuffer, _ terms: inout TermTable) {
        let (start, end) = (compound.start, compound.end)
        terms.resolve(&buffer)
        buffer.removeJoinedForm(at: compound.slot)
        buffer.replace(at: compound.slot - 1, term: terms.number(of: token(start, end)), start: start, end: end)
        position &-= 1
    }

    /// The end of what of the open compound is also written together; nil for what says nothing so.
    private var joinedEnd: Int? {
        let (start, end) = (compound.start, compound.end)
        return hasLetter(start, end)
            ? end : DigitGroups.joinedEnd(in: UnsafeBufferPointer(rebasing: text[start..<end])).map { start + $0 }
    }

    /// Whether a compound has a letter.
    private func hasLetter(_ start: Int, _ end: Int) -> Bool {
        var offset = start
        while offset < end {
            let scalar = DecodedScalar(in: text, at: offset)
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
