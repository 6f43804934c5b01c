#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A number from 0 to 1 for how well what was found for a topic answers it.
///
/// Each equals that of trec_eval, to the last bit: the same operations in the same order, in double precision.
package struct RelevanceMetric: Sendable, Hashable {
    /// What is measured.
    package enum Kind: Sendable, Hashable, CaseIterable {
        /// Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002): the sum of `grade / log2(rank + 1)`, divided by that
        /// of the ideal ranking. trec_eval's `ndcg_cut`, `ndcg`.
        case normalisedGain
        /// Average precision: the mean over all relevant documents of the precision at their ranks, 0 for those not found.
        /// trec_eval's `map`, `map_cut`.
        case averagePrecision
        /// 1 / rank of the first relevant document, 0 without one. trec_eval's `recip_rank`.
        case reciprocalRank
        /// The share of the first places that have a relevant document; places without a document count. trec_eval's `P`.
        case precision
        /// The share of the relevant documents that stand in the first places. trec_eval's `recall`.
        case recall
        /// Precision at the number of relevant documents. trec_eval's `Rprec`.
        case precisionAtRelevant
        /// Binary preference (Buckley and Voorhees 2004), which leaves unjudged documents out: how seldom documents judged not
        /// relevant stand before relevant ones. trec_eval's `bpref`.
        case binaryPreference
        /// 1 if a relevant document stands in the first places. trec_eval's `success`.
        case success
        /// The share of the first places that have a judged document: how much the other figures can be relied on.
        case judged
    }

    /// What is measured.
    package let kind: Kind
    /// How many of the first places count; nil for all.
    package let depth: Int?

    /// A metric; nil where the kind needs a depth that is not there, or has none.
    package init?(_ kind: Kind, depth: Int? = nil) {
        let names = Self.names(of: kind)
        guard depth.map({ $0 > 0 && names.mayHaveDepth }) ?? names.mayBeWhole else { return nil }
        self.kind = kind
        self.depth = depth
    }

    /// The metric that `text` names: `nDCG@10`, or as trec_eval calls it, `ndcg_cut_10`; case does not matter.
    package init?(named text: String) {
        let text = text.lowercased()
        let digits = String(text.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
        let name = text.dropLast(digits.count)
        for kind in Kind.allCases {
            let names = Self.names(of: kind)
            if let depth = Int(digits),
                names.all.contains(where: { name == $0 + "@" || name == $0 + "_" || name == $0 + "_cut_" }),
                let metric = RelevanceMetric(kind, depth: depth)
            {
                self = metric
                return
            }
            if names.all.contains(text), let metric = RelevanceMetric(kind) {
                self = metric
                return
            }
        }
        return nil
    }

    /// As results call it: `nDCG@10`.
    package var name: String { Self.names(of: kind).short + (depth.map { "@\($0)" } ?? "") }

    /// `nDCG@10, AP, RR, P@10, R@100`: a first look at a ranking.
    package static let usual = ["nDCG@10", "AP", "RR", "P@10", "R@100"].compactMap { RelevanceMetric(named: $0) }

    /// What there is, for help and errors.
    package static let examples =
        "nDCG, nDCG@10, AP, AP@100, RR, RR@10, P@10, R@100, Rprec, Bpref, Success@1, Judged@10"

    private struct Names {
        var short: String
        /// Other names in lower case, trec_eval's first.
        var others: [String]
        var mayHaveDepth = true
        var mayBeWhole = true

        var all: [String] { [short.lowercased()] + others }
    }

    private static func names(of kind: Kind) -> Names {
        switch kind {
        case .normalisedGain: Names(short: "nDCG", others: [])
        case .averagePrecision: Names(short: "AP", others: ["map"])
        case .reciprocalRank: Names(short: "RR", others: ["recip_rank", "mrr"])
        case .precision: Names(short: "P", others: ["precision"], mayBeWhole: false)
        case .recall: Names(short: "R", others: ["recall"], mayBeWhole: false)
        case .precisionAtRelevant: Names(short: "Rprec", others: ["r-precision"], mayHaveDepth: false)
        case .binaryPreference: Names(short: "Bpref", others: [], mayHaveDepth: false)
        case .success: Names(short: "Success", others: [], mayBeWhole: false)
        case .judged: Names(short: "Judged", others: [], mayBeWhole: false)
        }
    }

    // MARK: Measuring

    /// The value for one topic, from 0 to 1; 0 where the topic has nothing relevant.
    ///
    /// - Complexity: O(documents found, up to the depth).
    package func value(of list: JudgedList) -> Double {
        let places = list.grades.indices.prefix(depth ?? .max)
        switch kind {
        case .normalisedGain:
            let ideal = Self.gain(list.ideal.prefix(depth ?? .max))
            return ideal > 0 ? Self.gain(list.grades[places].map { $0 ?? 0 }) / ideal : 0
        case .averagePrecision:
            var sum = 0.0
            var found = 0
            for place in places where list.isRelevant(place) {
                found += 1
                sum += Double(found) / Double(place + 1)
            }
            return found > 0 ? sum / Double(list.relevantCount) : 0
        case .reciprocalRank: return places.first(where: list.isRelevant).map { 1 / Double($0 + 1) } ?? 0
        case .precision: return Double(places.count(where: list.isRelevant)) / Double(depth ?? 1)
        case .recall: return Self.share(places.count(where: list.isRelevant), of: list.relevantCount)
        case .precisionAtRelevant:
            return Self.share(list.relevantCount(within: list.relevantCount), of: list.relevantCount)
        case .binaryPreference: return Self.binaryPreference(list)
        case .success: return places.contains(where: list.isRelevant) ? 1 : 0
        case .judged: return Double(places.count { list.grades[$0] != nil }) / Double(depth ?? 1)
        }
    }

    private static func share(_ count: Int, of total: Int) -> Double {
        total > 0 ? Double(count) / Double(total) : 0
    }

    private static func gain(_ grades: some Sequence<Int>) -> Double {
        var sum = 0.0
        for (place, grade) in grades.enumerated() where grade > 0 { sum += Double(grade) / log2(Double(place + 2)) }
        return sum
    }

    private static func binaryPreference(_ list: JudgedList) -> Double {
        let bound = Double(min(list.relevantCount, list.otherCount))
        var others = 0
        var sum = 0.0
        for (place, grade) in list.grades.enumerated() {
            guard let grade, grade >= 0 else { continue }
            if !list.isRelevant(place) {
                others += 1
            } else {
                sum += others > 0 ? 1 - Double(min(others, list.relevantCount)) / bound : 1
            }
        }
        return list.relevantCount > 0 ? sum / Double(list.relevantCount) : 0
    }
}
