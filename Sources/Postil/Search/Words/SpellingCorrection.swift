import Foundation
import IndexStore
import QueryLanguage
import TextAnalysis

/// Finds the words that may have been meant by one that no document has, among those that documents have.
///
/// How likely a word is goes by the number of documents that have it, and by the edits that would have made what was typed of it:
/// a letter that was left out, or swapped with its neighbour, is one of a few mistakes that can be made in a word, a wrong letter or
/// one too many is one of hundreds; but vowels are taken for each other, and letters are doubled, more often than others (Kernighan,
/// Church & Gale 1990).
struct SpellingCorrection {
    let analyzer: any Analyzer
    let dictionary: any TermDictionary

    /// Shorter words are near too many others.
    private static let shortestWord = 4
    /// How much frequency counts beside edits. At 0.5, 98 to 99 of 100 mistyped words of the samples are put right, at 1 one fewer.
    private static let weightOfFrequency = 0.5
    /// Words that are named in a hint, and how much less likely than the first one the others may be, in powers of e.
    private static let named = 3
    private static let namedWithin = 2.5

    /// Most ways to part a word whose halves are looked for side by side.
    private static let triedPartings = 5
    /// Shorter halves are parts of too many words.
    private static let shortestHalf = 2

    /// The words, the most likely first; of two that were written together with the blank between them.
    ///
    /// - Parameter names: Words near to this one that are no words of texts, with how often they occur.
    /// - Complexity: A walk over the list of words, some 30 ns for each, and a few phrases.
    func nearest(to word: String, names: [(word: String, count: Int)] = []) throws -> [String] {
        let key = WordFolder().key(of: word)
        let typed = Array(String(decoding: key, as: UTF8.self).unicodeScalars)
        guard typed.count >= Self.shortestWord else { return [] }
        let limit = typed.count <= NearTerms.longestOfOneEdit ? 1 : Query.maximumDistance
        let folder = WordFolder()
        var candidates: [(word: String, likelihood: Double)] = []
        for near in try dictionary.words(near: key, within: limit) where near.distance > 0 {
            let meant = Array(String(decoding: folder.key(of: near.word.text), as: UTF8.self).unicodeScalars)
            let frequency = Self.weightOfFrequency * log(Double(near.word.documents))
            candidates.append((near.word.text, frequency - MistypingCost.of(typed, meant: meant)))
        }
        for name in names where !candidates.contains(where: { $0.word == name.word }) {
            let cost = MistypingCost.of(typed, meant: Array(name.word.unicodeScalars))
            candidates.append((name.word, Self.weightOfFrequency * log(Double(name.count)) - cost))
        }
        candidates += try partings(of: word)
        candidates.sort { ($0.likelihood, $1.word) > ($1.likelihood, $0.word) }
        guard let best = candidates.first else { return [] }
        var words: [String] = []
        for candidate in candidates.prefix(8) where candidate.likelihood >= best.likelihood - Self.namedWithin {
            // What the analyzer takes for several words would not be found in the place of one.
            let count = AnalysedText(candidate.word, by: analyzer).terms.count
            guard words.count < Self.named, count == (candidate.word.contains(" ") ? 2 : 1) else { continue }
            words.append(candidate.word)
        }
        return words
    }

    /// The two words that one may be written together of, where documents have them side by side: *rewardhacking*.
    private func partings(of word: String) throws -> [(word: String, likelihood: Double)] {
        guard word.allSatisfy(\.isLetter), word.count >= 2 * Self.shortestHalf else { return [] }
        var partings: [(text: String, terms: [[UInt8]], rarer: Int)] = []
        var place = word.index(word.startIndex, offsetBy: Self.shortestHalf)
        let last = word.index(word.endIndex, offsetBy: -Self.shortestHalf)
        while place <= last {
            let halves = [word[..<place], word[place...]].map { $0.lowercased() }
            let analysed = halves.map { AnalysedText($0, by: analyzer) }
            if analysed.allSatisfy(\.isPlain) {
                let terms = analysed.map { $0.terms[0] }
                let rarer = try terms.map(dictionary.documentFrequency(of:)).min() ?? 0
                if rarer > 0 { partings.append((halves.joined(separator: " "), terms, rarer)) }
            }
            place = word.index(after: place)
        }
        partings.sort { ($0.rarer, $1.text) > ($1.rarer, $0.text) }
        return try partings.prefix(Self.triedPartings).compactMap { parting in
            let documents = try dictionary.documentFrequency(ofPhrase: parting.terms)
            guard documents > 0 else { return nil }
            return (parting.text, Self.weightOfFrequency * log(Double(documents)) - MistypingCost.slip)
        }
    }
}

/// How unlikely it is to type one word for another: the negative logarithm of the probability, but for what all words have in common.
enum MistypingCost {
    /// A letter left out, or two swapped.
    static let slip = 3.5
    /// A letter typed twice.
    private static let doubling = 4.0
    /// A vowel for another, and what sounds alike.
    private static let confusion = 4.5
    /// Any letter for another, or one too many.
    private static let stray = 6.5
    /// More for the first letter, which people seldom mistake.
    private static let first = 1.0

    private static let confused: [Set<Unicode.Scalar>] = [
        ["a", "e", "i", "o", "u", "y"], ["s", "z", "c"], ["c", "k", "q"], ["f", "v"], ["g", "j"], ["d", "t"],
        ["m", "n"],
    ]

    /// The cost of the cheapest edits that make `typed` of `meant`.
    ///
    /// - Complexity: O(typed.count * meant.count).
    static func of(_ typed: [Unicode.Scalar], meant: [Unicode.Scalar]) -> Double {
        let width = typed.count + 1
        var costs = [Double](repeating: .infinity, count: width * (meant.count + 1))
        costs[0] = 0
        for row in 0...meant.count {
            for column in 0...typed.count {
                let place = row * width + column
                let isFirst = row <= 1 && column <= 1 ? first : 0
                if row > 0 { costs[place] = min(costs[place], costs[place - width] + slip + isFirst) }
                if column > 0 {
                    let isDouble = column > 1 && typed[column - 2] == typed[column - 1]
                    costs[place] = min(costs[place], costs[place - 1] + (isDouble ? doubling : stray) + isFirst)
                }
                guard row > 0, column > 0 else { continue }
                let (wrong, right) = (typed[column - 1], meant[row - 1])
                let cost =
                    wrong == right
                    ? 0 : (confused.contains { $0.contains(wrong) && $0.contains(right) } ? confusion : stray) + isFirst
                costs[place] = min(costs[place], costs[place - width - 1] + cost)
                if row > 1, column > 1, wrong == meant[row - 2], typed[column - 2] == right {
                    costs[place] = min(costs[place], costs[place - 2 * width - 2] + slip)
                }
            }
        }
        return costs[costs.count - 1]
    }
}
