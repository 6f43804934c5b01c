import PostilTestSupport
import Ranking
import Testing

@Suite struct BlockMaxEvaluationTests {
    enum Shape: CaseIterable { case any, disjunction, phrase }

    /// Pruned results equal exhaustive results in ids, scores and order, for plans of any shape.
    @Test(arguments: Shape.allCases)
    func equalsExhaustive(shape: Shape) throws {
        for seed in UInt64(0)..<60 {
            var generator = SplitMix64(seed: seed)
            let terms = Int.random(in: 1...8, using: &generator)
            let boundFormula = BM25(
                RankingParameters(
                    k1: [0, 0.9, 1.2].randomElement(using: &generator) ?? 1,
                    b: [0, 0.75, 1].randomElement(using: &generator) ?? 1,
                    titleWeight: [0, 1, 2.5].randomElement(using: &generator) ?? 1),
                averageLength: Double.random(in: 1...12, using: &generator))
            let collection = MemoryCollection.random(
                documents: Int.random(in: 1...400, using: &generator), terms: terms,
                longest: Int.random(in: 1...(seed % 4 == 3 ? 200 : 20), using: &generator), boundFormula: boundFormula,
                using: &generator)
            let evaluation = BlockMaxEvaluation(source: collection)
            for query in 0..<8 {
                let formula =
                    query % 2 == 0
                    ? boundFormula
                    : BM25(
                        RankingParameters(k1: 1.2, b: 0.5, titleWeight: 1.5),
                        averageLength: collection.statistics.averageLength)
                let plan =
                    shape == .phrase
                    ? EvaluationPlan.randomPhrase(terms: terms, collection: collection, using: &generator)
                    : EvaluationPlan.random(
                        terms: terms, collection: collection, onlyDisjunctions: shape == .disjunction,
                        using: &generator)
                let limit = [1, 2, 3, 10, 1000].randomElement(using: &generator) ?? 1
                let wanted = try ExhaustiveEvaluation(source: collection, formula: formula).evaluate(plan, limit: limit)
                let found = try evaluation.evaluate(plan, formula: formula, limit: limit, countsExactly: false)
                let place: Comment = "seed: \(seed), query: \(query), limit: \(limit), plan: \(plan)"
                try #require(found.top == wanted.top, place)
                #expect(found.matchCount.value <= wanted.matchCount.value, place)
                if found.matchCount.isExact { #expect(found.matchCount == wanted.matchCount, place) }
                let counted = try evaluation.evaluate(plan, formula: formula, limit: limit, countsExactly: true)
                try #require(counted.top == wanted.top, place)
                #expect(counted.matchCount == wanted.matchCount, place)
            }
        }
    }
}
