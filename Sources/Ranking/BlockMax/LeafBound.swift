import Postings

/// What a leaf of a plan can add to a score in one segment.
struct LeafBound {
    /// The grid whose bounds stand for the leaf's: that of its rarest term, since a phrase occurs at most as often as each of
    /// its terms. Nil when the leaf cannot occur in the segment.
    let representative: TermGrid?
    /// What a score part of 1, as bounded in the grid, counts: weight times bound factor.
    let boundWeight: Float
    /// Upper bound in the whole segment.
    let greatest: Float

    init(_ leaf: EvaluationPlan.Leaf, grids: [TermGrid?], weight: Float, factor: Float) {
        let own = leaf.pattern.terms.map { grids[$0] }
        let rarest = own.contains { $0 == nil } ? nil : own.compactMap { $0 }.min { $0.count < $1.count }
        representative = rarest
        if let rarest {
            // An infinite factor says nothing but that a part is at most 1, which the smallest bound then has to stand for.
            boundWeight = factor.isFinite ? weight * factor : weight * Float(TermGridFormat.boundScale)
            greatest = boundWeight * Float(rarest.greatestBound) / Float(TermGridFormat.boundScale)
        } else {
            greatest = 0
            boundWeight = 0
        }
    }
}
