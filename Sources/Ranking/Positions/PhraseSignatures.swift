import CPrefetch
import Postings

/// How often a phrase can occur in the documents of a few blocks, by the signatures of its terms.
///
/// Blocks are taken into slots, so that what is known of several can be fetched at once.
final class PhraseSignatures {
    /// One of the phrase's terms.
    private struct Part {
        /// The term's offset, modulo ``PositionSignature/length``.
        let turn: UInt64
        let view: TermGrid.View
        let signatures: TermSignatures
    }

    /// A term in a block: its documents, the first one's signature, and where its postings are.
    private struct Place {
        let mask: UInt64
        let first: UnsafePointer<PositionSignature>
        let block: UnsafePointer<TermGrid.Block>
    }

    /// Says that nothing is known.
    static let unbounded = Int.max

    /// Blocks that can be looked at together.
    static let slotCount = ScorerScratch.chunkLength

    private let parts: UnsafeMutableBufferPointer<Part>
    /// Of each slot, what is known of each part there.
    private let places: UnsafeMutablePointer<Place>

    /// Nil when one of the terms does not occur in the segment.
    init?(terms: [Int], offsets: [Int], grids: [TermGrid?], readers: [(any PositionSource)?]) {
        var made: [Part] = []
        for (term, offset) in zip(terms, offsets) {
            guard let view = grids[term]?.view, let signatures = readers[term]?.signatures else { return nil }
            let length = PositionSignature.length
            let turn = UInt64((offset % length + length) % length)
            made.append(Part(turn: turn, view: view, signatures: signatures))
        }
        parts = .allocate(capacity: made.count)
        _ = parts.initialize(from: made)
        places = .allocate(capacity: made.count * Self.slotCount)
    }

    deinit {
        parts.deallocate()
        places.deallocate()
    }

    /// Takes a block of the segment into a slot; the documents in which all terms occur.
    @inline(__always)
    @discardableResult
    func enter(block: Int, slot: Int = 0) -> UInt64 {
        assert(slot < Self.slotCount)
        var common = UInt64.max
        for (number, part) in parts.enumerated() {
            let address = part.view.address(UInt64(block & 63), in: part.view.word(block >> 6))
            // Safety: `before` has a number more than there are blocks that are not empty, for those that are.
            let first = part.signatures.all + Int(part.signatures.before[part.view.index(of: address)])
            places[slot * parts.count + number] = Place(mask: address.pointee.mask, first: first, block: address)
            common &= address.pointee.mask
        }
        return common
    }

    /// Has the signatures of some documents of a slot's block fetched, which all terms have.
    @inline(__always)
    func prefetch(_ documents: UInt64, slot: Int) {
        guard documents != 0 else { return }
        for number in parts.indices {
            let place = places[slot * parts.count + number]
            let low = (place.mask & ((documents & (0 &- documents)) &- 1)).nonzeroBitCount
            let high = (place.mask & (UInt64.max &>> UInt64(documents.leadingZeroBitCount))).nonzeroBitCount
            for rank in stride(from: low, to: high, by: 8) { postil_prefetch(place.first + rank) }
        }
    }

    /// The most occurrences that the phrase can have in a document that has all terms; ``unbounded`` if that is not known.
    ///
    /// An occurrence leaves the bit of its start. Two leave the same one only if all their terms share bits, so that no term
    /// has fewer positions that share a bit than there are occurrences without one of their own. Occurrences are counted by
    /// the first term's positions: if one of these counts twice, that does not hold.
    @inline(__always)
    func greatestFrequency(document: UInt64, slot: Int = 0) -> Int {
        let before = (1 &<< document) &- 1 as UInt64
        var starts = PositionSignature.places
        var shared = PositionSignature.many
        var isCounted = true
        for number in parts.indices {
            // Safety: the document has the term, so that its rank is below the number of postings in the block.
            let place = places[slot * parts.count + number]
            assert(place.mask &>> document & 1 == 1)
            let signature = place.first[(place.mask & before).nonzeroBitCount]
            if signature != .unknown {
                starts &= signature.starts(turn: parts[number].turn)
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

    /// What `most` occurrences of the phrase weigh at most in a document that has all terms, and a little more, since a sum of
    /// products is rounded more often than one product.
    @inline(__always)
    func greatestWeightedFrequency(
        _ most: Int, document: Int, slot: Int = 0, _ leaf: ScorerScratch.Leaf, _ formula: BM25,
        _ lengths: DocumentLengths
    ) -> Float {
        let titleWeight = leaf.titleWeight > 0 ? leaf.titleWeight * formula.titleFactor(lengths) : 0
        guard titleWeight > leaf.bodyWeight else { return Float(most) * leaf.bodyWeight * 1.000_01 }
        // Most phrases are not in the title, where they would weigh more.
        let inTitle = min(most, greatestTitleFrequency(document: document, slot: slot))
        return (Float(inTitle) * titleWeight + Float(most - inTitle) * leaf.bodyWeight) * 1.000_01
    }

    /// The most occurrences in the title that the phrase can have in a document that has all terms: as many as each of them has.
    @inline(__always)
    func greatestTitleFrequency(document: Int, slot: Int = 0) -> Int {
        var least = UInt32.max
        for number in parts.indices where least > 0 {
            // Safety: the document has the term, so that the block is not the empty one.
            let block = places[slot * parts.count + number].block.pointee
            let (code, title, _) = parts[number].view.postings(of: block).posting(of: document)
            least = min(
                least,
                code < PostingBlockFormat.exceptionCode ? PostingBlockReader.frequencies(ofCode: code).title : title)
        }
        return Int(least)
    }
}
