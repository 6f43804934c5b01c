import Postings

/// Rescores the best documents of the first stage by evidence that is too dear to be looked for in every match.
///
/// Definition: the first ``depth`` documents by the score of the plan's leaves get the contributions of the plan's pairs
/// (``Proximity``) on top; then all are in result order, score down, then id up.
///
/// The first stage is exact, so the documents that are rescored are the same for every strategy, thread count and
/// segmentation, and so are their scores. A contribution is never negative, so the rescored documents stay in front of the
/// others, and a longer list begins with the shorter one: ``depth`` does not depend on how many hits are asked for.
public struct SecondStage {
    /// Documents that are rescored: three pages of ten and a little. Fewer lose some of the gain, a hundred gain no more, and
    /// each costs the first stage some of its pruning; see Documentation/Decisions/ranking.md.
    public static let depth = 32

    let plan: EvaluationPlan
    private let proximity: Proximity

    init(_ plan: EvaluationPlan, formula: BM25) {
        self.plan = plan
        proximity = Proximity(formula)
    }

    /// Whether the plan has any evidence for this stage.
    var isNeeded: Bool { !plan.pairs.isEmpty }

    /// How many documents the first stage has to find for a list of `limit`.
    func candidates(limit: Int) -> Int { isNeeded && limit > 0 ? max(limit, SecondStage.depth) : limit }

    /// The best `limit` documents, out of those that the first stage found, in result order.
    ///
    /// - Parameters:
    ///   - lengths: Those of a document.
    ///   - occurrences: Appends those of a term of the plan in a document, ascending, with ``TermPostings/titleFlag``.
    /// - Complexity: ``depth`` readings of positions for each term of a pair.
    func rescore(
        _ found: [ScoredDocument], limit: Int, lengths: (Int64) throws -> DocumentLengths,
        occurrences: (_ term: Int, _ document: Int64, inout [UInt32]) throws -> Void
    ) throws -> [ScoredDocument] {
        guard isNeeded else { return found }
        let scale = plan.scale
        let weights = plan.pairs.map { scale.units($0.weight) }
        let needed = Set(plan.pairs.flatMap { [$0.first, $0.second] })
        var lists = [[UInt32]](repeating: [], count: plan.terms.count)
        var rescored: [ScoredDocument] = []
        for candidate in found.prefix(SecondStage.depth) {
            for term in needed {
                lists[term].removeAll(keepingCapacity: true)
                try occurrences(term, candidate.document, &lists[term])
            }
            let lengths = try lengths(candidate.document)
            var units = candidate.units
            for (pair, weight) in zip(plan.pairs, weights) {
                units += proximity.contribution(
                    nearness: proximity.nearness(lists[pair.first], lists[pair.second], lengths), lengths,
                    weight: weight)
            }
            rescored.append(ScoredDocument(document: candidate.document, units: units))
        }
        rescored.sort()
        return Array((rescored + found.dropFirst(SecondStage.depth)).prefix(max(0, limit)))
    }
}
