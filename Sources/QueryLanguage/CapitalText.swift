/// A query without any small letter, in which AND, OR and NOT are words like the others: who types *CATS AND DOGS* has capitals locked.
///
/// They are operators where the query has other syntax, which nobody types by accident: quotation marks, parentheses, `+`, a field. In a
/// script without capitals operators stand out as they should.
struct CapitalText {
    private let words: [Substring]

    private static let operators: Set<Substring> = ["AND", "OR", "NOT"]

    /// Nil for a text with a small letter, or without a capital in a word that is no operator.
    init?(_ text: String) {
        let small = UInt8(ascii: "a")...UInt8(ascii: "z")
        // Looking properties up costs more than the rest of parsing a query.
        guard !text.utf8.contains(where: small.contains),
            !text.unicodeScalars.contains(where: { $0.properties.isLowercase })
        else { return nil }
        words = text.split(whereSeparator: { $0.isWhitespace })
        let hasCapital = text.split(whereSeparator: { !$0.isLetter }).contains { word in
            !Self.operators.contains(word) && word.unicodeScalars.contains { $0.properties.isUppercase }
        }
        guard hasCapital else { return nil }
    }

    /// Whether AND, OR and NOT are operators.
    var hasOperators: Bool { words.contains(where: Self.hasSyntax) }

    private static func hasSyntax(_ word: Substring) -> Bool {
        if word.unicodeScalars.contains(where: { $0.isQueryQuote || "()*~^=".unicodeScalars.contains($0) }) {
            return true
        }
        guard word.count > 1, let first = word.first else { return false }
        return first == "+" || first == "-" || word.dropLast().dropFirst().contains(":")
    }
}
