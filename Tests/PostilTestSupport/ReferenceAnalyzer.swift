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
        /// A word of the UAX #29 segment with that number.
        case word(Range<Int>, hasLetter: Bool, segment: Int)
        case character(Range<Int>, isWord: Bool)
        case emoji(Range<Int>)

        var range: Range<Int> {
            switch self {
            case .word(let range, _, _), .character(let range, _), .emoji(let range): range
            }
        }
    }

    private let specification: AnalyzerSpecification
    private let folder: TermFolder

    /// The twin of the analyzer of `specification`, which is not one of FTS5's.
    package init(_ specification: AnalyzerSpecification) {
        self.specification = specification
        folder = TermFolder(specification)
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
        func appendWord(_ range: Range<Int>, position: Int) {
            let raw = cut(text, range)
            var terms = [self.term(text, range, isStemmed: true)]
            tokens.append(Token(term(range), range, position: position))
            for part in raw.withUnsafeBufferPointer(IdentifierParts.ranges(in:)) {
                let place = range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound
                let stemmed = self.term(text, place, isStemmed: true)
                if terms.contains(stemmed) { continue }
                terms.append(stemmed)
                tokens.append(Token(term(place), place, position: position, isColocated: true))
            }
        }
        var index = 0
        while index < pieces.count {
            switch pieces[index] {
            case .emoji(let range):
                tokens.append(Token(term(range), range, position: position))
                for part in emojiParts(range, in: text) {
                    appendOnce(Token(term(part), part, position: position, isColocated: true))
                }
                position += 1
                index += 1
            case .word:
                let parts = compound(pieces, from: index, in: text)
                if let broken = brokenWord(parts, in: text) {
                    appendWord(broken, position: position)
                    position += 1
                    index += 2
                    continue
                }
                for (number, part) in parts.enumerated() {
                    appendWord(part, position: position + number)
                    if let signed = signedRange(part, in: text) {
                        tokens.append(Token(term(signed), signed, position: position + number, isColocated: true))
                    }
                    if number > 0, number == parts.count - 1,
                        text[..<part.upperBound].suffix(4).elementsEqual(".NET".utf8)
                    {
                        let signed = part.upperBound - 4..<part.upperBound
                        tokens.append(Token(term(signed), signed, position: position + number, isColocated: true))
                    }
                    if number == 0, parts.count > 1,
                        let end = joinedEnd(pieces[index..<index + parts.count], in: text)
                    {
                        let whole = part.lowerBound..<end
                        // A term stands at a position once.
                        let joined = self.term(text, whole, isStemmed: true)
                        let others = tokens.filter { $0.position == position }
                        if !others.contains(where: { self.term(text, $0.start..<$0.end, isStemmed: true) == joined }) {
                            tokens.append(Token(term(whole), whole, position: position, isColocated: true))
                        }
                    }
                    if purpose == .document, parts.count > 2, number + 1 < parts.count,
                        part.upperBound - parts[0].lowerBound <= TermFolder.maximumLength,
                        let pair = pair(part, parts[number + 1], pieces[(index + number)...].prefix(2), in: text)
                    {
                        appendOnce(Token(term(pair), pair, position: position + number, isColocated: true))
                    }
                }
                position += parts.count
                index += parts.count
            case .character:
                let run = run(pieces, from: index)
                if run.count == 1 { tokens.append(Token(term(run[0].range), run[0].range, position: position)) }
                for first in 0..<run.count - 1 {
                    let bigram = run[first].range.lowerBound..<run[first + 1].range.upperBound
                    tokens.append(Token(term(bigram), bigram, position: position + first))
                    guard purpose == .document, run[first].isWord else { continue }
                    let place = run[first].range
                    appendOnce(Token(term(place), place, position: position + first, isColocated: true))
                }
                if purpose == .document, run.count > 1, let last = run.last, last.isWord {
                    let place = last.range
                    appendOnce(Token(term(place), place, position: position + run.count - 2, isColocated: true))
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
            pieces += self.pieces(of: scalars[start..<end], number: start)
            start = end
        }
        return pieces
    }

    private typealias Scalars = ArraySlice<ReferenceWordSegmenter.Scalar>

    private func kind(_ scalar: ReferenceWordSegmenter.Scalar) -> ScalarKind {
        [0x2BB, 0x2BC].contains(scalar.value) ? .none : scalar.properties.kind
    }

    /// Whether a scalar stands between words.
    private func joinsWords(_ scalar: ReferenceWordSegmenter.Scalar, behind before: Scalars = []) -> Bool {
        if scalar.wordBreakClass.joinsWords || [0x2BB, 0x2BC].contains(scalar.value) { return true }
        guard scalar.value == 0x200C, let letter = before.last(where: { kind($0) != .none }) else { return false }
        let arabic: [ClosedRange<UInt32>] = [0x600...0x6FF, 0x750...0x8FF]
        return arabic.contains { $0.contains(letter.value) }
    }

    private func pieces(of segment: Scalars, number: Int) -> [Piece] {
        var pieces: [Piece] = []
        var start = segment.startIndex
        for index in segment.indices where cuts(segment, at: index, from: start) {
            pieces += uncut(segment[start..<index], number: number)
            start = index + 1
        }
        return pieces + uncut(segment[start...], number: number)
    }

    /// Whether the scalar at `index` separates what is behind it from the piece of the segment that begins at `start`.
    private func cuts(_ segment: Scalars, at index: Int, from start: Int) -> Bool {
        let scalar = segment[index]
        guard kind(scalar) == .none, joinsWords(scalar, behind: segment[..<index]) else { return false }
        // The run of pieces without a cut before this scalar: of what kind is its last one?
        guard segment[start..<index].last(where: { kind($0) != .none }).map({ kind($0) }) == .word else {
            return true
        }
        if WordJoiner.isGershayim(scalar.value) { return false }
        if WordJoiner.isDot(scalar.value) {
            // From its first letter on, the piece and what follows are single letters with dots between them.
            let other = segment[start..<index].lastIndex { kind($0) != .none && kind($0) != .word }
            guard let first = segment[(other ?? start)..<index].firstIndex(where: { kind($0) == .word })
            else {
                return true
            }
            let end = segment[index...].firstIndex { joinsWords($0) && !WordJoiner.isDot($0.value) }
            let letters = segment[first..<(end ?? segment.endIndex)].split(
                omittingEmptySubsequences: false, whereSeparator: { WordJoiner.isDot($0.value) })
            return !letters.allSatisfy { letter in
                guard let head = letter.first else { return false }
                return kind(head) == .word && head.wordBreakClass != .numeric
                    && letter.dropFirst().allSatisfy { $0.wordBreakClass.isIgnorable }
            }
        }
        guard WordJoiner.isApostrophe(scalar.value), !specification.cutsAtApostrophes else { return true }
        let suffix = segment[(index + 1)...].prefix { !joinsWords($0) }.map(\.value)
        return !["s", "t", "d", "m", "re", "ll", "ve"].contains {
            $0.unicodeScalars.map(\.value) == suffix.map { $0 < 0x80 ? $0 | 0x20 : $0 }
        }
    }

    private func uncut(_ part: Scalars, number: Int) -> [Piece] {
        // Where something other than nothing begins that differs from what stands before it.
        var starts: [Int] = []
        for index in part.indices where kind(part[index]) != .none {
            let kind = self.kind(part[index])
            let previous = part[..<index].last { self.kind($0) != .none }?.properties.kind
            if kind == .unspaced || kind != previous { starts.append(index) }
        }
        return zip(starts, starts.dropFirst() + [part.endIndex]).map { start, end in
            piece(part[start..<end], number: number)
        }
    }

    private func piece(_ scalars: Scalars, number: Int) -> Piece {
        let first = scalars[scalars.startIndex]
        let range = first.start..<scalars[scalars.endIndex - 1].end
        switch kind(first) {
        case .emoji:
            return .emoji(range)
        case .unspaced:
            let marks = scalars.dropFirst().prefix { $0.wordBreakClass.isIgnorable }
            let isWord = first.value >= 0x2E80 && !(0xA9E0...0xAADF).contains(first.value)
            return .character(range.lowerBound..<(marks.last?.end ?? first.end), isWord: isWord)
        default:
            let hasLetter = scalars.contains { kind($0) == .word && $0.wordBreakClass != .numeric }
            return .word(range, hasLetter: hasLetter, segment: number)
        }
    }

    /// The ranges of the words from piece `index` on that joiners bind together.
    private func compound(_ pieces: [Piece], from index: Int, in text: [UInt8]) -> [Range<Int>] {
        var parts = [pieces[index].range]
        var last = pieces[index]
        for piece in pieces[(index + 1)...] {
            guard case .word(let range, _, let segment) = piece, case .word(let before, _, let previous) = last,
                before.upperBound <= range.lowerBound,
                joins(text, before, range, isOneSegment: segment == previous)
            else { break }
            parts.append(range)
            last = piece
        }
        return parts
    }

    /// Whether what stands between two words in a row joins them.
    private func joins(_ text: [UInt8], _ first: Range<Int>, _ second: Range<Int>, isOneSegment: Bool) -> Bool {
        let gap = Array(text[first.upperBound..<second.lowerBound])
        let between = String(decoding: gap, as: UTF8.self)
        if ["-", "_", "\u{2010}", "\u{2011}"].contains(between) { return true }
        if between == "&" {
            let letters = text[second.lowerBound...].prefix { (0x41...0x5A).contains($0 & 0xDF) }
            return isShortWord(text, first) && isShortWord(text, letters.startIndex..<letters.endIndex)
        }
        let scalars = Array(between.unicodeScalars)
        if isOneSegment, scalars.count == 1 {
            let properties = ScalarPropertyTable().properties(of: scalars[0].value)
            let isCut = specification.cutsAtApostrophes && WordJoiner.isApostrophe(scalars[0].value)
            let isLetter = [0x2BB, 0x2BC].contains(scalars[0].value)
            let isPersian = scalars[0].value == 0x200C && isArabic(text, before: first.upperBound)
            let joins = properties.wordBreakClass.joinsWords && properties.wordBreakClass != .extendNumLet
            if joins || isLetter || isPersian, !isCut { return true }
        }
        // A line's end behind a hyphen, or behind a soft hyphen, which belongs to the word before it.
        var rest = scalars[...]
        var letterEnd = first.upperBound
        if rest.first == "-" || rest.first == "\u{2010}" {
            rest.removeFirst()
        } else if text[first].suffix(2) == [0xC2, 0xAD], first.count > 2 {
            letterEnd -= 2
        } else {
            return false
        }
        if rest.first == "\r" { rest.removeFirst() }
        guard rest.first == "\n", rest.dropFirst().allSatisfy({ $0 == " " || $0 == "\t" }) else { return false }
        func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || Character(Unicode.Scalar(byte)).isLetter }
        let next = text[second.lowerBound]
        return isLetter(text[letterEnd - 1]) && (next >= 0x80 || Character(Unicode.Scalar(next)).isLowercase)
    }

    /// Whether the last scalar before a place that is no mark is of Arabic script.
    private func isArabic(_ text: [UInt8], before end: Int) -> Bool {
        let scalars = String(decoding: text[..<end], as: UTF8.self).unicodeScalars.suffix(64)
        let letter = scalars.last { ScalarPropertyTable().properties(of: $0.value).kind != .none }
        return letter.map { ("\u{600}"..."\u{6FF}").contains($0) || ("\u{750}"..."\u{8FF}").contains($0) } ?? false
    }

    /// Whether a range has one to three ASCII letters, and neither a digit nor anything outside ASCII follows.
    private func isShortWord(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        let isShort = (1...3).contains(range.count) && text[range].allSatisfy { (0x41...0x5A).contains($0 & 0xDF) }
        guard isShort, range.upperBound < text.count else { return isShort }
        return text[range.upperBound] < 0x80 && !(0x30...0x39).contains(text[range.upperBound])
    }

    /// The word with the signs behind it that belong to it: `C++`, `C#`.
    private func signedRange(_ word: Range<Int>, in text: [UInt8]) -> Range<Int>? {
        if String(decoding: text[word], as: UTF8.self).lowercased() == "net", isDotNet(word, in: text) {
            return word.lowerBound - 1..<word.upperBound
        }
        let isPlain = text[word].allSatisfy {
            $0 < 0x80 && Character(Unicode.Scalar($0)).isLetter || (0x30...0x39).contains($0)
        }
        let behind = text[word.upperBound...]
        if behind.starts(with: Array("++".utf8)), isPlain, word.count <= TermFolder.maximumLength - 2 {
            return word.lowerBound..<word.upperBound + 2
        }
        guard behind.first == UInt8(ascii: "#"), word.count == 1, isPlain,
            !(0x30...0x39).contains(text[word.lowerBound])
        else { return nil }
        let next = behind.dropFirst().first ?? 0
        let isWord = next >= 0x80 || (0x30...0x39).contains(next) || (0x41...0x5A).contains(next & 0xDF)
        return isWord ? nil : word.lowerBound..<word.upperBound + 1
    }

    /// Whether the word *net* is one of its own with the dot before it.
    private func isDotNet(_ word: Range<Int>, in text: [UInt8]) -> Bool {
        guard word.lowerBound > 0, text[word.lowerBound - 1] == UInt8(ascii: ".") else { return false }
        func separates(_ byte: UInt8?) -> Bool {
            guard let byte else { return true }
            return byte < 0x80 && !(0x30...0x39).contains(byte) && !(0x41...0x5A).contains(byte & 0xDF)
        }
        let before = text[..<(word.lowerBound - 1)].last
        let behind = text[word.upperBound...]
        let mayJoin = behind.first.map { [0x27, 0x2E, 0x3A].contains($0) } ?? false
        return before != UInt8(ascii: ".") && separates(before) && separates(behind.first)
            && (!mayJoin || separates(behind.dropFirst().first))
    }

    /// A word that a line's end has cut in two, if a compound is nothing else.
    private func brokenWord(_ parts: [Range<Int>], in text: [UInt8]) -> Range<Int>? {
        guard parts.count == 2, text[parts[0].upperBound..<parts[1].lowerBound].contains(0x0A),
            parts[1].upperBound - parts[0].lowerBound <= IdentifierParts.maximumLength,
            signedRange(parts[1], in: text) == nil
        else { return nil }
        return parts[0].lowerBound..<parts[1].upperBound
    }

    /// Two neighbours in a compound of three parts or more, if they are found together: not across a line's end, and not numbers.
    private func pair(_ first: Range<Int>, _ second: Range<Int>, _ pieces: ArraySlice<Piece>, in text: [UInt8])
        -> Range<Int>?
    {
        let pair = first.lowerBound..<second.upperBound
        guard !(0x30...0x39).contains(text[pair.lowerBound]), pair.count <= TermFolder.maximumLength,
            !text[first.upperBound..<second.lowerBound].contains(0x0A),
            pieces.contains(where: { if case .word(_, hasLetter: true, _) = $0 { true } else { false } })
        else { return nil }
        return pair
    }

    /// Where the joined form of a compound ends; nil when it has none.
    private func joinedEnd(_ parts: ArraySlice<Piece>, in text: [UInt8]) -> Int? {
        let whole = parts[parts.startIndex].range.lowerBound..<parts[parts.endIndex - 1].range.upperBound
        guard whole.count <= TermFolder.maximumLength else { return nil }
        if parts.contains(where: { if case .word(_, hasLetter: true, _) = $0 { true } else { false } }) {
            return whole.upperBound
        }
        let written = Array(String(decoding: text[whole], as: UTF8.self).unicodeScalars)
        func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
        func isGrouped(_ number: ArraySlice<Unicode.Scalar>, by mark: Unicode.Scalar) -> Bool {
            let groups = number.split(separator: mark, omittingEmptySubsequences: false)
            return groups.allSatisfy { $0.allSatisfy(isDigit) } && groups.count > (mark == "." ? 2 : 1)
                && (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
        }
        let marks: [Unicode.Scalar] = [",", "_", "'", "\u{2019}", "."]
        if marks.contains(where: { isGrouped(written[...], by: $0) }) { return whole.upperBound }
        if let point = written.lastIndex(where: { !isDigit($0) }), [",", "."].contains(written[point]),
            point + 1 < written.count, marks.contains(where: { isGrouped(written[..<point], by: $0) })
        {
            return whole.lowerBound + written[..<point].reduce(0) { $0 + UTF8.width($1) }
        }
        let groups = written.split(omittingEmptySubsequences: false) { !isDigit($0) }
        let isLong = groups.count >= 3 && groups.reduce(0) { $0 + $1.count } >= 7
        return isLong && !groups.contains { $0.isEmpty } ? whole.upperBound : nil
    }

    /// The emoji that one is joined of.
    private func emojiParts(_ range: Range<Int>, in text: [UInt8]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        for scalar in String(decoding: text[range], as: UTF8.self).unicodeScalars {
            let end = start + UTF8.width(scalar)
            let properties = ScalarPropertyTable().properties(of: scalar.value)
            let isFlag = (0x1F1E6...0x1F1FF).contains(scalar.value)
            let isSkin = (0x1F3FB...0x1F3FF).contains(scalar.value)
            if properties.kind == .emoji, !isFlag, !isSkin { parts.append(start..<end) }
            start = end
        }
        return parts
    }

    /// The adjacent characters from piece `index` on.
    private func run(_ pieces: [Piece], from index: Int) -> [(range: Range<Int>, isWord: Bool)] {
        var run: [(range: Range<Int>, isWord: Bool)] = []
        for piece in pieces[index...] {
            guard case .character(let range, let isWord) = piece,
                range.lowerBound == run.last?.range.upperBound ?? range.lowerBound
            else { break }
            run.append((range, isWord))
        }
        return run
    }

    private func cut(_ text: [UInt8], _ range: Range<Int>) -> [UInt8] {
        var raw = Array(text[range])
        if raw.count > TermFolder.maximumLength {
            var end = TermFolder.maximumLength
            while end > 1 && raw[end] & 0xC0 == 0x80 { end -= 1 }
            raw.removeSubrange(end...)
        }
        return raw
    }

    private func term(_ text: [UInt8], _ range: Range<Int>, isStemmed: Bool) -> [UInt8] {
        cut(text, range).withUnsafeBufferPointer { Array(folder.term(of: $0, isStemmed: isStemmed)) }
    }
}
