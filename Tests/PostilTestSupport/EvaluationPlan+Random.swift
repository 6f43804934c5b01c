import Ranking

extension EvaluationPlan {
    /// What a random plan looks like.
    public enum Shape: CaseIterable, Sendable {
        /// Any of single terms.
        case disjunction
        /// All of single terms.
        case conjunction
        /// One phrase and nothing else.
        case phrase
        /// Any of the three above, restricted by filters.
        case restricted
        /// More terms than are looked at in each block, as prefixes stand for, alone, beside words, or within other conditions.
        case wide
        /// Any condition over terms, phrases and filters.
        case any
    }

    /// A random plan over terms "0", "1", … for a collection, with duplicate terms and terms that do not occur.
    public static func random(
        _ shape: Shape, terms: Int, collection: MemoryCollection, using generator: inout SplitMix64
    ) -> EvaluationPlan {
        if shape == .phrase { return randomPhrase(terms: terms, collection: collection, using: &generator) }
        if shape == .restricted { return randomRestricted(terms: terms, collection: collection, using: &generator) }
        if shape == .wide { return randomWide(terms: terms, collection: collection, using: &generator) }
        let statistics = collection.statistics
        let planTerms = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
            MemoryCollection.term(Int.random(in: 0...terms, using: &generator))
        }
        let leaves = (0..<Int.random(in: 1...6, using: &generator)).map { _ -> Leaf in
            func term() -> Int { Int.random(in: 0..<planTerms.count, using: &generator) }
            let pattern: Pattern
            switch shape != .any ? 0 : Int.random(in: 0..<5, using: &generator) {
            case 3: pattern = .phrase(terms: [term(), term()], offsets: [0, Int.random(in: 1...2, using: &generator)])
            case 4: pattern = .near(terms: [term(), term()], slop: Int.random(in: 0...3, using: &generator))
            default: pattern = .term(term())
            }
            let idf = BM25.inverseDocumentFrequency(
                pattern.terms.map { collection.postings(of: planTerms[$0]).documentFrequency }, in: statistics)
            let boost: Double = [0.0, 1, 1, 1, 0.3, 7].randomElement(using: &generator) ?? 1
            let fields =
                shape != .any ? .all : [FieldSet.all, .all, .title, .body].randomElement(using: &generator) ?? .all
            return Leaf(pattern: pattern, fields: fields, weight: idf * boost)
        }
        let filters = (0..<2).map { _ in randomFilter(2, of: 3, collection, using: &generator) }
        let all = leaves.indices.map { Match.leaf($0) }
        let match: Match =
            switch shape {
            case .disjunction: .any(all)
            case .conjunction: .all(all)
            case .phrase, .restricted, .wide, .any: randomMatch(leaves: leaves.count, depth: 3, using: &generator)
            }
        return EvaluationPlan(
            terms: planTerms, leaves: leaves, pairs: randomPairs(terms: planTerms.count, using: &generator),
            match: match,
            filters: filters)
    }

    private static func randomFilter(
        _ share: Int, of whole: Int, _ collection: MemoryCollection, using generator: inout SplitMix64
    ) -> DocumentBitmap {
        collection.texts.keys.reduce(into: DocumentBitmap()) {
            if Int.random(in: 0..<whole, using: &generator) < share { $0.insert($1) }
        }
    }

    /// A plan whose every match has to pass some filters and not to pass others, of which some select few documents or none.
    private static func randomRestricted(
        terms: Int, collection: MemoryCollection, using generator: inout SplitMix64
    ) -> EvaluationPlan {
        let shapes: [Shape] = [.disjunction, .conjunction, .phrase, .any]
        var plan = random(
            shapes.randomElement(using: &generator) ?? .phrase, terms: terms, collection: collection, using: &generator)
        if Int.random(in: 0..<8, using: &generator) == 0 { plan.match = .everything }
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let share = [0, 1, 10, 19].randomElement(using: &generator) ?? 1
            plan.filters.append(randomFilter(share, of: 20, collection, using: &generator))
            let filter = Match.filter(plan.filters.count - 1)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: plan.match = .all([filter, plan.match])
            case 1: plan.match = .all([plan.match, .all([filter])])
            case 2: plan.match = .except(plan.match, filter)
            case 3: plan.match = .except(plan.match, .any([filter, .filter(0)]))
            default: plan.match = .all([filter, filter, .except(plan.match, filter)])
            }
        }
        if plan.filters.isEmpty { plan.filters.append(DocumentBitmap()) }
        return plan
    }

    /// A plan with a word or two and two runs of leaves for terms that begin alike, some of which do not occur.
    private static func randomWide(
        terms: Int, collection: MemoryCollection, using generator: inout SplitMix64
    ) -> EvaluationPlan {
        let numbers = (0..<terms + 4).shuffled(using: &generator)
        let planTerms = numbers.map(MemoryCollection.term)
        // As words of the query do, some leaves weigh much more than those of a run, which weigh the same or nearly so.
        let isEven = Bool.random(using: &generator)
        let leaves = planTerms.indices.map { term in
            let weight = term < 2 ? Double.random(in: 0...30, using: &generator) : 1
            return Leaf(
                pattern: .term(term), fields: .all,
                weight: isEven || term < 2 ? weight : weight * Double.random(in: 0...1, using: &generator))
        }
        let middle = Int.random(in: 2...leaves.count, using: &generator)
        func run(_ leaves: Range<Int>) -> Match { .any(leaves.map { .leaf($0) }) }
        let (first, second) = (run(2..<middle), run(middle..<leaves.count))
        let filters = (0..<2).map { _ in randomFilter(1, of: 2, collection, using: &generator) }
        let match: Match =
            switch Int.random(in: 0..<9, using: &generator) {
            case 0: .any([.leaf(0), first, .leaf(1), second])
            case 1: .any([first, .any([second, .leaf(1)]), .leaf(0)])
            case 2: .all([.leaf(0), first])
            case 3: .all([.any([.leaf(1), second]), first])
            case 4: .except(run(0..<middle), second)
            case 5: .all([.filter(1), run(leaves.indices)])
            case 6: .atLeast(2, [.leaf(0), first, second])
            case 7: .any([.all([.leaf(1), .filter(0)]), second])
            default: run(leaves.indices)
            }
        return EvaluationPlan(terms: planTerms, leaves: leaves, match: match, filters: filters)
    }

    /// None in every other plan, and at most one for each term.
    private static func randomPairs(terms: Int, using generator: inout SplitMix64) -> [Proximity.Pair] {
        guard terms > 1, Bool.random(using: &generator) else { return [] }
        return (1..<terms).map {
            let first = Int.random(in: 0..<terms, using: &generator)
            return Proximity.Pair(
                first: first, second: (first + $0) % terms, weight: Double.random(in: 0...4, using: &generator))
        }
    }

    /// A random plan of one phrase and nothing else, of terms "0", "1", …, some of which do not occur.
    private static func randomPhrase(
        terms: Int, collection: MemoryCollection, using generator: inout SplitMix64
    ) -> EvaluationPlan {
        let planTerms = (0...min(terms, 4)).shuffled(using: &generator).map(MemoryCollection.term)
        var offsets = [0]
        while offsets.count < Int.random(in: 2...4, using: &generator) {
            offsets.append((offsets.last ?? 0) + Int.random(in: 0...2, using: &generator))
        }
        let phrase = offsets.map { _ in Int.random(in: 0..<planTerms.count, using: &generator) }
        let fields = [FieldSet.all, .all, .title, .body].randomElement(using: &generator) ?? .all
        let leaf = Leaf(
            pattern: .phrase(terms: phrase, offsets: offsets), fields: fields,
            weight: Double.random(in: 0...9, using: &generator))
        return EvaluationPlan(terms: planTerms, leaves: [leaf], match: .leaf(0))
    }

    private static func randomMatch(leaves: Int, depth: Int, using generator: inout SplitMix64) -> Match {
        func part() -> Match { randomMatch(leaves: leaves, depth: depth - 1, using: &generator) }
        func parts() -> [Match] { (0..<Int.random(in: 1...3, using: &generator)).map { _ in part() } }
        switch depth == 0 ? 0 : Int.random(in: 0..<10, using: &generator) {
        case 4, 5: return .any(parts())
        case 6: return .all(parts())
        case 7: return .except(part(), part())
        case 9:
            let parts = parts()
            return .atLeast(Int.random(in: 1...parts.count, using: &generator), parts)
        case 8:
            return Int.random(in: 0..<3, using: &generator) == 0
                ? .everything : .filter(Int.random(in: 0..<2, using: &generator))
        default: return .leaf(Int.random(in: 0..<leaves, using: &generator))
        }
    }
}
