import Postings

extension BlockScorer {
    /// Scores a block for a plan of any shape: condition first, as bits, then the leaves of the documents that can match.
    func visitAny(place: Int, firstDocument: Int64, _ documents: DocumentBlock, _ program: inout MatchProgram) throws {
        findTerms(UInt64(place))
        findLeaves()
        let possible = scratch.possible
        let certain = scratch.certain
        let candidates =
            documents.live
            & program.run(
                leaf: { (possible[$0], certain[$0]) },
                filter: {
                    let selected = self.plan.filters[$0].word(Int(firstDocument >> 6))
                    return (selected, selected)
                })
        guard candidates != 0 else { return }
        if !hasPositions {
            countMatches(candidates, firstDocument: firstDocument)
            if collected != nil { return }
        }
        let left = scoreTerms(candidates, documents.lengths)
        guard left != 0 else { return }
        guard let positions else { return offer(left, firstDocument: firstDocument) }
        try positions.check(left, of: self, firstDocument: firstDocument, documents.lengths, &program)
    }

    /// Looks up the plan's terms in the block.
    private func findTerms(_ place: UInt64) {
        for index in 0..<scratch.presentTermCount {
            let term = Int(scratch.presentTerms[index])
            scratch.terms[term] = scratch.views[term]?.address(place, in: scratch.words[term]).pointee ?? .empty
        }
    }

    /// Finds in which documents of the block each leaf can and does occur.
    private func findLeaves() {
        for index in 0..<scratch.presentLeafCount {
            let leaf = Int(scratch.presentLeaves[index])
            let segmentLeaf = scratch.leaves[leaf]
            var mask = UInt64.max
            leafTerms.withUnsafeBufferPointer { terms in
                for place in Int(segmentLeaf.firstTerm)..<Int(segmentLeaf.endTerm) {
                    mask &= scratch.terms[terms[place]].mask
                }
            }
            if segmentLeaf.isTerm {
                if segmentLeaf.fields != .all, mask != 0 {
                    mask = occurrences(of: Int(segmentLeaf.term), in: segmentLeaf.fields)
                }
                scratch.certain[leaf] = mask
            } else {
                scratch.certain[leaf] = 0
            }
            scratch.possible[leaf] = mask
        }
    }

    /// Scores the single terms, by falling bound, for the documents in `candidates`; those that can still reach the threshold.
    private func scoreTerms(_ candidates: UInt64, _ lengths: UnsafePointer<DocumentLengths>) -> UInt64 {
        var candidates = candidates
        var count = 0
        var missing: UInt32 = 0
        for index in 0..<scratch.presentLeafCount {
            let leaf = Int(scratch.presentLeaves[index])
            guard scratch.possible[leaf] & candidates != 0 else { continue }
            let bound = bound(of: leaf)
            missing &+= bound
            guard scratch.leaves[leaf].isTerm, scratch.leaves[leaf].weight > 0 else { continue }
            insert(Entry(bound: bound, number: Int32(truncatingIfNeeded: leaf)), count: count)
            count &+= 1
        }
        scratch.units.update(repeating: 0, count: PostingBlockFormat.blockLength)
        for place in 0..<count {
            if place > 0 || missing < threshold {
                let kept = prune(candidates, missing: missing, threshold: threshold)
                if kept != candidates, hasPositions { notePruned() }
                candidates = kept
                if candidates == 0 { return 0 }
            }
            let entry = scratch.entries[place]
            let leaf = Int(entry.number)
            let term = Int(scratch.leaves[leaf].term)
            score(reader(term), leaf: leaf, in: candidates & scratch.possible[leaf], lengths)
            missing &-= entry.bound
        }
        return candidates
    }

    /// The postings of a term that occurs in the block at hand.
    @inline(__always)
    func reader(_ term: Int) -> PostingBlockReader {
        // Safety: the block is not empty, so the term has a grid.
        assert(scratch.terms[term].mask != 0)
        return scratch.views[term].unsafelyUnwrapped.postings(of: scratch.terms[term])
    }

    /// Upper bound of a leaf in the block: that of the one of its terms with the smallest, since a phrase occurs at most as
    /// often as each of its terms.
    func bound(of leaf: Int) -> UInt32 {
        let segmentLeaf = scratch.leaves[leaf]
        var least = UInt8.max
        for place in Int(segmentLeaf.firstTerm)..<Int(segmentLeaf.endTerm) {
            least = min(least, scratch.terms[leafTerms[place]].bound)
        }
        return units(ofBound: least, step: segmentLeaf.boundStep, greatest: segmentLeaf.greatestBound)
    }

    /// The documents of the block in which a term occurs in the fields.
    private func occurrences(of term: Int, in fields: FieldSet) -> UInt64 {
        var mask: UInt64 = 0
        reader(term).forEach(in: .max) { document, code, title, body in
            let frequencies =
                code < PostingBlockFormat.exceptionCode ? PostingBlockReader.frequencies(ofCode: code) : (title, body)
            let occurs = fields.contains(.title) && frequencies.0 > 0 || fields.contains(.body) && frequencies.1 > 0
            if occurs { mask |= 1 << UInt64(document) }
        }
        return mask
    }
}
