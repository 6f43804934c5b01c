extension QueryParser {
    /// The word, or field with its value, that begins at the next scalar; nothing for a field without a value.
    mutating func parseWord() -> Query {
        let range = text.wordRange
        assert(!range.isEmpty, "no word at column \(text.column)")
        if let colon = text.scalars[range].firstIndex(of: ":"), colon > range.lowerBound,
            let query = parseField(nameEnd: colon, in: range)
        {
            return query
        }
        text.position = range.upperBound
        return word(in: range)
    }

    /// A field whose name ends at `colon`, or nil, with a hint where one helps, if that is no field with a value.
    private mutating func parseField(nameEnd colon: Int, in range: Range<Int>) -> Query? {
        let written = text.string(range.lowerBound..<colon)
        let column = range.lowerBound + 1
        let value = colon + 1..<range.upperBound
        text.position = range.upperBound
        let opensValue = text.next.map { $0 == "(" || $0.isQueryQuote } ?? false
        guard let name = fieldName(written) else {
            if takesHints, looksLikeField(range.lowerBound..<colon, value: value, opensValue: opensValue) {
                hint(
                    "there is no field \(written); it is searched as words. \(fieldList(like: written))", column: column
                )
            }
            return nil
        }
        guard allowsField else {
            hint("a field cannot stand inside another; \(written) is searched as a word", column: column)
            return nil
        }
        if !value.isEmpty { return fieldValue(name, value, in: range) }
        guard opensValue else {
            hint("\(written): has no value; write \(written):word, without a space", column: column)
            return nil
        }
        return parseFieldValue(name, from: range.lowerBound)
    }

    /// `"Publication Year":2019`: a field whose name needs quotation marks, at the first of them; nil for a phrase.
    mutating func parseQuotedField() -> Query? {
        let start = text.position
        guard allowsField, let close = text.scalars[(start + 1)...].firstIndex(where: \.isQueryQuote),
            close + 2 < text.scalars.count, text.scalars[close + 1] == ":", !text.scalars[close + 2].isQuerySpace,
            let name = fieldName(text.string(start + 1..<close))
        else { return nil }
        text.position = close + 2
        let value = text.wordRange
        guard value.isEmpty else {
            text.position = value.upperBound
            return fieldValue(name, value, in: start..<value.upperBound)
        }
        if text.next.map({ $0 == "(" || $0.isQueryQuote }) == true { return parseFieldValue(name, from: start) }
        text.position = start
        return nil
    }

    /// `field:word`, with the word in `value`.
    private mutating func fieldValue(_ name: String, _ value: Range<Int>, in range: Range<Int>) -> Query {
        guard takesValue(of: name, column: range.lowerBound + 1) else { return .nothing }
        if name == "date" { return dateFilter(value, in: range) }
        if !Self.textFields.contains(name), let filter = numberFilter(name, value, in: range) { return filter }
        return field(name, word(in: value), from: range.lowerBound)
    }

    /// `field:"…"` or `field:(…)`, at its value.
    private mutating func parseFieldValue(_ name: String, from start: Int) -> Query {
        let column = start + 1
        if text.next == "(" {
            if name == "date" {
                hint("a date has no group; write date:2019..2021", column: column)
                return parseFieldGroup("date") ?? .nothing
            }
            return parseFieldGroup(name).map { field(name, $0, from: start) } ?? .nothing
        }
        let quote = text.position
        guard let query = parsePhrase(), takesValue(of: name, column: column) else { return .nothing }
        if name == "date", case .phrase(let phrase) = query {
            let inner = quote + 1..<quote + 1 + phrase.text.unicodeScalars.count
            return dateFilter(inner, in: start..<text.position)
        }
        return field(name, query, from: start)
    }

    /// Fields that never have numbers; two dots in their values are signs like others.
    static let textFields: Set<String> = ["title", "body", "author", "url", "tag", "tags", "source", "id"]

    /// `field:` with a range of numbers in `value`; nil if that is none.
    private mutating func numberFilter(_ name: String, _ value: Range<Int>, in range: Range<Int>) -> Query? {
        guard var bounds = NumberBounds(text.string(value)) else { return nil }
        if let lower = bounds.lower, let upper = bounds.upper, lower > upper {
            (bounds.lower, bounds.upper) = (upper, lower)
            hint("the greater number came first; taken as \(bounds)", column: value.lowerBound + 1)
        }
        return .numberRange(field: name, bounds, text.sourceRange(range))
    }

    /// A boost on a field's value is one on the whole field.
    private func field(_ name: String, _ value: Query, from start: Int) -> Query {
        let range = text.sourceRange(start..<text.position)
        if case .boosted(let query, let factor) = value { return .boosted(.field(name, query, range), factor) }
        return .field(name, value, range)
    }

    /// `date:` with the value in `value`; plain words with a hint if that is no date.
    private mutating func dateFilter(_ value: Range<Int>, in range: Range<Int>) -> Query {
        guard let bounds = DateBound.range(of: text.string(value)) else {
            hint(
                "this is no date; write date:2019, date:2019-06..2021 or date:..2021-06-30",
                column: value.lowerBound + 1)
            let plain = Query.Word(text: text.string(value), kind: .plain, range: text.sourceRange(value))
            return .word(plain)
        }
        // Compared at the precision they share, so that 2019-06..2019 is in order.
        if let lower = bounds.lower, let upper = bounds.upper, lower > upper, !lower.hasPrefix(upper) {
            hint("the later date came first; taken as \(upper)..\(lower)", column: value.lowerBound + 1)
            return .dateRange(lower: upper, upper: lower, text.sourceRange(range))
        }
        return .dateRange(lower: bounds.lower, upper: bounds.upper, text.sourceRange(range))
    }

    /// A word with its prefix `=` or its suffixes `*`, `~2` and `^3`.
    private mutating func word(in range: Range<Int>) -> Query {
        var core = range
        var factor: Double?
        if let caret = text.scalars[range].lastIndex(of: "^"), caret > range.lowerBound {
            factor = boost(in: caret + 1..<range.upperBound, column: caret + 1)
            if factor != nil { core = range.lowerBound..<caret }
        }
        let query: Query
        if core.count == 1, text.scalars[core.lowerBound] == "*" {
            query = .everything
        } else {
            var (kind, end) = kind(of: core)
            var bare = core.lowerBound..<end
            if kind == .plain, text.scalars[core.lowerBound] == "=",
                text.scalars[bare].contains(where: \.isAlphanumeric)
            {
                kind = .written
                bare = core.lowerBound + 1..<end
            }
            query = .word(Query.Word(text: text.string(bare), kind: kind, range: text.sourceRange(bare)))
        }
        return factor.map { .boosted(query, $0) } ?? query
    }

    /// How the word in `range` matches, and where its text ends.
    private mutating func kind(of range: Range<Int>) -> (Query.Word.Kind, end: Int) {
        let scalars = text.scalars[range]
        let last = range.upperBound - 1
        if let star = scalars.firstIndex(of: "*") {
            if star == last, scalars[..<star].contains(where: \.isAlphanumeric) {
                return (takes(.expansion, column: range.lowerBound + 1) ? .prefix : .plain, star)
            }
            hint("* counts only at the end of a word", column: star + 1)
        } else if let tilde = scalars.lastIndex(of: "~"), scalars[..<tilde].contains(where: \.isAlphanumeric) {
            let digits = tilde + 1..<range.upperBound
            guard text.scalars[digits].allSatisfy(\.isASCIIDigit) else {
                hint("~ counts only at the end of a word, as in word~ or word~2", column: tilde + 1)
                return (.plain, range.upperBound)
            }
            guard takes(.expansion, column: range.lowerBound + 1) else { return (.plain, tilde) }
            if digits.isEmpty { return (.fuzzy(distance: nil), tilde) }
            let distance = Int(text.string(digits)) ?? Int.max
            if distance > Query.maximumDistance {
                hint("at most \(Query.maximumDistance) edits are looked for", column: tilde + 1)
            }
            return (distance == 0 ? .plain : .fuzzy(distance: min(distance, Query.maximumDistance)), tilde)
        }
        return (.plain, range.upperBound)
    }
}
