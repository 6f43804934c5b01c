/// Tells which hits of a result list have a text that stands in a better hit already: the same text, or one that is quoted
/// whole there.
///
/// Each text is compared with the different ones before it, up to ``mostCompared`` of them, all of their shingles: exact.
struct RepeatedTexts {
    /// The share of a text's shingles that the better hit must have, as in ``Searcher/duplicates(threshold:progress:)``.
    private static let threshold = Searcher.duplicateThreshold
    /// So that a list of a million hits does not take a million million comparisons.
    private static let mostCompared = 256

    private var shingler: Shingler
    private var earlier: [(rank: Int, shingles: ShingleSet)] = []

    init(_ shingler: Shingler) { self.shingler = shingler }

    /// The rank of the best hit before that has the text of the hit with `rank`, nil if there is none. That hit repeats no other.
    ///
    /// - Complexity: One analysis of the text, and a look at a fifth of each text before.
    mutating func rank(ofHitBefore rank: Int, with text: String) -> Int? {
        let shingles = shingler.set(of: text)
        if let found = earlier.first(where: { shingles.isContained(in: $0.shingles, atLeast: Self.threshold) }) {
            return found.rank
        }
        if earlier.count < Self.mostCompared { earlier.append((rank, shingles)) }
        return nil
    }
}
