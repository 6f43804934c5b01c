import Ranking

/// An evaluator that can score its documents as a part of a larger collection.
protocol PartialEvaluator: Evaluator {
    /// What the formula needs to know of the whole; nil where this is all there is.
    var whole: CollectionStatistics? { get set }
}

/// Answers plans on several indexes as if one held the documents of all, one index behind the other: with the same hits, scores to
/// the last bit, and order.
///
/// Equivalent to: the evaluator of that one index. The plan's weights come from frequencies that are added up here, each part scores
/// with the statistics of the whole, and a document's score depends on nothing else. The second stage is about the best documents of
/// all: the first stage finds them, and then each part rescores those that are its own.
final class JointEvaluator: Evaluator {
    /// One index.
    struct Part {
        let evaluator: any PartialEvaluator
        /// The ids of its documents in the whole; the first is a multiple of 64, so that blocks stay blocks.
        let documents: Range<Int64>

        func plan(_ plan: EvaluationPlan) -> EvaluationPlan {
            var own = plan
            own.filters = plan.filters.map { $0.documents(in: documents) }
            return own
        }
    }

    let statistics: CollectionStatistics
    let parts: [Part]

    /// - Complexity: O(parts).
    init(_ parts: [Part]) throws {
        self.parts = parts
        var sum = CollectionStatistics(documentCount: 0, totalLength: 0)
        for part in parts {
            let own = try part.evaluator.statistics
            sum.documentCount += own.documentCount
            sum.totalLength += own.totalLength
        }
        for part in parts { part.evaluator.whole = sum }
        statistics = sum
    }

    func documentFrequency(of term: [UInt8]) throws -> Int {
        try parts.reduce(0) { $0 + (try $1.evaluator.documentFrequency(of: term)) }
    }

    func evaluate(_ plan: EvaluationPlan, parameters: RankingParameters, limit: Int, countsExactly: Bool) throws
        -> EvaluationResult
    {
        let rescores = plan.rescores && limit > 0
        let most = SecondStage.depth(for: plan)
        var first = plan
        first.rescores = false
        let depth = rescores ? max(limit, most) : limit
        var result = try union(first, parameters, limit: depth, countsExactly: countsExactly)
        guard rescores else { return result }
        var best = DocumentBitmap()
        for candidate in result.top.prefix(most) { best.insert(candidate.document) }
        var again = plan
        again.filters.append(best)
        again.match = .all([plan.match, .filter(again.filters.count - 1)])
        let rescored = try union(again, parameters, limit: most, countsExactly: false).top
        result.top = Array((rescored + result.top.dropFirst(most)).prefix(limit))
        return result
    }

    /// The best documents of all parts by what each finds.
    private func union(_ plan: EvaluationPlan, _ parameters: RankingParameters, limit: Int, countsExactly: Bool) throws
        -> EvaluationResult
    {
        var all = EvaluationResult(
            top: [], matchCount: MatchCount(value: 0, isExact: true), statistics: EvaluationStatistics())
        for part in parts {
            let own = try part.evaluator.evaluate(
                part.plan(plan), parameters: parameters, limit: limit, countsExactly: countsExactly)
            all.top += own.top.map {
                ScoredDocument(document: $0.document + part.documents.lowerBound, units: $0.units)
            }
            all.matchCount = MatchCount(
                value: all.matchCount.value + own.matchCount.value,
                isExact: all.matchCount.isExact && own.matchCount.isExact)
            all.statistics.blocks += own.statistics.blocks
            all.statistics.blocksInIndex += own.statistics.blocksInIndex
            all.statistics.postings += own.statistics.postings
            all.statistics.positionChecks += own.statistics.positionChecks
        }
        all.top.sort()
        all.top = Array(all.top.prefix(max(0, limit)))
        return all
    }

    func matches(of plan: EvaluationPlan, parameters: RankingParameters) throws -> DocumentBitmap {
        var all = DocumentBitmap()
        for part in parts {
            all.formUnion(
                try part.evaluator.matches(of: part.plan(plan), parameters: parameters),
                from: part.documents.lowerBound)
        }
        return all
    }
}
