import Postings

/// The part of a score by which a long document is found for what one of its passages says: contribution and explanation.
///
/// A document is long when its length counts no further in ``BM25``, from three times the average on. If its best passage
/// scores more as a document of its own, under the same title, than the document does as a whole, then that is its score:
///
///     score = max(score of the whole, greatest score of a passage)
///
/// A passage is ``length`` tokens of the body; one begins every ``step`` tokens. Callan (1994) and Kaszkiel and Zobel (2001)
/// rank documents by their best passages alone. Measured in Documentation/Decisions/ranking.md.
///
/// Positions cost too much to be read for every match, so this is evidence of the second stage (``SecondStage``): it needs no
/// bound there but that it never takes anything away.
struct PassageEvidence {
    /// Tokens of a passage. With 50 or 150, fewer essays are found by what a paragraph of theirs says.
    static let length: UInt32 = 100
    /// Tokens from the beginning of a passage to that of the next. Passages that begin at every token find hardly more.
    static let step: UInt32 = 25

    /// A passage of a document.
    struct Passage {
        /// Position of its first token in the body.
        var start: UInt32
        /// Score of the title and the passage, in units of the query's ``ScoreScale``.
        var units: UInt32
    }

    /// Terms of the plan whose positions are needed.
    let terms: Set<Int>
    private let formula: BM25
    private let leaves: [(leaf: EvaluationPlan.Leaf, weight: Float)]

    init(_ plan: EvaluationPlan, formula: BM25) {
        self.formula = formula
        let scale = plan.scale
        leaves = plan.leaves.filter { $0.weight > 0 }.map { ($0, scale.units($0.weight)) }
        terms = Set(leaves.flatMap(\.leaf.pattern.terms))
    }

    /// Whether a document of these lengths counts by a passage where that says more.
    static func applies(to lengths: DocumentLengths, _ formula: BM25) -> Bool {
        lengths.total > length && formula.isLong(lengths)
    }

    /// The best passage of a document, the first of those that score alike.
    ///
    /// - Parameter lists: Of each of ``terms`` the occurrences in the document, ascending, with ``TermPostings/titleFlag``.
    /// - Complexity: O(occurrences * leaves).
    func best(_ lists: [[UInt32]], _ lengths: DocumentLengths) -> Passage {
        var bodies = Occurrences(lists, of: terms)
        let counts = leaves.map { leaf, weight in
            let title = leaf.frequencies(of: leaf.pattern.terms.map { bodies.title(of: $0, in: lists) }).title
            return PassageCount(leaf, title: title, formula, lengths, weight: weight)
        }
        let (length, step) = (PassageEvidence.length, PassageEvidence.step)
        var best = Passage(start: 0, units: 0)
        var start: UInt32 = 0
        while let next = bodies.move(to: start) {
            // On to the first passage that the next occurrence stands in.
            guard next - start < length else {
                start = (next - length) / step * step + step
                continue
            }
            var units: UInt32 = 0
            for count in counts { units += count.units(bodies) }
            if units > best.units { best = Passage(start: start, units: units) }
            start += step
        }
        return best
    }

    /// The occurrences of terms in a document's body, and which of them stand in the present passage.
    private struct Occurrences {
        /// All, term by term.
        private var positions: [UInt32] = []
        /// Where those of each term end.
        private var ends: [Int] = []
        private(set) var windows: [Range<Int>] = []

        init(_ lists: [[UInt32]], of terms: Set<Int>) {
            for (term, list) in lists.enumerated() {
                windows.append(positions.count..<positions.count)
                if terms.contains(term) { positions += list.prefix { $0 & TermPostings.titleFlag == 0 } }
                ends.append(positions.count)
            }
        }

        /// Those of a term that are in the title.
        func title(of term: Int, in lists: [[UInt32]]) -> ArraySlice<UInt32> {
            lists[term][(ends[term] - windows[term].lowerBound)...]
        }

        /// Those of a term that are in the passage.
        func window(of term: Int) -> ArraySlice<UInt32> { positions[windows[term]] }

        /// Makes the passage that begins at `start` the present one. Gives the first occurrence in it or behind it, nil without any.
        ///
        /// - Precondition: `start` is not before that of an earlier call.
        mutating func move(to start: UInt32) -> UInt32? {
            var next: UInt32?
            for term in windows.indices {
                let end = ends[term]
                var low = windows[term].lowerBound
                while low < end, positions[low] < start { low += 1 }
                var high = max(low, windows[term].upperBound)
                while high < end, positions[high] - start < PassageEvidence.length { high += 1 }
                windows[term] = low..<high
                if low < end { next = min(next ?? .max, positions[low]) }
            }
            return next
        }
    }

    /// What a leaf adds to the score of a passage.
    private struct PassageCount {
        private let leaf: EvaluationPlan.Leaf
        private let terms: [Int]
        /// By the number of its occurrences in the passage: most leaves are one term, and a long document has thousands of passages.
        private let units: [UInt32]
        private let unitsOf: (UInt32) -> UInt32

        init(
            _ leaf: EvaluationPlan.Leaf, title: UInt32, _ formula: BM25, _ lengths: DocumentLengths, weight: Float
        ) {
            self.leaf = leaf
            terms = leaf.pattern.terms
            let own = DocumentLengths(title: lengths.title, body: length)
            unitsOf = { formula.contribution(titleFrequency: title, bodyFrequency: $0, own, weight: weight) }
            units = (0...length).map(unitsOf)
        }

        func units(_ occurrences: Occurrences) -> UInt32 {
            guard terms.allSatisfy({ !occurrences.windows[$0].isEmpty }) else { return units[0] }
            if case .term(let term) = leaf.pattern, leaf.fields.contains(.body) {
                return units[occurrences.windows[term].count]
            }
            // Near terms may stand near each other in more ways than there are tokens.
            let frequency = leaf.frequencies(of: terms.map(occurrences.window)).body
            return frequency <= length ? units[Int(frequency)] : unitsOf(frequency)
        }
    }

    /// A document as its title and one passage.
    func cut(_ document: ExplainedDocument, to passage: Passage) -> ExplainedDocument {
        var cut = document
        cut.lengths = DocumentLengths(title: document.lengths.title, body: PassageEvidence.length)
        let window = passage.start..<passage.start + PassageEvidence.length
        cut.occurrences = document.occurrences.map { list in
            list.filter { $0 & TermPostings.titleFlag != 0 || window.contains($0) }
        }
        return cut
    }

    /// The tokens of a passage, as far as the document has them.
    func tokens(of passage: Passage, in document: ExplainedDocument) -> Range<Int> {
        let most = Int(document.lengths.total) - Int(document.lengths.title)
        let start = min(Int(passage.start), most)
        return start..<min(start + Int(PassageEvidence.length), most)
    }
}
