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
    /// Terms of each leaf.
    private let terms: [[Int]]
    /// The leaves that are phrases of two different terms, which is what most phrases are.
    private let pairs: [Pair?]
    /// The leaves that are phrases, with what is known of their terms' positions.
    private let phrases: [PhraseSignatures?]
    private let firstBlock: Int
    @exclusivity(unchecked) private var lists: [UnsafeBufferPointer<UInt32>] = []
    @exclusivity(unchecked) private var occurring: [UInt64]

    private struct Pair {
        var first: any PositionSource
        var second: any PositionSource
        var distance: Int
        var fields: FieldSet
    }

    init(_ plan: EvaluationPlan, _ source: any BlockSource, segment: Int, grids: [TermGrid?]) throws {
        self.plan = plan
        leaves = plan.leaves.indices.filter { if case .term = plan.leaves[$0].pattern { false } else { true } }
        let needed = Set(leaves.flatMap { plan.leaves[$0].pattern.terms })
        readers = try plan.terms.indices.map {
            needed.contains($0) ? try source.positions(of: plan.terms[$0], inSegment: segment) : nil
        }
        terms = plan.leaves.map(\.pattern.terms)
        pairs = plan.leaves.map { [readers] leaf in
            guard case .phrase(let terms, let offsets) = leaf.pattern, terms.count == 2, terms[0] != terms[1],
                let first = readers[terms[0]], let second = readers[terms[1]]
            else { return nil }
            return Pair(first: first, second: second, distance: offsets[1], fields: leaf.fields)
        }
        phrases = plan.leaves.map { [readers] leaf in
            guard case .phrase(let terms, let offsets) = leaf.pattern else { return nil }
            return PhraseSignatures(terms: terms, offsets: offsets, grids: grids, readers: readers)
        }
        firstBlock = source.segments[segment].firstBlock
        occurring = Array(repeating: 0, count: plan.leaves.count)
    }

    /// Offers the documents among `candidates`, whose single terms are scored, that match.
    func check(
        _ candidates: UInt64, of scorer: BlockScorer, firstDocument: Int64, _ lengths: UnsafePointer<DocumentLengths>,
        _ program: inout MatchProgram
    ) throws {
        var rest = promising(candidates, scorer, lengths, block: Int(firstDocument >> 6), &program)
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            let bit = rest & (0 &- rest)
            rest ^= bit
            var score = scorer.scratch.units[document]
            scorer.countPositionCheck()
            for leaf in occurring.indices { occurring[leaf] = scorer.scratch.possible[leaf] & bit == 0 ? 0 : .max }
            for leaf in leaves where occurring[leaf] != 0 {
                let frequencies = try frequencies(of: leaf, document: firstDocument + Int64(document))
                if frequencies.isZero {
                    occurring[leaf] = 0
                } else {
                    score &+= units(of: leaf, scorer, frequencies, lengths[document])
                }
            }
            let matches = program.run(
                leaf: { (occurring[$0], occurring[$0]) },
                filter: { plan.filters[$0].contains(firstDocument + Int64(document)) ? (.max, .max) : (0, 0) })
            guard matches != 0 else { continue }
            scorer.countMatch(firstDocument + Int64(document))
            scorer.offer(document: firstDocument + Int64(document), units: score)
        }
    }

    /// What is known of a phrase's terms; nil when the segment does not have all of them.
    func phrase(_ leaf: Int) -> PhraseSignatures? { phrases[leaf] }

    /// Offers a document in which all terms of the plan's only leaf occur, if the leaf does.
    func checkPhrase(document: Int64, of scorer: BlockScorer, _ lengths: DocumentLengths) throws {
        scorer.countPositionCheck()
        let frequencies = try frequencies(of: 0, document: document)
        guard !frequencies.isZero else { return }
        scorer.countMatch(document)
        scorer.offer(document: document, units: units(of: 0, scorer, frequencies, lengths))
    }

    /// The candidates in which the plan can match and that could reach the threshold if their phrases occurred as often as
    /// their terms' signatures allow, or else as the rarest of their terms. Takes phrases that do not occur out of what the
    /// scratch has as possible.
    private func promising(
        _ candidates: UInt64, _ scorer: BlockScorer, _ lengths: UnsafePointer<DocumentLengths>, block: Int,
        _ program: inout MatchProgram
    ) -> UInt64 {
        let scratch = scorer.scratch
        let most = scratch.most
        var possible = candidates
        most.update(from: scratch.units, count: PostingBlockFormat.blockLength)
        for leaf in leaves {
            let wanted = scratch.possible[leaf] & candidates
            guard wanted != 0 else { continue }
            let (occurring, unbounded) = boundFrequencies(of: leaf, in: wanted, scorer, lengths, block: block)
            if occurring != wanted {
                scratch.possible[leaf] &= ~wanted | occurring
                possible = 0
            }
            guard scorer.threshold > 0 else { continue }
            if unbounded != 0 {
                for term in terms[leaf] { scorer.lowerFrequencies(term: term, leaf: leaf, in: unbounded) }
            }
            var rest = occurring
            while rest != 0 {
                let document = rest.trailingZeroBitCount
                rest &= rest &- 1
                // Safety: a bit's number is below 64, the capacity of both.
                most[document] &+= scorer.formula.contribution(
                    scratch.frequencies[document], lengths[document], weight: scratch.leaves[leaf].weight)
            }
        }
        if possible != candidates {
            possible =
                candidates
                & program.run(
                    leaf: { (scratch.possible[$0], scratch.certain[$0]) },
                    filter: {
                        let selected = self.plan.filters[$0].word(block)
                        return (selected, selected)
                    })
        }
        guard scorer.threshold > 0 else { return possible }
        var kept: UInt64 = 0
        var rest = possible
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            rest &= rest &- 1
            if most[document] >= scorer.threshold { kept |= 1 << UInt64(document) }
        }
        if kept != possible { scorer.notePruned() }
        return kept
    }

    /// Sets the scratch's frequencies of a leaf to upper bounds, by its terms' signatures.
    ///
    /// - Returns: The documents in which it can occur, and those of them for which the bound is infinite.
    private func boundFrequencies(
        of leaf: Int, in wanted: UInt64, _ scorer: BlockScorer, _ lengths: UnsafePointer<DocumentLengths>, block: Int
    ) -> (occurring: UInt64, unbounded: UInt64) {
        let frequencies = scorer.scratch.frequencies
        guard let phrase = phrases[leaf] else {
            frequencies.update(repeating: .unbounded, count: PostingBlockFormat.blockLength)
            return (wanted, wanted)
        }
        phrase.enter(block: block - firstBlock)
        let scored = scorer.scratch.leaves[leaf]
        let formula = scorer.formula
        var occurring = wanted
        var unbounded: UInt64 = 0
        phrase.forEach(in: wanted) { document, most in
            let bit: UInt64 = 1 &<< UInt64(document)
            // Safety: a bit's number is below 64, the capacity of frequencies and the number of lengths.
            if most == 0 {
                occurring ^= bit
            } else if most == PhraseSignatures.unbounded {
                unbounded |= bit
                frequencies[document] = .unbounded
            } else {
                let bound = phrase.greatestWeightedFrequency(
                    most, document: document, scored, formula, lengths[document])
                frequencies[document] = ScorerScratch.FieldFrequencies(title: 0, body: bound)
            }
        }
        return (occurring, unbounded)
    }

    private func units(
        of leaf: Int, _ scorer: BlockScorer, _ frequencies: PositionMatching.Frequencies, _ lengths: DocumentLengths
    ) -> UInt32 {
        let leaf = scorer.scratch.leaves[leaf]
        return scorer.formula.contribution(
            leaf.weighted(title: frequencies.title, body: frequencies.body), lengths, weight: leaf.weight)
    }

    @inline(__always)
    private func frequencies(of leaf: Int, document: Int64) throws -> PositionMatching.Frequencies {
        guard let pair = pairs[leaf] else { return try frequenciesOfAny(leaf, document: document) }
        let first = try pair.first.positions(in: document)
        guard !first.isEmpty else { return PositionMatching.Frequencies() }
        var found = PositionMatching.pair(
            first, try pair.second.positions(in: document), distance: pair.distance)
        if !pair.fields.contains(.title) { found.title = 0 }
        if !pair.fields.contains(.body) { found.body = 0 }
        return found
    }

    private func frequenciesOfAny(_ leaf: Int, document: Int64) throws -> PositionMatching.Frequencies {
        lists.removeAll(keepingCapacity: true)
        for (place, term) in terms[leaf].enumerated() {
            // A reader's positions are valid until it is asked again, so a term that stands in the phrase twice is asked once.
            if let earlier = terms[leaf][..<place].firstIndex(of: term) {
                lists.append(lists[earlier])
            } else if let reader = readers[term] {
                lists.append(try reader.positions(in: document))
            }
        }
        return plan.leaves[leaf].frequencies(of: lists)
    }
}
