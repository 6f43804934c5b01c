import Documents
import Postings
import Ranking
import TextAnalysis

/// Counts what an explanation needs in the document's own text: independent of how the score was found.
struct ScoreExplainer {
    let plan: EvaluationPlan
    let evaluator: any Evaluator
    let analyzer: any Analyzer
    let ranking: RankingParameters

    /// Takes a document's score apart.
    ///
    /// - Parameter units: The score that it was found with; nil to find it, which takes another evaluation where the second stage may
    ///   have had a part in it.
    /// - Complexity: One analysis of the document.
    func explain(_ document: Document, id: DocumentID, units: UInt32?) throws -> Explanation {
        let counted = occurrences(in: document)
        let explained = ExplainedDocument(
            occurrences: counted.terms, lengths: counted.lengths,
            documentFrequencies: try plan.terms.map { try evaluator.documentFrequency(of: $0) },
            statistics: try evaluator.statistics, parameters: ranking)
        return Explanation(
            plan, explained, units: try units ?? unitsAmongBest(id),
            raises: plan.raises.filter { plan.filters[$0.filter].contains(id.rawValue) })
    }

    /// The score of a document that the second stage has looked at: rescored documents stay in front of all others.
    private func unitsAmongBest(_ id: DocumentID) throws -> UInt32? {
        try evaluator.evaluateRaised(
            plan, parameters: ranking, limit: SecondStage.depth(for: plan) << plan.raises.count, countsExactly: false
        ).top.first { $0.document == id.rawValue }?.units
    }

    private func occurrences(in document: Document) -> (terms: [[UInt32]], lengths: DocumentLengths) {
        var numbers: [[UInt8]: Int] = [:]
        for (number, term) in plan.terms.enumerated() { numbers[term] = number }
        var found = [[UInt32]](repeating: [], count: plan.terms.count)
        var lengths: [UInt32] = []
        for (text, flag) in [(document.body, 0), (document.title, TermPostings.titleFlag)] {
            var text = text
            var length: UInt32 = 0
            text.withUTF8 { bytes in
                analyzer.analyze(bytes, for: .document) { token in
                    if !token.isColocated { length += 1 }
                    guard let number = numbers[Array(token.term)] else { return }
                    found[number].append(UInt32(token.position) | flag)
                }
            }
            lengths.append(length)
        }
        return (found, DocumentLengths(title: lengths[1], body: lengths[0]))
    }
}
