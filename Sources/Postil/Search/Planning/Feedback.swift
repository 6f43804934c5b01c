import Documents
import IndexStore
import QueryLanguage
import Ranking
import TextAnalysis

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Widens a query by the words that its best documents have in common and that others have not: pseudo-relevance feedback.
///
/// The words become leaves of the plan like those of the query, so that the widened query is evaluated, bounded and explained as any
/// other. A word weighs by its part of the Kullback-Leibler divergence of the best documents from the collection (Carpineto et al.
/// 2001), `p log2(p / q)`: `p` is its share of the best documents' tokens and `q` the number of documents that have it as a
/// share of the collection's tokens. Measured in Documentation/Decisions/ranking.md.
struct Feedback {
    /// Documents whose words are looked at. Five lose some of the gain; twenty gain as much and take twice the time.
    static let documentCount = 10
    /// Words that are added: with 15 or 50 the same within .001.
    static let wordCount = 20
    /// A word counts if so many of the documents have it: what one document says of its own is left out.
    static let leastDocuments = 3
    /// What all added words weigh together, beside the words of the query.
    static let share = 0.4

    let snapshot: any SearchedCollection
    let evaluator: any Evaluator
    let analyzer: any Analyzer
    let stopWords: StopWords

    /// A plan with more words.
    struct Widened {
        var plan: EvaluationPlan
        /// The added words as the best documents write them, the one that weighs most first.
        var words: [String]
    }

    /// How many documents of a ranking ``widened(_:ranked:)`` looks at: some may be copies of better ones.
    static let depth = 2 * documentCount

    /// The plan with the words that the best documents have in common; nil where they have none.
    ///
    /// - Parameters:
    ///   - ranked: The best ``depth`` documents for the plan.
    ///   - isOpen: Whether documents match that have none but the added words; otherwise these only add to scores.
    /// - Complexity: An analysis of up to ``depth`` documents.
    func widened(_ plan: EvaluationPlan, ranked: [ScoredDocument], isOpen: Bool) throws -> Widened? {
        let texts = try countedTexts(ranked)
        guard texts.documents >= Self.leastDocuments else { return nil }
        let words = try chosenWords(texts)
        let total = words.reduce(0) { $0 + $1.weight }
        let own = try plan.leaves.reduce(0) { sum, leaf in
            // A word that no document has weighs most and says nothing.
            try leaf.pattern.terms.allSatisfy { try evaluator.documentFrequency(of: plan.terms[$0]) > 0 }
                ? sum + leaf.weight : sum
        }
        guard total > 0, own > 0 else { return nil }
        var widened = Widened(plan: plan, words: [])
        for word in words {
            let isAdded = widened.plan.add(
                word.term, weight: Self.share * own * word.weight / total, isAlternative: isOpen)
            if isAdded { widened.words.append(word.text) }
        }
        return widened
    }

    /// The tenth document has at least this share of the first one's score in a query that is widened.
    private static let leastTenth = 0.4

    /// Whether widening a query is likely to help: it has several words any of which may match, the best documents are about as
    /// good as each other, and there are enough of them. Where the first is far better than the tenth, or a word is in one document
    /// only, that one was meant and is found.
    ///
    /// - Parameter documentFrequency: Of a term of the plan.
    static func isPromising(
        _ plan: EvaluationPlan, ranked: [ScoredDocument], isOpen: Bool, documentFrequency: ([UInt8]) throws -> Int
    ) rethrows -> Bool {
        guard isOpen, plan.leaves.count > 1, ranked.count >= documentCount,
            Double(ranked[documentCount - 1].units) >= leastTenth * Double(ranked[0].units)
        else { return false }
        return try plan.leaves.allSatisfy { leaf in
            try leaf.weight == 0 || leaf.pattern.terms.allSatisfy { try documentFrequency(plan.terms[$0]) != 1 }
        }
    }

    // MARK: Words

    private struct Count {
        var term: [UInt8]
        /// As it was first written.
        var text: String
        var occurrences = 0
        var documents = 0
        /// The last document it was seen in.
        var last = -1
    }

    private struct CountedTexts {
        var counts: [Count] = []
        private var numbers: [[UInt8]: Int] = [:]
        var tokens = 0
        var documents = 0

        /// The place in `counts` of a word of a text.
        mutating func number(of token: Token, in text: UnsafeBufferPointer<UInt8>) -> Int {
            let term = Array(token.term)
            if let known = numbers[term] { return known }
            numbers[term] = counts.count
            let written = String(decoding: text[token.start..<token.end], as: UTF8.self)
            counts.append(Count(term: term, text: written.lowercased()))
            return counts.count - 1
        }

        /// Adds a document by the places of its words.
        mutating func add(_ words: [Int]) {
            for word in words {
                counts[word].occurrences += 1
                guard counts[word].last != documents else { continue }
                counts[word].documents += 1
                counts[word].last = documents
            }
            tokens += words.count
            documents += 1
        }
    }

    /// Counts the terms of the best documents, of copies once. One analysis of a text tells whether it is a copy and what it
    /// has.
    private func countedTexts(_ ranked: [ScoredDocument]) throws -> CountedTexts {
        var shingler = Shingler(analyzer: analyzer)
        var own = shingler
        var known = RankedTexts { id in own.set(of: try snapshot.document(id)?.document.body ?? "") }
        var result = CountedTexts()
        var words: [Int] = []
        var shingles: [UInt64] = []
        for scored in ranked.prefix(Self.depth) where result.documents < Self.documentCount {
            guard let stored = try snapshot.document(DocumentID(rawValue: scored.document)) else { continue }
            words.removeAll(keepingCapacity: true)
            func read(_ text: String, _ body: (Token, UnsafeBufferPointer<UInt8>) -> Void) {
                var text = text
                text.withUTF8 { bytes in
                    analyzer.analyze(bytes, for: .document) { token in
                        guard !token.isColocated else { return }
                        words.append(result.number(of: token, in: bytes))
                        body(token, bytes)
                    }
                }
            }
            shingler.begin()
            read(stored.document.body) { shingler.add($0, in: $1) }
            shingler.cut(into: &shingles)
            if shingler.wordCount >= Shingler.length,
                case .copy = try known.place(stored.id, shingles: shingles)
            {
                continue
            }
            read(stored.document.title) { _, _ in }
            result.add(words)
        }
        return result
    }

    /// The words that tell the best documents from others, the one that does most first.
    private func chosenWords(_ texts: CountedTexts) throws -> [(term: [UInt8], text: String, weight: Double)] {
        let collection = try evaluator.statistics
        var found: [(term: [UInt8], text: String, weight: Double)] = []
        for count in texts.counts where count.documents >= Self.leastDocuments && stopWords.leave(count.text) {
            let here = Double(count.occurrences) / Double(texts.tokens)
            let everywhere =
                Double(try evaluator.documentFrequency(of: count.term)) / Double(max(1, collection.totalLength))
            guard everywhere > 0, here > everywhere else { continue }
            found.append((count.term, count.text, here * log2(here / everywhere)))
        }
        found.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.term.lexicographicallyPrecedes($1.term) }
        return Array(found.prefix(Self.wordCount))
    }
}

extension EvaluationPlan {
    /// Adds a term of which occurrences anywhere count; with `isAlternative`, documents match that have it. False where
    /// the query excludes it.
    fileprivate mutating func add(_ term: [UInt8], weight: Double, isAlternative: Bool) -> Bool {
        let number: Int
        if let known = terms.firstIndex(of: term) {
            number = known
        } else {
            number = terms.count
            terms.append(term)
        }
        let place: Int
        if let known = leaves.firstIndex(where: { $0.pattern == .term(number) && $0.fields == .all }) {
            guard leaves[known].weight > 0 else { return false }
            leaves[known].weight += weight
            place = known
        } else {
            place = leaves.count
            leaves.append(Leaf(pattern: .term(number), fields: .all, weight: weight))
        }
        if isAlternative { match = match.or(.leaf(place)) }
        return true
    }
}

extension EvaluationPlan.Match {
    /// This or `other`.
    fileprivate func or(_ other: Self) -> Self {
        guard case .any(let parts) = self else { return self == other ? self : .any([self, other]) }
        return parts.contains(other) ? self : .any(parts + [other])
    }
}

extension Query {
    /// Whether it asks for the best of what has any of its words, with nothing that must be or must not.
    var isOpen: Bool {
        switch self {
        case .word(let word): word.kind == .plain
        case .boosted(let query, _): query.isOpen
        case .boolean(let must, let should, let mustNot):
            must.isEmpty && mustNot.isEmpty && should.contains(where: \.isOpen)
                && should.allSatisfy { query in
                    if case .phrase = query { return true }
                    return query.isOpen
                }
        default: false
        }
    }
}
