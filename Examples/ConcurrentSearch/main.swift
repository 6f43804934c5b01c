// Answers many queries at once: tasks share a pool of searchers, and each search sees what was committed before it.
//
//     swift run example-concurrent-search postil.db reward goodhart corrigibility
import Postil

let arguments = CommandLine.arguments.dropFirst()
guard let path = arguments.first, arguments.count > 1 else {
    print("usage: example-concurrent-search INDEX QUERY…")
    throw ConcurrentSearchError.usage
}
let pool = SearcherPool(try Index.open(at: path))

let answers = try await withThrowingTaskGroup(of: (String, [String]).self) { group in
    for query in arguments.dropFirst() {
        group.addTask {
            let results = try await pool.search(SearchRequest(query, limit: 3, snippetLength: nil))
            return (query, results.hits.map(\.title))
        }
    }
    var answers: [(String, [String])] = []
    for try await answer in group { answers.append(answer) }
    return answers.sorted { $0.0 < $1.0 }
}
for (query, titles) in answers {
    print(query + ":")
    for title in titles { print("   ", title) }
}

enum ConcurrentSearchError: Error { case usage }
