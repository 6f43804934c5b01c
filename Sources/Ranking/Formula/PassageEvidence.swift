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
        let bodies = lists.enumerated().map { term, list in
            terms.contains(term) ? list.prefix { $0 & TermPostings.titleFlag == 0 } : []
        }
        let titles = leaves.map { leaf, _ in
            leaf.frequencies(of: leaf.pattern.terms.map { lists[$0][bodies[$0].endIndex...] }).title
        }
        let (length, step) = (PassageEvidence.length, PassageEvidence.step)
        let own = DocumentLengths(title: lengths.title, body: length)
        var windows = bodies.map { $0.startIndex..<$0.startIndex }
        var best = Passage(start: 0, units: 0)
        var start: UInt32 = 0
        while true {
            var next = UInt32.max
            for (term, body) in bodies.enumerated() where !body.isEmpty {
                var low = windows[term].lowerBound
                while low < body.endIndex, body[low] < start { low += 1 }
                var high = max(low, windows[term].upperBound)
                while high < body.endIndex, body[high] - start < length { high += 1 }
                windows[term] = low..<high
                if low < body.endIndex { next = min(next, body[low]) }
            }
            guard next < UInt32.max else { return best }
            // On to the first passage that the next occurrence stands in.
            guard next - start < length else {
                start = (next - length) / step * step + step
                continue
            }
            var units: UInt32 = 0
            for ((leaf, weight), title) in zip(leaves, titles) {
                let frequencies = leaf.frequencies(of: leaf.pattern.terms.map { bodies[$0][windows[$0]] })
                units += formula.contribution(
                    titleFrequency: title, bodyFrequency: frequencies.body, own, weight: weight)
            }
            if units > best.units { best = Passage(start: start, units: units) }
            start += step
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
