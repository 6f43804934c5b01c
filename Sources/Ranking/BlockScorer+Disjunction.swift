import Postings

extension BlockScorer {
    /// Scores a block for a plan that is a disjunction of terms in any field.
    ///
    /// Pseudo-code: take the terms by falling bound; documents with none of the first `essential` terms, after which the
    /// bounds left are below the threshold, cannot matter; score the others term by term, dropping those that cannot reach
    /// the threshold any more.
    func visitDisjunction(block: Int, firstDocument: Int64, _ documents: DocumentBlock) {
        let entries = scratch.entries
        let remaining = scratch.remaining
        var count = 0
        let members = scratch.members
        for number in 0..<memberCount {
            let index = members[number].view.index(ofBlock: block)
            guard index >= 0 else { continue }
            let bound = units(
                ofBound: members[number].view.bound(at: index), step: members[number].boundStep,
                greatest: members[number].greatestBound)
            insert(
                Entry(
                    bound: bound, number: Int32(truncatingIfNeeded: number), index: Int32(truncatingIfNeeded: index)),
                count: count)
            count &+= 1
        }
        remaining[count] = 0
        var entry = count
        while entry > 0 {
            entry &-= 1
            remaining[entry] = remaining[entry &+ 1] &+ entries[entry].bound
        }
        let threshold = self.threshold
        guard remaining[0] >= threshold else { return notePruned() }
        var essential = count
        while essential > 1, remaining[essential &- 1] < threshold { essential &-= 1 }
        if essential < count { notePruned() }
        var candidates: UInt64 = 0
        for entry in 0..<essential { candidates |= reader(entries[entry]).mask }
        candidates &= documents.live
        countMatches(candidates.nonzeroBitCount)
        scratch.units.update(repeating: 0, count: PostingBlockFormat.blockLength)
        for place in 0..<count {
            if place >= essential {
                candidates = prune(candidates, missing: remaining[place], threshold: threshold)
                if candidates == 0 { return }
            }
            score(
                reader(entries[place]), leaf: Int(members[Int(entries[place].number)].leaf), in: candidates,
                documents.lengths)
        }
        offer(candidates, firstDocument: firstDocument)
    }

    @inline(__always)
    private func reader(_ entry: Entry) -> PostingBlockReader {
        scratch.members[Int(entry.number)].view.postings(at: Int(entry.index))
    }
}
