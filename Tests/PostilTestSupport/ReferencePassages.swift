/// The slow twins of what finds passages.
public enum ReferencePassages {
    /// A term of the query where it stands in a text.
    public struct Match {
        /// Where, in Unicode scalars.
        public var scalars: Range<Int>
        /// Number of the term.
        public var term: Int
        /// Position in tokens.
        public var position: Int

        /// Creates a match.
        public init(scalars: Range<Int>, term: Int, position: Int) {
            self.scalars = scalars
            self.term = term
            self.position = position
        }
    }

    /// The run of matches no longer than `length` that is worth most, found by adding up every run anew: ten tenths of its weight
    /// for a term, one when it is repeated, and four more right behind another term.
    ///
    /// - Complexity: O(m²) for m matches.
    public static func bestRun(of matches: [Match], weights: [Int], length: Int) -> Range<Int>? {
        var best: (run: Range<Int>, score: Int)?
        for low in matches.indices {
            var seen: Set<Int> = []
            var score = 0
            var high = low
            while high < matches.count,
                high == low || matches[high].scalars.upperBound - matches[low].scalars.lowerBound <= length
            {
                let match = matches[high]
                score += weights[match.term] * (seen.insert(match.term).inserted ? 10 : 1)
                if high > low, match.position == matches[high - 1].position + 1, match.term != matches[high - 1].term {
                    score += weights[match.term] * 4
                }
                high += 1
            }
            if score > best?.score ?? 0 { best = (low..<high, score) }
        }
        return best?.run
    }

    /// A text without white space around it, each run of white space within one blank.
    public static func folded(_ text: String) -> String {
        text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String($0) }.joined(separator: " ")
    }
}
