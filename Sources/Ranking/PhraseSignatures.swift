import Postings

/// How often a phrase can occur in the documents of a block, by the signatures of its terms.
final class PhraseSignatures {
    /// One of the phrase's terms.
    struct Part {
        /// Number of the term in the plan.
        let term: Int
        /// Its offset, modulo ``PositionSignature/length``.
        let turn: UInt64
        let view: TermGrid.View
        let signatures: TermSignatures
        /// Where it stands in the block at hand: its documents and the first one's signature.
        var mask: UInt64 = 0
        var first: UnsafePointer<PositionSignature>
    }

    /// Says that nothing is known.
    static let unbounded = Int.max

    let parts: UnsafeMutableBufferPointer<Part>

    /// Nil when one of the terms does not occur in the segment.
    init?(terms: [Int], offsets: [Int], grids: [TermGrid?], readers: [(any PositionSource)?]) {
        var made: [Part] = []
        for (term, offset) in zip(terms, offsets) {
            guard let view = grids[term]?.view, let signatures = readers[term]?.signatures else { return nil }
            let length = PositionSignature.length
            let turn = UInt64((offset % length + length) % length)
            made.append(
                Part(term: term, turn: turn, view: view, signatures: signatures, first: signatures.all))
        }
        parts = .allocate(capacity: made.count)
        _ = parts.initialize(from: made)
    }

    deinit { parts.deallocate() }

    /// Goes to a block of the segment in which all terms occur.
    @inline(__always)
    func enter(block: Int) {
        for number in parts.indices {
            let part = parts[number]
            let index = part.view.index(ofBlock: block)
            // Safety: the block is not empty, so it is one of those that `before` has.
            assert(index >= 0)
            parts[number].mask = part.view.block(block).mask
            parts[number].first = part.signatures.all + Int(part.signatures.before[index])
        }
    }

    /// The most occurrences that the phrase can have in a document that has all terms; ``unbounded`` if that is not known.
    ///
    /// An occurrence leaves the bit of its start. Two leave the same one only if all their terms share bits, so that no term
    /// has fewer positions that share a bit than there are occurrences without one of their own. Occurrences are counted by
    /// the first term's positions: if one of these counts twice, that does not hold.
    @inline(__always)
    func greatestFrequency(document: UInt64) -> Int {
        let before = (1 &<< document) &- 1 as UInt64
        var starts = PositionSignature.places
        var shared = PositionSignature.many
        var isCounted = true
        for number in parts.indices {
            // Safety: the document has the term, so that its rank is below the number of postings in the block.
            let part = parts[number]
            assert(part.mask &>> document & 1 == 1)
            let signature = part.first[(part.mask & before).nonzeroBitCount]
            if signature != .unknown {
                starts &= signature.starts(turn: part.turn)
                shared = min(shared, signature.shared)
            }
            if number == 0, signature == .unknown || signature.shared == PositionSignature.repeated {
                isCounted = false
            }
        }
        if starts == 0 { return 0 }
        guard isCounted, shared < PositionSignature.many else { return Self.unbounded }
        return starts.nonzeroBitCount &+ Int(truncatingIfNeeded: shared)
    }
}
