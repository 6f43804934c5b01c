import Postil

/// A query that is put together from values.
func query(typed: String) -> QueryExpression {
    let words: QueryExpression = .any([.words(typed), .allWords(typed), .phrase(typed), .near(typed, within: 5)])
    let spelt: [QueryExpression] = [.beginning(typed), .written(typed), .similar(typed, edits: 1)]
    let numbers: [QueryExpression] = [
        .range("karma", 1...2), .range("karma", 1..<2), .range("karma", 1...), .range("karma", ...2),
        .range("karma", ..<2),
        .range("karma", above: 1),
    ]
    let dates = QueryExpression.date(from: "2019", to: nil) ?? .everything
    let all: QueryExpression = .all(numbers + [dates, .not(.field("author", words))], preferring: spelt)
    print(all.text, all.description, all == .nothing, QueryExpression.escape(typed))
    return all.boosted(by: 2)
}

/// Searches from several tasks, and goes on as the index changes.
func share(_ index: Index) async throws {
    let pool = SearcherPool(index, size: 2)
    async let results = pool.search(SearchRequest(query(typed: "goodhart").text))
    async let documents = pool.documents(externalID: "note-1")
    print(try await results.hits.count, try await documents.count)
    for try await stored in pool.documents(matching: "*") { print(stored.id) }
    print(try await pool.run { try $0.countableFields() })
    try index.makeSearcher().forEachDocument(matching: "goodhart") { $0.document.title.isEmpty }
    for try await _ in index.changes(checkedEvery: .seconds(1)) { return pool.rest() }
}
