/// What documents score for a word that stands in another field than their text: the same for each of them.
package struct Raise: Sendable, Hashable {
    /// The word, for people.
    package var text: String
    /// Which of ``EvaluationPlan/filters`` has the documents.
    package var filter: Int
    /// What it adds, in points.
    package var weight: Double
    /// Inverse document frequency of the word, which is a part of the weight.
    package var inverseDocumentFrequency: Double

    package init(text: String, filter: Int, weight: Double, inverseDocumentFrequency: Double) {
        self.text = text
        self.filter = filter
        self.weight = weight
        self.inverseDocumentFrequency = inverseDocumentFrequency
    }

    /// Most of a plan: each doubles the evaluations.
    package static let most = 2

    /// What it adds, in units of the query's scale.
    func units(_ scale: ScoreScale) -> UInt32 {
        let units = scale.units(weight)
        return units.isFinite ? UInt32(max(0, units)) : 0
    }

    /// The part of a score.
    func explained(_ scale: ScoreScale, documents: Int, lengthFactor: Double) -> Explanation.Part {
        Explanation.Part(
            kind: .field, pattern: text, titleFrequency: 0, bodyFrequency: 0, documentFrequencies: [documents],
            inverseDocumentFrequency: inverseDocumentFrequency,
            boost: inverseDocumentFrequency > 0 ? weight / inverseDocumentFrequency : 0, lengthFactor: lengthFactor,
            weightedFrequency: 1, contribution: scale.points(units(scale)))
    }
}

extension Evaluator {
    /// As ``evaluate(_:parameters:limit:countsExactly:)``, with what the plan's raises add to scores.
    ///
    /// The matches are parted by the raises that hold for them. Within a part all scores rise by the same, so that its best documents
    /// are those of the evaluation of that part alone, and the best of all are among the best of the parts: exact for whatever
    /// evaluates them.
    /// - Complexity: An evaluation without raises, else one for each part that has documents.
    package func evaluateRaised(
        _ plan: EvaluationPlan, parameters: RankingParameters, limit: Int, countsExactly: Bool
    ) throws -> EvaluationResult {
        guard !plan.raises.isEmpty else {
            return try evaluate(plan, parameters: parameters, limit: limit, countsExactly: countsExactly)
        }
        precondition(plan.raises.count <= Raise.most, "\(plan.raises.count) raises")
        let scale = plan.scale
        let sets = plan.raises.map { plan.filters[$0.filter] }
        var sum: EvaluationResult?
        for part in 0..<1 << sets.count {
            let isRaised = sets.indices.map { part >> $0 & 1 == 1 }
            var documents: DocumentBitmap?
            for (set, holds) in zip(sets, isRaised) where holds {
                if documents == nil { documents = set } else { documents?.formIntersection(set) }
            }
            var others = DocumentBitmap()
            for (set, holds) in zip(sets, isRaised) where !holds { others.formUnion(set) }
            documents?.subtract(others)
            if let documents, documents.isEmpty { continue }
            var own = plan
            let filter = EvaluationPlan.Match.filter(plan.filters.count)
            own.filters.append(documents ?? others)
            own.match = documents == nil ? .except(plan.match, filter) : .all([plan.match, filter])
            let found = try evaluate(own, parameters: parameters, limit: limit, countsExactly: countsExactly)
            let units = zip(plan.raises, isRaised).reduce(UInt32(0)) { $1.1 ? $0 + $1.0.units(scale) : $0 }
            let top = found.top.map { ScoredDocument(document: $0.document, units: $0.units + units) }
            guard var all = sum else {
                sum = EvaluationResult(top: top, matchCount: found.matchCount, statistics: found.statistics)
                continue
            }
            all.top += top
            all.matchCount.value += found.matchCount.value
            all.matchCount.isExact = all.matchCount.isExact && found.matchCount.isExact
            all.statistics.blocks += found.statistics.blocks
            all.statistics.postings += found.statistics.postings
            all.statistics.positionChecks += found.statistics.positionChecks
            sum = all
        }
        guard var all = sum else {
            return try evaluate(plan, parameters: parameters, limit: limit, countsExactly: countsExactly)
        }
        all.top.sort()
        all.top = Array(all.top.prefix(max(0, limit)))
        return all
    }
}
