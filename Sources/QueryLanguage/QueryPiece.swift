/// What of a text can stand in a query without being read as anything but words.
///
/// The language has no sign that takes an operator's meaning away. A word that has signs of operators at its ends loses them, and
/// one that has some inside is put between quotation marks: its parts then are searched side by side, as those of `wi-fi` are.
enum QueryPiece {
    /// Signs that stand before a word. Those behind it, or before its value, may stand in front as well.
    private static let signsBefore: Set<Unicode.Scalar> = ["+", "-", "=", "*", "~", "^", ":"]
    /// Signs that stand behind a word.
    private static let signsBehind: Set<Unicode.Scalar> = ["*", "~", "^", ":"]

    /// The words of a text; each is read as itself, also behind `field:`.
    static func words(of text: String) -> [Query] {
        text.unicodeScalars.split { !$0.isQueryWord }.compactMap { trimmed($0).map { word(String($0), .plain) } }
    }

    /// The words of a text without any sign, so that one can be put to them.
    static func bare(_ text: String) -> [String] {
        text.unicodeScalars.split { !$0.isQueryWord || signsBehind.contains($0) }
            .compactMap { trimmed($0).map { String($0) } }
    }

    private static func trimmed(_ scalars: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView? {
        var scalars = scalars
        while let first = scalars.first, signsBefore.contains(first) { scalars.removeFirst() }
        while let last = scalars.last, signsBehind.contains(last) { scalars.removeLast() }
        return scalars.isEmpty ? nil : scalars
    }

    /// A word as it is to match; a plain one where it has no letter or digit that a sign could be for.
    static func word(_ text: String, _ kind: Query.Word.Kind) -> Query {
        guard kind == .plain || !text.unicodeScalars.contains(where: \.isAlphanumeric) else {
            return .word(Query.Word(text: text, kind: kind, range: .nowhere))
        }
        if text.unicodeScalars.contains(where: signsBehind.contains) || NumberBounds(text) != nil {
            return phrase(of: text, slop: nil)
        }
        let text = ["AND", "OR", "NOT"].contains(text) ? text.lowercased() : text
        return .word(Query.Word(text: text, kind: .plain, range: .nowhere))
    }

    /// The words between quotation marks, in which neither such marks nor `*` can stand; nothing if there are none.
    static func phrase(of text: String, slop: Int?) -> Query {
        let blank: Unicode.Scalar = " "
        let scalars = text.unicodeScalars.map { $0.isQueryQuote || $0 == "*" || $0.value == 0 ? blank : $0 }
        guard scalars.contains(where: { !$0.isQuerySpace }) else { return .nothing }
        return .phrase(
            Query.Phrase(text: String(String.UnicodeScalarView(scalars)), slop: slop, range: .nowhere))
    }

    /// Whether a name can stand before a colon.
    static func isFieldName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first != "+", first != "-" else { return false }
        return name.unicodeScalars.allSatisfy { $0.isQueryWord && $0 != ":" }
    }
}

extension QueryExpression {
    /// The query in the language that people type; empty for ``nothing``. A ``SearchRequest`` takes it, and so does whatever else
    /// takes a query.
    public var text: String { Self.text(root, isOutermost: true) }

    /// A text's words as a part of a query: none of it is read as an operator, field, range or number. Several words are a group
    /// of which a document needs one, so that `+`, `-` and `title:` in front stand for all of them.
    ///
    ///     let query = "+tag:mesa title:" + QueryExpression.escape(typed)
    ///
    /// A search box needs no such thing: no text is a wrong query, and people may know the operators. Empty where the text has
    /// no words.
    ///
    /// - Complexity: O(n)
    public static func escape(_ text: String) -> String { Self.text(words(text).root, isOutermost: false) }

    private static func text(_ query: Query, isOutermost: Bool) -> String {
        func text(_ query: Query) -> String { Self.text(query, isOutermost: false) }
        switch query {
        case .nothing: return ""
        case .word, .phrase, .everything, .dateRange: return query.description
        case .numberRange(let field, let bounds, _): return "\(Query.written(field: field)):\(bounds)"
        case .field(let field, let value, _): return Query.written(field: field) + ":" + text(value)
        case .boosted(let inner, let factor): return "\(text(inner))^\(factor)"
        case .boolean(let must, let should, let mustNot):
            let clauses: String
            if must.isEmpty, mustNot.isEmpty {
                // Filters beside one another would have to hold all.
                clauses = should.map(text).joined(separator: should.contains(where: \.isFilter) ? " OR " : " ")
            } else {
                clauses =
                    (must.map { "+" + text($0) } + should.map(text) + mustNot.map { "-" + text($0) })
                    .joined(separator: " ")
            }
            return isOutermost ? clauses : "(" + clauses + ")"
        }
    }
}
