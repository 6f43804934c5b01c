import IndexStore
import TextAnalysis

extension Searcher {
    /// The words of the documents that begin with some letters, those of most documents first: completions of what somebody types.
    ///
    /// Words are as they are written but for their case; case and diacritics of `beginning` do not matter. Words are those of titles
    /// and bodies with two letters or more, of scripts that are written with spaces.
    ///
    /// - Parameters:
    ///   - beginning: What has been typed of the word.
    ///   - limit: Most words.
    /// - Complexity: O(n) in the words that begin so, under a millisecond for 10,000 of them.
    /// - Throws: `IndexError` when the index cannot be read.
    public func completions(of beginning: String, limit: Int = 10) throws -> [ListedWord] {
        try snapshot.words(beginningWith: WordFolder().key(of: beginning), limit: limit)
    }

    /// The words that complete a compound (`mesa-optimizer` for `op` behind `mesa-`) of which documents have both parts in a row, those
    /// of most documents first.
    ///
    /// - Parameters:
    ///   - beginning: What has been typed of the second part.
    ///   - first: The first part with what joins them.
    ///   - limit: Most words.
    /// - Complexity: As ``completions(of:limit:)``, and a phrase for each of the most frequent words that begin so.
    package func completions(of beginning: String, behind first: String, limit: Int) throws -> [String] {
        let dictionary = SnapshotDictionary(
            snapshot: snapshot, evaluator: try evaluator(for: .automatic), ranking: ranking)
        var found: [(word: String, documents: Int)] = []
        for word in try completions(of: beginning, limit: Self.triedSecondParts) {
            let terms = AnalysedText(first + word.text, by: analyzer).terms
            let documents = terms.count > 1 ? try dictionary.documentFrequency(ofPhrase: terms) : 0
            if documents > 0 { found.append((word.text, documents)) }
        }
        return found.sorted { ($1.documents, $0.word) < ($0.documents, $1.word) }.prefix(limit).map(\.word)
    }

    /// Words of which it is asked whether they stand behind the first part: a phrase takes some 50 µs.
    private static let triedSecondParts = 64
}
