import IndexStore
import TextAnalysis

/// Finds the values of a field that come nearest to one that no document has.
enum NearestValues {
    /// Values that are looked at, the most frequent ones.
    static let searchedValues = 20_000
    /// Values that a hint names.
    private static let maximumCount = 3

    /// The values of `filter`'s field with a word near each of its words, the nearest first; none for other filters.
    static func find(for filter: DocumentFilter, in snapshot: any SearchedCollection) throws -> [String] {
        if case .any(let ways) = filter, let first = ways.first { return try find(for: first, in: snapshot) }
        guard case .words(let field, let text, _) = filter, field != .source, field != .url else { return [] }
        let analyzer = try TextAnalyzer(.none)
        let wanted = words(of: text, by: analyzer)
        guard !wanted.isEmpty else { return [] }
        var found: [(value: String, distance: Int)] = []
        for value in try snapshot.values(of: field, limit: searchedValues) {
            let known = words(of: value, by: analyzer)
            var sum = 0
            for word in wanted {
                guard let distance = distance(of: word, to: known) else {
                    sum = -1
                    break
                }
                sum += distance
            }
            if sum >= 0 { found.append((value, sum)) }
        }
        // Sorting keeps the order of equals only by the place, which is that of their frequency.
        let order = found.indices.sorted { (found[$0].distance, $0) < (found[$1].distance, $1) }
        return order.prefix(maximumCount).map { found[$0].value }
    }

    /// The edits from a word to the nearest of others: at most one of a short word, two of a longer one; nil beyond.
    private static func distance(of word: [Unicode.Scalar], to others: [[Unicode.Scalar]]) -> Int? {
        (0...(word.count <= 4 ? 1 : 2)).first { limit in others.contains { EditDistance.isWithin(limit, word, $0) } }
    }

    private static func words(of text: String, by analyzer: TextAnalyzer) -> [[Unicode.Scalar]] {
        AnalysedText(text, by: analyzer).terms.map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
    }
}
