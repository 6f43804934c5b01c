import TextAnalysis

extension AnalyzerSpecification {
    /// The value of FTS5's option `tokenize` that makes a table use this analyzer, without the quotes around it:
    /// `porter unicode61`, or for Postil's own one that every SQLite can open; see ``FTS5API/registerTokenizers()``.
    public var tokenizeOption: String {
        switch kind {
        case .none, .snowball: FTS5API.standInOption(for: name)
        case .fts5(let tokenizer): tokenizer
        }
    }

    /// Whether FTS5's option makes a table use this analyzer, as this version writes it or as earlier ones did, which named Postil's
    /// tokenizer itself.
    public func isMeant(byTokenizer option: String) -> Bool {
        let words = Self.words(ofTokenizer: option)
        return words == Self.words(ofTokenizer: tokenizeOption)
            || words == [FTS5API.tokenizerName] + name.split(separator: " ").map(String.init)
    }

    /// A tokenizer's name and arguments as FTS5 splits them: at spaces outside quotes, a doubled quote being one.
    static func words(ofTokenizer option: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isOpen = false
        var quote: Character?
        var rest = option[...]
        while let character = rest.popFirst() {
            if character == quote {
                if rest.first == character {
                    word.append(rest.removeFirst())
                } else {
                    quote = nil
                }
            } else if quote != nil {
                word.append(character)
            } else if character == "'" || character == "\"" {
                quote = character
                isOpen = true
            } else if character == " " {
                if isOpen { words.append(word) }
                word = ""
                isOpen = false
            } else {
                word.append(character)
                isOpen = true
            }
        }
        return isOpen ? words + [word] : words
    }
}
