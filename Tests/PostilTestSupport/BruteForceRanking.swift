import Foundation
import TextAnalysis

/// BM25 the plain way, without the second stage: every document's text is analysed, everything is counted in dictionaries and scored in doubles.
///
/// Shares the analyzer with the engine and nothing else.
public struct BruteForceRanking {
    private struct Entry {
        var id: String
        /// Occurrences in title and body.
        var counts: [String: (title: Double, body: Double)]
        var titleLength: Double
        var length: Double
    }

    private var entries: [Entry] = []
    private let analyzer: TextAnalyzer
    private let k1: Double
    private let b: Double

    /// An empty collection.
    public init(k1: Double = 1.5, b: Double = 0.75) throws {
        analyzer = try TextAnalyzer(.english)
        self.k1 = k1
        self.b = b
    }

    /// Adds a document; an occurrence in the title counts thrice.
    public mutating func add(id: String, title: String, body: String) {
        var entry = Entry(id: id, counts: [:], titleLength: 0, length: 0)
        for token in tokens(title) {
            entry.counts[token.term, default: (0, 0)].title += 1
            if !token.isColocated { entry.titleLength += 1 }
        }
        entry.length = entry.titleLength
        for token in tokens(body) {
            entry.counts[token.term, default: (0, 0)].body += 1
            if !token.isColocated { entry.length += 1 }
        }
        entries.append(entry)
    }

    /// All documents with at least one term of the words, best first; equal scores in the order they were added.
    public func rank(_ words: String) -> [(id: String, score: Double)] {
        var weights: [String: Double] = [:]
        for word in words.split(separator: " ") {
            // The parts of a compound weigh half beside its joined form, where a document has that.
            let tokens = tokens(String(word), for: .query)
            let isJoined = tokens.contains { token in
                token.isColocated && entries.contains { $0.counts[token.term] != nil }
            }
            for token in tokens { weights[token.term, default: 0] += isJoined && !token.isColocated ? 0.5 : 1 }
        }
        let average = entries.reduce(0) { $0 + $1.length } / Double(entries.count)
        for (term, boost) in weights {
            let frequency = Double(entries.count { $0.counts[term] != nil })
            weights[term] = boost * log(1 + (Double(entries.count) - frequency + 0.5) / (frequency + 0.5))
        }
        let scored = entries.enumerated().compactMap { place, entry -> (place: Int, id: String, score: Double)? in
            var score = 0.0
            for (term, weight) in weights {
                guard let count = entry.counts[term] else { continue }
                let titleStrength = b * 2 / 3
                let frequency =
                    3 * count.title / (1 - titleStrength + titleStrength * entry.titleLength / 10)
                    + count.body / (1 - b + b * min(entry.length / average, 3))
                score += weight * frequency / (frequency + k1)
            }
            return score > 0 ? (place, entry.id, score) : nil
        }
        return scored.sorted { $0.score != $1.score ? $0.score > $1.score : $0.place < $1.place }.map {
            ($0.id, $0.score)
        }
    }

    private func tokens(
        _ text: String, for purpose: AnalysisPurpose = .document
    ) -> [(term: String, isColocated: Bool)] {
        var text = text
        var tokens: [(String, Bool)] = []
        text.withUTF8 { bytes in
            analyzer.analyze(bytes, for: purpose) { token in
                tokens.append((String(decoding: token.term, as: UTF8.self), token.isColocated))
            }
        }
        return tokens
    }
}
