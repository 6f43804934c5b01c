import CPrefetch
import Postings

extension BlockScorer {
    /// Scores the blocks of a group for a plan that is one phrase, or a disjunction that begins with one.
    ///
    /// Pseudo-code: take some blocks at once; find the documents that have all terms; by their signatures drop those that do
    /// not have the phrase, or not often enough; read the positions of the others. As in ``visitTerms``, each step runs over
    /// all blocks of the chunk before the next one begins, so that their memory is fetched at once.
    ///
    /// Equivalent to: ``visitAny(place:firstDocument:_:_:)`` for each block, which also sees to documents of which the
    /// signatures do not say how often the phrase can occur, and to those that another leaf can occur in.
    func visitPhrase(
        _ phrase: PhraseSignatures, _ positions: PositionCheck, group: Int, _ batch: UnsafeBufferPointer<UInt32>,
        _ bounds: BlockBounds, of segment: BlockSegment, _ source: any BlockSource, _ program: inout MatchProgram
    ) throws {
        var first = 0
        while first < batch.count {
            let end = min(first + PhraseSignatures.slotCount, batch.count)
            let chunk = UnsafeBufferPointer(rebasing: batch[first..<end])
            first = end
            for (slot, entry) in chunk.enumerated() {
                // Safety: a chunk has no more blocks than there are slots.
                scratch.promising[slot] = phrase.enter(
                    block: group * BlockBounds.groupLength + BlockBounds.place(entry), slot: slot)
            }
            for (slot, entry) in chunk.enumerated() {
                scratch.touched[slot] = leafCount > 1 ? others(UInt64(BlockBounds.place(entry))) : 0
                guard scratch.promising[slot] | scratch.touched[slot] != 0 else { continue }
                let documents = try documents(place: BlockBounds.place(entry), group: group, of: segment, source)
                scratch.documents[slot] = documents
                scratch.touched[slot] &= documents.live
                scratch.promising[slot] &= documents.live & ~scratch.touched[slot]
                postil_prefetch(documents.lengths + scratch.promising[slot].trailingZeroBitCount & 63)
                phrase.prefetch(scratch.promising[slot], slot: slot)
            }
            for (slot, entry) in chunk.enumerated() {
                guard BlockBounds.sum(entry) >= bounds.required(threshold) else {
                    notePruned()
                    continue
                }
                countBlock()
                guard scratch.promising[slot] | scratch.touched[slot] != 0 else { continue }
                let block = segment.firstBlock + group * BlockBounds.groupLength + BlockBounds.place(entry)
                let firstDocument = Int64(block) * Int64(PostingBlockFormat.blockLength)
                let unbounded =
                    try score(phrase, positions, slot: slot, firstDocument: firstDocument) | scratch.touched[slot]
                guard unbounded != 0 else { continue }
                // This uses the first slot, which has been seen to by now.
                let documents = DocumentBlock(lengths: scratch.documents[slot].lengths, live: unbounded)
                try visitAny(
                    place: BlockBounds.place(entry), firstDocument: firstDocument, documents, &program)
            }
        }
    }

    /// The documents of a block in which any leaf but the first can occur.
    private func others(_ place: UInt64) -> UInt64 {
        var found: UInt64 = 0
        leafTerms.withUnsafeBufferPointer { terms in
            for leaf in 1..<leafCount {
                var mask = UInt64.max
                // Safety: a leaf's terms lie in `leafTerms`, and there is a view and a word for each term.
                for number in Int(scratch.leaves[leaf].firstTerm)..<Int(scratch.leaves[leaf].endTerm) where mask != 0 {
                    let term = terms[number]
                    mask &= scratch.views[term]?.address(place, in: scratch.words[term]).pointee.mask ?? 0
                }
                found |= mask
            }
        }
        return found
    }

    /// Scores the documents of a slot; those for which the signatures give no bound.
    @inline(__always)
    private func score(
        _ phrase: PhraseSignatures, _ positions: PositionCheck, slot: Int, firstDocument: Int64
    ) throws -> UInt64 {
        let lengths = scratch.documents[slot].lengths
        let leaf = scratch.leaves[0]
        var known = threshold
        var least = BM25.leastFrequency(for: known, weight: leaf.weight)
        var unbounded: UInt64 = 0
        var rest = scratch.promising[slot]
        while rest != 0 {
            let document = rest.trailingZeroBitCount
            let bit = rest & (0 &- rest)
            rest ^= bit
            let most = phrase.greatestFrequency(document: UInt64(document), slot: slot)
            guard most != 0 else { continue }
            guard most != PhraseSignatures.unbounded else {
                unbounded |= bit
                continue
            }
            if known != threshold {
                known = threshold
                least = BM25.leastFrequency(for: known, weight: leaf.weight)
            }
            // Safety: a bit's number is below 64, as many as there are lengths.
            let documentLengths = lengths[document]
            let norm = formula.norm(documentLengths)
            let titleNorm = formula.titleNorm(documentLengths)
            let bodyPart = leaf.bodyWeight * titleNorm
            let titlePart = leaf.titleWeight * norm
            var isPromising = Float(most) * max(bodyPart, titlePart) >= least * norm * titleNorm
            // Only then postings are looked at.
            if isPromising, titlePart > bodyPart {
                let frequency = phrase.greatestWeightedFrequency(
                    most, document: document, slot: slot, leaf, formula, documentLengths)
                isPromising = frequency >= least * norm
            }
            guard isPromising else {
                notePruned()
                continue
            }
            try positions.checkPhrase(document: firstDocument + Int64(document), of: self, documentLengths)
        }
        return unbounded
    }
}
