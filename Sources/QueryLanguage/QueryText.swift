/// The scalars of a query with a reading position.
struct QueryText {
    let scalars: [Unicode.Scalar]
    /// The query as far as it is read.
    let text: String
    /// Whether there is more of the query than is read.
    let isCut: Bool
    /// Whether there is a quotation mark in what is not read.
    let isCutBeforeQuote: Bool
    /// UTF-8 offset of each scalar, and of the end.
    private let offsets: [Int]
    /// Index of the next scalar.
    var position = 0

    /// The first `limit` scalars of a text, without a word that goes on behind them.
    init(_ text: String, limit: Int = .max) {
        var text = text
        text.makeContiguousUTF8()
        var scalars: [Unicode.Scalar] = []
        var offsets = [0]
        // As many as there are, unless some are not ASCII.
        let capacity = min(text.utf8.count, limit)
        scalars.reserveCapacity(capacity)
        offsets.reserveCapacity(capacity + 1)
        var offset = 0
        var next: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            guard scalars.count < limit else {
                next = scalar
                break
            }
            scalars.append(scalar)
            offset += UTF8.width(scalar)
            offsets.append(offset)
        }
        if let next, !next.isQuerySpace, let blank = scalars.lastIndex(where: \.isQuerySpace) {
            scalars.removeSubrange(blank...)
            offsets.removeSubrange((blank + 1)...)
            offset = offsets[blank]
        }
        let end = text.utf8.index(text.utf8.startIndex, offsetBy: offset)
        isCut = next != nil
        isCutBeforeQuote = isCut && text.unicodeScalars[end...].contains(where: \.isQueryQuote)
        self.text = isCut ? String(text[..<end]) : text
        self.scalars = scalars
        self.offsets = offsets
    }

    /// The next scalar, or nil at the end.
    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    /// The scalar before the next one, or nil at the beginning.
    var previous: Unicode.Scalar? { position > 0 ? scalars[position - 1] : nil }

    /// The scalar behind the next one.
    var second: Unicode.Scalar? { position + 1 < scalars.count ? scalars[position + 1] : nil }

    /// The 1-based column of the next scalar.
    var column: Int { position + 1 }

    mutating func skipSpaces() {
        while let next, next.isQuerySpace { position += 1 }
    }

    /// Moves over digits and gives them.
    mutating func takeDigits() -> Range<Int> {
        let start = position
        while let next, next.isASCIIDigit { position += 1 }
        return start..<position
    }

    func string(_ range: Range<Int>) -> String {
        let utf8 = text.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: offsets[range.lowerBound])
        return String(text[start..<utf8.index(utf8.startIndex, offsetBy: offsets[range.upperBound])])
    }

    func sourceRange(_ range: Range<Int>) -> SourceRange {
        SourceRange(lowerBound: offsets[range.lowerBound], upperBound: offsets[range.upperBound])
    }

    /// The range of the run of word scalars that begins at the next scalar; empty if that is none.
    ///
    /// Parentheses that close again belong to what looks like an address or an identifier: `…/wiki/Goodhart_(law)`.
    var wordRange: Range<Int> {
        var end = position
        var isAddress = false
        while end < scalars.count {
            if scalars[end].isQueryWord {
                if scalars[end] == "/" || scalars[end] == "_" { isAddress = true }
                end += 1
            } else if isAddress, let behind = endOfParentheses(at: end) {
                end = behind
            } else {
                break
            }
        }
        return position..<end
    }

    /// The place behind `(…)` that begins at a place and has nothing but word scalars inside.
    private func endOfParentheses(at start: Int) -> Int? {
        guard scalars[start] == "(" else { return nil }
        var end = start + 1
        while end < scalars.count, scalars[end].isQueryWord { end += 1 }
        return end < scalars.count && scalars[end] == ")" ? end + 1 : nil
    }
}

extension Unicode.Scalar {
    /// Separates words: white space, and control characters, which nobody types on purpose.
    var isQuerySpace: Bool {
        // Looking properties up costs more than the rest of parsing a query.
        isASCII ? value <= 0x20 || value == 0x7F : properties.isWhitespace || properties.generalCategory == .control
    }
    /// Opens or closes a phrase; typographic marks come with pasted text.
    package var isQueryQuote: Bool {
        // Every scalar of a query is asked, and most are ASCII.
        if isASCII { return self == "\"" }
        switch self {
        case "\u{201C}", "\u{201D}", "\u{201E}", "«", "»", "「", "」", "『", "』": return true
        default: return false
        }
    }
    /// May stand inside a word.
    var isQueryWord: Bool { !isQuerySpace && !isQueryQuote && self != "(" && self != ")" }
    var isASCIIDigit: Bool { "0" <= self && self <= "9" }
    var isASCIILetter: Bool { ("a" <= self && self <= "z") || ("A" <= self && self <= "Z") }
    /// Something an analyzer could make a term of.
    var isAlphanumeric: Bool { properties.isAlphabetic || properties.numericType != nil }
}
