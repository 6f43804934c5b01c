extension AnalysisPass {
    /// Takes the segment of UAX #29 that begins at `start` and moves `offset` behind it.
    ///
    /// A segment is cut further at ExtendNumLet characters, so that `_emphasis_` and `snake_case` are found by their
    /// words; at apostrophes if the language wants it; between unspaced characters; and where a zero-width joiner
    /// binds words and emoji together.
    mutating func segment(at start: Int, _ buffer: inout TokenBuffer, _ terms: inout TermTable) {
        let end = segmenter.boundary(after: start, in: text)
        var piece = (kind: ScalarKind.none, start: start)
        var scalarStart = start
        while scalarStart < end {
            let scalar = DecodedScalar(in: text, at: scalarStart)
            if scalar.isIllFormed { illFormedByteCount += 1 }
            let properties = table.properties(of: scalar.value)
            let scalarEnd = scalarStart + scalar.length
            let kind = properties.kind
            let endsPiece = kind == .none ? cuts(properties.wordBreakClass, scalar.value) : kind != piece.kind
            if endsPiece {
                emit(piece.kind, piece.start, scalarStart, &buffer, &terms)
                piece = (kind, scalarStart)
            }
            if kind == .unspaced {
                addCharacter(scalarStart, characterEnd(from: scalarEnd, to: end), &buffer, &terms)
            }
            scalarStart = scalarEnd
        }
        emit(piece.kind, piece.start, end, &buffer, &terms)
        offset = end
    }

    private func cuts(_ wordBreakClass: WordBreakClass, _ scalar: UInt32) -> Bool {
        if wordBreakClass == .extendNumLet { return true }
        return settings.cutsAtApostrophes && (scalar == 0x27 || scalar == 0x2018 || scalar == 0x2019)
    }

    /// Puts a word or emoji into the buffer; other pieces of a segment give no token of their own.
    private mutating func emit(
        _ kind: ScalarKind, _ start: Int, _ end: Int, _ buffer: inout TokenBuffer, _ terms: inout TermTable
    ) {
        switch kind {
        case .word:
            emitWord(start, end, &buffer, &terms)
        case .emoji:
            close(&buffer, &terms)
            buffer.append(terms.term(of: token(start, end)), position: position, start: start, end: end)
            position &+= 1
        case .none, .unspaced:
            break
        }
    }

    /// The end of the character whose first scalar ends at `offset`: behind the marks that follow.
    private func characterEnd(from offset: Int, to end: Int) -> Int {
        var offset = offset
        while offset < end {
            let scalar = DecodedScalar(in: text, at: offset)
            guard table.properties(of: scalar.value).wordBreakClass.isIgnorable else { break }
            offset += scalar.length
        }
        return offset
    }

    /// Adds a character of an unspaced script: the bigram with the character before it, if that is adjacent.
    ///
    /// A run of n characters has max(1, n - 1) positions, each with a bigram; a character alone is its own term. In
    /// documents every character stands beside the bigram that it begins, the last one beside the bigram that it
    /// ends. So a phrase query for any part of a run, also of one character, matches, also with words around it.
    private mutating func addCharacter(
        _ start: Int, _ end: Int, _ buffer: inout TokenBuffer, _ terms: inout TermTable
    ) {
        var lastTerms = UnspacedRun().lastTerms
        if run.length == 0 || start != run.end {
            close(&buffer, &terms)
        } else {
            let bigram = terms.term(of: token(run.start, end))
            lastTerms.bigram = bigram
            buffer.append(bigram, position: position, start: run.start, end: end)
            if settings.emitsCharacters {
                let character = terms.term(of: token(run.start, run.end))
                lastTerms.character = character
                if character != bigram {
                    buffer.append(character, position: position, start: run.start, end: run.end)
                }
            }
            position &+= 1
        }
        run = UnspacedRun(length: run.length + 1, start: start, end: end, lastTerms: lastTerms)
    }

    /// Finishes the run of unspaced characters, if there is one.
    mutating func closeRun(_ buffer: inout TokenBuffer, _ terms: inout TermTable) {
        let isAlone = run.length == 1
        if isAlone || run.length > 1 && settings.emitsCharacters {
            let term = terms.term(of: token(run.start, run.end))
            let place = isAlone ? position : position &- 1
            // A doubled character (学学), or one with so many marks that it equals its bigram, would stand there twice.
            if term != run.lastTerms.character && term != run.lastTerms.bigram {
                buffer.append(term, position: place, start: run.start, end: run.end)
            }
            if isAlone { position &+= 1 }
        }
        run = UnspacedRun()
    }
}
