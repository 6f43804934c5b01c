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

        /// That of the document behind those of `before`, which has the term.
        @inline(__always)
        func signature(behind before: UInt64) -> PositionSignature {
            // Safety: the rank of a document that has the term is below the number of postings in the block.
            assert(mask & (before &+ 1) != 0)
            return first[(mask & before).nonzeroBitCount]
        }
    }

    /// Says that nothing is known.
    static let unbounded = Int.max

    /// Blocks that can be looked at together.
    static let slotCount = ScorerScratch.chunkLength

    private let parts: UnsafeMutablePointer<Part>
    private let count: Int
    /// Of each slot, what is known of each part there.
    private let places: UnsafeMutablePointer<Place>

    /// Nil when one of the terms does not occur in the segment. Keeps pointers into the grids and readers, which have to outlive it.
    init?(terms: [Int], offsets: [Int], grids: [TermGrid?], readers: [(any PositionSource)?]) {
        var made: [Part] = []
        for (term, offset) in zip(terms, offsets) {
            guard let view = grids[term]?.view, let signatures = readers[term]?.signatures else { return nil }
            let length = PositionSignature.length
            let turn = UInt64((offset % length + length) % length)
            made.append(Part(turn: turn, view: view, signatures: signatures))
        }
        count = made.count
        parts = .allocate(capacity: count)
        parts.initialize(from: made, count: count)
        places = .allocate(capacity: count * Self.slotCount)
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
        let (parts, places) = (parts, places + slot &* count)
        var common = UInt64.max
        for number in 0..<count {
            let part = parts + number
            let address = part.pointee.view.address(UInt64(block & 63), in: part.pointee.view.word(block >> 6))
            let (signatures, mask) = (part.pointee.signatures, address.pointee.mask)
            // Safety: `before` has a number more than there are blocks that are not empty, for those that are.
            let first = signatures.all + Int(signatures.before[part.pointee.view.index(of: address)])
            places[number] = Place(mask: mask, first: first, block: address)
            common &= mask
        }
        return common
    }

    /// Has the signatures of some documents of a slot's block fetched, which all terms have.
    @inline(__always)
    func prefetch(_ documents: UInt64, slot: Int) {
        guard documents != 0 else { return }
        let places = places + slot &* count
        let (before, through) = (
            (documents & (0 &- documents)) &- 1, UInt64.max &>> UInt64(documents.leadingZeroBitCount)
        )
        for number in 0..<count {
            let mask = places[number].mask
            var signature = places[number].first + (mask & before).nonzeroBitCount
            let end = places[number].first + (mask & through).nonzeroBitCount
            while signature < end {
                postil_prefetch(signature)
                signature += 8
            }
        }
    }

    /// Hands out the most occurrences that the phrase can have in each of some documents of a slot, which all terms have;
    /// ``unbounded`` where that is not known.
    ///
    /// Most phrases have two words, and what is known of these then stays in registers.
    @inline(__always)
    func forEach(in documents: UInt64, slot: Int = 0, _ body: (_ document: Int, _ most: Int) -> Void) {
        let (parts, places) = (parts, places + slot &* count)
        var rest = documents
        if count == 2 {
            let (first, second) = (places[0], places[1])
            let (firstTurn, secondTurn) = (parts[0].turn, parts[1].turn)
            while rest != 0 {
                let before = (rest & (0 &- rest)) &- 1
                var occurrences = Occurrences(first.signature(behind: before), turn: firstTurn)
                occurrences.meet(second.signature(behind: before), turn: secondTurn)
                body(rest.trailingZeroBitCount, occurrences.most)
                rest &= rest &- 1
            }
        } else {
            while rest != 0 {
                let before = (rest & (0 &- rest)) &- 1
                var occurrences = Occurrences(places[0].signature(behind: before), turn: parts[0].turn)
                for number in 1..<count {
                    occurrences.meet(places[number].signature(behind: before), turn: parts[number].turn)
                }
                body(rest.trailingZeroBitCount, occurrences.most)
                rest &= rest &- 1
            }
        }
    }

    /// How often a phrase can occur in a document, by the signatures of its terms that were looked at.
    ///
    /// An occurrence leaves the bit of its start. Two leave the same one only if all their terms share bits, so that no term
    /// has fewer positions that share a bit than there are occurrences without one of their own. Occurrences are counted by
    /// the first term's positions: if one of these counts twice, or nothing is known of them, that does not hold.
    private struct Occurrences {
        private var starts: UInt64
        private var shared: UInt64
        private let isCounted: Bool

        /// Looks at the first term.
        @inline(__always)
        init(_ signature: PositionSignature, turn: UInt64) {
            isCounted = signature != .unknown && signature.shared != PositionSignature.repeated
            starts = signature == .unknown ? PositionSignature.places : signature.starts(turn: turn)
            shared = signature == .unknown ? PositionSignature.many : min(signature.shared, PositionSignature.many)
        }

        /// Looks at another term.
        @inline(__always)
        mutating func meet(_ signature: PositionSignature, turn: UInt64) {
            starts &= signature == .unknown ? PositionSignature.places : signature.starts(turn: turn)
            shared = min(shared, signature == .unknown ? PositionSignature.many : signature.shared)
        }

        /// The most occurrences; ``PhraseSignatures/unbounded`` if that is not known.
        @inline(__always)
        var most: Int {
            guard starts != 0 else { return 0 }
            let bounded = starts.nonzeroBitCount &+ Int(truncatingIfNeeded: shared)
            return isCounted && shared < PositionSignature.many ? bounded : PhraseSignatures.unbounded
        }
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
        for number in 0..<count where least > 0 {
            // Safety: the document has the term, so that the block is not the empty one.
            let block = places[slot &* count + number].block.pointee
            let (code, title, _) = parts[number].view.postings(of: block).posting(of: document)
            least = min(
                least,
                code < PostingBlockFormat.exceptionCode ? PostingBlockReader.frequencies(ofCode: code).title : title)
        }
        return Int(least)
    }
}
