import Postings

/// The memory that a ``BlockScorer`` works in: plain arrays, sized once a query and used again by the next, so that a block
/// costs no allocation and no reference count.
///
/// Every pointer has the capacity that ``reserve(leaves:terms:)`` was last given; what lies in it is trivial.
final class ScorerScratch {
    /// A leaf of the plan, as the segment at hand has it.
    struct Leaf {
        var weight: Float
        /// Units for each 255th of a bound, rounded up.
        var boundStep: UInt64
        /// A little more than the weight: no bound is greater, since a part is at most 1.
        var greatestBound: UInt64
        var titleWeight: Float
        var bodyWeight: Float
        /// Number of its term if it is a single term that may lie in any field; else -1.
        var term: Int32
        /// Whether it is a single term.
        var isTerm: Bool
        var fields: FieldSet
        /// Its terms are `leafTerms[firstTerm ..< endTerm]`.
        var firstTerm: Int32
        var endTerm: Int32
    }

    /// A leaf of a disjunction that occurs in the segment at hand.
    struct Member {
        var view: TermGrid.View
        var boundStep: UInt64
        var greatestBound: UInt64
        var leaf: Int32
    }

    /// A term of the plan in the block at hand.
    struct Term {
        /// Index of the block among the term's non-empty ones; -1 when it does not occur in the block.
        var index: Int32
        /// The documents of the block that have it.
        var mask: UInt64
    }

    /// A leaf that occurs in the block at hand.
    struct Entry {
        var bound: UInt32
        /// Number of the leaf, or of the member of a disjunction.
        var number: Int32
        var index: Int32
    }

    private(set) var leafCapacity = 0
    private(set) var termCapacity = 0
    @exclusivity(unchecked) private(set) var leaves = UnsafeMutablePointer<Leaf>.allocate(capacity: 0)
    @exclusivity(unchecked) private(set) var members = UnsafeMutablePointer<Member>.allocate(capacity: 0)
    @exclusivity(unchecked) private(set) var entries = UnsafeMutablePointer<Entry>.allocate(capacity: 0)
    /// For each entry the sum of the bounds from it on; one more than entries.
    @exclusivity(unchecked) private(set) var remaining = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
    /// For each leaf the documents of the block in which it can occur, and in which it does.
    @exclusivity(unchecked) private(set) var possible = UnsafeMutablePointer<UInt64>.allocate(capacity: 0)
    @exclusivity(unchecked) private(set) var certain = UnsafeMutablePointer<UInt64>.allocate(capacity: 0)
    /// 16 weighted frequencies for each leaf, by code.
    @exclusivity(unchecked) private(set) var codes = UnsafeMutablePointer<Float>.allocate(capacity: 0)
    @exclusivity(unchecked) private(set) var terms = UnsafeMutablePointer<Term>.allocate(capacity: 0)
    /// The terms' grids; nil for a term that the segment does not have.
    @exclusivity(unchecked) private(set) var views = UnsafeMutablePointer<TermGrid.View?>.allocate(capacity: 0)
    /// Scores of the documents of a block.
    let units = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingBlockFormat.blockLength)

    /// Scores that they could have with the phrases that have not been looked for.
    let most = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingBlockFormat.blockLength)
    /// Weighted frequencies of a phrase's rarest term in them.
    let frequencies = UnsafeMutablePointer<Float>.allocate(capacity: PostingBlockFormat.blockLength)

    deinit {
        release()
        units.deallocate()
        most.deallocate()
        frequencies.deallocate()
    }

    /// Makes room for a query.
    func reserve(leaves leafCount: Int, terms termCount: Int) {
        guard leafCount > leafCapacity || termCount > termCapacity else { return }
        release()
        leafCapacity = max(16, leafCount, leafCapacity)
        termCapacity = max(16, termCount, termCapacity)
        leaves = .allocate(capacity: leafCapacity)
        members = .allocate(capacity: leafCapacity)
        entries = .allocate(capacity: leafCapacity)
        remaining = .allocate(capacity: leafCapacity + 1)
        possible = .allocate(capacity: leafCapacity)
        certain = .allocate(capacity: leafCapacity)
        codes = .allocate(capacity: 16 * leafCapacity)
        terms = .allocate(capacity: termCapacity)
        views = .allocate(capacity: termCapacity)
        views.initialize(repeating: nil, count: termCapacity)
    }

    private func release() {
        leaves.deallocate()
        members.deallocate()
        entries.deallocate()
        remaining.deallocate()
        possible.deallocate()
        certain.deallocate()
        codes.deallocate()
        terms.deallocate()
        views.deallocate()
    }
}
