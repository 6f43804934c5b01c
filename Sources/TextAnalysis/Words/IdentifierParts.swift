/// Finds the words that an identifier is written together of: `rightSplit`, `HTMLParser`, `iPhone14Pro`, `GPT4`, `v2`.
///
/// A part begins where a lower-case letter is followed by an upper-case one, before the last of several upper-case letters
/// that is followed by two lower-case ones (so that `LLMs` stays whole), and where letters and digits meet. Ordinals and
/// decades (`2nd`, `1990s`) stay whole, and so do the digits of what changes between letters and digits more than
/// ``maximumAlternations`` times, such as a hash. Hangul is a part of its own beside other letters.
///
/// Of three parts and more each two that follow each other are a part together (`username` of `getUserName`). A word that a line's
/// end has cut in two (`inter-` and `national`) has its halves as parts.
///
/// Beside digits, letters are a part as they stand together, whatever their case (`iPhone` of `iPhone15`, `LLaMA` of `LLaMA2`),
/// and so is a name with its number inside of a longer token (`utf8` and `mb4` of `utf8mb4`, `V3` of `DeBERTaV3`). Of a Korean
/// word the syllable before a particle is one, which may be a noun (책 of 책이) or not (종 of 종이).
///
/// It is asked once for each raw token, since `TermTable` remembers what it answered.
package enum IdentifierParts {
    /// Longer tokens are data rather than names, in bytes.
    package static let maximumLength = 64
    /// `iPhone14Pro` and `13085v2` have two changes between letters and digits, `h3o2v` three; hashes have many.
    private static let maximumAlternations = 3

    private enum Kind { case lower, upper, letter, hangul, digit }

    private struct Character {
        var kind: Kind
        var start: Int
        /// Whether it is a v.
        var isVersionSign: Bool
    }

    /// The byte ranges of the parts of `raw`, well-formed UTF-8: first those that cover it, of which there are at least two,
    /// then those of several of these. Empty when there are none; a Korean noun may be one alone.
    ///
    /// - Complexity: O(n) in the bytes of `raw`; no allocation for a word of lower-case letters with or without a capital.
    package static func ranges(in raw: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        guard raw.count > 1, raw.count <= maximumLength, mayHaveParts(raw) else { return [] }
        if let halves = Self.halves(of: raw) {
            return halves
                + halves.flatMap { half in
                    Self.ranges(in: UnsafeBufferPointer(rebasing: raw[half])).map {
                        half.lowerBound + $0.lowerBound..<half.lowerBound + $0.upperBound
                    }
                }
        }
        guard let characters = Self.characters(of: raw), characters.count > 1, !isOrdinal(raw) else {
            return []
        }
        var alternations = 0
        for (first, second) in zip(characters, characters.dropFirst())
        where (first.kind == .digit) != (second.kind == .digit) {
            alternations += 1
        }
        let cutsAtDigits = alternations <= maximumAlternations
        var starts = [0]
        for index in characters.indices.dropFirst() where begins(characters, at: index, cutsAtDigits: cutsAtDigits) {
            starts.append(index)
        }
        func range(_ characters: [Character], _ part: Range<Int>) -> Range<Int> {
            let end = part.upperBound < characters.count ? characters[part.upperBound].start : raw.count
            return (part.lowerBound == 0 ? 0 : characters[part.lowerBound].start)..<end
        }
        let parts = zip(starts, starts.dropFirst() + [characters.count]).map { $0..<$1 }
        // Of `dB` and `pH` nothing would be left but letters.
        guard parts.count > 1, alternations > 0 || parts.contains(where: { $0.count > 1 }) else {
            return KoreanParticles.syllable(of: raw).map { [0..<$0] } ?? []
        }
        let ranges = parts.map { range(characters, $0) }
        guard cutsAtDigits else { return ranges }
        let several = (alternations > 0 ? together(parts, of: characters) : []) + neighbours(parts, of: characters)
        return ranges + several.map { range(characters, $0) }.filter { $0 != 0..<raw.count }
    }

    /// The halves of a word that a line's end has cut in two, without the hyphen; nil for others.
    private static func halves(of raw: UnsafeBufferPointer<UInt8>) -> [Range<Int>]? {
        guard let lineEnd = raw.firstIndex(of: 0x0A) else { return nil }
        var end = lineEnd
        if end > 0, raw[end - 1] == 0x0D { end -= 1 }
        let hyphens: [[UInt8]] = [[0x2D], [0xE2, 0x80, 0x90], [0xC2, 0xAD]]
        if let hyphen = hyphens.first(where: { raw[..<end].suffix($0.count).elementsEqual($0) }) { end -= hyphen.count }
        let start = raw[lineEnd...].firstIndex { $0 > 0x20 } ?? raw.count
        return end > 0 && start < raw.count ? [0..<end, start..<raw.count] : nil
    }

    /// Each two parts that follow each other, where there are three or more; a number only behind a name.
    private static func neighbours(_ parts: [Range<Int>], of characters: [Character]) -> [Range<Int>] {
        guard parts.count > 2 else { return [] }
        func kind(_ part: Range<Int>) -> Kind { characters[part.lowerBound].kind }
        return zip(parts, parts.dropFirst()).filter { kind($0) != .digit && kind($0) != .hangul && kind($1) != .hangul }
            .map { $0.lowerBound..<$1.upperBound }
    }

    /// The runs of letters that are in several parts, and each with the digits behind it.
    private static func together(_ parts: [Range<Int>], of characters: [Character]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var run: [Range<Int>] = []
        for part in parts + [characters.count..<characters.count] {
            let isDigits = part.lowerBound < characters.count && characters[part.lowerBound].kind == .digit
            let isHangul = part.lowerBound < characters.count && characters[part.lowerBound].kind == .hangul
            if !part.isEmpty, !isDigits, !isHangul {
                run.append(part)
                continue
            }
            guard let first = run.first, let last = run.last else { continue }
            if run.count > 1 { found.append(first.lowerBound..<last.upperBound) }
            if isDigits {
                found.append(first.lowerBound..<part.upperBound)
                // A version: of `DeBERTaV3` the name is DeBERTa.
                if run.count > 1, last.count == 1, characters[last.lowerBound].isVersionSign {
                    if run.count > 2 { found.append(first.lowerBound..<last.lowerBound) }
                    found.append(last.lowerBound..<part.upperBound)
                }
            }
            run = []
        }
        return found
    }

    private static func begins(_ characters: [Character], at index: Int, cutsAtDigits: Bool) -> Bool {
        let (previous, kind) = (characters[index - 1].kind, characters[index].kind)
        if (previous == .digit) != (kind == .digit) { return cutsAtDigits }
        if (previous == .hangul) != (kind == .hangul) { return true }
        guard kind == .upper else { return false }
        if previous == .lower { return true }
        return previous == .upper && index + 2 < characters.count && characters[index + 1].kind == .lower
            && characters[index + 2].kind == .lower
    }

    /// Whether there may be parts: false for nearly all words, without any memory.
    ///
    /// Of ASCII, letters and digits have to meet, or cases in one of the two ways. What is not ASCII is looked at in earnest.
    private static func mayHaveParts(_ raw: UnsafeBufferPointer<UInt8>) -> Bool {
        var previous = Kind.letter
        var upperCount = 0
        var found = false
        for byte in raw {
            let kind: Kind
            if byte &- 0x61 < 26 {
                kind = .lower
                found = found || previous == .digit || previous == .upper && upperCount > 1
            } else if byte &- 0x41 < 26 {
                kind = .upper
                found = found || previous == .digit || previous == .lower
            } else if ASCIIByte.isDigit(byte) {
                kind = .digit
                found = found || previous == .upper || previous == .lower
            } else if byte < 0x80 {
                // What follows is a contraction, or the words have been taken apart already, but at a line's end.
                return byte == UInt8(ascii: "'") && found || raw.contains(0x0A)
            } else {
                return true
            }
            upperCount = kind == .upper ? upperCount + 1 : 0
            previous = kind
        }
        return found
    }

    /// The letters and digits of `raw` without a contraction or possessive; nil when there is a joiner, whose parts are words
    /// already.
    private static func characters(of raw: UnsafeBufferPointer<UInt8>) -> [Character]? {
        var characters: [Character] = []
        characters.reserveCapacity(raw.count)
        let table = ScalarPropertyTable()
        var offset = 0
        while offset < raw.count {
            let scalar = DecodedScalar(in: raw, at: offset)
            defer { offset += scalar.length }
            if WordJoiner.isApostrophe(scalar.value) {
                return WordJoiner.isContraction(raw, offset + scalar.length, raw.count) ? characters : nil
            }
            let properties = table.properties(of: scalar.value)
            if properties.wordBreakClass.isIgnorable { continue }
            guard properties.kind == .word else { return nil }
            characters.append(
                Character(
                    kind: kind(scalar.value, properties), start: offset, isVersionSign: scalar.value | 0x20 == 0x76))
        }
        return characters
    }

    private static func kind(_ value: UInt32, _ properties: ScalarProperties) -> Kind {
        if properties.wordBreakClass == .numeric { return .digit }
        if value < 0x80 { return value < 0x61 ? .upper : .lower }
        if KoreanParticles.isSyllable(value) { return .hangul }
        switch Unicode.Scalar(value)?.properties.generalCategory {
        case .uppercaseLetter: return .upper
        case .lowercaseLetter: return .lower
        default: return .letter
        }
    }

    private static func isOrdinal(_ raw: UnsafeBufferPointer<UInt8>) -> Bool {
        let digits = raw.prefix { ASCIIByte.isDigit($0) }.count
        guard digits > 0 else { return false }
        let ending = raw[digits...].lazy.map { $0 | 0x20 }
        return ["st", "nd", "rd", "th", "s"].contains { ending.elementsEqual($0.utf8) }
    }
}
