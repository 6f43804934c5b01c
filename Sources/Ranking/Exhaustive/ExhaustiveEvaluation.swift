import Postings

/// Scores every match: the reference that all other strategies must equal in ids, scores and order.
///
/// - Complexity: O(all postings of the plan's terms + largest document id) time and memory.
public struct ExhaustiveEvaluation {
    private let source: any PostingSource
    private let formula: BM25

    /// Evaluates on the postings of `source` with the given formula.
    public init(source: any PostingSource, formula: BM25) {
        self.source = source
        self.formula = formula
    }

    /// The best `limit` documents for the plan, and the exact number of matches.
    public func evaluate(_ plan: EvaluationPlan, limit: Int) throws -> EvaluationResult {
        var statistics = EvaluationStatistics()
        let live = try source.liveDocuments()
        let postings = try plan.terms.map { try source.postings(of: $0) }
        statistics.postings = postings.reduce(0) { $0 + $1.documentFrequency }
        let scale = plan.scale
        var units = [UInt32](repeating: 0, count: live.words.count * 64)
        var occurrences: [DocumentBitmap] = []
        for leaf in plan.leaves {
            let weight = scale.units(leaf.weight)
            var present = DocumentBitmap()
            try forEachMatch(of: leaf, in: postings) { document, frequencies in
                guard live.contains(document) else { return }
                present.insert(document)
                units[Int(document)] += formula.contribution(
                    titleFrequency: frequencies.title, bodyFrequency: frequencies.body,
                    try source.lengths(of: document), weight: weight)
            }
            occurrences.append(present)
        }
        let matches = plan.match.documents(leaves: occurrences, filters: plan.filters, live: live)
        let secondStage = SecondStage(plan, formula: formula)
        var top = TopDocuments(capacity: secondStage.candidates(limit: limit))
        var count = 0
        for (block, word) in matches.words.enumerated() {
            var rest = word
            while rest != 0 {
                let document = block * 64 + rest.trailingZeroBitCount
                rest &= rest - 1
                count += 1
                top.offer(ScoredDocument(document: Int64(document), units: units[document]))
            }
        }
        let best = try secondStage.rescore(
            top.sorted(), limit: limit, lengths: source.lengths(of:),
            occurrences: { term, document, list in
                if let index = postings[term].documents.firstIndex(of: document) {
                    list.append(contentsOf: postings[term].occurrences(at: index))
                }
            })
        return EvaluationResult(
            top: best, matchCount: MatchCount(value: count, isExact: true), statistics: statistics)
    }

    /// All documents that match.
    public func matches(of plan: EvaluationPlan) throws -> DocumentBitmap {
        let live = try source.liveDocuments()
        let postings = try plan.terms.map { try source.postings(of: $0) }
        let occurrences = try plan.leaves.map { leaf in
            var present = DocumentBitmap()
            try forEachMatch(of: leaf, in: postings) { document, _ in
                if live.contains(document) { present.insert(document) }
            }
            return present
        }
        return plan.match.documents(leaves: occurrences, filters: plan.filters, live: live)
    }

    private func forEachMatch(
        of leaf: EvaluationPlan.Leaf, in postings: [TermPostings],
        _ body: (Int64, PositionMatching.Frequencies) throws -> Void
    ) throws {
        let terms = leaf.pattern.terms
        guard let rarest = terms.min(by: { postings[$0].documentFrequency < postings[$1].documentFrequency }) else {
            return
        }
        var cursors = [Int](repeating: 0, count: terms.count)
        candidates: for document in postings[rarest].documents {
            var lists: [ArraySlice<UInt32>] = []
            for (slot, term) in terms.enumerated() {
                let documents = postings[term].documents
                while cursors[slot] < documents.count, documents[cursors[slot]] < document { cursors[slot] += 1 }
                guard cursors[slot] < documents.count, documents[cursors[slot]] == document else { continue candidates }
                lists.append(postings[term].occurrences(at: cursors[slot]))
            }
            let frequencies = leaf.frequencies(of: lists)
            if !frequencies.isZero { try body(document, frequencies) }
        }
    }
}

extension EvaluationPlan.Match {
    /// The matching documents, given those in which each leaf occurs.
    func documents(leaves: [DocumentBitmap], filters: [DocumentBitmap], live: DocumentBitmap) -> DocumentBitmap {
        func documents(_ part: EvaluationPlan.Match) -> DocumentBitmap {
            part.documents(leaves: leaves, filters: filters, live: live)
        }
        switch self {
        case .everything:
            return live
        case .leaf(let leaf):
            return leaves[leaf]
        case .filter(let filter):
            var documents = filters[filter]
            documents.formIntersection(live)
            return documents
        case .all(let parts):
            guard let first = parts.first else { return live }
            return parts.dropFirst().reduce(into: documents(first)) { $0.formIntersection(documents($1)) }
        case .any(let parts):
            return parts.reduce(into: DocumentBitmap()) { $0.formUnion(documents($1)) }
        case .atLeast(let least, let parts):
            var counts: [Int64: Int] = [:]
            for part in parts {
                for (block, word) in documents(part).words.enumerated() where word != 0 {
                    for bit in 0..<64 where word >> UInt64(bit) & 1 == 1 {
                        counts[Int64(64 * block + bit), default: 0] += 1
                    }
                }
            }
            return counts.reduce(into: DocumentBitmap()) { if $1.value >= least { $0.insert($1.key) } }
        case .except(let kept, let dropped):
            var rest = documents(kept)
            rest.subtract(documents(dropped))
            return rest
        }
    }
}

/// Where the exhaustive evaluation gets its postings from.
public protocol PostingSource: AnyObject {
    /// All live postings of a term; empty for a term the index does not have.
    func postings(of term: [UInt8]) throws -> TermPostings
    /// Tokens in title and body of a document.
    func lengths(of document: Int64) throws -> DocumentLengths
    /// All live documents.
    func liveDocuments() throws -> DocumentBitmap
}
