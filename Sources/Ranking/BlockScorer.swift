import Postings

/// Scores the documents of single blocks exactly and keeps the best.
///
/// Terms are taken by falling bound. Once the bounds still to come cannot lift an untouched document to the threshold, only
/// the documents that can still make it are looked at, and the block is left when there are none.
final class BlockScorer {
    /// A leaf of the plan as the segment at hand has it.
    struct SegmentLeaf {
        var weight: Float
        /// Units for each 255th of a bound, rounded up.
        var boundStep: Float
        var titleWeight: Float
        var bodyWeight: Float
        /// The term of a leaf that is a single term in the segment; -1 for another leaf.
        var term: Int
    }

    /// A leaf that occurs in the block at hand.
    struct Entry {
        var bound: UInt32
        var leaf: Int32
        var index: Int32
    }

    private(set) var top = TopDocuments(capacity: 0)
    private(set) var statistics = EvaluationStatistics()
    private(set) var threshold: UInt32 = 0
    private(set) var matched = 0
    private(set) var hasPruned = false

    var formula = BM25(RankingParameters(), averageLength: 1)
    var plan = EvaluationPlan(terms: [], leaves: [], match: .everything)
    var prunes = true
    private var isSimple = true
    var segment = 0
    var source: (any BlockSource)?
    /// Leaves, and the views of their (or the plan's) terms.
    var leaves: [SegmentLeaf] = []
    var views: [TermGrid.View?] = []
    var boundLeaves: [LeafBound] = []
    /// 16 weighted frequencies for each leaf, by code.
    private var codeFrequencies: [Float] = []
    var entries: [Entry] = []
    private var remaining: [UInt32] = []
    let units = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingBlockFormat.blockLength)

    deinit { units.deallocate() }

    /// Starts a query.
    func begin(
        _ plan: EvaluationPlan, _ program: MatchProgram, formula: BM25, scale: ScoreScale, limit: Int, prunes: Bool
    ) {
        self.plan = plan
        self.formula = formula
        self.prunes = prunes
        top = TopDocuments(capacity: limit)
        statistics = EvaluationStatistics()
        matched = 0
        hasPruned = false
        threshold = prunes ? top.threshold : 0
        isSimple =
            program.isDisjunction
            && plan.leaves.allSatisfy { if case .term = $0.pattern { $0.fields == .all } else { false } }
        leaves = plan.leaves.map { leaf in
            var term = -1
            if case .term(let number) = leaf.pattern { term = number }
            return SegmentLeaf(
                weight: scale.units(leaf.weight), boundStep: 0,
                titleWeight: leaf.fields.contains(.title) ? formula.titleWeight : 0,
                bodyWeight: leaf.fields.contains(.body) ? formula.bodyWeight : 0, term: term)
        }
        codeFrequencies = leaves.flatMap { leaf in
            (0..<16).map { code in
                guard code < 15 else { return Float(0) }
                let frequencies = PostingBlockReader.frequencies(ofCode: code)
                return Float(frequencies.title) * leaf.titleWeight + Float(frequencies.body) * leaf.bodyWeight
            }
        }
        entries = Array(repeating: Entry(bound: 0, leaf: 0, index: 0), count: leaves.count)
        remaining = Array(repeating: 0, count: leaves.count + 1)
    }

    /// Starts a segment of the query.
    func enter(segment: Int, _ source: any BlockSource, grids: [TermGrid?], leaves bounds: [LeafBound]) {
        self.segment = segment
        self.source = source
        boundLeaves = bounds
        views = grids.map { $0?.view }
        for leaf in leaves.indices {
            // A little more than the quotient, for the roundings of the product; see `units(ofBound:leaf:)`.
            leaves[leaf].boundStep = bounds[leaf].boundWeight / Float(TermGridFormat.boundScale) * 1.000_001
        }
    }

    /// Says that a block was left out, so that the number of matches is a lower bound.
    func notePruned() { hasPruned = true }

    /// What the evaluation found.
    func result() -> EvaluationResult {
        // Nobody needs the grids any more; the source may let go of them.
        source = nil
        views = []
        boundLeaves = []
        return EvaluationResult(
            top: top.sorted(), matchCount: MatchCount(value: max(matched, top.count), isExact: !hasPruned),
            statistics: statistics)
    }

    /// Scores a block; its documents of other segments are left out.
    func visit(block: Int, of segment: BlockSegment, _ program: inout MatchProgram) throws {
        statistics.blocks += 1
        guard let source else { preconditionFailure("no segment entered") }
        var documents = try source.documents(inBlock: block)
        documents.live &= segment.mask(ofBlock: block)
        let first = Int64(block) * Int64(PostingBlockFormat.blockLength)
        if isSimple {
            visitDisjunction(block: block - segment.firstBlock, firstDocument: first, documents)
        } else {
            try visitAny(block: block - segment.firstBlock, firstDocument: first, documents, &program)
        }
    }

    /// The upper bound in units for a bound of a leaf: rounded up by two units, and by a millionth in `boundStep`; never more
    /// than the leaf's weight, since a part is at most 1.
    @inline(__always)
    func units(ofBound bound: UInt8, leaf: SegmentLeaf) -> UInt32 {
        UInt32(min(Float(bound) * leaf.boundStep, leaf.weight)) &+ 2
    }

    /// Puts an entry among the first `count`, by falling bound.
    @inline(__always)
    func insert(_ entry: Entry, count: Int) {
        var place = count
        while place > 0, entries[place - 1].bound < entry.bound {
            entries[place] = entries[place - 1]
            place -= 1
        }
        entries[place] = entry
    }

    private func visitDisjunction(block: Int, firstDocument: Int64, _ documents: DocumentBlock) {
        var count = 0
        for leaf in leaves.indices {
            guard let view = views[leaves[leaf].term] else { continue }
            let index = view.index(ofBlock: block)
            guard index >= 0 else { continue }
            let bound = units(ofBound: view.bound(at: index), leaf: leaves[leaf])
            insert(Entry(bound: bound, leaf: Int32(leaf), index: Int32(index)), count: count)
            count += 1
        }
        remaining[count] = 0
        for entry in stride(from: count - 1, through: 0, by: -1) {
            remaining[entry] = remaining[entry + 1] &+ entries[entry].bound
        }
        let threshold = self.threshold
        guard remaining[0] >= threshold else { return hasPruned = true }
        // Documents with none of the first `essential` leaves cannot reach the threshold.
        var essential = count
        while essential > 1, remaining[essential - 1] < threshold { essential -= 1 }
        if essential < count { hasPruned = true }
        var candidates: UInt64 = 0
        for entry in 0..<essential { candidates |= reader(entry).mask }
        candidates &= documents.live
        matched += candidates.nonzeroBitCount
        units.initialize(repeating: 0, count: PostingBlockFormat.blockLength)
        for entry in 0..<count {
            if entry >= essential {
                candidates = prune(candidates, missing: remaining[entry], threshold: threshold)
                if candidates == 0 { return }
            }
            score(reader(entry), leaf: Int(entries[entry].leaf), in: candidates, documents.lengths)
        }
        offer(candidates, firstDocument: firstDocument)
    }

    @inline(__always)
    private func reader(_ entry: Int) -> PostingBlockReader {
        let entry = entries[entry]
        guard let view = views[leaves[Int(entry.leaf)].term] else { preconditionFailure("an entry without a grid") }
        return view.postings(at: Int(entry.index))
    }

    /// The documents of `candidates` that can reach the threshold with `missing` units more.
    @inline(__always)
    func prune(_ candidates: UInt64, missing: UInt32, threshold: UInt32) -> UInt64 {
        let needed = threshold > missing ? threshold - missing : 0
        var kept: UInt64 = 0
        var rest = candidates
        while rest != 0 {
            let bit = rest & (0 &- rest)
            // Safety: a bit's number is below 64, the capacity of units.
            if units[rest.trailingZeroBitCount] >= needed { kept |= bit }
            rest ^= bit
        }
        return kept
    }

    /// Adds a leaf's contributions to the units of the documents in `wanted`.
    @inline(__always)
    func score(_ reader: PostingBlockReader, leaf: Int, in wanted: UInt64, _ lengths: UnsafePointer<UInt32>) {
        let segmentLeaf = leaves[leaf]
        let weight = segmentLeaf.weight
        let titleWeight = segmentLeaf.titleWeight
        let bodyWeight = segmentLeaf.bodyWeight
        let formula = self.formula
        let units = self.units
        statistics.postings += reader.count
        codeFrequencies.withUnsafeBufferPointer { codes in
            let codes = codes.baseAddress.unsafelyUnwrapped + 16 * leaf
            reader.forEach(in: wanted) { document, code, title, body in
                // Safety: a document in a block is below 64, a code at most 15.
                let frequency =
                    code < 15 ? codes[code] : Float(title) * titleWeight + Float(body) * bodyWeight
                units[document] &+= formula.contribution(
                    weightedFrequency: frequency, length: lengths[document], weight: weight)
            }
        }
    }

    /// Offers scored documents to the list of the best.
    func offer(_ candidates: UInt64, firstDocument: Int64) {
        var rest = candidates
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            rest &= rest &- 1
            offer(document: firstDocument + Int64(document), units: units[document])
        }
    }

    /// Offers one document.
    @inline(__always)
    func offer(document: Int64, units: UInt32) {
        guard units >= threshold || !prunes else { return }
        if top.offer(ScoredDocument(document: document, units: units)), prunes { threshold = top.threshold }
    }

    /// Counts matches found by a more general visit.
    func countMatches(_ count: Int) { matched += count }

    /// Counts documents whose positions were read.
    func countPositionCheck() { statistics.positionChecks += 1 }
}
