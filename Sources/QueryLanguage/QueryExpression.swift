/// A query that a program puts together from values; ``text`` is the same query in the language that people type.
///
///     let query = QueryExpression.all([
///         .words(typedByUser),
///         .field("author", .words("Shah")),
///         .date(from: "2019", to: nil) ?? .everything,
///         .not(.phrase("reward hacking")),
///     ])
///     let results = try searcher.search(SearchRequest(query.text))
///
/// No value is read as an operator: `.words("-cats OR *")` searches the words *cats* and *or*. What has no words finds nothing, and
/// the limits of the language hold here, too (groups 64 deep, 32 words with `*` or `~`, 64 values of fields); a query beyond them is
/// answered with hints.
public struct QueryExpression: Sendable, Equatable, CustomStringConvertible {
    /// What ``text`` is read as, without places in a text.
    package let root: Query

    private init(_ root: Query) { self.root = root }

    /// The query as ``text`` has it.
    public var description: String { text }

    // MARK: Words

    /// Documents with any of a text's words, those with more of them first.
    public static func words(_ text: String) -> QueryExpression {
        any(QueryPiece.words(of: text).map { QueryExpression($0) })
    }

    /// Documents with all of a text's words.
    public static func allWords(_ text: String) -> QueryExpression {
        let words = QueryPiece.words(of: text)
        return words.isEmpty ? nothing : all(words.map { QueryExpression($0) })
    }

    /// Documents that have the words side by side and in this order.
    public static func phrase(_ text: String) -> QueryExpression {
        QueryExpression(QueryPiece.phrase(of: text, slop: nil))
    }

    /// Documents that have the words near one another, in any order.
    ///
    /// - Parameter distance: Most positions that they are apart, 0 to 1,000.
    public static func near(_ text: String, within distance: Int) -> QueryExpression {
        let slop = min(max(distance, 0), Query.maximumSlop)
        return QueryExpression(QueryPiece.phrase(of: text, slop: slop))
    }

    /// Documents with a word that begins so. Of several words the last is a beginning, and all have to be there.
    public static func beginning(_ text: String) -> QueryExpression {
        let pieces = QueryPiece.bare(text)
        let last = pieces.indices.last
        return required(pieces.enumerated().map { QueryPiece.word($1, $0 == last ? .prefix : .plain) })
    }

    /// Documents with the word as it is written, and not with others of its stem. Of several words all have to be there.
    public static func written(_ text: String) -> QueryExpression {
        required(QueryPiece.bare(text).map { QueryPiece.word($0, .written) })
    }

    /// Documents with words that are spelt like this one. Of several words all have to be there.
    ///
    /// - Parameter edits: Most letters that differ, 0 to 2; nil for as many as suit the word's length.
    public static func similar(_ text: String, edits: Int? = nil) -> QueryExpression {
        let distance = edits.map { min(max($0, 0), Query.maximumDistance) }
        let kind: Query.Word.Kind = distance == 0 ? .plain : .fuzzy(distance: distance)
        return required(QueryPiece.bare(text).map { QueryPiece.word($0, kind) })
    }

    private static func required(_ words: [Query]) -> QueryExpression {
        switch words.count {
        case 0: nothing
        case 1: QueryExpression(words[0])
        default: all(words.map { QueryExpression($0) })
        }
    }

    // MARK: Combining

    /// Every document.
    public static let everything = QueryExpression(.everything)
    /// No document.
    public static let nothing = QueryExpression(.nothing)

    /// Documents that match all of the parts; of no parts, every document.
    ///
    /// - Parameter preferred: What raises a document's score and need not match.
    public static func all(_ parts: [QueryExpression], preferring preferred: [QueryExpression] = []) -> QueryExpression
    {
        combined(must: parts.map(\.root), should: preferred.map(\.root), mustNot: [])
    }

    /// Documents that match one part or more; of no parts, none.
    public static func any(_ parts: [QueryExpression]) -> QueryExpression {
        let alternatives = alternatives(parts.map(\.root))
        switch alternatives.count {
        case 0: return nothing
        case 1: return QueryExpression(alternatives[0])
        default: return QueryExpression(.boolean(must: [], should: alternatives, mustNot: []))
        }
    }

    /// Documents that do not match.
    public static func not(_ part: QueryExpression) -> QueryExpression {
        switch part.root {
        case .nothing: everything
        case .everything: nothing
        default: QueryExpression(.boolean(must: [.everything], should: [], mustNot: [part.root]))
        }
    }

    /// The same query, whose words count `factor` times; from 0.01 to 100.
    public func boosted(by factor: Double) -> QueryExpression {
        // Filters have no score.
        guard root != .nothing, !root.isFilter, !factor.isNaN else { return self }
        var (query, product) = (root, factor)
        if case .boosted(let inner, let former) = root { (query, product) = (inner, factor * former) }
        let limits = Query.boostLimits
        product = min(max(product, limits.lowerBound), limits.upperBound)
        return QueryExpression(product == 1 ? query : .boosted(query, product))
    }

    /// Without needless groups, as the parser has them: a part of `must` that is nothing leaves nothing, and conjunctions of
    /// conjunctions are one.
    private static func combined(must: [Query], should: [Query], mustNot: [Query]) -> QueryExpression {
        var required: [Query] = []
        var excluded: [Query] = []
        for query in must {
            switch query {
            case .nothing: return nothing
            case .boolean([.everything], let optional, let inner) where optional.isEmpty && !inner.isEmpty:
                excluded += inner
            case .boolean(let inner, let optional, let innerNot) where optional.isEmpty:
                required += inner
                excluded += innerNot
            default: required.append(query)
            }
        }
        for query in mustNot {
            switch query {
            case .nothing: break
            case .everything: return nothing
            default: excluded.append(query)
            }
        }
        // A filter has no score that could raise another.
        let optional = alternatives(should).filter { !$0.isFilter }
        if required.isEmpty { required = [.everything] }
        if required.count == 1, optional.isEmpty, excluded.isEmpty {
            // A lone word that is required may have several parts, which then are, too.
            if case .word = required[0] {} else { return QueryExpression(required[0]) }
        }
        return QueryExpression(.boolean(must: required, should: optional, mustNot: excluded))
    }

    private static func alternatives(_ queries: [Query]) -> [Query] {
        queries.flatMap { query in
            if case .boolean(let must, let should, let mustNot) = query, must.isEmpty, mustNot.isEmpty { return should }
            return query == .nothing ? [] : [query]
        }
    }

    // MARK: Fields

    /// Documents that match in one field: scored in `title` and `body`, a filter in all others, whose values are compared by their
    /// words. `.field(name, .everything)` are the documents that have the field.
    ///
    /// A part that has a field already keeps it. A name that cannot stand before a colon (with blanks, quotation marks, parentheses,
    /// a colon, or a sign in front) finds nothing, and so does what is no date in the field `date`.
    public static func field(_ name: String, _ value: QueryExpression) -> QueryExpression {
        guard QueryPiece.isFieldName(name) else { return nothing }
        return field(name, value.root)
    }

    private static func field(_ name: String, _ query: Query) -> QueryExpression {
        switch query {
        case .field, .dateRange, .numberRange, .nothing: return QueryExpression(query)
        case .everything where name == "date": return QueryExpression(.dateRange(lower: "0000", upper: nil, .nowhere))
        case .word(let word) where name == "date": return date(word.kind == .plain ? word.text : "")
        case .phrase(let phrase) where name == "date": return date(phrase.text)
        case .word, .phrase, .everything: return QueryExpression(.field(name, query, .nowhere))
        case .boosted(let inner, let factor): return field(name, inner).boosted(by: factor)
        case .boolean(let must, let should, let mustNot):
            if must.isEmpty, mustNot.isEmpty { return any(should.map { field(name, $0) }) }
            // Where a field is searched, `*` is still every document.
            return combined(
                must: must.map { $0 == .everything ? $0 : field(name, $0).root },
                should: should.map { field(name, $0).root }, mustNot: mustNot.map { field(name, $0).root })
        }
    }

    private static func date(_ text: String) -> QueryExpression {
        guard let bounds = DateBound.range(of: text) else { return nothing }
        return date(from: bounds.lower, to: bounds.upper) ?? nothing
    }

    /// Documents from one date to another, both included with all that lies in them: to `2019` reaches to the end of that year.
    ///
    /// Nil unless at least one is there, and each is a date: `2019`, `2019-06` or `2019-06-05`.
    public static func date(from first: String?, to last: String?) -> QueryExpression? {
        guard first != nil || last != nil,
            [first, last].allSatisfy({ $0.map { !$0.contains(".") && DateBound.range(of: $0) != nil } ?? true })
        else { return nil }
        if let first, let last, first > last, !first.hasPrefix(last) {
            return QueryExpression(.dateRange(lower: last, upper: first, .nowhere))
        }
        return QueryExpression(.dateRange(lower: first, upper: last, .nowhere))
    }

    /// Documents whose number in a field lies in a range, both ends included.
    public static func range(_ field: String, _ range: ClosedRange<Double>) -> QueryExpression {
        numbers(field, NumberBounds(lower: range.lowerBound, upper: range.upperBound))
    }

    /// Documents whose number in a field lies in a range without its upper end.
    public static func range(_ field: String, _ range: Range<Double>) -> QueryExpression {
        all([self.range(field, range.lowerBound...), self.range(field, ..<range.upperBound)])
    }

    /// Documents whose number in a field is this or more.
    public static func range(_ field: String, _ range: PartialRangeFrom<Double>) -> QueryExpression {
        numbers(field, NumberBounds(lower: range.lowerBound, upper: nil))
    }

    /// Documents whose number in a field is this or less.
    public static func range(_ field: String, _ range: PartialRangeThrough<Double>) -> QueryExpression {
        numbers(field, NumberBounds(lower: nil, upper: range.upperBound))
    }

    /// Documents whose number in a field is less than this.
    public static func range(_ field: String, _ range: PartialRangeUpTo<Double>) -> QueryExpression {
        var bounds = NumberBounds(lower: nil, upper: range.upperBound)
        bounds.includesUpper = false
        return numbers(field, bounds)
    }

    /// Documents whose number in a field is greater than this.
    public static func range(_ field: String, above number: Double) -> QueryExpression {
        var bounds = NumberBounds(lower: number, upper: nil)
        bounds.includesLower = false
        return numbers(field, bounds)
    }

    /// Infinite ends are open; what is no number finds nothing, nor do fields that never have numbers.
    private static func numbers(_ field: String, _ bounds: NumberBounds) -> QueryExpression {
        guard QueryPiece.isFieldName(field), field != "date", !QueryParser.textFields.contains(field) else {
            return nothing
        }
        var bounds = bounds
        if bounds.lower == -.infinity { bounds.lower = nil }
        if bounds.upper == .infinity { bounds.upper = nil }
        guard bounds.lower != nil || bounds.upper != nil else { return self.field(field, everything) }
        guard [bounds.lower, bounds.upper].allSatisfy({ $0?.isFinite ?? true }) else { return nothing }
        return QueryExpression(.numberRange(field: field, bounds, .nowhere))
    }
}

extension SourceRange {
    /// The place of what stands in no text.
    static let nowhere = SourceRange(lowerBound: 0, upperBound: 0)
}
