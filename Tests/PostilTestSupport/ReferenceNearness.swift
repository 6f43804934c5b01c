import Ranking

/// The nearness of two words the plain way: every position of the first against every position of the second.
///
/// The slow twin of ``Proximity``; shares only the rounding and the saturation of BM25 with it.
public enum ReferenceNearness {
    /// What a pair adds to the score of a document, in units.
    public static func contribution(
        of pair: Proximity.Pair, _ plan: EvaluationPlan, document: Int64, in collection: MemoryCollection,
        _ formula: BM25
    ) -> UInt32 {
        guard let text = collection.texts[document] else { return 0 }
        let first = plan.terms[pair.first]
        let second = plan.terms[pair.second]
        let lengths = collection.lengths(of: document)
        let nearness = formula.weightedFrequency(
            title: formula.titleWeight * nearness(text.title, first, second),
            body: formula.bodyWeight * nearness(text.body, first, second), lengths)
        return formula.contribution(weightedFrequency: nearness, lengths, weight: plan.scale.units(pair.weight))
    }

    private static func nearness(_ words: [[UInt8]], _ first: [UInt8], _ second: [UInt8]) -> Float {
        var sum = 0
        for (place, word) in words.enumerated() where word == first {
            let distances = words.indices.filter { words[$0] == second }.map { abs($0 - place) }
            if let nearest = distances.min(), (1...2).contains(nearest) { sum += 2 / nearest }
        }
        return Float(sum) / 2
    }
}
