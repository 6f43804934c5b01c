import IndexStore
import Ranking

/// Collects what a plan numbers: its terms, leaves and filters, each once.
///
/// A query has a handful of terms, which are found sooner by looking at each than by hashing; an expanded one has hundreds.
struct PlanBuilder {
    private(set) var terms: [[UInt8]] = []
    private(set) var leaves: [EvaluationPlan.Leaf] = []
    private(set) var filters: [DocumentBitmap] = []
    /// What documents score beside their texts.
    private(set) var raises: [Raise] = []
    /// Numbers of terms and leaves once there are more than ``fewEntries``, as far as somebody has asked for one.
    private var termNumbers: [HashedTerm: Int] = [:]
    private var leafNumbers: [LeafKey: Int] = [:]
    private var filterNumbers: [DocumentFilter: Int] = [:]

    private static let fewEntries = 16

    private struct LeafKey: Hashable {
        var pattern: EvaluationPlan.Pattern
        var fields: FieldSet

        init(_ leaf: EvaluationPlan.Leaf) { (pattern, fields) = (leaf.pattern, leaf.fields) }
    }

    /// The term's number.
    mutating func number(ofTerm term: [UInt8]) -> Int {
        if let known = knownNumber(ofTerm: term) { return known }
        terms.append(term)
        return terms.count - 1
    }

    private mutating func knownNumber(ofTerm term: [UInt8]) -> Int? {
        guard terms.count > Self.fewEntries else { return terms.firstIndex(of: term) }
        for number in termNumbers.count..<terms.count { termNumbers[HashedTerm(terms[number])] = number }
        return termNumbers[HashedTerm(term)]
    }

    /// The leaf for a pattern; asked for twice, it weighs twice.
    mutating func number(of pattern: EvaluationPlan.Pattern, fields: FieldSet, weight: Double) -> Int {
        let leaf = EvaluationPlan.Leaf(pattern: pattern, fields: fields, weight: weight)
        if let known = knownNumber(of: leaf) {
            leaves[known].weight += weight
            return known
        }
        leaves.append(leaf)
        return leaves.count - 1
    }

    private mutating func knownNumber(of leaf: EvaluationPlan.Leaf) -> Int? {
        guard leaves.count > Self.fewEntries else {
            return leaves.firstIndex { $0.fields == leaf.fields && $0.pattern == leaf.pattern }
        }
        for number in leafNumbers.count..<leaves.count { leafNumbers[LeafKey(leaves[number])] = number }
        return leafNumbers[LeafKey(leaf)]
    }

    /// The leaves for terms, each of which is given once.
    mutating func numbers(ofDistinctTerms given: [(term: [UInt8], weight: Double)], fields: FieldSet) -> [Int] {
        // At the start of a query none of them can be there, and hundreds need not be looked up.
        guard terms.isEmpty, leaves.isEmpty else {
            return given.map { number(of: .term(number(ofTerm: $0.term)), fields: fields, weight: $0.weight) }
        }
        assert(Set(given.map(\.term)).count == given.count)
        terms = given.map(\.term)
        leaves = given.enumerated().map { EvaluationPlan.Leaf(pattern: .term($0), fields: fields, weight: $1.weight) }
        return Array(leaves.indices)
    }

    /// The number of the documents that a filter selects, which are looked up the first time.
    mutating func number(of filter: DocumentFilter, documents: (DocumentFilter) throws -> DocumentBitmap) rethrows
        -> Int
    {
        if let known = filterNumbers[filter] { return known }
        filters.append(try documents(filter))
        filterNumbers[filter] = filters.count - 1
        return filters.count - 1
    }

    /// The number of a set of documents.
    mutating func number(of documents: DocumentBitmap) -> Int {
        filters.append(documents)
        return filters.count - 1
    }

    /// The plan for a condition over what was collected.
    func plan(_ match: EvaluationPlan.Match, pairs: [Proximity.Pair]) -> EvaluationPlan {
        var plan = EvaluationPlan(terms: terms, leaves: leaves, pairs: pairs, match: match, filters: filters)
        plan.raises = raises
        return plan
    }

    /// Has the documents of a filter score for a word, as far as a plan may have such.
    mutating func raise(_ raise: Raise) { if raises.count < Raise.most { raises.append(raise) } }
}
