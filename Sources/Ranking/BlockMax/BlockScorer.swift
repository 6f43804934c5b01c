import CPrefetch
import Postings

/// Scores the documents of single blocks exactly and keeps the best.
///
/// Terms are taken by falling bound. Once the bounds still to come cannot lift an untouched document to the threshold, only
/// the documents that can still make it are looked at, and the block is left when there are none.
///
/// Its properties are not checked for exclusive access: it serves one thread, and each of its methods is a leaf of a loop
/// that would spend a third of its time on those checks.
final class BlockScorer {
    typealias Leaf = ScorerScratch.Leaf
    typealias Entry = ScorerScratch.Entry

    /// What the plan asks for.
    enum Shape {
        /// At least one of single terms, in any field.
        case disjunction
        /// The same of more than ``fewTerms``.
        case wideDisjunction
        /// All of single terms, in any field.
        case conjunction
        /// One phrase, or at least one of it and other leaves, which few of its documents have: the same words written together.
        case phrase
        case any
    }

    let scratch = ScorerScratch()
    @exclusivity(unchecked) private(set) var top = TopDocuments(capacity: 0)
    @exclusivity(unchecked) var statistics = EvaluationStatistics()
    /// The score below which no document matters any more; 0 when nothing is pruned.
    @exclusivity(unchecked) private(set) var threshold: UInt32 = 0
    @exclusivity(unchecked) private(set) var matched = 0
    @exclusivity(unchecked) private(set) var hasPruned = false
    @exclusivity(unchecked) private(set) var formula = BM25(BM25Parameters(), averageLength: 1)
    @exclusivity(unchecked) private(set) var plan = EvaluationPlan(terms: [], leaves: [], match: .everything)
    @exclusivity(unchecked) private(set) var prunes = true
    @exclusivity(unchecked) private(set) var shape = Shape.any
    @exclusivity(unchecked) private(set) var hasPositions = false
    @exclusivity(unchecked) private(set) var leafCount = 0
    @exclusivity(unchecked) private(set) var termCount = 0
    @exclusivity(unchecked) private(set) var memberCount = 0
    /// The threshold to which the members' multipliers are scaled; nil when they are not.
    @exclusivity(unchecked) var scaledThreshold: UInt32?
    /// Terms of all leaves, one leaf after the other.
    @exclusivity(unchecked) private(set) var leafTerms: [Int] = []
    @exclusivity(unchecked) private(set) var positions: PositionCheck?
    private var source: (any BlockSource)?
    /// The documents that match, where they are wanted and not the best of them; nil where scores are.
    @exclusivity(unchecked) var collected: DocumentBitmap?
    /// The filters that every match has to pass; nil for none.
    @exclusivity(unchecked) private(set) var restriction: Restriction?

    /// Up to so many terms, all are looked at in each block; of more, most blocks have few.
    static let fewTerms = 16

    /// Starts a query, for a plan whose condition is that of `restriction`.
    func begin(
        _ plan: EvaluationPlan, _ program: MatchProgram, _ restriction: Restriction, formula: BM25, scale: ScoreScale,
        limit: Int, prunes: Bool
    ) {
        self.plan = plan
        self.restriction = restriction.isNeeded ? restriction : nil
        self.formula = formula
        self.prunes = prunes
        top = TopDocuments(capacity: limit)
        statistics = EvaluationStatistics()
        matched = 0
        hasPruned = false
        threshold = prunes ? top.threshold : 0
        leafCount = plan.leaves.count
        termCount = plan.terms.count
        scratch.reserve(leaves: leafCount, terms: termCount)
        leafTerms.removeAll(keepingCapacity: true)
        hasPositions = false
        shape = program.isDisjunction ? .disjunction : program.isConjunction ? .conjunction : .any
        for (number, leaf) in plan.leaves.enumerated() {
            let first = leafTerms.count
            var isTerm = false
            if case .term(let term) = leaf.pattern {
                isTerm = true
                leafTerms.append(term)
            } else {
                leafTerms += leaf.pattern.terms
            }
            let made = Leaf(
                weight: scale.units(leaf.weight), boundStep: 0, greatestBound: UInt64(scale.units(leaf.weight)) + 2,
                titleWeight: leaf.fields.contains(.title) ? formula.titleWeight : 0,
                bodyWeight: leaf.fields.contains(.body) ? formula.bodyWeight : 0,
                term: isTerm ? Int32(leafTerms[first]) : -1, isTerm: isTerm, fields: leaf.fields,
                firstTerm: Int32(first),
                endTerm: Int32(leafTerms.count))
            scratch.leaves[number] = made
            if !isTerm { hasPositions = true }
            if !isTerm || leaf.fields != .all { shape = .any }
            guard number == 0 || leaf.fields != plan.leaves[number - 1].fields else { continue }
            let codes = scratch.codes(leaf.fields)
            for code in 0..<ScorerScratch.codeRoom {
                let frequencies =
                    code < PostingBlockFormat.exceptionCode ? PostingBlockReader.frequencies(ofCode: code) : (0, 0)
                codes[code] = made.weighted(title: frequencies.0, body: frequencies.1)
            }
        }
        if shape == .disjunction, leafCount > BlockScorer.fewTerms { shape = .wideDisjunction }
        if program.isDisjunction, leafCount > 0, case .phrase = plan.leaves[0].pattern { shape = .phrase }
    }

    /// Starts a segment of the query.
    func enter(segment: Int, _ source: any BlockSource, grids: [TermGrid?], leaves bounds: [LeafBound]) throws {
        self.source = source
        statistics.blocksInIndex += source.segments[segment].blockCount
        for (term, grid) in grids.enumerated() { scratch.views[term] = grid?.view }
        for (leaf, bound) in bounds.enumerated() {
            // Twice rounded up, by a millionth for the float and by 1 for the whole number.
            scratch.leaves[leaf].boundStep =
                UInt64(bound.boundWeight / Float(TermGridFormat.boundScale) * 1.000_001) + 1
        }
        memberCount = 0
        scaledThreshold = nil
        for leaf in 0..<leafCount where shape != .phrase && shape != .any {
            let segmentLeaf = scratch.leaves[leaf]
            guard let view = scratch.views[Int(segmentLeaf.term)] else { continue }
            scratch.members[memberCount] = ScorerScratch.Member(
                view: view, leaf: Int32(leaf), boundStep: segmentLeaf.boundStep,
                greatestBound: segmentLeaf.greatestBound, multiplier: 0, word: .empty)
            memberCount += 1
        }
        if shape == .conjunction {
            // The rarest first: fewest candidates are left for the others, and it weighs most.
            var members = UnsafeMutableBufferPointer(start: scratch.members, count: memberCount)
            members.sort { $0.view.count < $1.view.count }
        }
        positions = hasPositions ? try PositionCheck(plan, source, segment: segment, grids: grids) : nil
    }

    /// Says that a block was left out, so that the number of matches is a lower bound.
    func notePruned() { hasPruned = true }

    /// What the evaluation found.
    func result() -> EvaluationResult {
        // Nobody needs the grids any more; the source may let go of them.
        source = nil
        positions = nil
        restriction = nil
        for term in 0..<termCount { scratch.views[term] = nil }
        return EvaluationResult(
            top: top.sorted(), matchCount: MatchCount(value: max(matched, top.count), isExact: !hasPruned),
            statistics: statistics)
    }

    /// Has the processor fetch what it needs of the terms in the blocks of a group that is visited next. Of many terms most
    /// have nothing there.
    func prefetch(group: Int, _ batch: UnsafeMutableBufferPointer<UInt32>) {
        guard termCount <= BlockScorer.fewTerms else { return }
        for term in 0..<termCount {
            guard let view = scratch.views[term] else { continue }
            let word = view.word(group)
            for entry in batch {
                postil_prefetch(view.address(UInt64(truncatingIfNeeded: BlockBounds.place(entry)), in: word))
            }
        }
    }

    /// Scores the blocks of a group that `batch` has and that can still matter.
    ///
    /// - Parameter batch: What `BlockBounds.collect` found.
    func visit(
        group: Int, _ batch: UnsafeBufferPointer<UInt32>, _ bounds: BlockBounds, of segment: BlockSegment,
        _ program: inout MatchProgram
    ) throws {
        guard let source else { preconditionFailure("no segment entered") }
        switch shape {
        case .disjunction: return try visitTerms(group: group, batch, bounds, of: segment, source)
        case .wideDisjunction: return try visitManyTerms(group: group, batch, bounds, of: segment, source)
        case .conjunction: return try visitConjunction(group: group, batch, of: segment, source)
        case .phrase, .any: break
        }
        findPresent(group)
        if shape == .phrase, let positions, let phrase = positions.phrase(0) {
            return try visitPhrase(phrase, positions, group: group, batch, bounds, of: segment, source, &program)
        }
        for entry in batch {
            guard BlockBounds.sum(entry) >= bounds.required(threshold) else {
                notePruned()
                continue
            }
            let place = BlockBounds.place(entry)
            countBlock()
            let documents = try documents(place: place, group: group, of: segment, source)
            let block = segment.firstBlock + group * BlockBounds.groupLength + place
            try visitAny(
                place: place, firstDocument: Int64(block) * Int64(PostingBlockFormat.blockLength), documents,
                &program)
        }
    }

    /// Finds the terms and leaves that can occur in a group of blocks.
    private func findPresent(_ group: Int) {
        scratch.presentTermCount = 0
        for term in 0..<termCount {
            let word = scratch.views[term]?.word(group) ?? .empty
            scratch.words[term] = word
            scratch.terms[term] = .empty
            // Safety: there is room for all terms.
            scratch.presentTerms[scratch.presentTermCount] = Int32(truncatingIfNeeded: term)
            scratch.presentTermCount &+= word.bits != 0 ? 1 : 0
        }
        scratch.presentLeafCount = 0
        for leaf in 0..<leafCount {
            var bits = UInt64.max
            for place in Int(scratch.leaves[leaf].firstTerm)..<Int(scratch.leaves[leaf].endTerm) {
                bits &= scratch.words[leafTerms[place]].bits
            }
            (scratch.possible[leaf], scratch.certain[leaf]) = (0, 0)
            // Safety: there is room for all leaves.
            scratch.presentLeaves[scratch.presentLeafCount] = Int32(truncatingIfNeeded: leaf)
            scratch.presentLeafCount &+= bits != 0 ? 1 : 0
        }
    }

    /// The documents of a block of a group, those of other segments left out.
    @inline(__always)
    func documents(place: Int, group: Int, of segment: BlockSegment, _ source: any BlockSource) throws -> DocumentBlock
    {
        let block = segment.firstBlock + group * BlockBounds.groupLength + place
        var documents = try source.documents(inBlock: block)
        documents.live &= segment.mask(ofBlock: block)
        if let restriction { documents.live &= restriction.word(block) }
        return documents
    }

    /// The upper bound in units for a bound.
    @inline(__always)
    func units(ofBound bound: UInt8, step: UInt64, greatest: UInt64) -> UInt32 {
        // Safety: a weight, and with it the greatest bound, is below 2^31; see `ScoreScale`.
        UInt32(truncatingIfNeeded: min(UInt64(bound) &* step, greatest))
    }

    /// Puts an entry among the first `count`, by falling bound.
    @inline(__always)
    func insert(_ entry: Entry, count: Int) {
        // Safety: at most one entry a leaf, for which there is room.
        assert(count < scratch.leafCapacity)
        let entries = scratch.entries
        var place = count
        while place > 0, entries[place - 1].bound < entry.bound {
            entries[place] = entries[place - 1]
            place -= 1
        }
        entries[place] = entry
    }

    /// The documents of `candidates` that can reach the threshold with `missing` units more.
    @inline(__always)
    func prune(_ candidates: UInt64, missing: UInt32, threshold: UInt32) -> UInt64 {
        let needed = threshold > missing ? threshold - missing : 0
        let units = scratch.units
        var kept: UInt64 = 0
        var rest = candidates
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            rest &= rest &- 1
            // Safety: a bit's number is below 64, the capacity of units.
            kept |= (units[document] >= needed ? 1 : 0) << UInt64(truncatingIfNeeded: document)
        }
        return kept
    }

    /// Adds a leaf's contributions to the units of the documents in `wanted`.
    @inline(__always)
    func score(_ reader: PostingBlockReader, leaf: Int, in wanted: UInt64, _ lengths: UnsafePointer<DocumentLengths>) {
        let segmentLeaf = scratch.leaves[leaf]
        let formula = self.formula
        let units = scratch.units
        let codes = scratch.codes(segmentLeaf.fields)
        statistics.postings &+= (reader.mask & wanted).nonzeroBitCount
        reader.forEach(in: wanted) { document, code, title, body in
            // Safety: a document in a block is below 64, a code below `codeRoom`.
            let frequencies =
                code < PostingBlockFormat.exceptionCode ? codes[code] : segmentLeaf.weighted(title: title, body: body)
            units[document] &+= formula.contribution(frequencies, lengths[document], weight: segmentLeaf.weight)
        }
    }

    /// Lowers the scratch's frequencies to those of a term, weighted for a leaf, of the documents in `wanted`, field by field.
    func lowerFrequencies(term: Int, leaf: Int, in wanted: UInt64) {
        let segmentLeaf = scratch.leaves[leaf]
        let codes = scratch.codes(segmentLeaf.fields)
        let least = scratch.frequencies
        reader(term).forEach(in: wanted) { document, code, title, body in
            // Safety: a document in a block is below 64, a code below `codeRoom`.
            let frequencies =
                code < PostingBlockFormat.exceptionCode ? codes[code] : segmentLeaf.weighted(title: title, body: body)
            least[document].title = min(least[document].title, frequencies.title)
            least[document].body = min(least[document].body, frequencies.body)
        }
    }

    /// Offers scored documents to the list of the best.
    @inline(__always)
    func offer(_ candidates: UInt64, firstDocument: Int64) {
        let units = scratch.units
        var rest = candidates
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            rest &= rest &- 1
            guard units[document] >= threshold else { continue }
            offer(document: firstDocument + Int64(document), units: units[document])
        }
    }

    /// Offers one document.
    func offer(document: Int64, units: UInt32) {
        guard units >= threshold else { return }
        if top.offer(ScoredDocument(document: document, units: units)), prunes { threshold = top.threshold }
    }

    /// Counts matches among the documents of a block.
    @inline(__always)
    func countMatches(_ documents: UInt64, firstDocument: Int64) {
        matched &+= documents.nonzeroBitCount
        if collected != nil { collected?.insert(documents, block: Int(firstDocument >> 6)) }
    }

    /// Counts one match.
    func countMatch(_ document: Int64) { countMatches(1 << UInt64(document & 63), firstDocument: document) }

    /// Counts a block that was looked at.
    @inline(__always)
    func countBlock() { statistics.blocks &+= 1 }

    /// Counts documents whose positions were read.
    func countPositionCheck() { statistics.positionChecks += 1 }
}

extension BM25 {
    /// The frequency that saturates.
    @inline(__always)
    func weightedFrequency(_ frequencies: ScorerScratch.FieldFrequencies, _ lengths: DocumentLengths) -> Float {
        weightedFrequency(title: frequencies.title, body: frequencies.body, lengths)
    }

    /// What a leaf with these frequencies adds to a document's score.
    @inline(__always)
    func contribution(
        _ frequencies: ScorerScratch.FieldFrequencies, _ lengths: DocumentLengths, weight: Float
    ) -> UInt32 {
        contribution(weightedFrequency: weightedFrequency(frequencies, lengths), lengths, weight: weight)
    }
}
