import Documents
import Ranking
import TextAnalysis

/// Takes a score apart, from the document's own text: independent of how the score was found.
struct ScoreExplainer {
    let plan: EvaluationPlan
    let evaluator: any Evaluator
    let analyzer: any Analyzer
    let ranking: RankingParameters

    /// - Complexity: One analysis of the document.
    func explain(_ document: Document) throws -> Explanation {
        let occurrences = occurrences(in: document)
        let statistics = try evaluator.statistics
        let formula = BM25(ranking, averageLength: statistics.averageLength)
        let scale = plan.scale
        var total: UInt32 = 0
        var parts: [Explanation.Part] = []
        for leaf in plan.leaves where leaf.weight > 0 {
            let terms = leaf.pattern.terms
            let frequencies = leaf.frequencies(of: terms.map { occurrences.terms[$0][...] })
            guard !frequencies.isZero else { continue }
            let units = formula.contribution(
                titleFrequency: frequencies.title, bodyFrequency: frequencies.body, length: occurrences.length,
                weight: scale.units(leaf.weight))
            total += units
            let documentFrequencies = try terms.map { try evaluator.documentFrequency(of: plan.terms[$0]) }
            let idf = documentFrequencies.reduce(0) { $0 + statistics.inverseDocumentFrequency($1) }
            parts.append(
                Explanation.Part(
                    pattern: terms.map { String(decoding: plan.terms[$0], as: UTF8.self) }.joined(separator: " "),
                    titleFrequency: Int(frequencies.title), bodyFrequency: Int(frequencies.body),
                    documentFrequencies: documentFrequencies, inverseDocumentFrequency: idf,
                    boost: idf > 0 ? leaf.weight / idf : 0,
                    lengthFactor: 1 - ranking.b + ranking.b * Double(occurrences.length) / statistics.averageLength,
                    weightedFrequency: Double(
                        formula.weightedFrequency(titleFrequency: frequencies.title, bodyFrequency: frequencies.body)),
                    contribution: scale.points(units)))
        }
        parts.sort { $0.contribution > $1.contribution }
        return Explanation(
            score: scale.points(total), length: Int(occurrences.length), averageLength: statistics.averageLength,
            parts: parts)
    }

    private func occurrences(in document: Document) -> (terms: [[UInt32]], length: UInt32) {
        var numbers: [[UInt8]: Int] = [:]
        for (number, term) in plan.terms.enumerated() { numbers[term] = number }
        var found = [[UInt32]](repeating: [], count: plan.terms.count)
        var length: UInt32 = 0
        for (text, flag) in [(document.body, 0), (document.title, TermPostings.titleFlag)] {
            var text = text
            text.withUTF8 { bytes in
                analyzer.analyze(bytes, for: .document) { token in
                    if !token.isColocated { length += 1 }
                    guard let number = numbers[Array(token.term)] else { return }
                    found[number].append(UInt32(token.position) | flag)
                }
            }
        }
        return (found, length)
    }
}
