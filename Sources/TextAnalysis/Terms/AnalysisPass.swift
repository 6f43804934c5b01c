/// One walk over a text: finds tokens, looks up their terms, fills a buffer.
///
/// ASCII words, the common case, are found eight bytes at a time without looking at the word-break table
/// (`fill`); a word that touches a byte outside ASCII goes through `WordSegmenter` (`AnalysisPass+Segments`). Both
/// cut at word boundaries only, and from a boundary on nothing before it counts, so they can take turns.
///
/// Equivalent to: `ReferenceAnalyzer`.
///
/// It cannot be copied, and what can be told without it is asked of `AnalyzedText`: a method that only reads so large a value is
/// handed a copy all the same.
struct AnalysisPass: ~Copyable {
    let text: AnalyzedText
    let segmenter = WordSegmenter()

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
        self.text = AnalyzedText(bytes: text, settings: settings)
    }

    /// Walks until the text ends, or until the buffer holds `limit` occurrences and what stands in it cannot change.
    ///
    /// Returns whether the text has ended.
    mutating func fill(_ buffer: inout TokenBuffer, limit: Int, terms: inout TermTable) -> Bool {
        let (text, bytes) = (text, text.bytes)
        while offset < bytes.count {
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
                    if offset >= bytes.count || buffer.count >= limit { continue }
                }
            }
            let start = offset
            var end = start + PaddedWords(bytes, at: start).leadingAlphanumerics
            // Safety: every index is compared with bytes.count before it is read.
            if end == start {
                if bytes[start] >= 0x80 {
                    segment(at: start, &buffer, &terms)
                } else {
                    if text.isDotNet(at: start) { emitDotNet(at: start, &buffer, &terms) }
                    offset += 1
                }
                continue
            }
            var joiner = 0
            if end < bytes.count && bytes[end] != UInt8(ascii: " ") {
                end = text.asciiWordEnd(from: start, alphanumericsTo: end)
                if end < 0 {
                    segment(at: start, &buffer, &terms)
                    continue
                }
                joiner = text.joinsASCII(at: end) ? 1 : 0
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
        guard let bytes = text.bytes.baseAddress else { return }
        var (offset, position) = (offset, position)
        // Safety: 16 bytes follow an offset before `stop`, and one more.
        let stop = text.bytes.count - 16
        words: while offset < stop && buffer.count < limit {
            var queue = terms.queue(for: &buffer)
            let room = min(queue.room, limit - buffer.count)
            var places = buffer.places(room)
            let last = buffer.count + room
            defer {
                terms.take(queue)
                buffer.take(places)
            }
            while offset < stop && places.index < last {
                let length = PaddedWords.leadingAlphanumerics(bytes + offset)
                let end = offset &+ length
                let next = bytes[end]
                if UInt(bitPattern: length &- 1) >= UInt(RawTokenCache.shortLength) {
                    if length > 0 || next >= 0x80 { break words }
                    // Perhaps `.NET`, which the caller looks at.
                    if next == UInt8(ascii: "."), bytes[end &+ 1] | 0x20 == UInt8(ascii: "n") { break words }
                    offset &+= 1
                    continue
                }
                var following = end &+ 1
                if next != UInt8(ascii: " ") {
                    if !ASCIIByte.separates(next, from: bytes[following]) { break words }
                    following &+= bytes[following] == UInt8(ascii: " ") ? 1 : 0
                }
                let key = PaddedWords(bytes + offset).shortPrefix(length)
                queue.append(low: key.low, high: key.high, for: places.index)
                places.append(position: position, start: offset, end: end)
                position &+= 1
                offset = following
            }
        }
        (self.offset, self.position) = (offset, position)
    }

    /// Puts a word into the buffer, and the placeholder of its compound's joined form when it is the second part.
    ///
    /// `middle` is the length of a mark behind the word that joins it to the next one by UAX #29, as the point of
    /// `config.json`; 0 when there is none.
    mutating func emitWord(
        _ start: Int, _ end: Int, middle: Int, _ buffer: inout TokenBuffer, _ terms: inout TermTable
    ) {
        let joiner = middle > 0 ? middle : text.joinerLength(behind: start, end)
        if start == compound.nextStart {
            addPart(start, end, isLast: joiner == 0, &buffer, &terms)
        } else if compound.slot != OpenCompound.noSlot || run.length > 0 {
            close(&buffer, &terms)
        }
        text.lookUp(start, end, for: buffer.count, &buffer, &terms)
        buffer.append(TokenBuffer.noTerm, position: position, start: start, end: end)
        position &+= 1
        if joiner > 0 {
            if compound.slot == OpenCompound.noSlot { compound.start = start }
            compound.partStart = start
            compound.nextStart = end + joiner
        } else {
            compound.nextStart = -1
            let signed = text.signedEnd(start, end)
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
        compound.isBroken = text.breaksLine(before: start)
        compound.isHyphenated = compound.partCount == 1 && text.isHyphen(before: start)
        let pair = compound.partStart
        if text.settings.isDocument, compound.slot >= 0, compound.partCount > 1 || !isLast, !compound.isBroken,
            end - pair <= TermFolder.maximumLength, !ASCIIByte.isDigit(text.bytes[pair]), text.hasLetter(pair, end)
        {
            let place = buffer.count
            buffer.append(TokenBuffer.noTerm, position: position &- 1, start: pair, end: end)
            buffer.addJoinedForm(at: place, term: terms.unlistedTerm(of: text.token(pair, end)))
        }
        compound.partCount += 1
        compound.end = end
        if end - compound.start > TermFolder.maximumLength { compound.slot = OpenCompound.tooLong }
    }

    /// Puts the word with its signs beside the word.
    mutating func emitSigned(_ start: Int, _ end: Int, _ buffer: inout TokenBuffer, _ terms: inout TermTable) {
        buffer.append(terms.number(of: text.token(start, end)), position: position &- 1, start: start, end: end)
    }

    /// Puts `net` and, beside it, `.net` into the buffer, and moves to the last letter.
    mutating func emitDotNet(at start: Int, _ buffer: inout TokenBuffer, _ terms: inout TermTable) {
        emitWord(start + 1, start + 4, middle: 0, &buffer, &terms)
        emitSigned(start, start + 4, &buffer, &terms)
        offset = start + 3
    }

    /// Finishes the open compound or run.
    @inline(never)
    mutating func close(_ buffer: inout TokenBuffer, _ terms: inout TermTable) {
        if compound.isBrokenWord(in: buffer) {
            joinBrokenWord(&buffer, &terms)
        } else if compound.slot >= 0, let end = text.joinedEnd(compound.start, compound.end) {
            let (slot, start) = (compound.slot, compound.start)
            if compound.partCount == 2, compound.isHyphenated, !compound.isBroken {
                text.lookUp(start, end, for: slot, &buffer, &terms)
                buffer.replace(at: slot, term: TokenBuffer.noTerm, start: start, end: end)
            } else {
                buffer.replace(at: slot, term: TokenBuffer.noTerm, start: start, end: end)
                buffer.setJoinedForm(terms.unlistedTerm(of: text.token(start, end)), at: slot)
            }
        }
        if compound.slot != OpenCompound.noSlot, text.endsInDotNet(compound.end) {
            emitSigned(compound.end - 4, compound.end, &buffer, &terms)
        }
        compound = OpenCompound()
        closeRun(&buffer, &terms)
    }

    /// Puts a word that a line's end has cut in two into the place of its halves, which stand beside it like the parts of an
    /// identifier, so that phrases go on across it.
    private mutating func joinBrokenWord(_ buffer: inout TokenBuffer, _ terms: inout TermTable) {
        let (start, end) = (compound.start, compound.end)
        terms.resolve(&buffer)
        buffer.removeJoinedForm(at: compound.slot)
        buffer.replace(at: compound.slot - 1, term: terms.number(of: text.token(start, end)), start: start, end: end)
        position &-= 1
    }
}
