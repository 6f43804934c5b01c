import IndexStore

/// The ways in which an author's name is written: with initials, together or apart (`J.R.R.`, `J. R. R.`, `JRR`), or in full where
/// a query has an initial (`Beethoven, L.`); Chinese and Japanese names with or without a blank between their parts.
struct AuthorName {
    private let text: String

    /// Longer names have several parts that a blank may stand between.
    private static let longestUnspaced = 6
    /// Capitals of one name, as `JRR`.
    private static let mostInitials = 4

    init(_ text: String) { self.text = text }

    /// Authors with all words of the name, in any of these ways.
    ///
    /// - Parameter isBeginning: Whether the last word may be the beginning of one.
    func filter(isBeginning: Bool) -> DocumentFilter {
        let asWritten = DocumentFilter.words(.author, text, isBeginning: isBeginning)
        let others = isBeginning ? [] : withInitials + withBlank
        return others.isEmpty ? asWritten : .any([asWritten] + others)
    }

    private var withInitials: [DocumentFilter] {
        var words: [String] = []
        var initials: [String] = []
        for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
            let letters = word.filter { $0 != "." }
            let isDotted = word.contains(".") && word.split(separator: ".").allSatisfy { $0.count == 1 }
            let areCapitals = (2...Self.mostInitials).contains(word.count) && word.allSatisfy(\.isASCIIUppercase)
            if letters.count == 1 || isDotted || areCapitals, letters.allSatisfy(\.isLetter) {
                initials += letters.map(String.init)
            } else {
                words.append(String(word))
            }
        }
        // Nothing but initials is an acronym.
        guard !initials.isEmpty, !words.isEmpty else { return [] }
        let name = DocumentFilter.words(.author, words.joined(separator: " "), isBeginning: false)
        let together = DocumentFilter.all([name, .words(.author, initials.joined(), isBeginning: false)])
        // *Rohin Shah* is no S. Shah, although one of the words begins with S.
        let beginnings = Set(words.compactMap { $0.first?.lowercased() })
        if initials.contains(where: { beginnings.contains($0.lowercased()) }) { return [together] }
        return [.all([name] + initials.map { .words(.author, $0, isBeginning: true) }), together]
    }

    private var withBlank: [DocumentFilter] {
        guard (2...Self.longestUnspaced).contains(text.count), text.unicodeScalars.allSatisfy(\.isUnspaced) else {
            return []
        }
        return text.indices.dropFirst().map {
            .words(.author, text[..<$0] + " " + text[$0...], isBeginning: false)
        }
    }
}

extension Character {
    fileprivate var isASCIIUppercase: Bool { ("A"..."Z").contains(self) }
}

extension Unicode.Scalar {
    /// A letter of Chinese or Japanese.
    fileprivate var isUnspaced: Bool {
        properties.isIdeographic || (0x3041...0x30FF).contains(value) || value == 0x3005
    }
}
