/// Why an analyzer cannot be made.
public enum AnalyzerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No analyzer has this name.
    case unknownAnalyzer(String, available: [String])
    /// The name is of one of FTS5's tokenizers, which `FTS5TokenizerAnalyzer` calls.
    case needsFTS5(tokenizer: String)
    /// FTS5 has no such tokenizer, or the tokenizer refuses its arguments; `code` is SQLite's.
    case fts5Tokenizer(String, code: Int32)
    /// FTS5 did not register the tokenizer; `code` is SQLite's.
    case registration(String, code: Int32)
    /// No list of stop words has this name.
    case unknownStopWords(String, available: [String])

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .unknownAnalyzer(let name, let available):
            "there is no analyzer “\(name)”; choose one of \(available.joined(separator: ", ")), "
                + "or “fts5:” and one of FTS5's tokenizers, as in “fts5:porter unicode61”"
        case .needsFTS5(let tokenizer):
            "“\(tokenizer)” is a tokenizer of FTS5 and works only with an open database"
        case .fts5Tokenizer(let tokenizer, let code):
            "FTS5 has no tokenizer “\(tokenizer)” or refuses its arguments (SQLite error \(code)); "
                + "its own are unicode61, ascii, porter and trigram"
        case .registration(let name, let code):
            "FTS5 did not take the tokenizer “\(name)” (SQLite error \(code))"
        case .unknownStopWords(let name, let available):
            "there are no stop words “\(name)”; choose one of \(available.joined(separator: ", "))"
        }
    }
}
