/// Finds the words that an identifier is written together of: `rightSplit`, `HTMLParser`, `iPhone14Pro`, `GPT4`, `v2`.
///
/// A part begins where a lower-case letter is followed by an upper-case one, before the last of several upper-case letters
/// that is followed by two lower-case ones (so that `LLMs` stays whole), and where letters and digits meet. Ordinals and
/// decades (`2nd`, `1990s`) stay whole, and so do the digits of what changes between letters and digits more than
/// ``maximumAlternations`` times, such as a hash.
///
/// It is asked once for each raw token, since `TermTable` remembers what it answered.
package enum IdentifierParts {
    /// Longer tokens are data rather than names, in bytes.
    package static let maximumLength = 64
    /// `iPhone14Pro` and `13085v2` have two changes between letters and digits, `h3o2v` three; hashes have many.
    private static let maximumAlternations = 3

    private enum Kind { case lower, upper, letter, digit }

    private struct Character {
        var kind: Kind
        var start: Int
    }

    /// The byte ranges of the parts of `raw`, well-formed UTF-8, which cover it; empty unless there are at least two.
    ///
    /// - Complexity: O(n) in the bytes of `raw`; no allocation for a word of lower-case letters with or without a capital.
    package static func ranges(in raw: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        guard raw.count > 1, raw.count <= maximumLength, mayHaveParts(raw) else { return [] }
        guard let characters = characters(of: raw), characters.count > 1, !isOrdinal(raw) else { return [] }
        var alternations = 0
        for (first, second) in zip(characters, characters.dropFirst())
        where (first.kind == .digit) != (second.kind == .digit) {
            alternations += 1
        }
        var starts = [0]
        for index in characters.indices.dropFirst()
        where begins(characters, at: index, cutsAtDigits: alternations <= maximumAlternations) {
            starts.append(characters[index].start)
        }
        let ranges = zip(starts, starts.dropFirst() + [raw.count]).map { $0..<$1 }
        // Of `dB` and `pH` nothing would be left but letters.
        return ranges.count > 1 && (ranges.contains { $0.count > 1 } || alternations > 0) ? ranges : []
    }

    private static func begins(_ characters: [Character], at index: Int, cutsAtDigits: Bool) -> Bool {
        let (previous, kind) = (characters[index - 1].kind, characters[index].kind)
        if (previous == .digit) != (kind == .digit) { return cutsAtDigits }
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
                // What follows is a contraction, or the words have been taken apart already.
                return byte == UInt8(ascii: "'") && found
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
            characters.append(Character(kind: kind(scalar.value, properties), start: offset))
        }
        return characters
    }

    private static func kind(_ value: UInt32, _ properties: ScalarProperties) -> Kind {
        if properties.wordBreakClass == .numeric { return .digit }
        if value < 0x80 { return value < 0x61 ? .upper : .lower }
        switch Unicode.Scalar(value)?.properties.generalCategory {
        case .uppercaseLetter: return .upper
        case .lowercaseLetter: return .lower
        default: return .letter
        }
    }

    private static func isOrdinal(_ raw: UnsafeBufferPointer<UInt8>) -> Bool {
        let digits = raw.prefix { ASCIIByte.isDigit($0) }.count
        guard digits > 0 else { return false }
        let ending = raw[digits...].map { $0 | 0x20 }
        return ["st", "nd", "rd", "th", "s"].contains { Array($0.utf8) == ending }
    }
}
