import CPrefetch
import Postings

extension BlockScorer {
    /// As ``visitTerms(group:_:_:of:_:)``, for many terms of which a block has few: what a prefix or a fuzzy word stands for.
    ///
    /// Pseudo-code: go over the terms once, and write each down beside every block of the group that has it; then, for two
    /// blocks at a time, add up the bounds of the terms written down, and score the documents that can reach the threshold.
    ///
    /// Takes time for the terms that blocks have, and not for all terms in each block.
    ///
    /// Equivalent to: ``visitTerms(group:_:_:of:_:)``.
    func visitManyTerms(
        group: Int, _ batch: UnsafeBufferPointer<UInt32>, _ bounds: BlockBounds, of segment: BlockSegment,
        _ source: any BlockSource
    ) throws {
        list(group: group, batch)
        for first in stride(from: 0, to: batch.count, by: 2) {
            let pair = UnsafeBufferPointer(rebasing: batch[first..<min(first + 2, batch.count)])
            guard pair.contains(where: { BlockBounds.sum($0) >= bounds.required(threshold) }) else {
                notePruned()
                continue
            }
            sumListedBounds(pair)
            for (slot, entry) in pair.enumerated() {
                guard BlockBounds.sum(entry) >= bounds.required(threshold) else {
                    notePruned()
                    continue
                }
                countBlock()
                let place = BlockBounds.place(entry)
                let block = segment.firstBlock + group * BlockBounds.groupLength + place
                let passing = restriction?.word(block) ?? .max
                let (promising, touched) = (scratch.promising[slot] & passing, scratch.touched[slot] & passing)
                if promising != touched { notePruned() }
                guard promising != 0 else { continue }
                let documents = try documents(place: place, group: group, of: segment, source)
                let firstDocument = Int64(block) * Int64(PostingBlockFormat.blockLength)
                countMatches(touched & documents.live, firstDocument: firstDocument)
                if collected != nil { continue }
                scoreListed(place, promising & documents.live, documents.lengths, firstDocument: firstDocument)
            }
        }
    }

    /// Writes down the members that each block of the batch has.
    private func list(group: Int, _ batch: UnsafeBufferPointer<UInt32>) {
        let (listed, counts, capacity) = (scratch.listed, scratch.listedCounts, scratch.leafCapacity)
        counts.update(repeating: 0, count: BlockBounds.groupLength)
        var wanted: UInt64 = 0
        for entry in batch { wanted |= 1 << UInt64(BlockBounds.place(entry)) }
        for number in 0..<memberCount {
            let view = scratch.members[number].view
            let word = view.word(group)
            var rest = word.bits & wanted
            while rest != 0 {
                let place = rest.trailingZeroBitCount
                rest &= rest &- 1
                let count = counts[place]
                // Safety: a place is below the length of a group, and each member is written down once in a block.
                listed[place &* capacity &+ count] = ScorerScratch.Listed(
                    block: view.address(at: view.index(UInt64(place), in: word)).pointee,
                    member: UInt32(truncatingIfNeeded: number))
                counts[place] = count &+ 1
            }
        }
    }

    /// Finds which documents of one or two blocks can reach the threshold, by the bounds of the terms written down for them.
    private func sumListedBounds(_ pair: UnsafeBufferPointer<UInt32>) {
        let (listed, counts, capacity) = (scratch.listed, scratch.listedCounts, scratch.leafCapacity)
        let places = (BlockBounds.place(pair[0]), BlockBounds.place(pair[pair.count - 1]))
        let first = listed + places.0 * capacity
        let second = listed + places.1 * capacity
        let (firstCount, secondCount) = (counts[places.0], pair.count == 2 ? counts[places.1] : 0)
        let scale = BoundScale(threshold: threshold)
        // Of terms that stand for one word, all have the same.
        var (step, multiplier): (UInt64, UInt32) = (0, 0)
        func value(_ entry: ScorerScratch.Listed) -> UInt32 {
            let own = scratch.members[Int(entry.member)].boundStep
            if own != step { (step, multiplier) = (own, scale.multiplier(step: own)) }
            return DocumentSums.value(of: entry.block.bound, multiplier)
        }
        var sums = DocumentSums()
        for index in 0..<min(firstCount, secondCount) {
            sums.add(
                value(first[index]), to: first[index].block.mask, value(second[index]), to: second[index].block.mask)
        }
        for index in min(firstCount, secondCount)..<max(firstCount, secondCount) {
            if index < firstCount {
                sums.add(value(first[index]), to: first[index].block.mask, 0, to: 0)
            } else {
                sums.add(0, to: 0, value(second[index]), to: second[index].block.mask)
            }
        }
        let reaching = sums.reaching(scale.needed)
        for slot in 0..<2 { (scratch.promising[slot], scratch.touched[slot]) = (reaching[slot], sums.touched[slot]) }
    }

    /// Scores the documents in `wanted` of a block by the terms written down for it, and offers them.
    private func scoreListed(
        _ place: Int, _ wanted: UInt64, _ lengths: UnsafePointer<DocumentLengths>, firstDocument: Int64
    ) {
        guard wanted != 0 else { return }
        scratch.units.update(repeating: 0, count: PostingBlockFormat.blockLength)
        let first = scratch.listed + place * scratch.leafCapacity
        for index in 0..<scratch.listedCounts[place] {
            let entry = first[index]
            guard entry.block.mask & wanted != 0 else { continue }
            let member = scratch.members[Int(entry.member)]
            score(member.view.postings(of: entry.block), leaf: Int(member.leaf), in: wanted, lengths)
        }
        offer(wanted, firstDocument: firstDocument)
    }
}
