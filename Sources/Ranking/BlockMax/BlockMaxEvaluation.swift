import Postings

/// Finds the best documents of a plan by visiting blocks of 64 documents from the highest score bound down, until no block
/// that is left can hold a better document than the worst of the best.
///
/// Equivalent to: ``ExhaustiveEvaluation``, in ids, scores and order.
///
/// In each segment: 1. sum the terms' bounds over all blocks (``BlockBounds``); 2. where the plan is more than a
/// disjunction, rule out blocks in which it cannot match, 64 at a time (``MatchProgram``); 3. visit what is left by falling
/// bound, scoring exactly (``BlockScorer``). The threshold carries over from segment to segment.
///
/// Departures from Block-Max Pruning as published: bounds are of 64 documents, not of the 8 to 32 there; the condition is a
/// bit program, so that any Boolean query prunes; and the same idea is applied once more inside a block.
///
/// Holds scratch memory of 2 bytes a block of the largest segment, used again by the next query. One thread.
public final class BlockMaxEvaluation {
    private let source: any BlockSource
    @exclusivity(unchecked) private var bounds = BlockBounds()
    private let scorer = BlockScorer()
    @exclusivity(unchecked) private var batch = Batch()
    @exclusivity(unchecked) private var nextBatch = Batch()

    /// Evaluates on the blocks of `source`.
    public init(source: any BlockSource) { self.source = source }

    deinit {
        bounds.deallocate()
        batch.start.deallocate()
        nextBatch.start.deallocate()
    }

    /// The best `limit` documents for the plan.
    ///
    /// - Parameter countsExactly: Whether all matches have to be found; then nothing is pruned.
    /// - Complexity: O(terms * blocks / 16) for the bounds, and the postings of the blocks that are visited.
    public func evaluate(_ plan: EvaluationPlan, formula: BM25, limit: Int, countsExactly: Bool) throws
        -> EvaluationResult
    {
        let secondStage = SecondStage(plan, formula: formula)
        let scale = plan.scale
        let restriction = Restriction(plan.match, filters: plan.filters)
        var plan = plan
        plan.match = restriction.match
        var program = MatchProgram(plan.match, leafCount: plan.leaves.count)
        scorer.begin(
            plan, program, restriction, formula: formula, scale: scale, limit: secondStage.candidates(limit: limit),
            prunes: !countsExactly)
        for (number, segment) in source.segments.enumerated() {
            let grids = try plan.terms.map { try source.grid(of: $0, inSegment: number) }
            let factor = formula.boundFactor(from: segment.boundFormula)
            let leaves = plan.leaves.map { LeafBound($0, grids: grids, weight: scale.units($0.weight), factor: factor) }
            try withExtendedLifetime(grids) {
                try scorer.enter(segment: number, source, grids: grids, leaves: leaves)
                if scorer.shape == .conjunction, try scorer.visitCommonBlocks(of: segment, source) { return }
                sumBounds(leaves, segment)
                if !program.isDisjunction || restriction.isNeeded {
                    restrict(&program, plan, restriction, grids, segment)
                }
                bounds.finish()
                try visit(&program, segment)
            }
        }
        var result = scorer.result()
        try rescore(&result, by: secondStage, limit: limit)
        return result
    }

    /// All documents that match, whatever they score.
    ///
    /// Equivalent to: the documents that ``evaluate(_:formula:limit:countsExactly:)`` gives when it is asked for all.
    ///
    /// - Complexity: The terms' bits in all blocks in which the plan can match, and the positions of phrases.
    public func matches(of plan: EvaluationPlan, formula: BM25) throws -> DocumentBitmap {
        var unscored = plan
        unscored.pairs = []
        for leaf in unscored.leaves.indices { unscored.leaves[leaf].weight = 0 }
        scorer.collected = DocumentBitmap()
        defer { scorer.collected = nil }
        _ = try evaluate(unscored, formula: formula, limit: 0, countsExactly: true)
        return scorer.collected ?? DocumentBitmap()
    }

    private func rescore(_ result: inout EvaluationResult, by stage: SecondStage, limit: Int) throws {
        // Of each segment its terms' positions, once they were asked for: by most queries never.
        var readers: [[Int: any PositionSource]] = []
        result.top = try stage.rescore(
            result.top, limit: limit,
            lengths: { document in
                // Safety: there are 64 lengths.
                try source.documents(inBlock: Int(document >> 6)).lengths[Int(document & 63)]
            },
            occurrences: { term, document, list in
                if readers.isEmpty { readers = source.segments.map { _ in [:] } }
                for number in source.segments.indices where source.segments[number].documents.contains(document) {
                    let known = readers[number][term]
                    let reader = try known ?? source.positions(of: stage.plan.terms[term], inSegment: number)
                    if known == nil { readers[number][term] = reader }
                    list.append(contentsOf: try reader.positions(in: document))
                }
            })
    }

    private func sumBounds(_ leaves: [LeafBound], _ segment: BlockSegment) {
        // The sum has to fit, and so has the multiplier of each single leaf.
        let most = leaves.reduce(Float(0)) { max($0, $1.boundWeight * 1.01) }
        let sum = leaves.reduce(Float(0)) { $0 + $1.greatest }
        bounds.begin(blockCount: segment.blockCount, count: leaves.count, total: max(sum, most))
        for leaf in leaves {
            if let grid = leaf.representative { bounds.add(grid, weight: leaf.boundWeight) }
        }
    }

    /// Keeps the blocks in which the condition can hold.
    private func restrict(
        _ program: inout MatchProgram, _ plan: EvaluationPlan, _ restriction: Restriction, _ grids: [TermGrid?],
        _ segment: BlockSegment
    ) {
        let views = grids.map { $0?.view }
        bounds.restrict { word in
            let passing = restriction.isNeeded ? restriction.blocks(from: segment.firstBlock + word * 64) : .max
            guard passing != 0 else { return 0 }
            return passing
                & program.run(
                    leaf: { leaf in
                        if case .term(let term) = plan.leaves[leaf].pattern {
                            return (views[term]?.word(word).bits ?? 0, 0)
                        }
                        var present = UInt64.max
                        for term in plan.leaves[leaf].pattern.terms { present &= views[term]?.word(word).bits ?? 0 }
                        return (present, 0)
                    },
                    filter: { filter in
                        var present: UInt64 = 0
                        let first = segment.firstBlock + word * 64
                        for bit in 0..<64 where plan.filters[filter].word(first + bit) != 0 {
                            present |= 1 << UInt64(bit)
                        }
                        return (present, 0)
                    })
        }
    }

    private func visit(_ program: inout MatchProgram, _ segment: BlockSegment) throws {
        var isAhead = false
        // Handed on for each group, and counted by reference for each if it were not taken once.
        let bounds = bounds
        for (index, group) in bounds.order.enumerated() {
            let group = Int(group)
            let required = bounds.required(scorer.threshold)
            guard bounds.groups[group] >= required else {
                scorer.notePruned()
                break
            }
            if isAhead {
                swap(&batch, &nextBatch)
                batch.count = BlockBounds.filter(batch.start, count: batch.count, atLeast: required)
            } else {
                batch.count = bounds.collect(group: group, atLeast: required, into: batch.start)
            }
            if required > 1, !scorer.hasPruned, bounds.hasSmaller(group: group, than: required) { scorer.notePruned() }
            if required == 1 { BlockBounds.sort(batch.entries) }
            isAhead = required > 1 && index + 1 < bounds.order.count
            if isAhead {
                let next = Int(bounds.order[index + 1])
                nextBatch.count = bounds.collect(group: next, atLeast: required, into: nextBatch.start)
                scorer.prefetch(group: next, nextBatch.entries)
            }
            try scorer.visit(group: group, UnsafeBufferPointer(batch.entries), bounds, of: segment, &program)
        }
    }

    /// The blocks of a group that are worth visiting.
    private struct Batch {
        let start = UnsafeMutablePointer<UInt32>.allocate(capacity: BlockBounds.groupLength)
        var count = 0
        var entries: UnsafeMutableBufferPointer<UInt32> { UnsafeMutableBufferPointer(start: start, count: count) }
    }
}

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
        let rarest: TermGrid?
        if case .term(let term) = leaf.pattern {
            // Most leaves.
            rarest = grids[term]
        } else {
            let own = leaf.pattern.terms.map { grids[$0] }
            rarest = own.contains { $0 == nil } ? nil : own.compactMap { $0 }.min { $0.count < $1.count }
        }
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
