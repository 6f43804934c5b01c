/// Tells which texts of a page of hits stand whole in another one, as a comment does in a letter that quotes it.
///
/// A text stands in another that has at least the share ``Searcher/duplicateThreshold`` of its shingles. Each is compared with
/// all others, up to ``mostCompared``: exact where ``LeastShingles`` leave it possible.
struct QuotedTexts {
    /// So that a list of a million hits does not take a million million comparisons.
    private static let mostCompared = 256

    private var texts: [(rank: Int, shingles: [UInt64])] = []

    /// Takes a text of the page.
    mutating func append(rank: Int, shingles: [UInt64]) {
        if texts.count < Self.mostCompared, !shingles.isEmpty { texts.append((rank, shingles)) }
    }

    /// For the rank of each text that quotes others, the ranks of these, ascending. None of the page's texts may be a copy of
    /// another.
    ///
    /// - Complexity: For n texts O(n²) looks at ``LeastShingles``, and a sort of the shingles of texts that may quote.
    func ranksOfQuoted() -> [Int: [Int]] {
        guard texts.count > 1 else { return [:] }
        let samples = texts.map { LeastShingles(of: $0.shingles) }
        var sets: [Int: ShingleSet] = [:]
        func set(_ number: Int) -> ShingleSet {
            if let known = sets[number] { return known }
            let made = ShingleSet(texts[number].shingles)
            sets[number] = made
            return made
        }
        var quoted: [Int: [Int]] = [:]
        for (number, text) in texts.enumerated() {
            var filter: ShingleFilter?
            for (other, short) in texts.enumerated()
            where other != number && short.shingles.count <= text.shingles.count {
                let known = filter ?? ShingleFilter(of: text.shingles)
                filter = known
                guard samples[other].mayStand(in: known), set(other).count < set(number).count,
                    set(other).isContained(in: set(number), atLeast: Searcher.duplicateThreshold)
                else { continue }
                quoted[text.rank, default: []].append(short.rank)
            }
        }
        return quoted
    }
}
