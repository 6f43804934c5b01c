import Benchmark
import Postings
import Ranking

/// The formula and the list of the best, which every evaluation ends in.
func registerRanking() {
    registerScoring()
    registerTopDocuments()
}

private func registerScoring() {
    var random = NumberSequence(seed: 3)
    let count = Scale.current.pick(tiny: 100, full: 100_000)
    let frequencies = (0..<count).map { _ in UInt32(1 + random.below(6)) }
    let lengths = (0..<count).map { _ in DocumentLengths(title: 0, body: UInt32(20 + random.below(400))) }
    let parameters = BM25Parameters()
    let averageLength = 150.0
    let formula = BM25(parameters, averageLength: averageLength)
    let weight = 1_000_000.0
    // The formula again, in double precision and as it stands in the textbook.
    let expected = zip(frequencies, lengths).reduce(0.0) { sum, pair in
        let frequency = Double(pair.0) * parameters.bodyWeight
        let norm = parameters.k1 * (1 - parameters.b + parameters.b * Double(pair.1.total) / averageLength)
        return sum + weight * frequency / (frequency + norm)
    }
    register("BM25 contributions", expecting: true) {
        var sum: UInt64 = 0
        for index in 0..<count {
            sum += UInt64(
                formula.contribution(
                    titleFrequency: 0, bodyFrequency: frequencies[index], lengths[index], weight: Float(weight)))
        }
        return abs(Double(sum) / expected - 1) < 1e-5
    }
}

private func registerTopDocuments() {
    var random = NumberSequence(seed: 4)
    let offers = (0..<Scale.current.pick(tiny: 200, full: 100_000)).map { index in
        ScoredDocument(document: Int64(index), units: UInt32(random.below(1 << 24)))
    }
    for capacity in [10, 1_000] {
        register("Best \(capacity) of \(offers.count)", expecting: Array(offers.sorted().prefix(capacity))) {
            var best = TopDocuments(capacity: capacity)
            for offer in offers { best.offer(offer) }
            return best.sorted()
        }
    }
}
