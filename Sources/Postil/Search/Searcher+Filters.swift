import QueryLanguage
import Ranking

extension Searcher {
    /// What a query without matches would find without its filters: a hint for each filter without which there is something, or one
    /// for all of them together.
    ///
    /// - Complexity: An evaluation for each filter.
    func hintsOnFilters(_ parsed: ParsedQuery, _ request: SearchRequest) throws -> [QueryHint] {
        guard case .boolean(let must, let should, let mustNot) = parsed.root else { return [] }
        let places = must.indices.filter { must[$0].isFilter && must[$0].range != nil }
        func left(without dropped: Set<Int>) throws -> MatchCount {
            let rest = must.indices.filter { !dropped.contains($0) }.map { must[$0] }
            if rest.isEmpty, should.isEmpty { return MatchCount(value: 0, isExact: true) }
            let root = Query.boolean(must: rest, should: should, mustNot: mustNot)
            return try count(of: ParsedQuery(root: root), request)
        }
        func hint(without dropped: [Int]) throws -> QueryHint? {
            let count = try left(without: Set(dropped))
            guard count.value > 0, let first = must[dropped[0]].range else { return nil }
            let names = dropped.compactMap { must[$0].range.map { $0.text(in: request.query) } }
            let documents = count.value == 1 ? "1 document matches" : "\(count.value) documents match"
            return QueryHint(
                column: first.column(in: request.query),
                message:
                    "nothing is left by \(names.joined(separator: " and ")); without \(names.count == 1 ? "it" : "them") "
                    + (count.isExact ? "" : "at least ") + documents)
        }
        let hints = try places.compactMap { try hint(without: [$0]) }
        if hints.isEmpty, places.count > 1 { return try hint(without: places).map { [$0] } ?? [] }
        return hints
    }
}

extension Query {
    /// Where a filter stands in the query.
    fileprivate var range: SourceRange? {
        switch self {
        case .field(_, _, let range), .dateRange(_, _, let range), .numberRange(_, _, let range): range
        case .boosted(let query, _): query.range
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
