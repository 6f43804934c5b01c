import Documents
import IndexStore
import QueryLanguage
import Ranking

/// No search ends in silence: what is told of a query without matches.
extension Searcher {
    /// Why a query has no match: a hint for each part without which there is something, one for all filters together, or one that
    /// tells how many documents have each part alone.
    ///
    /// - Parameter known: What is told already; of words that no document has nothing more is said.
    /// - Complexity: An evaluation for each part of the query, at most ``mostParts``.
    func hintsOnNothing(_ parsed: ParsedQuery, _ request: SearchRequest, known: [QueryHint]) throws -> [QueryHint] {
        if case .boolean(let must, [], []) = parsed.root, must.count == 1 {
            return try hintsOnNothing(ParsedQuery(root: must[0]), request, known: known)
        }
        var hints = try hintsOnConditions(parsed, request)
        switch parsed.root {
        case .boolean(let must, let should, let mustNot):
            // Words beside each other are required where all of them have to match.
            let isAll =
                request.matching != .any && !parsed.hasAlternatives && must.isEmpty && should.count > 1
            let parts = Parts(
                must: isAll ? should : must, should: isAll ? [] : should, mustNot: mustNot,
                group: { isAll ? .boolean(must: [], should: $0, mustNot: mustNot) : nil })
            hints += try hintsOnFilters(parts, request)
            if hints.isEmpty, known.isEmpty { hints += try hintsOnParts(parts, request) }
        case .phrase(let phrase) where known.isEmpty && hints.isEmpty:
            hints += try hintOn(phrase, request)
        default:
            if hints.isEmpty, known.isEmpty { hints += try hintOnWhole(parsed.root, request) }
        }
        return hints
    }

    /// Parts beyond these are not left out one by one.
    private static let mostParts = 8
    /// Parts that are named.
    private static let namedParts = 3

    /// The clauses of a query.
    private struct Parts {
        var must: [Query]
        var should: [Query]
        var mustNot: [Query]
        /// The query of required clauses that stand beside each other without a sign.
        var group: ([Query]) -> Query?

        func query(_ places: [Int]) -> Query? {
            let rest = places.map { must[$0] }
            if rest.isEmpty, should.isEmpty { return nil }
            return group(rest) ?? .boolean(must: rest, should: should, mustNot: mustNot)
        }
    }

    // MARK: Conditions beside the query

    private func hintsOnConditions(_ parsed: ParsedQuery, _ request: SearchRequest) throws -> [QueryHint] {
        guard let since = request.since else { return [] }
        var open = request
        open.since = nil
        let count = try count(of: parsed, open)
        guard count.value > 0 else { return [] }
        return [
            QueryHint(
                column: 1, message: "no match is dated \(since) or later; \(count.documents("match")) at any date")
        ]
    }

    // MARK: Parts of the query

    private func hintsOnFilters(_ parts: Parts, _ request: SearchRequest) throws -> [QueryHint] {
        let must = parts.must
        let places = must.indices.filter { must[$0].isFilter && must[$0].range != nil }
        func hint(without dropped: [Int]) throws -> QueryHint? {
            let rest = must.indices.filter { !dropped.contains($0) }
            guard let query = parts.query(Array(rest)) else { return nil }
            let count = try count(of: ParsedQuery(root: query), request)
            guard count.value > 0, let first = must[dropped[0]].range else { return nil }
            let names = dropped.prefix(Self.namedParts).compactMap { must[$0].range.map { $0.text(in: request.query) } }
            let others = dropped.count > names.count ? ["\(dropped.count - names.count) more"] : []
            return QueryHint(
                column: first.column(in: request.query),
                message: "nothing is left by \((names + others).joined(separator: " and ")); "
                    + "without \(dropped.count == 1 ? "it" : "them") \(count.documents("match"))")
        }
        let hints = try places.prefix(Self.mostParts).compactMap { try hint(without: [$0]) }
        if hints.isEmpty, places.count > 1 { return try hint(without: places).map { [$0] } ?? [] }
        return hints
    }

    /// Of words and phrases that are never together: those without which there is something, or how many documents have each.
    private func hintsOnParts(_ parts: Parts, _ request: SearchRequest) throws -> [QueryHint] {
        func column(_ query: Query) -> Int { query.range?.column(in: request.query) ?? 1 }
        for excluded in parts.mustNot.prefix(Self.mostParts) {
            let rest = parts.mustNot.filter { $0 != excluded }
            let query = Query.boolean(must: parts.must, should: parts.should, mustNot: rest)
            let count = try count(of: ParsedQuery(root: query), request)
            guard count.value > 0 else { continue }
            return [
                QueryHint(
                    column: column(excluded),
                    message: "nothing is left by -\(excluded); without it \(count.documents("match"))")
            ]
        }
        let must = parts.must
        guard (2...Self.mostParts).contains(must.count) else { return [] }
        if must.count > 2 {
            var hints: [QueryHint] = []
            for place in must.indices where hints.count < Self.namedParts {
                guard let query = parts.query(must.indices.filter { $0 != place }) else { continue }
                let count = try count(of: ParsedQuery(root: query), request)
                guard count.value > 0 else { continue }
                hints.append(
                    QueryHint(
                        column: column(must[place]),
                        message:
                            "no document has \(must[place]) beside the rest; without it \(count.documents("match"))"))
            }
            if !hints.isEmpty { return hints }
        }
        // Each is required, as it is here: a compound is not any of its parts.
        let counts = try must.map {
            try count(of: ParsedQuery(root: .boolean(must: [$0], should: [], mustNot: [])), request)
        }
        if let none = counts.firstIndex(where: { $0.value == 0 }) {
            return [QueryHint(column: column(must[none]), message: "no document has \(must[none])")]
        }
        let alone = zip(must, counts).map { "\($0) (\($1.documents))" }
        return [
            QueryHint(
                column: column(must[0]),
                message: "no document has \(must.count == 2 ? "both " : "all of ")"
                    + alone.dropLast().joined(separator: ", ") + " and \(alone[alone.count - 1])")
        ]
    }

    private func hintOn(_ phrase: Query.Phrase, _ request: SearchRequest) throws -> [QueryHint] {
        let words = phrase.text.split(whereSeparator: \.isWhitespace).map {
            Query.word(Query.Word(text: String($0), kind: .plain, range: phrase.range))
        }
        let column = phrase.range.column(in: request.query)
        guard words.count > 1 else { return [QueryHint(column: column, message: "no document has “\(phrase.text)”")] }
        let count = try count(of: ParsedQuery(root: .boolean(must: words, should: [], mustNot: [])), request)
        let place = phrase.slop.map { "within \($0) words of each other" } ?? "in a row"
        return [
            QueryHint(
                column: column,
                message: count.value == 0
                    ? "no document has all words of “\(phrase.text)”"
                    : "no document has these words \(place); \(count.documents("have")) all of them")
        ]
    }

    /// A filter or a word that is all of the query.
    private func hintOnWhole(_ query: Query, _ request: SearchRequest) throws -> [QueryHint] {
        let column = query.range?.column(in: request.query) ?? 1
        switch query {
        case .nothing, .everything: return []
        case .dateRange, .field("year", _, _), .field("date", _, _), .numberRange("year", _, _):
            let (first, last) = try datesOfDocuments()
            guard let first, let last else {
                return [QueryHint(column: column, message: "no document has a date")]
            }
            return [
                QueryHint(
                    column: column, message: "no document is of \(query); their dates go from \(first) to \(last)")
            ]
        case .field("id", let value, _):
            let near = try ids(near: value.fieldText ?? "", limit: Self.namedParts)
            let names = near.isEmpty ? "" : "; near to it are " + near.map { "id:\($0)" }.joined(separator: ", ")
            return [QueryHint(column: column, message: "no document has this id" + names)]
        case .word(let word) where word.text.contains { !$0.isLetter && !$0.isNumber }:
            return [
                QueryHint(
                    column: column,
                    message: "no document has “\(word.text.prefix(80))” in its text, nor as its id, address or file")
            ]
        default: return [QueryHint(column: column, message: "no document has \(query)")]
        }
    }

    private func datesOfDocuments() throws -> (first: String?, last: String?) {
        guard try snapshot.hasColumns else { return (nil, nil) }
        let dated = try snapshot.documents(where: .all([]))
        func date(descends: Bool) throws -> String? {
            try snapshot.first(1, of: dated, by: .date, descends: descends).first
                .flatMap { try snapshot.document(DocumentID(rawValue: $0))?.document.date }
        }
        return (try date(descends: false), try date(descends: true))
    }
}

extension MatchCount {
    /// `3 documents`.
    fileprivate var documents: String {
        (isExact ? "" : "at least ") + (value == 1 ? "1 document" : "\(value) documents")
    }

    /// `3 documents match`.
    fileprivate func documents(_ verb: String) -> String {
        let singular = verb == "have" ? "has" : verb + "es"
        return documents + " " + (value == 1 ? singular : verb)
    }
}

extension Query {
    /// Where a part stands in the query.
    fileprivate var range: SourceRange? {
        switch self {
        case .field(_, _, let range), .dateRange(_, _, let range), .numberRange(_, _, let range): range
        case .boosted(let query, _): query.range
        case .word(let word): word.range
        case .phrase(let phrase): phrase.range
        case .boolean(let must, let should, let mustNot): (must + should + mustNot).lazy.compactMap(\.range).first
        case .everything, .nothing: nil
        }
    }

    /// The text of a field's value.
    fileprivate var fieldText: String? {
        switch self {
        case .word(let word): word.text
        case .phrase(let phrase): phrase.text
        case .boosted(let query, _): query.fieldText
        default: nil
        }
    }
}

extension SourceRange {
    fileprivate func text(in query: String) -> String {
        String(decoding: Array(query.utf8)[lowerBound..<min(upperBound, query.utf8.count)], as: UTF8.self)
    }

    fileprivate func column(in query: String) -> Int {
        String(decoding: query.utf8.prefix(lowerBound), as: UTF8.self).unicodeScalars.count + 1
    }
}
