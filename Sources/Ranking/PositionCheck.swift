import Postings

/// Decides by positions which documents of a block match a plan with phrases, and what their phrases add.
///
/// A phrase occurs at most as often as each of its terms; a document whose score would not reach the threshold even so is
/// left without reading positions.
final class PositionCheck {
    private let plan: EvaluationPlan
    /// Leaves that are no single terms.
    private let leaves: [Int]
    /// Positions of each term of the plan in the segment; nil for terms that only single terms use.
    private let readers: [(any PositionSource)?]
    private var lists: [[UInt32]]
    private var occurring: [UInt64]

    init(_ plan: EvaluationPlan, _ source: any BlockSource, segment: Int) throws {
        self.plan = plan
        leaves = plan.leaves.indices.filter { if case .term = plan.leaves[$0].pattern { false } else { true } }
        let needed = Set(leaves.flatMap { plan.leaves[$0].pattern.terms })
        readers = try plan.terms.indices.map {
            needed.contains($0) ? try source.positions(of: plan.terms[$0], inSegment: segment) : nil
        }
        lists = Array(repeating: [], count: plan.terms.count)
        occurring = Array(repeating: 0, count: plan.leaves.count)
    }

    /// Offers the documents among `candidates`, whose single terms are scored, that match.
    func check(
        _ candidates: UInt64, of scorer: BlockScorer, firstDocument: Int64, _ lengths: UnsafePointer<UInt32>,
        _ program: inout MatchProgram
    ) throws {
        var rest = candidates
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            let bit = rest & (0 &- rest)
            rest ^= bit
            var score = scorer.scratch.units[document]
            var most = score
            for leaf in leaves where scorer.scratch.possible[leaf] & bit != 0 {
                most &+= mostUnits(of: leaf, scorer, bit: bit, length: lengths[document])
            }
            guard most >= scorer.threshold else {
                scorer.notePruned()
                continue
            }
            scorer.countPositionCheck()
            for leaf in occurring.indices { occurring[leaf] = scorer.scratch.possible[leaf] & bit == 0 ? 0 : .max }
            for leaf in leaves where occurring[leaf] != 0 {
                let frequencies = try frequencies(of: leaf, document: firstDocument + Int64(document))
                if frequencies.isZero {
                    occurring[leaf] = 0
                } else {
                    score &+= units(of: leaf, scorer, frequencies, length: lengths[document])
                }
            }
            let filters = plan.filters
            let matches = program.run(
                leaf: { (occurring[$0], occurring[$0]) },
                filter: { filters[$0].contains(firstDocument + Int64(document)) ? (.max, .max) : (0, 0) })
            guard matches != 0 else { continue }
            scorer.countMatches(1)
            scorer.offer(document: firstDocument + Int64(document), units: score)
        }
    }

    /// What a phrase would add if it occurred as often as the rarest of its terms does in the document.
    private func mostUnits(of leaf: Int, _ scorer: BlockScorer, bit: UInt64, length: UInt32) -> UInt32 {
        // While there is room for more documents, every match counts, whatever it scores.
        guard scorer.threshold > 0 else { return 0 }
        var most = PositionMatching.Frequencies(title: .max, body: .max)
        let segmentLeaf = scorer.scratch.leaves[leaf]
        for place in Int(segmentLeaf.firstTerm)..<Int(segmentLeaf.endTerm) {
            scorer.reader(scorer.leafTerms[place]).forEach(in: bit) { _, code, title, body in
                let frequencies = code < 15 ? PostingBlockReader.frequencies(ofCode: code) : (title, body)
                most.title = min(most.title, frequencies.0)
                most.body = min(most.body, frequencies.1)
            }
        }
        return units(of: leaf, scorer, most, length: length)
    }

    private func units(
        of leaf: Int, _ scorer: BlockScorer, _ frequencies: PositionMatching.Frequencies, length: UInt32
    ) -> UInt32 {
        let leaf = scorer.scratch.leaves[leaf]
        return scorer.formula.contribution(
            weightedFrequency: Float(frequencies.title) * leaf.titleWeight + Float(frequencies.body) * leaf.bodyWeight,
            length: length, weight: leaf.weight)
    }

    private func frequencies(of leaf: Int, document: Int64) throws -> PositionMatching.Frequencies {
        let planLeaf = plan.leaves[leaf]
        let terms = planLeaf.pattern.terms
        for term in terms {
            lists[term].removeAll(keepingCapacity: true)
            try readers[term]?.read(document, into: &lists[term])
        }
        return planLeaf.frequencies(of: terms.map { lists[$0][...] })
    }
}
