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
    /// Numbers of terms and leaves once there are more than ``fewEntries``.
    private var termNumbers: [[UInt8]: Int] = [:]
    private var leafNumbers: [LeafKey: Int] = [:]
    private var filterNumbers: [DocumentFilter: Int] = [:]

    private static let fewEntries = 16

    private struct LeafKey: Hashable {
        var pattern: EvaluationPlan.Pattern
        var fields: FieldSet
    }

    /// The term's number.
    mutating func number(ofTerm term: [UInt8]) -> Int {
        if let known = terms.count <= Self.fewEntries ? terms.firstIndex(of: term) : termNumbers[term] { return known }
        terms.append(term)
        if terms.count > Self.fewEntries {
            if termNumbers.isEmpty {
                for (number, term) in terms.enumerated() { termNumbers[term] = number }
            } else {
                termNumbers[term] = terms.count - 1
            }
        }
        return terms.count - 1
    }

    /// The leaf for a pattern; asked for twice, it weighs twice.
    mutating func number(of pattern: EvaluationPlan.Pattern, fields: FieldSet, weight: Double) -> Int {
        func key(_ leaf: EvaluationPlan.Leaf) -> LeafKey { LeafKey(pattern: leaf.pattern, fields: leaf.fields) }
        let leaf = EvaluationPlan.Leaf(pattern: pattern, fields: fields, weight: weight)
        let known =
            leaves.count <= Self.fewEntries
            ? leaves.firstIndex { $0.fields == fields && $0.pattern == pattern } : leafNumbers[key(leaf)]
        if let known {
            leaves[known].weight += weight
            return known
        }
        leaves.append(leaf)
        if leaves.count > Self.fewEntries {
            if leafNumbers.isEmpty {
                for (number, leaf) in leaves.enumerated() { leafNumbers[key(leaf)] = number }
            } else {
                leafNumbers[key(leaf)] = leaves.count - 1
            }
        }
        return leaves.count - 1
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
