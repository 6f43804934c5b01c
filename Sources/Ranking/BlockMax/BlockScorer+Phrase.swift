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
                let place = BlockBounds.place(entry)
                var touched = leafCount > 1 ? others(UInt64(place)) : 0
                var promising = scratch.promising[slot]
                if promising | touched != 0 {
                    let documents = try documents(place: place, group: group, of: segment, source)
                    scratch.documents[slot] = documents
                    touched &= documents.live
                    promising &= documents.live & ~touched
                    phrase.prefetch(promising, slot: slot)
                }
                (scratch.touched[slot], scratch.promising[slot]) = (touched, promising)
            }
            let found = findOccurrences(phrase, chunk, required: bounds.required(threshold))
            try score(found, phrase, positions, chunk, firstBlock: segment.firstBlock + group * BlockBounds.groupLength)
            for (slot, entry) in chunk.enumerated() where scratch.touched[slot] != 0 {
                guard BlockBounds.sum(entry) >= bounds.required(threshold) else {
                    notePruned()
                    continue
                }
                let documents = DocumentBlock(lengths: scratch.documents[slot].lengths, live: scratch.touched[slot])
                let block = segment.firstBlock + group * BlockBounds.groupLength + BlockBounds.place(entry)
                // This uses the first slot, which has been seen to by now.
                try visitAny(
                    place: BlockBounds.place(entry),
                    firstDocument: Int64(block) * Int64(PostingBlockFormat.blockLength), documents, &program)
            }
        }
    }

    /// Writes down those of a chunk's promising documents in which the phrase can occur, how many; documents of which the
    /// signatures do not say how often are added to the touched ones.
    ///
    /// Without a branch for each document, since no processor can tell which of them have the phrase.
    private func findOccurrences(_ phrase: PhraseSignatures, _ chunk: UnsafeBufferPointer<UInt32>, required: UInt16)
        -> Int
    {
        let occurrences = scratch.occurrences
        var count = 0
        for (slot, entry) in chunk.enumerated() {
            guard BlockBounds.sum(entry) >= required else {
                scratch.touched[slot] = 0
                notePruned()
                continue
            }
            countBlock()
            guard scratch.promising[slot] != 0 else { continue }
            let lengths = scratch.documents[slot].lengths
            var unbounded: UInt64 = 0
            phrase.forEach(in: scratch.promising[slot], slot: slot) { document, most in
                // Safety: there is room for all documents of a chunk, and there are lengths of 64 in each block.
                occurrences[count] = ScorerScratch.Occurrence(
                    most: UInt16(truncatingIfNeeded: most), document: UInt8(truncatingIfNeeded: document),
                    slot: UInt8(truncatingIfNeeded: slot))
                postil_prefetch(lengths + document)
                let isUnbounded = most == PhraseSignatures.unbounded
                unbounded |= (isUnbounded ? 1 : 0) &<< UInt64(document)
                count &+= most != 0 && !isUnbounded ? 1 : 0
            }
            scratch.touched[slot] |= unbounded
        }
        return count
    }

    /// Keeps those of the first `count` documents that were written down which reach the threshold if all occurrences are in the
    /// field that counts for more; how many. Without a branch, as before.
    private func keepPromising(_ count: Int) -> Int {
        let (occurrences, documents) = (scratch.occurrences, scratch.documents)
        let leaf = scratch.leaves[0]
        let (titleWeight, bodyWeight) = (leaf.titleWeight, leaf.bodyWeight)
        let need = BM25.Need(units: threshold, weight: leaf.weight)
        let formula = self.formula
        var kept = 0
        for index in 0..<count {
            let occurrence = occurrences[index]
            // Safety: a document in its block is below 64, as many as there are lengths; kept <= index.
            let lengths = documents[Int(occurrence.slot)].lengths[Int(occurrence.document)]
            let (norm, titleNorm) = (formula.norm(lengths), formula.titleNorm(lengths))
            let weight = max(bodyWeight * titleNorm, titleWeight * norm)
            occurrences[kept] = occurrence
            kept &+= 1 &- need.shortfall(frequency: Float(occurrence.most) * weight, norm: norm * titleNorm)
        }
        if kept < count { notePruned() }
        return kept
    }

    /// Scores the first `count` documents that were written down.
    private func score(
        _ count: Int, _ phrase: PhraseSignatures, _ positions: PositionCheck, _ chunk: UnsafeBufferPointer<UInt32>,
        firstBlock: Int
    ) throws {
        guard count > 0 else { return }
        let leaf = scratch.leaves[0]
        let formula = self.formula
        for index in 0..<keepPromising(count) {
            let occurrence = scratch.occurrences[index]
            let (document, slot) = (Int(occurrence.document), Int(occurrence.slot))
            let lengths = scratch.documents[slot].lengths[document]
            let norm = formula.norm(lengths)
            // The threshold may have risen, and postings tell how often the terms are in the title.
            let need = BM25.Need(units: threshold, weight: leaf.weight)
            let frequency = phrase.greatestWeightedFrequency(
                Int(occurrence.most), document: document, slot: slot, leaf, formula, lengths)
            guard need.mayBeMet(frequency: frequency, norm: norm) else {
                notePruned()
                continue
            }
            let block = firstBlock + BlockBounds.place(chunk[slot])
            try positions.checkPhrase(
                document: Int64(block) * Int64(PostingBlockFormat.blockLength) + Int64(document), of: self, lengths)
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
}
