import Postil

/// Indexes a folder, or what has changed in it, and returns the titles of the best matches.
func titles(matching query: String, in folder: String, index path: String) throws -> [String] {
    let report = try Index.update(at: path, with: IndexingRequest(paths: [folder]))
    for skipped in report.skipped { print("skipped", skipped) }

    let searcher = try Index.open(at: path).makeSearcher()
    let results = try searcher.search(SearchRequest(query, limit: 5))
    for hint in results.hints { print("column \(hint.column): \(hint.message)") }
    return results.hits.map { hit in
        print(hit.rank, hit.score, hit.externalID, hit.snippet?.text ?? "")
        return hit.title
    }
}
