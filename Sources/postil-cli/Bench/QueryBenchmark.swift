import Documents
import Postil
import Ranking
import Workloads

/// Runs queries on a warm index, one after the other on this thread, and keeps the best time of each.
struct QueryBenchmark {
    /// A query and what it cost.
    struct Measured {
        var query: BenchmarkQuery
        /// Best of all passes but the first.
        var microseconds: Double
        /// The first pass, in which terms are asked for that no query has asked for before.
        var firstMicroseconds: Double
        var result: EvaluationResult
        /// Best of all passes of the baseline; nil without one, and for queries that it cannot express.
        var baselineMicroseconds: Double?
    }

    /// A query whose pruned and exhaustive results are not the same.
    struct Difference {
        var query: String
        var pruned: [ScoredDocument]
        var exhaustive: [ScoredDocument]
    }

    private(set) var queries: [Measured] = []
    /// What `verify` found; nil before.
    private(set) var differences: [Difference]?

    /// Runs every query once to warm up, then `repetitions` times; the baseline takes its turn after each pass.
    init(
        _ queries: [BenchmarkQuery], on searcher: Searcher, limit: Int, strategy: EvaluationStrategy,
        repetitions: Int, baseline: FTS5Baseline?
    ) throws {
        let clock = ContinuousClock()
        func microseconds(_ work: () throws -> Void) rethrows -> Double { try clock.measure(work) / .microseconds(1) }
        for query in queries {
            let start = clock.now
            let result = try searcher.rank(Self.request(query, limit, strategy))
            let spent = (clock.now - start) / .microseconds(1)
            self.queries.append(
                Measured(query: query, microseconds: .infinity, firstMicroseconds: spent, result: result))
        }
        let expressions = queries.map { baseline == nil ? nil : PlainQuery($0)?.matchExpression }
        for pass in 0...repetitions {
            if pass > 0 {
                for index in queries.indices {
                    let request = Self.request(queries[index], limit, strategy)
                    let spent = try microseconds { _ = try searcher.rank(request) }
                    self.queries[index].microseconds = min(self.queries[index].microseconds, spent)
                }
            }
            guard let baseline else { continue }
            for (index, expression) in expressions.enumerated() {
                // What takes long needs no second pass: noise and warming up are small beside it.
                let best = self.queries[index].baselineMicroseconds
                guard let expression, pass < 2 || best ?? 0 < 50_000 else { continue }
                let spent = try microseconds { _ = try baseline.match(expression, limit: limit) }
                if pass > 0 { self.queries[index].baselineMicroseconds = min(best ?? .infinity, spent) }
            }
        }
    }

    /// Compares every result with that of the exhaustive evaluation: ids, scores and order.
    mutating func verify(on searcher: Searcher, limit: Int) throws {
        differences = try queries.compactMap { measured in
            let exhaustive = try searcher.rank(Self.request(measured.query, limit, .exhaustive)).top
            return exhaustive == measured.result.top
                ? nil : Difference(query: measured.query.text, pruned: measured.result.top, exhaustive: exhaustive)
        }
    }

    private static func request(_ query: BenchmarkQuery, _ limit: Int, _ strategy: EvaluationStrategy) -> SearchRequest
    {
        SearchRequest(query.text, limit: limit, snippetLength: nil, strategy: strategy)
    }
}

extension FTS5Baseline {
    /// A plain FTS5 table with the documents of an index, merged into one segment.
    convenience init(path: String, documentsOf searcher: Searcher) throws {
        try self.init(path: path)
        try searcher.forEachBatch { batch in
            for stored in batch {
                try insert(id: stored.id.rawValue, title: stored.document.title, body: stored.document.body)
            }
        }
        try commit()
        try optimize()
    }
}
