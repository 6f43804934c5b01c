/// Optimal string alignment distance (Damerau 1964): insertions, deletions, substitutions and swaps of neighbours.
package enum EditDistance {
    /// Whether `left` becomes `right` with at most `limit` edits.
    ///
    /// - Complexity: O(left.count * right.count); texts whose lengths differ by more than `limit` are turned down at once.
    package static func isWithin(_ limit: Int, _ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
        guard abs(left.count - right.count) <= limit else { return false }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        var row = last
        for (i, a) in left.enumerated() {
            row[0] = i + 1
            var least = row[0]
            for (j, b) in right.enumerated() {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a == b ? 0 : 1))
                if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { cost = min(cost, beforeLast[j - 1] + 1) }
                row[j + 1] = cost
                least = min(least, cost)
            }
            guard least <= limit else { return false }
            (beforeLast, last, row) = (last, row, beforeLast)
        }
        return last[right.count] <= limit
    }

    /// Whether some beginning of `text` becomes `stem` with at most `limit` edits.
    ///
    /// - Complexity: O(stem.count * text.count).
    package static func isBeginning(_ stem: [Unicode.Scalar], of text: [Unicode.Scalar], within limit: Int) -> Bool {
        let text = text.prefix(stem.count + limit)
        return (max(0, stem.count - limit)...max(0, stem.count - limit, text.count)).contains { length in
            length <= text.count && isWithin(limit, stem, Array(text.prefix(length)))
        }
    }
}
