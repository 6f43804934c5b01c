import Ranking
import TextAnalysis

/// What passages are to show of a query: its terms, what each weighs, and which count only in company.
///
/// Stop words say nothing about where a text is about the query. They are left out, except in a phrase of the query, where
/// they count together with the rest of the phrase, and in a query that has no other words. So do numbers and single letters that
/// the query has in a phrase or a compound alone: of `2.10.3` another 2 says nothing. And so do the pairs of letters of a word in
/// Thai, Lao, Khmer or Burmese.
struct PassageTerms {
    /// A phrase of the query that has terms which count in company alone.
    struct Company {
        /// Numbers of its terms.
        var terms: [Int]
        /// How far each term stands from the first; nil when they stand in any order.
        var offsets: [Int]?
        /// Positions that the outermost terms may be apart, where they stand in any order.
        var reach: Int
    }

    /// The terms, as they stand in the index.
    private(set) var terms: [[UInt8]] = []
    /// What each weighs against the others, in ``unit``ths of the heaviest. Whole numbers: the weight of a run of matches is
    /// the same in whatever order it is added up.
    private(set) var weights: [Int] = []
    /// Whether a term counts wherever it stands.
    private(set) var isFree: [Bool] = []
    /// Phrases without which those terms do not count.
    private(set) var companies: [Company] = []

    /// Weight of the heaviest term.
    static let unit = 10_000

    /// Takes the scored terms of a plan.
    ///
    /// - Parameters:
    ///   - query: What the plan was made of.
    ///   - stopWords: Words that are no reason to show a passage; nil for none.
    init(_ plan: EvaluationPlan, of query: String, by analyzer: any Analyzer, stopWords: StopWords?) {
        let leaves = plan.leaves.filter { $0.weight > 0 }
        var sums: [Int: Double] = [:]
        for leaf in leaves {
            let leafTerms = leaf.pattern.terms
            for term in leafTerms { sums[term, default: 0] += leaf.weight / Double(leafTerms.count) }
        }
        let most = sums.values.max() ?? 1
        let chosen = sums.keys.sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(chosen, chosen.indices))
        terms = chosen.map { plan.terms[$0] }
        weights = chosen.map { max(1, Int((sums[$0, default: 0] / most * Double(PassageTerms.unit)).rounded())) }
        isFree = chosen.map { _ in true }
        guard terms.count > 1 else { return }

        let stops = stopWords.map { PassageTerms.stops(in: query, by: analyzer, $0) } ?? []
        let alone = leaves.reduce(into: Set<Int>()) { if case .term(let term) = $1.pattern { $0.insert(term) } }
        let isStop = zip(chosen, terms).map { number, term in
            stops.contains(term)
                || !alone.contains(number) && !(AnalysedText.saysSomething(term) && !DictionaryWords.havePart(term))
        }
        guard isStop.contains(true) else { return }
        for leaf in leaves {
            let own = leaf.pattern.terms.compactMap { numbers[$0] }
            guard own.contains(where: { isStop[$0] }) else { continue }
            switch leaf.pattern {
            case .term: break
            case .phrase(_, let offsets): companies.append(Company(terms: own, offsets: offsets, reach: 0))
            case .near(_, let slop): companies.append(Company(terms: own, offsets: nil, reach: slop + own.count - 1))
            }
        }
        // A query of nothing but stop words is about them.
        guard isStop.contains(false) || !companies.isEmpty else { return }
        isFree = isStop.map(!)
    }

    /// Terms of the query's words that are stop words and not of others, too.
    private static func stops(in query: String, by analyzer: any Analyzer, _ stopWords: StopWords) -> Set<[UInt8]> {
        var query = query
        var stops: Set<[UInt8]> = []
        var others: Set<[UInt8]> = []
        query.withUTF8 { bytes in
            analyzer.analyze(bytes, for: .document) { token in
                // Stop words are told by what stands in the text: their stems belong to other words, too.
                let written = String(decoding: bytes[token.start..<token.end], as: UTF8.self)
                if stopWords.contains(written) {
                    stops.insert(Array(token.term))
                } else {
                    others.insert(Array(token.term))
                }
            }
        }
        return stops.subtracting(others)
    }
}
