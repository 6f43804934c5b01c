import Benchmark
import Foundation
import Postil
import Ranking
import Workloads

/// A small index of generated texts: opening it, asking it, and finding passages.
func registerIndex() {
    do {
        let documents = Scale.current.pick(tiny: 60, full: 10_000)
        let collection = SyntheticCollection(documentCount: documents, seed: 2)
        let path = try TemporaryFolder.path.get() + "/index.db"
        let writer = try Index.create(at: path, profile: .named(Profile.defaultName)).makeWriter()
        for number in 0..<documents { try writer.insert(collection.document(number)) }
        try writer.commit()
        let queries = collection.queries(count: Scale.current.pick(tiny: 16, full: 200))
        try registerOpening(path, documents: documents)
        try registerQueries(path, queries)
        try registerSnippets(path, queries)
    } catch {
        Benchmark("Index") { fail($0, "\(error)") }
    }
}

private func registerOpening(_ path: String, documents: Int) throws {
    register("Open an index and fetch one document", expecting: "d0000007") {
        try Index.open(at: path).makeSearcher().documents(externalID: "d0000007").first?.document.externalID
    }
}

/// All queries of a kind, which must give the hits of the exhaustive evaluation.
private func registerQueries(_ path: String, _ queries: [BenchmarkQuery]) throws {
    let searcher = try Index.open(at: path).makeSearcher()
    for kind in ["union", "intersection", "phrase", "natural"] {
        let requests = queries.filter { $0.tags == [kind] }.map { SearchRequest($0.text, snippetLength: nil) }
        let expected = try requests.map { request in
            var request = request
            request.strategy = .exhaustive
            return try searcher.rank(request).top
        }
        register("Queries, \(kind)", expecting: expected) { try requests.map { try searcher.rank($0).top } }
    }
}

/// Hits with passages: each passage of a query's words must mark at least one of them.
private func registerSnippets(_ path: String, _ queries: [BenchmarkQuery]) throws {
    let searcher = try Index.open(at: path).makeSearcher()
    let requests = queries.filter { $0.tags == ["intersection"] }.map { SearchRequest($0.text, snippetLength: 240) }
    let hits = try requests.reduce(0) { try $0 + searcher.rank($1).top.count }
    register("Hits with snippets", expecting: hits) {
        try requests.reduce(0) { sum, request in
            try sum + searcher.search(request).hits.count { hit in hit.snippet?.highlights.isEmpty == false }
        }
    }
}
