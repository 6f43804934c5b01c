/// A term of the query where it stands in a text.
struct PassageMatch: Equatable {
    /// Where, in bytes of the text.
    var bytes: Range<Int>
    /// Where, in Unicode scalars from any one place of the text.
    var scalars: Range<Int>
    /// Number of the term.
    var term: Int
    /// Position in tokens.
    var position: Int
}

/// Matches that follow each other, with what they are worth together as a window slides over a text's matches.
///
/// A term counts whole once and a little when it is repeated, and more right behind another term of the query: what they make
/// together is then more likely what was meant.
struct MatchRun {
    /// What a repeated term adds, in tenths of its weight.
    private static let repeatTenths = 1
    /// What a term right behind another one adds to its weight, in tenths.
    private static let neighbourTenths = 4

    private let weights: [Int]
    /// How often the run has each term.
    private var counts: [Int]
    private var score = 0

    private init(weights: [Int]) {
        self.weights = weights
        counts = weights.map { _ in 0 }
    }

    /// The run no longer than `length` scalars that is worth most; the first of equals, nil without matches. A single match
    /// may be longer.
    ///
    /// Equivalent to: for each match, the longest run from it that fits, added up; the first of the greatest.
    /// - Parameters:
    ///   - matches: Ascending in their starts.
    ///   - weights: Of each term, in a unit that leaves tenths; greater than 0.
    /// - Complexity: O(m) for m matches: both ends of the window only go forward.
    static func best(of matches: [PassageMatch], weights: [Int], length: Int) -> Range<Int>? {
        bestWithScore(of: matches, weights: weights, length: length)?.run
    }

    /// The same with what it is worth, ten times the weights.
    static func bestWithScore(of matches: [PassageMatch], weights: [Int], length: Int) -> (
        run: Range<Int>, score: Int
    )? {
        var best: (run: Range<Int>, score: Int)?
        var run = MatchRun(weights: weights)
        var high = 0
        for low in matches.indices {
            // What fits behind a match fits behind the next one, too.
            while high < matches.count,
                high == low || matches[high].scalars.upperBound - matches[low].scalars.lowerBound <= length
            {
                run.add(matches[high], behind: high > low ? matches[high - 1] : nil)
                high += 1
            }
            if run.score > best?.score ?? 0 { best = (low..<high, run.score) }
            run.remove(matches[low], before: low + 1 < high ? matches[low + 1] : nil)
        }
        return best
    }

    private mutating func add(_ match: PassageMatch, behind last: PassageMatch?) {
        score += counts[match.term] == 0 ? 10 * weights[match.term] : MatchRun.repeatTenths * weights[match.term]
        counts[match.term] += 1
        if let last { score += bonus(of: match, behind: last) }
    }

    /// Takes the first match away. If its term is repeated, the next of them counts whole in its place.
    private mutating func remove(_ match: PassageMatch, before next: PassageMatch?) {
        counts[match.term] -= 1
        score -= counts[match.term] == 0 ? 10 * weights[match.term] : MatchRun.repeatTenths * weights[match.term]
        if let next { score -= bonus(of: next, behind: match) }
    }

    private func bonus(of match: PassageMatch, behind last: PassageMatch) -> Int {
        match.position == last.position + 1 && match.term != last.term
            ? MatchRun.neighbourTenths * weights[match.term] : 0
    }
}

extension Array {
    /// The first index whose element fulfils a condition that holds for all behind it, too.
    ///
    /// - Complexity: O(log n).
    func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var range = 0..<count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = holds(self[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return range.lowerBound
    }
}
