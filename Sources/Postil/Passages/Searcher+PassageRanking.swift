extension Searcher {
    /// Documents whose passages are ranked, at the least, and for each hit that is asked for: the best passages stand in documents
    /// that are good as a whole.
    private static let candidates = (least: 100, times: 4)
    /// Passages of one document that may be among the hits.
    private static let mostOfADocument = 5

    /// Runs a query, and ranks passages in the place of documents: a hit is a document with one passage of it, and a document with
    /// several good places is several hits.
    ///
    /// A passage's score is what its terms are worth, in the unit of the query's rarest term: each term once and a tenth for each
    /// repetition, and four tenths more right behind another term of the query. Passages of equal scores are in the order of their
    /// documents. Those of the best hundred documents are ranked, or of four times as many as are asked for.
    ///
    /// - Parameter request: Its snippet length is that of the passages; without one there are none.
    /// - Throws: As ``search(_:)``.
    /// - Complexity: That of a search for the documents that are looked at, with an analysis of each.
    public func searchPassages(_ request: SearchRequest) throws -> SearchResults {
        var wide = request
        let (most, overflows) = request.depth.multipliedReportingOverflow(by: Self.candidates.times)
        (wide.offset, wide.limit) = (0, overflows ? Int.max : max(most, Self.candidates.least))
        wide.passages = Self.mostOfADocument
        wide.explains = false
        let results = try search(wide)
        var ranked: [(hit: Int, passage: SearchHit.Passage)] = []
        for (place, hit) in results.hits.enumerated() { ranked += hit.passages.map { (place, $0) } }
        // Sorting keeps the order of equals only by their places.
        let order = ranked.indices.sorted {
            (ranked[$1].passage.score, ranked[$0].hit, $0) < (ranked[$0].passage.score, ranked[$1].hit, $1)
        }
        let page = order.dropFirst(max(0, request.offset)).prefix(max(0, request.limit)).enumerated().map {
            number, place in
            var hit = results.hits[ranked[place].hit]
            hit.rank = max(0, request.offset) + number + 1
            hit.score = ranked[place].passage.score
            hit.snippet = ranked[place].passage.snippet
            hit.passages = [ranked[place].passage]
            hit.quotes = []
            return hit
        }
        return SearchResults(
            query: results.query, correctedQuery: results.correctedQuery, hits: Array(page), total: results.total,
            hints: results.hints, duration: results.duration, statistics: results.statistics)
    }
}
