/// A query without any small letter, in which AND, OR and NOT may be operators or words like the others: *RLHF AND KL* is typed by
/// somebody who knows operators, *INFORMATION RETRIEVAL AND INDEXING* by somebody whose capitals are locked.
///
/// They are operators where the query has other syntax (quotation marks, parentheses, `+`, a field…), or where they stand between
/// single short words, as acronyms are. *CATS AND DOGS* looks so as well: where nothing has both, the searcher takes the
/// operators for words (``withoutOperators``). In a script without capitals operators stand out as they should.
package struct CapitalText {
    private let text: String
    private let words: [Substring]

    /// Letters of an acronym at most; longer words are words, unless they have a digit.
    private static let longestAcronym = 5
    private static let operators: Set<Substring> = ["AND", "OR", "NOT"]

    /// Nil for a text with a small letter, or without a capital in a word that is no operator.
    package init?(_ text: String) {
        let small = UInt8(ascii: "a")...UInt8(ascii: "z")
        // Looking properties up costs more than the rest of parsing a query.
        guard !text.utf8.contains(where: small.contains),
            !text.unicodeScalars.contains(where: { $0.properties.isLowercase })
        else { return nil }
        self.text = text
        words = text.split(whereSeparator: { $0.isWhitespace })
        let hasCapital = text.split(whereSeparator: { !$0.isLetter }).contains { word in
            !Self.operators.contains(word) && word.unicodeScalars.contains { $0.properties.isUppercase }
        }
        guard hasCapital else { return nil }
    }

    /// Whether AND, OR and NOT are operators.
    package var hasOperators: Bool {
        guard words.contains(where: Self.operators.contains) else { return true }
        return words.contains(where: Self.hasSyntax) || standBetweenAcronyms
    }

    /// The query with its operators as words; nil where it has none.
    package var withoutOperators: String? {
        guard hasOperators, !words.contains(where: Self.hasSyntax), words.contains(where: Self.operators.contains)
        else {
            return nil
        }
        return words.map { Self.operators.contains($0) ? $0.lowercased() : String($0) }.joined(separator: " ")
    }

    private static func hasSyntax(_ word: Substring) -> Bool {
        if word.unicodeScalars.contains(where: { $0.isQueryQuote || "()*~^=".unicodeScalars.contains($0) }) {
            return true
        }
        guard word.count > 1, let first = word.first else { return false }
        return first == "+" || first == "-" || word.dropLast().dropFirst().contains(":")
    }

    /// Whether no two words stand side by side, and each could be an acronym.
    private var standBetweenAcronyms: Bool {
        var wasOperand = false
        for word in words {
            let isOperand = !Self.operators.contains(word)
            if isOperand, wasOperand { return false }
            if isOperand, word.count > Self.longestAcronym, !word.contains(where: \.isNumber) { return false }
            wasOperand = isOperand
        }
        return words.count > 2 && wasOperand && !Self.operators.contains(words[0])
    }
}
