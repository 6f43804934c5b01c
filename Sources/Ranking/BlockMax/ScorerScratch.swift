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

        /// The occurrences in title and body, weighted.
        @inline(__always)
        func weighted(title: UInt32, body: UInt32) -> FieldFrequencies {
            FieldFrequencies(title: Float(title) * titleWeight, body: Float(body) * bodyWeight)
        }
        /// Number of its term if it is a single term that may lie in any field; else -1.
        var term: Int32
        /// Whether it is a single term.
        var isTerm: Bool
        var fields: FieldSet
        /// Its terms are `leafTerms[firstTerm ..< endTerm]`.
        var firstTerm: Int32
        var endTerm: Int32
    }

    /// Occurrences in title and body, each times the weight of its field.
    struct FieldFrequencies {
        var title: Float
        var body: Float

        static let unbounded = FieldFrequencies(title: .infinity, body: .infinity)
    }

    /// A single term of a disjunction or conjunction that occurs in the segment at hand.
    struct Member {
        var view: TermGrid.View
        var leaf: Int32
        /// Units for each 255th of a bound, rounded up.
        var boundStep: UInt64
        /// As the leaf's.
        var greatestBound: UInt64
        /// The same in sums of ``DocumentSums``, times 2^16.
        var multiplier: UInt32
        /// The blocks of the group at hand.
        var word: TermGrid.Word
    }

    /// A block that all terms of a conjunction have, while it is found out whether a document has.
    struct Candidate {
        /// The documents that have the terms looked at so far.
        var mask: UInt64
        /// The block, from the segment's first.
        var block: UInt32
        /// Its number among all candidates, by which ``places`` has its terms' blocks.
        var number: UInt32
    }

    /// A document of a chunk in which a phrase can occur.
    struct Occurrence {
        /// So often at most.
        var most: UInt16
        /// The document in its block.
        var document: UInt8
        /// The block in the chunk.
        var slot: UInt8
    }

    /// A member that a block has, as written down beside the block.
    struct Listed {
        var block: TermGrid.Block
        var member: UInt32
    }

    /// A leaf that occurs in the block at hand.
    struct Entry {
        var bound: UInt32
        /// Number of the leaf.
        var number: Int32
    }

    private(set) var leafCapacity = 0
    private(set) var termCapacity = 0
    @exclusivity(unchecked) private(set) var leaves = UnsafeMutablePointer<Leaf>.allocate(capacity: 0)
    @exclusivity(unchecked) private(set) var members = UnsafeMutablePointer<Member>.allocate(capacity: 0)
    @exclusivity(unchecked) private(set) var entries = UnsafeMutablePointer<Entry>.allocate(capacity: 0)
    /// For each leaf the documents of the block in which it can occur, and in which it does.
    @exclusivity(unchecked) private(set) var possible = UnsafeMutablePointer<UInt64>.allocate(capacity: 0)
    @exclusivity(unchecked) private(set) var certain = UnsafeMutablePointer<UInt64>.allocate(capacity: 0)
    /// Codes of a posting, that of an exception among them.
    static let codeRoom = PostingBlockFormat.exceptionCode + 1
    /// Frequencies in title and body by code, weighted by field, for leaves that look at the same fields.
    private let codes = UnsafeMutablePointer<FieldFrequencies>.allocate(
        capacity: codeRoom * (Int(FieldSet.all.rawValue) + 1))
    /// The terms in the block at hand.
    @exclusivity(unchecked) private(set) var terms = UnsafeMutablePointer<TermGrid.Block>.allocate(capacity: 0)
    /// The terms in the group of blocks at hand.
    @exclusivity(unchecked) private(set) var words = UnsafeMutablePointer<TermGrid.Word>.allocate(capacity: 0)
    /// The terms' grids; nil for a term that the segment does not have.
    @exclusivity(unchecked) private(set) var views = UnsafeMutablePointer<TermGrid.View?>.allocate(capacity: 0)
    /// The terms and leaves that can occur in the group of blocks at hand.
    @exclusivity(unchecked) private(set) var presentTerms = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
    @exclusivity(unchecked) var presentTermCount = 0
    @exclusivity(unchecked) private(set) var presentLeaves = UnsafeMutablePointer<Int32>.allocate(capacity: 0)
    @exclusivity(unchecked) var presentLeafCount = 0
    /// Of each block of a group, from `leafCapacity` times its place on, the members that it has; room for them where a query
    /// has many leaves.
    @exclusivity(unchecked) private(set) var listed = UnsafeMutablePointer<Listed>.allocate(capacity: 0)
    /// How many they are.
    let listedCounts = UnsafeMutablePointer<Int>.allocate(capacity: BlockBounds.groupLength)
    /// Scores of the documents of a block.
    let units = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingBlockFormat.blockLength)
    /// Of each block of a chunk, the documents that can be among the best, and those with any of the terms.
    let promising = UnsafeMutablePointer<UInt64>.allocate(capacity: chunkLength)
    let touched = UnsafeMutablePointer<UInt64>.allocate(capacity: chunkLength)
    /// Of each member and in it of each block of a chunk, what is known of the term there.
    @exclusivity(unchecked) private(set) var chunk = UnsafeMutablePointer<TermGrid.Block>.allocate(capacity: 0)
    /// Of each block of a chunk, its documents.
    let documents = UnsafeMutablePointer<DocumentBlock>.allocate(capacity: chunkLength)

    /// Blocks that are looked at together, so that the processor fetches them together: enough to hide that, few enough that
    /// little is done in vain when the threshold rises among them.
    static let chunkLength = 8

    /// Documents of a chunk, and room for one more.
    let occurrences = UnsafeMutablePointer<Occurrence>.allocate(
        capacity: chunkLength * PostingBlockFormat.blockLength + 1)

    /// Of each block of a chunk, the sum of its terms' bounds.
    let bounds = UnsafeMutablePointer<UInt32>.allocate(capacity: chunkLength)
    /// Blocks of a conjunction that are looked at together.
    let candidates = UnsafeMutablePointer<Candidate>.allocate(capacity: candidateCapacity)
    /// Of each member and in it of each candidate, the index of the term's block.
    @exclusivity(unchecked) private(set) var places = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
    /// From so many candidates on, they are scored: enough that memory answers to many questions at once, and no more than
    /// stay in the processor's first caches.
    static let candidateLimit = 256
    /// The limit and a group of blocks more.
    static let candidateCapacity = candidateLimit + BlockBounds.groupLength

    /// Scores that they could have with the phrases that have not been looked for.
    let most = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingBlockFormat.blockLength)
    /// Weighted frequencies that a phrase has at most in them: in each field as often as the term that is rarest there.
    let frequencies = UnsafeMutablePointer<FieldFrequencies>.allocate(capacity: PostingBlockFormat.blockLength)

    deinit {
        release()
        listedCounts.deallocate()
        codes.deallocate()
        units.deallocate()
        promising.deallocate()
        touched.deallocate()
        documents.deallocate()
        occurrences.deallocate()
        bounds.deallocate()
        candidates.deallocate()
        most.deallocate()
        frequencies.deallocate()
    }

    /// The frequencies by code for a leaf that looks at some fields.
    @inline(__always)
    func codes(_ fields: FieldSet) -> UnsafeMutablePointer<FieldFrequencies> {
        // Safety: there is room for each set of fields.
        codes + ScorerScratch.codeRoom &* Int(fields.intersection(.all).rawValue)
    }

    /// Makes room for a query.
    func reserve(leaves leafCount: Int, terms termCount: Int) {
        guard leafCount > leafCapacity || termCount > termCapacity else { return }
        // Safety: nothing but trivial values lies in the memory that goes, and whoever works in it asks for the pointers anew.
        assert(leafCount >= 0 && termCount >= 0, "\(leafCount) leaves, \(termCount) terms")
        release()
        leafCapacity = max(16, leafCount, leafCapacity)
        termCapacity = max(16, termCount, termCapacity)
        leaves = .allocate(capacity: leafCapacity)
        members = .allocate(capacity: leafCapacity)
        chunk = .allocate(capacity: ScorerScratch.chunkLength * leafCapacity)
        places = .allocate(capacity: ScorerScratch.candidateCapacity * leafCapacity)
        entries = .allocate(capacity: leafCapacity)
        possible = .allocate(capacity: leafCapacity)
        certain = .allocate(capacity: leafCapacity)
        terms = .allocate(capacity: termCapacity)
        words = .allocate(capacity: termCapacity)
        views = .allocate(capacity: termCapacity)
        presentTerms = .allocate(capacity: termCapacity)
        presentLeaves = .allocate(capacity: leafCapacity)
        listed = .allocate(
            capacity: leafCapacity > BlockScorer.fewTerms ? leafCapacity * BlockBounds.groupLength : 0)
        views.initialize(repeating: nil, count: termCapacity)
    }

    private func release() {
        leaves.deallocate()
        members.deallocate()
        chunk.deallocate()
        places.deallocate()
        entries.deallocate()
        possible.deallocate()
        certain.deallocate()
        terms.deallocate()
        words.deallocate()
        views.deallocate()
        presentTerms.deallocate()
        presentLeaves.deallocate()
        listed.deallocate()
    }
}
