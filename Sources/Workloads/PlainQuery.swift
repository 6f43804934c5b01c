/// A query in one of the three forms that every search engine can express.
public enum PlainQuery: Hashable, Sendable {
    /// Documents with any of the words.
    case any([String])
    /// Documents with all of the words.
    case all([String])
    /// Documents with the words side by side.
    case phrase([String])

    /// Reads `a b`, `+a +b` or `"a b"`; nil for every other form.
    ///
    /// Words are runs of letters and digits; a hyphen parts two words.
    public init?(_ query: BenchmarkQuery) {
        let text = query.text
        let words = text.split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() }
        guard !words.isEmpty else { return nil }
        let clauses = text.split(whereSeparator: \.isWhitespace)
        if text.contains("\"") {
            let trimmed = clauses.joined(separator: " ")
            let inner = trimmed.hasPrefix("+") ? trimmed.dropFirst() : trimmed[...]
            guard inner.count > 2, inner.first == "\"", inner.last == "\"", !inner.dropFirst().dropLast().contains("\"")
            else { return nil }
            self = .phrase(words)
        } else if clauses.allSatisfy({ $0.hasPrefix("+") }) {
            self = .all(words)
        } else if clauses.allSatisfy({ !$0.hasPrefix("+") && !$0.hasPrefix("-") }) {
            self = .any(words)
        } else {
            return nil
        }
    }

    /// The same in FTS5's query language.
    public var matchExpression: String {
        switch self {
        case .any(let words): words.map { "\"\($0)\"" }.joined(separator: " OR ")
        case .all(let words): words.map { "\"\($0)\"" }.joined(separator: " AND ")
        case .phrase(let words): "\"" + words.joined(separator: " ") + "\""
        }
    }
}
