import IndexStore

/// What the planner asks an index about its terms.
protocol TermDictionary {
    /// Number of live documents with the term.
    func documentFrequency(of term: [UInt8]) throws -> Int
    /// Number of live documents with the terms in a row.
    func documentFrequency(ofPhrase terms: [[UInt8]]) throws -> Int
    /// Terms that begin with `prefix`, ascending, at most `limit`.
    func terms(withPrefix prefix: [UInt8], limit: Int) throws -> [[UInt8]]
    /// Of the terms that begin with `prefix` the `limit` that stand most often in texts, about, ascending.
    func longestTerms(withPrefix prefix: [UInt8], limit: Int) throws -> [[UInt8]]
    /// Words as they are written with the key, whatever their diacritics.
    func words(withKey key: [UInt8]) throws -> [ListedWord]
    /// Words as they are written within some edits of one with the key, the nearest first.
    func words(near key: [UInt8], within distance: Int) throws -> [NearWord]
}
