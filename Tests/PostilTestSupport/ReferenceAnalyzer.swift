import TextAnalysis

/// The slow twin of `TextAnalyzer`: whole arrays, no fast path, no cache, every token folded and stemmed anew.
package final class ReferenceAnalyzer {
    /// A token with its term's bytes.
    package struct Token: Equatable, CustomStringConvertible {
        package var term: [UInt8]
        package var start: Int
        package var end: Int
        package var position: Int
        package var isColocated: Bool

        package init(_ term: [UInt8], _ range: Range<Int>, position: Int, isColocated: Bool = false) {
            self.term = term
            start = range.lowerBound
            end = range.upperBound
            self.position = position
            self.isColocated = isColocated
        }

        package var description: String {
            "\(String(decoding: term, as: UTF8.self))@\(position)\(isColocated ? "+" : "")[\(start)..<\(end)]"
        }
    }

    private enum Piece {
        case word(Range<Int>, hasLetter: Bool)
        case character(Range<Int>)
        case emoji(Range<Int>)

        var range: Range<Int> {
            switch self {
            case .word(let range, _), .character(let range), .emoji(let range): range
            }
        }
    }

    private let specification: AnalyzerSpecification
    private let folder: TermFolder

    /// The twin of the analyzer of `specification`, which is not one of FTS5's.
    package init(_ specification: AnalyzerSpecification) {
        self.specification = specification
        var stemmer: Stemmer?
        if case .snowball(let algorithm) = specification.kind { stemmer = Stemmer(algorithm: algorithm) }
        folder = TermFolder(stemmer: stemmer, stripsBeforeStemming: specification.stripsBeforeStemming)
    }

    /// All tokens of `text`.
    package func tokens(of text: [UInt8], for purpose: AnalysisPurpose = .document) -> [Token] {
        var tokens: [Token] = []
        var position = 0
        let pieces = pieces(of: text)
        let lastEnd = pieces.last?.range.upperBound
        func term(_ range: Range<Int>) -> [UInt8] {
            self.term(text, range, isStemmed: purpose != .prefix || range.upperBound != lastEnd)
        }
        func appendOnce(_ token: Token) {
            let isThere = tokens.reversed().prefix { $0.position == token.position }.contains { $0.term == token.term }
            if !isThere { tokens.append(token) }
        }
        var index = 0
        while index < pieces.count {
            switch pieces[index] {
            case .emoji(let range):
                tokens.append(Token(term(range), range, position: position))
                position += 1
                index += 1
            case .word:
                let parts = compound(pieces, from: index, in: text)
                for (number, part) in parts.enumerated() {
                    tokens.append(Token(term(part), part, position: position + number))
                    if number == 0, parts.count > 1, isJoined(pieces[index..<index + parts.count]) {
                        let whole = part.lowerBound..<parts[parts.count - 1].upperBound
                        // A term stands at a position once.
                        if self.term(text, whole, isStemmed: true) != self.term(text, part, isStemmed: true) {
                            tokens.append(Token(term(whole), whole, position: position, isColocated: true))
                        }
                    }
                }
                position += parts.count
                index += parts.count
            case .character:
                let run = run(pieces, from: index)
                if run.count == 1 { tokens.append(Token(term(run[0]), run[0], position: position)) }
                for first in 0..<run.count - 1 {
                    let bigram = run[first].lowerBound..<run[first + 1].upperBound
                    tokens.append(Token(term(bigram), bigram, position: position + first))
                    guard purpose == .document else { continue }
                    appendOnce(Token(term(run[first]), run[first], position: position + first, isColocated: true))
                }
                if purpose == .document, run.count > 1, let last = run.last {
                    appendOnce(Token(term(last), last, position: position + run.count - 2, isColocated: true))
                }
                position += max(1, run.count - 1)
                index += run.count
            }
        }
        return tokens
    }

    /// Words, characters and emoji in the order of the text.
    private func pieces(of text: [UInt8]) -> [Piece] {
        let segmenter = ReferenceWordSegmenter(text)
        let scalars = segmenter.scalars
        var pieces: [Piece] = []
        var start = 0
        while start < scalars.count {
            var end = start + 1
            while end < scalars.count && !segmenter.breaks(before: end) { end += 1 }
            pieces += self.pieces(of: scalars[start..<end])
            start = end
        }
        return pieces
    }

    private func pieces(of segment: ArraySlice<ReferenceWordSegmenter.Scalar>) -> [Piece] {
        let cut = segment.split { scalar in
            if scalar.properties.kind != .none { return false }
            let isApostrophe = [0x27, 0x2018, 0x2019].contains(scalar.value)
            return scalar.wordBreakClass == .extendNumLet || isApostrophe && specification.cutsAtApostrophes
        }
        return cut.flatMap { part -> [Piece] in
            // Where something other than nothing begins that differs from what stands before it.
            var starts: [Int] = []
            for index in part.indices where part[index].properties.kind != .none {
                let kind = part[index].properties.kind
                let previous = part[..<index].last { $0.properties.kind != .none }?.properties.kind
                if kind == .unspaced || kind != previous { starts.append(index) }
            }
            return zip(starts, starts.dropFirst() + [part.endIndex]).map { start, end in
                piece(part[start..<end])
            }
        }
    }

    private func piece(_ scalars: ArraySlice<ReferenceWordSegmenter.Scalar>) -> Piece {
        let range = scalars[scalars.startIndex].start..<scalars[scalars.endIndex - 1].end
        switch scalars[scalars.startIndex].properties.kind {
        case .emoji:
            return .emoji(range)
        case .unspaced:
            let marks = scalars.dropFirst().prefix { $0.wordBreakClass.isIgnorable }
            return .character(range.lowerBound..<(marks.last?.end ?? scalars[scalars.startIndex].end))
        default:
            let hasLetter = scalars.contains { $0.properties.kind == .word && $0.wordBreakClass != .numeric }
            return .word(range, hasLetter: hasLetter)
        }
    }

    /// The ranges of the words from piece `index` on that single joiners bind together.
    private func compound(_ pieces: [Piece], from index: Int, in text: [UInt8]) -> [Range<Int>] {
        let joiners: [[UInt8]] = ["-", "_", "\u{2010}", "\u{2011}"].map { Array($0.utf8) }
        var parts = [pieces[index].range]
        for piece in pieces[(index + 1)...] {
            guard case .word(let range, _) = piece, let last = parts.last,
                joiners.contains(Array(text[last.upperBound..<range.lowerBound]))
            else { break }
            parts.append(range)
        }
        return parts
    }

    private func isJoined(_ parts: ArraySlice<Piece>) -> Bool {
        let length = parts[parts.endIndex - 1].range.upperBound - parts[parts.startIndex].range.lowerBound
        let hasLetter = parts.contains { if case .word(_, hasLetter: true) = $0 { true } else { false } }
        return length <= TermFolder.maximumLength && hasLetter
    }

    /// The ranges of the adjacent characters from piece `index` on.
    private func run(_ pieces: [Piece], from index: Int) -> [Range<Int>] {
        var run = [pieces[index].range]
        for piece in pieces[(index + 1)...] {
            guard case .character(let range) = piece, range.lowerBound == run[run.count - 1].upperBound else { break }
            run.append(range)
        }
        return run
    }

    private func term(_ text: [UInt8], _ range: Range<Int>, isStemmed: Bool) -> [UInt8] {
        var raw = Array(text[range])
        if raw.count > TermFolder.maximumLength {
            var end = TermFolder.maximumLength
            while end > 1 && raw[end] & 0xC0 == 0x80 { end -= 1 }
            raw.removeSubrange(end...)
        }
        return raw.withUnsafeBufferPointer { Array(folder.term(of: $0, isStemmed: isStemmed)) }
    }
}
