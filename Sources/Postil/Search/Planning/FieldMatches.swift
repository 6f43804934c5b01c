import IndexStore
import QueryLanguage
import Ranking

/// The documents that a query of a few words finds by fields beside title and body, as a whole: *evan hubinger* is one author.
///
/// Such a document matches, and scores nothing for it, so that it stands behind those that have a word in their text. But where the
/// words name an author more than anything else, what that author wrote comes first.
struct FieldMatches {
    /// Documents of an author with all of the words, if that is what the words mean.
    let first: DocumentBitmap?
    /// Documents with all of the words in one of the fields.
    let all: DocumentBitmap

    /// More words are no name or tag, but the subject of a text.
    static let mostWords = 3
    /// The words are an author's name if that wrote one at least of so many documents which have the rarest of them: *hubinger*
    /// is one, *good* is none, though a Good has written something.
    private static let mentionsForOneText = 8

    /// Finds them for a text of ``name(_:)``; nil where there are none.
    ///
    /// - Parameter frequency: Number of documents that have the rarest of the query's terms.
    init?(_ name: String, in fields: SideFields, frequency: Int) throws {
        guard let all = try fields.documents(with: name, isMissing: frequency == 0) else { return nil }
        self.all = all
        let authored = try fields.authored(name)
        first = Self.isName(of: authored, mentions: frequency) ? authored : nil
    }

    /// Whether a word, which so many texts have, is the name of those who wrote some documents rather than a word of texts.
    static func isName(of authored: DocumentBitmap, mentions: Int) -> Bool {
        !authored.isEmpty && authored.count * mentionsForOneText >= mentions
    }

    /// The words of a query that is nothing but a few plain ones, or a phrase of them, without what stands around them; nil for
    /// others.
    static func name(_ query: Query) -> String? {
        if case .phrase(let phrase) = query, phrase.slop == nil, isName(phrase.text) { return phrase.text }
        guard let texts = texts(of: query), texts.count <= mostWords else { return nil }
        let words = texts.flatMap { $0.utf8.split(separator: UInt8(ascii: " ")).compactMap { bareWord(Substring($0)) } }
        guard (1...mostWords).contains(words.count) else { return nil }
        return words.joined(separator: " ")
    }

    /// Whether a text is nothing but a few words of ASCII letters with one blank between each two: its own name.
    private static func isName(_ text: String) -> Bool {
        var (words, isInWord) = (0, false)
        for byte in text.utf8 {
            if (byte | 0x20) &- UInt8(ascii: "a") < 26 {
                words += isInWord ? 0 : 1
                isInWord = true
            } else if byte == UInt8(ascii: " "), isInWord {
                isInWord = false
            } else {
                return false
            }
        }
        return isInWord && words <= mostWords
    }

    private static func texts(of query: Query) -> [String]? {
        switch query {
        case .word(let word): return word.kind == .plain ? [word.text] : nil
        case .phrase(let phrase): return phrase.slop == nil ? [phrase.text] : nil
        case .boosted(let query, _): return texts(of: query)
        case .boolean(let must, let should, let mustNot):
            guard mustNot.isEmpty, must.isEmpty || must.count == 1 && should.isEmpty else { return nil }
            let clauses = must + should
            guard clauses.count <= mostWords else { return nil }
            var found: [String] = []
            for clause in clauses {
                guard let words = texts(of: clause) else { return nil }
                found += words
            }
            return found
        case .field, .dateRange, .numberRange, .everything, .nothing: return nil
        }
    }

    /// A word without the punctuation around it; signs of its own (`C++`) stay.
    private static func bareWord(_ word: Substring) -> Substring? {
        // Most words are nothing but letters of ASCII.
        if word.utf8.allSatisfy({ ($0 | 0x20) &- UInt8(ascii: "a") < 26 }) { return word.isEmpty ? nil : word }
        func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber }
        guard let first = word.firstIndex(where: isPart),
            let last = word.lastIndex(where: { isPart($0) || $0 == "+" || $0 == "#" })
        else { return nil }
        return word[first...last]
    }
}
