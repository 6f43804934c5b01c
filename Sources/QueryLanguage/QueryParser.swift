/// Recursive descent over the scalars of a query; see ``parse(_:knownFields:)`` for the grammar.
struct QueryParser {
    var text: QueryText
    let knownFields: Set<String>
    /// The known fields by their names in small letters; made when a name is looked for that is not known as it is written.
    private(set) lazy var foldedFields = Dictionary(
        knownFields.sorted().map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    private var hints: [QueryHint] = []
    /// What the query has used up of its limits.
    private var use = QueryUse()
    /// Open groups.
    private var depth = 0
    /// Open parentheses that were ignored because they nest too deep; their closing ones are ignored too.
    private var ignoredDepth = 0
    /// The field in whose value the parser is, where no other field may stand.
    private(set) var openField: String?
    /// Whether AND, OR and NOT are words, in a text that is all capitals; see ``CapitalText``.
    private let isInCapitals: Bool
    /// Whether words that stand beside each other have to match.
    private let requiresWords: Bool
    /// Whether alternatives were written with OR.
    private var hasAlternatives = false

    init(text: String, knownFields: Set<String>, requiresWords: Bool = false) {
        self.text = QueryText(text, limit: Query.maximumLength)
        self.knownFields = knownFields
        self.requiresWords = requiresWords
        isInCapitals = CapitalText(self.text.text).map { !$0.hasOperators } ?? false
    }

    mutating func parse() -> ParsedQuery {
        let root = parseDisjunction()
        assert(text.next == nil, "stopped at column \(text.column)")
        if text.isCut {
            let column = text.scalars.count + 1
            use.hints.append(
                QueryHint(
                    column: column,
                    message: "a query is read up to its first \(Query.maximumLength) characters; the rest is left out"))
        }
        // What is left out must be told, so remarks on limits come in the place of others.
        hints = hints.prefix(QueryHint.maximumCount - use.hints.count) + use.hints
        hints.sort { $0.column < $1.column }
        var parsed = ParsedQuery(root: root, hints: hints)
        parsed.hasAlternatives = hasAlternatives
        return parsed
    }

    mutating func hint(_ message: String, column: Int) {
        if takesHints { hints.append(QueryHint(column: column, message: message)) }
    }

    /// Whether one more hint would be kept, for those that are much work.
    var takesHints: Bool { hints.count < QueryHint.maximumCount }

    /// Whether the query may have one more of something; the first time that it may not earns a hint.
    mutating func takes(_ part: QueryUse.Part, column: Int) -> Bool { use.takes(part, column: column) }

    private mutating func parseDisjunction() -> Query {
        var alternatives = [parseConjunction()]
        while takeOperator("OR") { alternatives.append(parseConjunction()) }
        // Most queries have no alternatives.
        guard alternatives.count > 1 else { return ClauseList.conjunction(alternatives[0]) }
        hasAlternatives = true
        let lonePluses = alternatives.lazy.compactMap { $0.count == 1 && $0[0].isLonePlus ? $0[0].plusColumn : nil }
        if let column = lonePluses.first {
            hint("+ has no effect on an alternative of OR; write +word beside a group: +a (b OR c)", column: column)
        }
        return ClauseList.disjunction(
            alternatives.map { $0.count == 1 ? $0[0].unsigned : ClauseList.conjunction($0) })
    }

    private mutating func parseConjunction() -> [ClauseList] {
        var runs = [parseRun()]
        while takeOperator("AND") { runs.append(parseRun()) }
        return runs
    }

    /// Clauses up to the end, a closing parenthesis, or an operator that joins this run to the next one.
    private mutating func parseRun() -> ClauseList {
        var run = ClauseList()
        while true {
            text.skipSpaces()
            guard let next = text.next else { return run }
            let column = text.column
            if next == ")" {
                if ignoredDepth > 0 {
                    ignoredDepth -= 1
                } else if depth > 0 {
                    return run
                } else {
                    hint("no parenthesis is open here; it is ignored", column: column)
                }
                text.position += 1
                continue
            }
            if isOperator("AND") || isOperator("OR") {
                if !run.isEmpty, isOperandBehind(length: text.wordRange.count) { return run }
                hint("an operator needs words on both sides; taken as a word", column: column)
            }
            if isNear {
                hint("NEAR is a word here; \"a b\"~5 finds words near each other", column: column)
            }
            let sign = takeSign()
            text.skipSpaces()
            guard let query = parseAtom(), query != .nothing else { continue }
            if sign == .bare, requiresWords, !query.isFilter {
                run.append(query, sign: .must, column: nil)
            } else {
                run.append(query, sign: sign, column: column)
            }
        }
    }

    /// Moves over `+`, `-` or `NOT`, when something follows that it can apply to. Two in a row belong to the word: `--force`. One
    /// right behind a parenthesis or a quotation mark is a hyphen, which joins nothing here: `gs(1)-Befehl`.
    private mutating func takeSign() -> ClauseList.Sign {
        if isOperator("NOT") {
            if isOperandBehind(length: 3) {
                text.position += 3
                return .mustNot
            }
            hint("NOT needs a word behind it; taken as a word", column: text.column)
        } else if let next = text.next, next == "+" || next == "-", let second = text.second, !second.isQuerySpace,
            second != ")", second != next
        {
            let isHyphen = text.previous.map { $0 == ")" || $0.isQueryQuote } ?? false
            text.position += 1
            if isHyphen { return .bare }
            return next == "+" ? .must : .mustNot
        }
        return .bare
    }

    private mutating func parseAtom() -> Query? {
        guard let next = text.next else { return nil }
        if next == "(" { return parseGroup() }
        let column = text.column
        guard let query = next.isQueryQuote ? parseQuotedField() ?? parsePhrase() : parseWord() else { return nil }
        if let openField, query != .nothing, !takesValue(of: openField, column: column) { return nil }
        return query
    }

    /// The group that begins at the next scalar, or nil if there is nothing in it.
    mutating func parseGroup() -> Query? {
        let column = text.column
        text.position += 1
        guard depth < Query.maximumDepth else {
            hint("groups may be nested \(Query.maximumDepth) deep; this parenthesis is ignored", column: column)
            ignoredDepth += 1
            return nil
        }
        depth += 1
        let query = parseDisjunction()
        depth -= 1
        if text.next == ")" {
            text.position += 1
        } else if !text.isCut {
            hint("this parenthesis is never closed; the group ends with the query", column: column)
        }
        guard query != .nothing else {
            if !use.isExceeded { hint("there is nothing between these parentheses", column: column) }
            return nil
        }
        return takeBoost(of: query)
    }

    /// The group behind `field:`.
    mutating func parseFieldGroup(_ name: String) -> Query? {
        openField = name
        defer { openField = nil }
        return parseGroup()
    }

    /// Whether another field may be named here.
    var allowsField: Bool { openField == nil }

    private mutating func takeOperator(_ name: String) -> Bool {
        text.skipSpaces()
        guard isOperator(name) else { return false }
        text.position += name.unicodeScalars.count
        return true
    }

    /// Whether the next word is exactly `name`.
    private func isOperator(_ name: String) -> Bool {
        guard !isInCapitals else { return false }
        var end = text.position
        for scalar in name.unicodeScalars {
            guard end < text.scalars.count, text.scalars[end] == scalar else { return false }
            end += 1
        }
        return end == text.scalars.count || !text.scalars[end].isQueryWord
    }

    /// Whether the next word is the operator of other programs for words near each other: `NEAR`, `NEAR/3`, `NEAR(`.
    private var isNear: Bool {
        guard text.next == "N", !isInCapitals else { return false }
        if isOperator("NEAR") { return true }
        let word = text.string(text.wordRange)
        return word.hasPrefix("NEAR/") && word.dropFirst(5).allSatisfy(\.isNumber)
    }

    /// Whether a word, phrase or group follows the next `length` scalars.
    private func isOperandBehind(length: Int) -> Bool {
        var behind = text
        behind.position += length
        behind.skipSpaces()
        return behind.next.map { $0 != ")" } ?? false
    }
}
