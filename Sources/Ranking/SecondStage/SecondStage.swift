import Postings

/// Rescores the best documents of the first stage by evidence that is too dear to be looked for in every match.
///
/// Definition: of the first documents by the score of the plan's leaves, ``depth(for:)`` many, the long ones count by their best
/// passages (``PassageEvidence``), and all get the contributions of the plan's pairs on top (``Proximity``); then all are
/// in result order, score down, then id up.
///
/// The first stage is exact, so the documents that are rescored are the same for every strategy, thread count and
/// segmentation, and so are their scores. Rescoring never takes anything away, so the rescored documents stay in front of the
/// others, and a longer list begins with the shorter one: the depth does not depend on how many hits are asked for.
public struct SecondStage {
    /// How many documents are rescored.
    ///
    /// For passages as many as a page has, which the first stage finds anyway: of the essays that a passage brings to the top, nearly
    /// all are among them. For pairs three pages and a little: fewer lose some of the gain, a hundred gain no more, and each
    /// costs the first stage some of its pruning. See Documentation/Decisions/ranking.md.
    public static func depth(for plan: EvaluationPlan) -> Int { plan.pairs.isEmpty ? 10 : 32 }

    let plan: EvaluationPlan
    private let depth: Int
    private let formula: BM25

    init(_ plan: EvaluationPlan, formula: BM25) {
        self.plan = plan
        self.formula = formula
        depth = SecondStage.depth(for: plan)
    }

    /// How many documents the first stage has to find for a list of `limit`.
    func candidates(limit: Int) -> Int { limit > 0 && plan.rescores ? max(limit, depth) : limit }

    /// The best `limit` documents, out of those that the first stage found, in result order.
    ///
    /// - Parameters:
    ///   - lengths: Those of a document.
    ///   - occurrences: Appends those of a term of the plan in a document, ascending, with ``TermPostings/titleFlag``.
    /// - Complexity: For each long document a reading of positions for each term, for each document one for each term of a pair.
    func rescore(
        _ found: [ScoredDocument], limit: Int, lengths: (Int64) throws -> DocumentLengths,
        occurrences: (_ term: Int, _ document: Int64, inout [UInt32]) throws -> Void
    ) throws -> [ScoredDocument] {
        guard plan.rescores else { return found }
        let lengths = try found.prefix(depth).map { try lengths($0.document) }
        let isLong = lengths.map { PassageEvidence.applies(to: $0, formula) }
        // Most queries end here.
        guard !plan.pairs.isEmpty || isLong.contains(true) else { return Array(found.prefix(max(0, limit))) }
        let passages = PassageEvidence(plan, formula: formula)
        let proximity = Proximity(formula)
        let weights = plan.pairs.map { plan.scale.units($0.weight) }
        let inPairs = Set(plan.pairs.flatMap { [$0.first, $0.second] })
        var lists = [[UInt32]](repeating: [], count: plan.terms.count)
        var rescored: [ScoredDocument] = []
        for (candidate, (lengths, isLong)) in zip(found, zip(lengths, isLong)) {
            for term in isLong ? inPairs.union(passages.terms) : inPairs {
                lists[term].removeAll(keepingCapacity: true)
                try occurrences(term, candidate.document, &lists[term])
            }
            var units = candidate.units
            if isLong { units = max(units, passages.best(lists, lengths).units) }
            for (pair, weight) in zip(plan.pairs, weights) {
                units += proximity.contribution(
                    nearness: proximity.nearness(lists[pair.first], lists[pair.second], lengths), lengths,
                    weight: weight)
            }
            rescored.append(ScoredDocument(document: candidate.document, units: units))
        }
        rescored.sort()
        return Array((rescored + found.dropFirst(depth)).prefix(max(0, limit)))
    }
}
