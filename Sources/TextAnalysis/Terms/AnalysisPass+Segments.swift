extension AnalysisPass {
    /// Takes the segment of UAX #29 that begins at `start` and moves `offset` behind it.
    ///
    /// A segment is cut further at all that joins words (`_emphasis_`, `config.json`, `l'optimisation`, `1,000`), acronyms and
    /// contractions excepted; between unspaced characters; and where a zero-width joiner binds words and emoji together.
    mutating func segment(at start: Int, _ buffer: inout TokenBuffer, _ terms: inout TermTable) {
        let end = segmenter.boundary(after: start, in: text.bytes)
        var piece = (kind: ScalarKind.none, start: start)
        // No dot before this cuts: it belongs to an acronym.
        var acronymEnd = start
        var letter: UInt32 = 0
        var scalarStart = start
        while scalarStart < end {
            let scalar = DecodedScalar(in: text.bytes, at: scalarStart)
            if scalar.isIllFormed { illFormedByteCount += 1 }
            let properties = text.table.properties(of: scalar.value)
            let scalarEnd = scalarStart + scalar.length
            let kind = text.kind(of: scalar.value, properties)
            var endsPiece = kind != .none && kind != piece.kind
            var middle = 0
            if kind == .none, text.joinsWords(scalar.value, properties, behind: letter) {
                endsPiece = text.cuts(
                    at: scalar.value, scalarStart..<scalarEnd, piece: piece, acronymEnd: &acronymEnd, segmentEnd: end)
                if endsPiece, scalarEnd < end { middle = text.middle(scalar, properties.wordBreakClass) }
            }
            if endsPiece {
                emit(piece.kind, piece.start, scalarStart, middle: middle, &buffer, &terms)
                piece = (kind, scalarStart)
            }
            if kind != .none { letter = scalar.value }
            if kind == .unspaced {
                addCharacter(scalarStart, text.characterEnd(from: scalarEnd, to: end), scalar.value, &buffer, &terms)
            }
            scalarStart = scalarEnd
        }
        emit(piece.kind, piece.start, end, middle: 0, &buffer, &terms)
        offset = end
    }

    /// Puts a word or emoji into the buffer; other pieces of a segment give no token of their own.
    private mutating func emit(
        _ kind: ScalarKind, _ start: Int, _ end: Int, middle: Int, _ buffer: inout TokenBuffer,
        _ terms: inout TermTable
    ) {
        switch kind {
        case .word:
            emitWord(start, end, middle: middle, &buffer, &terms)
        case .emoji:
            close(&buffer, &terms)
            let number = terms.number(of: text.token(start, end))
            buffer.append(number, position: position, start: start, end: end)
            addEmojiParts(start, end, beside: number, &buffer, &terms)
            position &+= 1
        case .none, .unspaced:
            break
        }
    }

    /// Puts the emoji that are joined to one (👨‍👩‍👧) beside it; a flag's letters are no emoji.
    private func addEmojiParts(
        _ start: Int, _ end: Int, beside whole: TermID, _ buffer: inout TokenBuffer, _ terms: inout TermTable
    ) {
        // Most emoji are one scalar.
        guard end - start > 4 else { return }
        // Emoji are words, and with other marks other words of one term.
        var known = [terms.term(ofNumber: whole)]
        var offset = start
        while offset < end {
            let scalar = DecodedScalar(in: text.bytes, at: offset)
            let (place, next) = (offset, offset + scalar.length)
            offset = next
            let properties = text.table.properties(of: scalar.value)
            guard properties.kind == .emoji, properties.wordBreakClass != .regionalIndicator,
                !properties.wordBreakClass.isIgnorable
            else { continue }
            let number = terms.number(of: text.token(place, next))
            let term = terms.term(ofNumber: number)
            if known.contains(term) { continue }
            known.append(term)
            buffer.append(number, position: position, start: place, end: next)
        }
    }

    /// Adds a character of an unspaced script: the bigram with the character before it, if that is adjacent.
    ///
    /// A run of n characters has max(1, n - 1) positions, each with a bigram; a character alone is its own term. In
    /// documents every character that can be a word stands beside the bigram that it begins, the last one beside the bigram
    /// that it ends. So a phrase query for any part of a run, also of one character, matches, also with words around it.
    private mutating func addCharacter(
        _ start: Int, _ end: Int, _ scalar: UInt32, _ buffer: inout TokenBuffer, _ terms: inout TermTable
    ) {
        var lastTerms = UnspacedRun().lastTerms
        if run.length == 0 || start != run.end {
            close(&buffer, &terms)
        } else {
            let bigram = terms.number(of: text.token(run.start, end))
            lastTerms.bigram = terms.term(ofNumber: bigram)
            buffer.append(bigram, position: position, start: run.start, end: end)
            if text.settings.isDocument && run.isWord {
                let character = terms.number(of: text.token(run.start, run.end))
                lastTerms.character = terms.term(ofNumber: character)
                if lastTerms.character != lastTerms.bigram {
                    buffer.append(character, position: position, start: run.start, end: run.end)
                }
            }
            position &+= 1
        }
        run = UnspacedRun(
            length: run.length + 1, start: start, end: end, isWord: UnspacedRun.canBeWord(scalar), lastTerms: lastTerms)
    }

    /// Finishes the run of unspaced characters, if there is one.
    mutating func closeRun(_ buffer: inout TokenBuffer, _ terms: inout TermTable) {
        let isAlone = run.length == 1
        if isAlone || run.length > 1 && text.settings.isDocument && run.isWord {
            let number = terms.number(of: text.token(run.start, run.end))
            let term = terms.term(ofNumber: number)
            let place = isAlone ? position : position &- 1
            // A doubled character (学学), or one with so many marks that it equals its bigram, would stand there twice.
            if term != run.lastTerms.character && term != run.lastTerms.bigram {
                buffer.append(number, position: place, start: run.start, end: run.end)
            }
            if isAlone { position &+= 1 }
        }
        run = UnspacedRun()
    }
}
