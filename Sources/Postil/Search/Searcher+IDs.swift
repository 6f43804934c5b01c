import IndexStore

extension Searcher {
    /// Up to `limit` different ids of documents that begin with a text, ascending by their bytes.
    ///
    /// - Complexity: O(limit log n).
    public func ids(beginningWith text: String, limit: Int) throws -> [String] {
        try snapshot.externalIDs(beginningWith: text, limit: limit)
    }

    /// Up to `limit` ids that somebody may have meant by one that no document has, the nearest first: with at most two letters that
    /// are wrong, missing or swapped, or with the text in them, in any case of letters.
    ///
    /// - Complexity: Reads all ids.
    public func ids(near text: String, limit: Int) throws -> [String] {
        guard text.utf8.count > 1 else { return [] }
        let wanted = Array(text.lowercased().unicodeScalars)
        let folded = String(String.UnicodeScalarView(wanted))
        let mostEdits = wanted.count < 5 ? 1 : 2
        var found: [(id: String, distance: Int)] = []
        try snapshot.forEachExternalID { id in
            let lower = id.lowercased()
            if lower.contains(folded) {
                found.append((id, mostEdits + 1))
            } else if abs(lower.utf8.count - folded.utf8.count) <= 4 * mostEdits {
                let scalars = Array(lower.unicodeScalars)
                if let edits = (0...mostEdits).first(where: { EditDistance.isWithin($0, wanted, scalars) }) {
                    found.append((id, edits))
                }
            }
            if found.count > 1_000 {
                found.sort { ($0.distance, $0.id.utf8.count, $0.id) < ($1.distance, $1.id.utf8.count, $1.id) }
                found.removeSubrange(100...)
            }
        }
        found.sort { ($0.distance, $0.id.utf8.count, $0.id) < ($1.distance, $1.id.utf8.count, $1.id) }
        var ids: [String] = []
        for (id, _) in found where ids.count < limit && !ids.contains(id) { ids.append(id) }
        return ids
    }
}
