import Postings
import Ranking

/// The score of a document by its best passage the plain way: each passage is made a document of its own and counted by itself.
///
/// The slow twin of `PassageEvidence`; shares only the rounding and the saturation of BM25, and how a pattern is counted, with it.
public struct ReferencePassageEvidence {
    private let plan: EvaluationPlan
    private let collection: MemoryCollection
    private let formula: BM25

    /// Scores documents of `collection` for `plan`.
    public init(plan: EvaluationPlan, collection: MemoryCollection, formula: BM25) {
        self.plan = plan
        self.collection = collection
        self.formula = formula
    }

    /// What a document scores as a whole, in units.
    public func wholeScore(of document: Int64) -> UInt32 {
        guard let text = collection.texts[document] else { return 0 }
        return score(title: text.title, body: text.body, collection.lengths(of: document))
    }

    /// What it scores as a whole, or where it is longer than three times the average and that is more by one of its passages of 100
    /// words, which begin every 25.
    public func score(of document: Int64, averageLength: Double) -> UInt32 {
        let whole = wholeScore(of: document)
        guard let text = collection.texts[document] else { return whole }
        let length = text.title.count + text.body.count
        guard length > 100, Double(length) > 3 * averageLength else { return whole }
        let lengths = DocumentLengths(title: UInt32(text.title.count), body: 100)
        return stride(from: 0, to: text.body.count, by: 25).reduce(whole) { best, start in
            let passage = Array(text.body[start..<min(start + 100, text.body.count)])
            return max(best, score(title: text.title, body: passage, lengths))
        }
    }

    private func score(title: [[UInt8]], body: [[UInt8]], _ lengths: DocumentLengths) -> UInt32 {
        plan.leaves.reduce(0) { sum, leaf in
            let occurrences = leaf.pattern.terms.map { term in
                body.indices.filter { body[$0] == plan.terms[term] }.map { UInt32($0) }
                    + title.indices.filter { title[$0] == plan.terms[term] }.map { UInt32($0) | TermPostings.titleFlag }
            }
            let frequencies = leaf.frequencies(of: occurrences)
            return sum
                + formula.contribution(
                    titleFrequency: frequencies.title, bodyFrequency: frequencies.body, lengths,
                    weight: plan.scale.units(leaf.weight))
        }
    }
}
