import CPrefetch
import Postings

extension BlockScorer {
    /// Scores the blocks of a group for a plan that is a disjunction of single terms in any field.
    ///
    /// Pseudo-code: take some blocks at once; add up, for every document of them, the bounds of the terms it has; decode and
    /// score the documents that can reach the threshold.
    ///
    /// Each step runs over all blocks of the chunk before the next one begins, because most of the time would go into waiting
    /// for memory: loads that do not wait for each other's outcome are under way at once.
    func visitTerms(
        group: Int, _ batch: UnsafeBufferPointer<UInt32>, _ bounds: BlockBounds, of segment: BlockSegment,
        _ source: any BlockSource
    ) throws {
        let members = scratch.members
        for number in 0..<memberCount { members[number].word = members[number].view.word(group) }
        var first = 0
        while first < batch.count {
            let end = min(first + ScorerScratch.chunkLength, batch.count)
            let chunk = UnsafeBufferPointer(rebasing: batch[first..<end])
            gather(chunk)
            sumBounds(chunk.count)
            if let restriction {
                for (place, entry) in chunk.enumerated() {
                    let passing = restriction.word(
                        segment.firstBlock + group * BlockBounds.groupLength + BlockBounds.place(entry))
                    scratch.promising[place] &= passing
                    scratch.touched[place] &= passing
                }
            }
            for (place, entry) in chunk.enumerated() where scratch.promising[place] != 0 {
                scratch.documents[place] = try documents(
                    place: BlockBounds.place(entry), group: group, of: segment, source)
                prefetchPostings(place)
            }
            for (place, entry) in chunk.enumerated() {
                guard BlockBounds.sum(entry) >= bounds.required(threshold) else {
                    notePruned()
                    continue
                }
                countBlock()
                if scratch.promising[place] != scratch.touched[place] { notePruned() }
                guard scratch.promising[place] != 0 else { continue }
                let block = segment.firstBlock + group * BlockBounds.groupLength + BlockBounds.place(entry)
                score(place, firstDocument: Int64(block) * Int64(PostingBlockFormat.blockLength))
            }
            first = end
        }
    }

    /// Collects what is known of each term in the blocks of a chunk.
    @inline(__always)
    private func gather(_ chunk: UnsafeBufferPointer<UInt32>) {
        var target = scratch.chunk
        for number in 0..<memberCount {
            let member = scratch.members[number]
            for place in chunk.indices {
                // Safety: there is room for a chunk of blocks a member.
                target[place] =
                    member.view.address(
                        UInt64(truncatingIfNeeded: BlockBounds.place(chunk[place])), in: member.word
                    ).pointee
            }
            // Sums are made of two blocks at once.
            if chunk.count < ScorerScratch.chunkLength { target[chunk.count] = .empty }
            target += ScorerScratch.chunkLength
        }
    }

    /// Finds which documents of a chunk's blocks can reach the threshold, by the bounds of the terms that each of them has.
    private func sumBounds(_ count: Int) {
        let needed = scaleBounds()
        for first in stride(from: 0, to: count, by: 2) {
            var blocks = scratch.chunk + first
            var sums = DocumentSums()
            for number in 0..<memberCount {
                let multiplier = scratch.members[number].multiplier
                sums.add(
                    DocumentSums.value(of: blocks[0].bound, multiplier), to: blocks[0].mask,
                    DocumentSums.value(of: blocks[1].bound, multiplier), to: blocks[1].mask)
                blocks += ScorerScratch.chunkLength
            }
            let reaching = sums.reaching(needed)
            // Safety: a chunk has an even length at most, so that its last pair has room.
            scratch.promising[first] = reaching[0]
            scratch.promising[first + 1] = reaching[1]
            scratch.touched[first] = sums.touched[0]
            scratch.touched[first + 1] = sums.touched[1]
        }
    }

    /// Has the postings and lengths of a block's promising documents fetched.
    private func prefetchPostings(_ place: Int) {
        let promising = scratch.promising[place]
        postil_prefetch(scratch.documents[place].lengths + promising.trailingZeroBitCount)
        for number in 0..<memberCount {
            let block = scratch.chunk[number * ScorerScratch.chunkLength + place]
            if block.mask & promising != 0 {
                postil_prefetch(scratch.members[number].view.address(ofPostings: block))
            }
        }
    }

    /// Scales the terms' bounds to the threshold; the sum that then is needed.
    private func scaleBounds() -> UInt32 {
        let scale = BoundScale(threshold: threshold)
        guard threshold != scaledThreshold else { return scale.needed }
        scaledThreshold = threshold
        for number in 0..<memberCount {
            scratch.members[number].multiplier = scale.multiplier(step: scratch.members[number].boundStep)
        }
        return scale.needed
    }

    /// Scores the promising documents of a block exactly and offers them.
    private func score(_ place: Int, firstDocument: Int64) {
        let documents = scratch.documents[place]
        countMatches(scratch.touched[place] & documents.live, firstDocument: firstDocument)
        if collected != nil { return }
        let wanted = scratch.promising[place] & documents.live
        guard wanted != 0 else { return }
        scratch.units.update(repeating: 0, count: PostingBlockFormat.blockLength)
        for number in 0..<memberCount {
            let member = scratch.members[number]
            let block = scratch.chunk[number * ScorerScratch.chunkLength + place]
            guard block.mask & wanted != 0 else { continue }
            score(member.view.postings(of: block), leaf: Int(member.leaf), in: wanted, documents.lengths)
        }
        offer(wanted, firstDocument: firstDocument)
    }
}
