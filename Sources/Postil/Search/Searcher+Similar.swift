import Documents
import Foundation
import Ranking
import TextAnalysis

/// Documents that are about what a text is about.
public struct SimilarDocuments: Sendable {
    /// A word that tells much of what a text is about.
    public struct TellingWord: Sendable, Hashable {
        /// The word as the text has it first, in small letters.
        public let word: String
        /// What it counts: its idf, and the more the oftener the text has it.
        public let weight: Double
    }

    /// A document, and why it is one of them.
    public struct Match: Sendable {
        /// The document; its score is that of the words that it shares.
        public let hit: SearchHit
        /// The telling words that it has, the most telling first.
        public let shared: [String]
    }

    /// The text's most telling words, the first one most; at most 25.
    public let words: [TellingWord]
    /// The documents, best first.
    public let matches: [Match]
}

extension Searcher {
    /// A query of so many words is as good as a longer one, and takes some tens of microseconds.
    private static let mostTellingWords = 25
    /// Different terms of a text whose frequencies are looked up: those that it has most often, then the first ones.
    private static let mostLookedUp = 2_000
    /// An occurrence in a title counts thrice, as in the ranking.
    private static let titleCount = 3

    /// Documents that are about what a document is about. The document is none of them, and neither are copies of it.
    ///
    /// - Returns: Nil when there is no such document.
    /// - Throws: `IndexError` when the index cannot be read.
    public func similar(to id: DocumentID, limit: Int = 10) throws -> SimilarDocuments? {
        guard let stored = try document(id) else { return nil }
        return try similar(to: stored.document.body, title: stored.document.title, limit: limit, without: id)
    }

    /// Documents that are about what a text is about: those that share its most telling words, by the ranking of the index. A
    /// document that has the text itself comes first.
    ///
    ///     let found = try searcher.similar(to: "Proxies come apart from goals when they are optimised.")
    ///     for match in found.matches { print(match.hit.title, match.shared) }
    ///
    /// - Throws: `IndexError` when the index cannot be read.
    /// - Complexity: An analysis of the text, a lookup for each of its different terms, and a search.
    public func similar(to text: String, title: String = "", limit: Int = 10) throws -> SimilarDocuments {
        try similar(to: text, title: title, limit: limit, without: nil)
    }

    private func similar(to text: String, title: String, limit: Int, without id: DocumentID?) throws -> SimilarDocuments
    {
        // A word that no other document has finds nothing.
        let telling = try tellingWords(of: text, title: title, leastDocuments: id == nil ? 1 : 2)
        let words = telling.map(\.word)
        guard !words.isEmpty, limit > 0 else { return SimilarDocuments(words: words, matches: []) }
        let most = words[0].weight
        func clause(_ word: SimilarDocuments.TellingWord) -> String {
            // A boost below a hundredth is none.
            let hundredths = max(1, Int((word.weight / most * 100).rounded()))
            return "\(word.word)^\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
        }
        let query: String = words.map(clause).joined(separator: " ")
        var shingler = Shingler(analyzer: analyzer)
        let own = shingler.set(of: text)
        var request = SearchRequest(query, limit: limit, stopWords: .keep, copies: .collapsed)
        request.correctsSpelling = false
        while true {
            let hits = try search(request).hits
            var matches: [SimilarDocuments.Match] = []
            for hit in hits where matches.count < limit {
                guard hit.id != id, let stored = try document(hit.id) else { continue }
                if id != nil,
                    shingler.set(of: stored.document.body).resemblance(to: own, atLeast: Self.duplicateThreshold) != nil
                {
                    continue
                }
                var hit = hit
                hit.rank = matches.count + 1
                let terms = self.terms(of: stored.document)
                matches.append(
                    SimilarDocuments.Match(
                        hit: hit, shared: telling.filter { terms.contains($0.term) }.map(\.word.word)))
            }
            // The document itself and its copies took places.
            guard matches.count < limit, hits.count == request.limit, request.limit < 4 * limit + 16 else {
                return SimilarDocuments(words: words, matches: matches)
            }
            request.limit = request.limit * 2 + 4
        }
    }

    private func tellingWords(of text: String, title: String, leastDocuments: Int) throws -> [(
        term: [UInt8], word: SimilarDocuments.TellingWord
    )] {
        var counts: [[UInt8]: (count: Int, first: Int, word: String)] = [:]
        for (part, count) in [(title, Self.titleCount), (text, 1)] {
            var part = part
            part.withUTF8 { bytes in
                analyzer.analyze(bytes, for: .document) { token in
                    guard !token.isColocated else { return }
                    let term = Array(token.term)
                    if let known = counts[term] {
                        counts[term] = (known.count + count, known.first, known.word)
                    } else {
                        let word = String(decoding: bytes[token.start..<token.end], as: UTF8.self).lowercased()
                        counts[term] = (count, counts.count, word)
                    }
                }
            }
        }
        let stopWords = try knownStopWords()
        let candidates = counts.filter { entry in
            entry.value.word.allSatisfy(\.isLetter) && entry.value.word.count > 1
                && !stopWords.contains(entry.value.word)
        }.sorted { ($1.value.count, $0.value.first) < ($0.value.count, $1.value.first) }.prefix(Self.mostLookedUp)
        let evaluator = try evaluator(for: .automatic)
        let documents = Double(try evaluator.statistics.documentCount)
        var words: [(term: [UInt8], word: SimilarDocuments.TellingWord)] = []
        for (term, known) in candidates {
            let frequency = try evaluator.documentFrequency(of: term)
            guard frequency >= leastDocuments else { continue }
            let idf = log(1 + (documents - Double(frequency) + 0.5) / (Double(frequency) + 0.5))
            let count = Double(known.count)
            words.append((term, .init(word: known.word, weight: idf * count / (count + 1.2))))
        }
        words.sort { ($1.word.weight, $0.word.word) < ($0.word.weight, $1.word.word) }
        return Array(words.prefix(Self.mostTellingWords))
    }

    private func terms(of document: Document) -> Set<[UInt8]> {
        var terms: Set<[UInt8]> = []
        for part in [document.title, document.body] {
            var part = part
            part.withUTF8 { bytes in analyzer.analyze(bytes, for: .document) { terms.insert(Array($0.term)) } }
        }
        return terms
    }
}
