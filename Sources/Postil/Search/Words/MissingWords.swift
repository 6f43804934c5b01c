import IndexStore
import QueryLanguage
import Ranking

/// Finds out how many documents have all words of a query that stand beside each other, and where none has, which of them each hit
/// is without.
struct MissingWords {
    let plan: EvaluationPlan
    /// The words, as they are written, and what each matches.
    let words: [(text: String, match: EvaluationPlan.Match)]
    let evaluator: any Evaluator
    let ranking: RankingParameters

    /// More words than these are a text that was pasted, of which no document has all.
    static let mostWords = 16

    /// Documents that have all words which any document has; nil when there are less than two of these.
    ///
    /// - Returns: With it, the words that the hits are without, of each that has not all, if no document has.
    func find(in hits: [DocumentID], countsExactly: Bool) throws -> (
        withAll: MatchCount, missing: [DocumentID: [String]]
    )? {
        guard (2...Self.mostWords).contains(words.count) else { return nil }
        let known = try words.filter { try matches($0.match, limit: 1).matchCount.value > 0 }
        guard known.count > 1 else { return nil }
        let withAll = try evaluator.evaluate(
            with(.all([plan.match] + known.map(\.match))), parameters: ranking, limit: 1, countsExactly: countsExactly
        ).matchCount
        guard withAll.value == 0 else { return (withAll, [:]) }
        var missing: [DocumentID: [String]] = [:]
        var page = DocumentBitmap()
        for id in hits { page.insert(id.rawValue) }
        for word in known {
            var restricted = with(.all([word.match, .filter(plan.filters.count)]))
            restricted.filters.append(page)
            let found = try evaluator.evaluate(
                restricted, parameters: ranking, limit: hits.count, countsExactly: false)
            let have = Set(found.top.map(\.document))
            for id in hits where !have.contains(id.rawValue) { missing[id, default: []].append(word.text) }
        }
        return (withAll, missing)
    }

    private func matches(_ match: EvaluationPlan.Match, limit: Int) throws -> EvaluationResult {
        try evaluator.evaluate(with(match), parameters: ranking, limit: limit, countsExactly: false)
    }

    private func with(_ match: EvaluationPlan.Match) -> EvaluationPlan {
        var other = plan
        other.match = match
        other.pairs = []
        return other
    }
}
