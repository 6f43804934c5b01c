import CPrefetch
import Postings

extension BlockScorer {
    /// Scores all blocks of a segment that a conjunction's terms have in common, in their order, unless they are too many.
    ///
    /// Bounds of blocks are not worth their sums then: few documents have all terms, so that most of these blocks have to be
    /// looked at anyway, and memory is read in its order.
    ///
    /// - Returns: Whether that was all; if not, nothing has been done.
    func visitCommonBlocks(of segment: BlockSegment, _ source: any BlockSource) throws -> Bool {
        guard memberCount == leafCount else { return true }
        let wordCount = (segment.blockCount + 63) / 64
        var total = 0
        for word in 0..<wordCount { total += commonBlocks(word).nonzeroBitCount }
        guard total * BlockScorer.commonShare <= segment.blockCount else { return false }
        var count = 0
        for word in 0..<wordCount {
            var rest = commonBlocks(word)
            if let restriction, rest != 0 { rest &= restriction.blocks(from: segment.firstBlock + word * 64) }
            while rest != 0 {
                setCandidate(count, block: word * 64 + rest.trailingZeroBitCount, of: segment)
                rest &= rest &- 1
                count &+= 1
            }
            if count >= ScorerScratch.candidateLimit || word + 1 == wordCount {
                try visitCandidates(count, of: segment, source)
                count = 0
            }
        }
        return true
    }

    /// Up to this share of a segment's blocks (one in so many) they are not too many. With a third it was 27 % slower on half a
    /// million documents, with all blocks 2 %.
    private static let commonShare = 2

    /// The blocks of a group that all terms have.
    @inline(__always)
    private func commonBlocks(_ word: Int) -> UInt64 {
        var bits = UInt64.max
        for number in 0..<memberCount { bits &= scratch.members[number].view.word(word).bits }
        return bits
    }

    /// Scores the blocks of a group that `batch` has, all of which have all terms.
    func visitConjunction(
        group: Int, _ batch: UnsafeBufferPointer<UInt32>, of segment: BlockSegment, _ source: any BlockSource
    ) throws {
        for (index, entry) in batch.enumerated() {
            setCandidate(index, block: group * BlockBounds.groupLength + BlockBounds.place(entry), of: segment)
        }
        try visitCandidates(batch.count, of: segment, source)
    }

    @inline(__always)
    private func setCandidate(_ index: Int, block: Int, of segment: BlockSegment) {
        // Safety: the callers set at most the limit and a group more.
        assert(index < ScorerScratch.candidateCapacity)
        scratch.candidates[index] = ScorerScratch.Candidate(
            mask: restriction?.word(segment.firstBlock + block) ?? .max, block: UInt32(truncatingIfNeeded: block),
            number: UInt32(truncatingIfNeeded: index))
    }

    /// Scores the first `count` candidates.
    ///
    /// Pseudo-code: find the documents that have all terms, one term after the other and for all candidates; sum the bounds of
    /// the blocks that are left; decode and score their documents, in each the rarest term first, until it cannot reach the
    /// threshold any more. Before each step the memory that it will look at is fetched.
    private func visitCandidates(_ count: Int, of segment: BlockSegment, _ source: any BlockSource) throws {
        statistics.blocks &+= count
        let left = intersect(count)
        for first in stride(from: 0, to: left, by: ScorerScratch.chunkLength) {
            let count = min(ScorerScratch.chunkLength, left - first)
            let candidates = scratch.candidates + first
            for place in 0..<count {
                scratch.bounds[place] = gather(candidates[place], place)
                guard scratch.bounds[place] >= threshold else { continue }
                let block = segment.firstBlock + Int(candidates[place].block)
                scratch.documents[place] = try source.documents(inBlock: block)
                scratch.documents[place].live &= segment.mask(ofBlock: block) & candidates[place].mask
                prefetch(place)
            }
            for place in 0..<count {
                guard scratch.bounds[place] >= threshold else {
                    notePruned()
                    continue
                }
                let block = segment.firstBlock + Int(candidates[place].block)
                scoreCommon(place, firstDocument: Int64(block) * Int64(PostingBlockFormat.blockLength))
            }
        }
    }

    /// Keeps those of the first `count` candidates that have a document with all terms; how many there are.
    private func intersect(_ count: Int) -> Int {
        var count = count
        locate(0, count)
        for number in 0..<memberCount {
            // Two terms are looked for at once: with a third, most candidates may be gone when its turn comes.
            if number == 0 { locate(1, count) } else if number > 1 { locate(number, count) }
            count = intersect(number, count)
        }
        return count
    }

    /// Finds a term's blocks for the first `count` candidates and has the processor fetch them.
    private func locate(_ number: Int, _ count: Int) {
        guard number < memberCount else { return }
        let view = scratch.members[number].view
        let places = scratch.places + number * ScorerScratch.candidateCapacity
        for index in 0..<count {
            let candidate = scratch.candidates[index]
            let block = Int(candidate.block)
            let place = view.index(UInt64(truncatingIfNeeded: block & 63), in: view.word(block >> 6))
            // Safety: a candidate's number is that of the place where it was set.
            places[Int(candidate.number)] = place
            postil_prefetch(view.address(at: place))
        }
    }

    private func intersect(_ number: Int, _ count: Int) -> Int {
        let candidates = scratch.candidates
        let view = scratch.members[number].view
        let places = scratch.places + number * ScorerScratch.candidateCapacity
        var kept = 0
        for index in 0..<count {
            var candidate = candidates[index]
            candidate.mask &= view.address(at: places[Int(candidate.number)]).pointee.mask
            // Safety: kept <= index < count.
            candidates[kept] = candidate
            kept &+= candidate.mask != 0 ? 1 : 0
        }
        return kept
    }

    /// Collects what is known of each term in a candidate's block; the sum of their bounds.
    @inline(__always)
    private func gather(_ candidate: ScorerScratch.Candidate, _ place: Int) -> UInt32 {
        var sum: UInt32 = 0
        var target = scratch.chunk + place
        var places = scratch.places + Int(candidate.number)
        for number in 0..<memberCount {
            let member = scratch.members + number
            // Safety: there is room for a chunk of blocks and for the places of all candidates a member.
            target.pointee = member.pointee.view.address(at: places.pointee).pointee
            sum &+= bound(of: target.pointee, member)
            target += ScorerScratch.chunkLength
            places += ScorerScratch.candidateCapacity
        }
        return sum
    }

    @inline(__always)
    private func bound(of block: TermGrid.Block, _ member: UnsafePointer<ScorerScratch.Member>) -> UInt32 {
        units(ofBound: block.bound, step: member.pointee.boundStep, greatest: member.pointee.greatestBound)
    }

    /// Has the postings of a block and the first of its lengths fetched.
    @inline(__always)
    private func prefetch(_ place: Int) {
        let documents = scratch.documents[place]
        postil_prefetch(documents.lengths + documents.live.trailingZeroBitCount & 63)
        var block = scratch.chunk + place
        for number in 0..<memberCount {
            postil_prefetch(scratch.members[number].view.address(ofPostings: block.pointee))
            block += ScorerScratch.chunkLength
        }
    }

    /// Scores the documents of a block that have all terms, and offers them.
    private func scoreCommon(_ place: Int, firstDocument: Int64) {
        let documents = scratch.documents[place]
        countMatches(documents.live, firstDocument: firstDocument)
        if collected != nil { return }
        var rest = promising(documents, place)
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            rest &= rest &- 1
            // Safety: a bit's number is below 64, the number of lengths.
            let units = score(document, place, documents.lengths[document])
            offer(document: firstDocument + Int64(document), units: units)
        }
    }

    /// The documents of a block that the first term, with what the others can add at most, may lift to the threshold.
    ///
    /// Without a branch or a division for each: which they are is not to be foreseen, and most are not.
    @inline(__always)
    private func promising(_ documents: DocumentBlock, _ place: Int) -> UInt64 {
        let member = scratch.members
        let block = scratch.chunk[place]
        let missing = scratch.bounds[place] &- bound(of: block, member)
        guard threshold > missing else { return documents.live }
        let leaf = scratch.leaves[Int(member.pointee.leaf)]
        let need = BM25.Need(units: threshold &- missing, weight: leaf.weight)
        let codes = scratch.codes(leaf.fields)
        let formula = self.formula
        var kept: UInt64 = 0
        member.pointee.view.postings(of: block).forEach(in: documents.live) { document, code, title, body in
            // Safety: a document in a block is below 64, the number of lengths, and a code below `codeRoom`.
            let frequencies =
                code < PostingBlockFormat.exceptionCode ? codes[code] : leaf.weighted(title: title, body: body)
            let lengths = documents.lengths[document]
            let (norm, titleNorm) = (formula.norm(lengths), formula.titleNorm(lengths))
            let mayReach = need.mayBeMet(
                frequency: frequencies.title * norm + frequencies.body * titleNorm, norm: norm * titleNorm)
            kept |= (mayReach ? 1 : 0) &<< UInt64(document)
        }
        return kept
    }

    /// The score of a document that has all terms, or a part of it below the threshold when it cannot reach that.
    @inline(__always)
    private func score(_ document: Int, _ place: Int, _ lengths: DocumentLengths) -> UInt32 {
        var units: UInt32 = 0
        var missing = scratch.bounds[place]
        var block = scratch.chunk + place
        for number in 0..<memberCount {
            let member = scratch.members + number
            let leaf = scratch.leaves + Int(member.pointee.leaf)
            let posting = member.pointee.view.postings(of: block.pointee).posting(of: document)
            // Safety: a code is below `codeRoom`.
            let frequencies =
                posting.code < PostingBlockFormat.exceptionCode
                ? scratch.codes(leaf.pointee.fields)[posting.code]
                : leaf.pointee.weighted(title: posting.title, body: posting.body)
            statistics.postings &+= 1
            units &+= formula.contribution(frequencies, lengths, weight: leaf.pointee.weight)
            missing &-= bound(of: block.pointee, member)
            if units &+ missing < threshold { break }
            block += ScorerScratch.chunkLength
        }
        return units
    }
}
