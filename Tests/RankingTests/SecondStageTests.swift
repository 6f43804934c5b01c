import PostilTestSupport
import Ranking
import Testing

@Suite struct SecondStageTests {
    private static let formula = BM25(BM25Parameters(titleWeight: 2), averageLength: 9)

    private static func collection(seed: UInt64, terms: Int) -> (MemoryCollection, SplitMix64) {
        var generator = SplitMix64(seed: seed)
        let collection = MemoryCollection.random(
            documents: 300, terms: terms, longest: 40, boundFormula: formula, using: &generator)
        return (collection, generator)
    }

    /// The definition, step by step: the first stage alone, then nearness by comparing every two positions.
    @Test func addsTheNearnessOfPairsToTheBest() throws {
        var rescoredCount = 0
        for seed in UInt64(0)..<40 {
            var (collection, generator) = Self.collection(seed: seed, terms: 6)
            var plan = EvaluationPlan.random(.disjunction, terms: 5, collection: collection, using: &generator)
            plan.pairs = plan.terms.indices.dropFirst().map {
                Proximity.Pair(first: $0 - 1, second: $0, weight: Double.random(in: 0...3, using: &generator))
            }
            // Weights of pairs that are looked at one by one below must not change the scale.
            var firstStage = plan
            firstStage.pairs = []
            firstStage.leaves += plan.pairs.map {
                EvaluationPlan.Leaf(pattern: .term($0.first), fields: [], weight: $0.weight)
            }
            #expect(firstStage.scale == plan.scale)
            let evaluation = ExhaustiveEvaluation(source: collection, formula: Self.formula)
            var expected = try evaluation.evaluate(firstStage, limit: 1000).top
            for index in expected.indices.prefix(SecondStage.depth(for: plan)) {
                let document = expected[index].document
                var units = expected[index].units
                for pair in plan.pairs {
                    units += ReferenceNearness.contribution(
                        of: pair, plan, document: document, in: collection, Self.formula)
                }
                if units != expected[index].units { rescoredCount += 1 }
                expected[index] = ScoredDocument(document: document, units: units)
            }
            expected.sort()
            let found = try evaluation.evaluate(plan, limit: 1000).top
            #expect(found == expected, "seed: \(seed)")
        }
        #expect(rescoredCount > 100)
    }

    /// The definition, step by step: every document as a whole, then each passage of the best as a document of its own.
    @Test(arguments: [EvaluationPlan.Shape.disjunction, .conjunction, .any])
    func countsLongDocumentsByTheirBestPassages(shape: EvaluationPlan.Shape) throws {
        let formula = BM25(BM25Parameters(), averageLength: 50)
        var rescoredCount = 0
        for seed in UInt64(0)..<30 {
            var generator = SplitMix64(seed: seed)
            let collection = MemoryCollection.random(
                documents: 120, terms: 6, longest: 30, longer: 900, boundFormula: formula, using: &generator)
            let plan = EvaluationPlan.random(shape, terms: 6, collection: collection, using: &generator)
            let exhaustive = ExhaustiveEvaluation(source: collection, formula: formula)
            let reference = ReferencePassageEvidence(plan: plan, collection: collection, formula: formula)
            let matches = try exhaustive.matches(of: plan)
            var expected = collection.texts.keys.filter(matches.contains).map {
                ScoredDocument(document: $0, units: reference.wholeScore(of: $0))
            }
            expected.sort()
            for index in expected.indices.prefix(plan.pairs.isEmpty ? 10 : 32) {
                let document = expected[index].document
                var units = reference.score(of: document, averageLength: 50)
                if units != expected[index].units { rescoredCount += 1 }
                for pair in plan.pairs {
                    units += ReferenceNearness.contribution(of: pair, plan, document: document, in: collection, formula)
                }
                expected[index] = ScoredDocument(document: document, units: units)
            }
            expected.sort()
            #expect(try exhaustive.evaluate(plan, limit: 1000).top == expected, "seed: \(seed)")
            let pruned = BlockMaxEvaluation(source: collection)
            for limit in [1, 9, 10, 11, 1000] {
                let found = try pruned.evaluate(plan, formula: formula, limit: limit, countsExactly: false)
                #expect(found.top == Array(expected.prefix(limit)), "seed: \(seed), limit: \(limit)")
            }
        }
        #expect(rescoredCount > 10)
    }

    /// A page is cut out of one list, however long.
    @Test func shorterListsBeginLongerOnes() throws {
        for seed in UInt64(0)..<20 {
            var (collection, generator) = Self.collection(seed: seed, terms: 4)
            var plan = EvaluationPlan.random(.disjunction, terms: 3, collection: collection, using: &generator)
            plan.terms = (0..<4).map(MemoryCollection.term)
            plan.leaves = (0..<4).map { .init(pattern: .term($0), fields: .all, weight: 1 + Double($0)) }
            plan.match = .any((0..<4).map { .leaf($0) })
            plan.pairs = [.init(first: 0, second: 3, weight: 3), .init(first: 1, second: 2, weight: 2)]
            let evaluation = BlockMaxEvaluation(source: collection)
            let longest = try evaluation.evaluate(plan, formula: Self.formula, limit: 1000, countsExactly: false).top
            for limit in [0, 1, 10, 31, 32, 33, 100] {
                let shorter = try evaluation.evaluate(plan, formula: Self.formula, limit: limit, countsExactly: false)
                #expect(shorter.top == Array(longest.prefix(limit)), "seed: \(seed), limit: \(limit)")
            }
        }
    }
}
