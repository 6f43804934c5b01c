extension Query: CustomStringConvertible {
    /// The query in its own language with every operator and parenthesis written out: `(+author:shah +(reward hacking))`.
    public var description: String {
        switch self {
        case .word(let word): word.description
        case .phrase(let phrase): phrase.description
        case .boolean(let must, let should, let mustNot):
            if must.isEmpty, mustNot.isEmpty {
                "(" + should.map(\.description).joined(separator: should.contains(where: \.isFilter) ? " OR " : " ")
                    + ")"
            } else {
                "("
                    + (must.map { "+" + $0.description } + should.map(\.description)
                    + mustNot.map { "-" + $0.description }).joined(separator: " ") + ")"
            }
        case .field(let name, let query, _): Self.written(field: name) + ":" + query.description
        case .dateRange(let lower, let upper, _):
            lower == upper ? "date:\(lower ?? "")" : "date:\(lower ?? "")..\(upper ?? "")"
        case .numberRange(let field, let bounds, _): "\(Self.written(field: field)):\(bounds)"
        case .boosted(let query, let factor): "\(query)^\(factor)"
        case .everything: "*"
        case .nothing: "()"
        }
    }

    /// A field's name as a query has it: in quotation marks where it is no word, `"Publication Year"`.
    static func written(field name: String) -> String {
        name.unicodeScalars.allSatisfy { $0.isQueryWord && $0 != ":" } ? name : "\"\(name)\""
    }
}

extension Query.Word: CustomStringConvertible {
    /// The word with the operator of its kind.
    public var description: String {
        switch kind {
        case .plain: text
        case .written: "=" + text
        case .prefix: text + "*"
        case .fuzzy(let distance): "\(text)~\(distance.map(String.init) ?? "")"
        }
    }
}

extension Query.Phrase: CustomStringConvertible {
    /// The phrase in quotation marks, with its slop.
    public var description: String { "\"\(text)\"" + (slop.map { "~\($0)" } ?? "") }
}
