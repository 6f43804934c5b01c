import PostilTestSupport
import Ranking
import Testing

@Suite struct BlockMaxEvaluationTests {
    /// Pruned results equal exhaustive results in ids, scores and order, for plans of any shape.
    @Test(arguments: EvaluationPlan.Shape.allCases)
    func equalsExhaustive(shape: EvaluationPlan.Shape) throws {
        // What is wide takes its time.
        for seed in UInt64(0)..<(shape == .wide ? 20 : 60) {
            var generator = SplitMix64(seed: seed)
            let terms = Int.random(in: shape == .wide ? 20...60 : 1...8, using: &generator)
            let boundFormula = BM25(
                BM25Parameters(
                    k1: [0, 0.9, 1.5].randomElement(using: &generator) ?? 1,
                    b: [0, 0.75, 1].randomElement(using: &generator) ?? 1,
                    titleWeight: [0, 1, 2.5].randomElement(using: &generator) ?? 1),
                averageLength: Double.random(in: 1...12, using: &generator))
            let collection = MemoryCollection.random(
                documents: Int.random(in: 1...400, using: &generator), terms: terms,
                longest: Int.random(in: 1...(seed % 4 == 3 ? 200 : 20), using: &generator), boundFormula: boundFormula,
                using: &generator)
            let evaluation = BlockMaxEvaluation(source: collection)
            for query in 0..<(shape == .wide ? 4 : 8) {
                let formula =
                    query % 2 == 0
                    ? boundFormula
                    : BM25(
                        BM25Parameters(k1: 1.2, b: 0.5, titleWeight: 1.5),
                        averageLength: collection.statistics.averageLength)
                let plan = EvaluationPlan.random(shape, terms: terms, collection: collection, using: &generator)
                let limit = [1, 2, 3, 10, 1000].randomElement(using: &generator) ?? 1
                try compare(
                    evaluation, collection, plan, formula, limit: limit, "seed: \(seed), query: \(query)")
            }
        }
    }

    /// More blocks than are looked at together, with few documents in each; some terms are in most of them, some in few.
    @Test func equalsExhaustiveInManyBlocks() throws {
        let formula = BM25(BM25Parameters(), averageLength: 3)
        for seed in UInt64(0)..<6 {
            var generator = SplitMix64(seed: seed)
            let terms = Int.random(in: 2...5, using: &generator)
            let collection = MemoryCollection.random(
                documents: 900, terms: terms, longest: 2 * terms, gaps: [40, 70, 100], boundFormula: formula,
                using: &generator)
            let evaluation = BlockMaxEvaluation(source: collection)
            for query in 0..<3 {
                let plan = EvaluationPlan.random(
                    .conjunction, terms: terms, collection: collection, using: &generator)
                let limit = [1, 10, 1000].randomElement(using: &generator) ?? 1
                try compare(
                    evaluation, collection, plan, formula, limit: limit, "seed: \(seed), query: \(query)")
            }
        }
    }

    private func compare(
        _ evaluation: BlockMaxEvaluation, _ collection: MemoryCollection, _ plan: EvaluationPlan, _ formula: BM25,
        limit: Int, _ number: String
    ) throws {
        let wanted = try ExhaustiveEvaluation(source: collection, formula: formula).evaluate(plan, limit: limit)
        let found = try evaluation.evaluate(plan, formula: formula, limit: limit, countsExactly: false)
        let place: Comment = "\(number), limit: \(limit), plan: \(plan)"
        try #require(found.top == wanted.top, place)
        #expect(found.matchCount.value <= wanted.matchCount.value, place)
        if found.matchCount.isExact { #expect(found.matchCount == wanted.matchCount, place) }
        let counted = try evaluation.evaluate(plan, formula: formula, limit: limit, countsExactly: true)
        try #require(counted.top == wanted.top, place)
        #expect(counted.matchCount == wanted.matchCount, place)
        var matches = try evaluation.matches(of: plan, formula: formula)
        let expected = try ExhaustiveEvaluation(source: collection, formula: formula).matches(of: plan)
        #expect(matches.count == wanted.matchCount.value, place)
        matches.subtract(expected)
        #expect(matches.isEmpty, place)
    }
}
