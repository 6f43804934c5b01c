import Postil

/// Completes the last word of a query in a shell, with the index's own words, the most frequent first.
enum QueryCompletion {
    /// As many as a shell shows without asking.
    private static let limit = 20

    /// The completions of an argument of which `written` stands on the command line.
    static func completions(of written: String, by searcher: Searcher) -> [String] {
        // `+reward -gam`, `title:goodh` and `=opti` complete the word that they end with.
        let start = written.lastIndex { !$0.isLetter && !$0.isNumber && $0 != "'" }.map(written.index(after:))
        let word = written[(start ?? written.startIndex)...]
        guard !word.isEmpty else { return [] }
        let head = String(written[..<(start ?? written.startIndex)])
        // A shell would show a message in the place of words.
        return ((try? searcher.completions(of: String(word), limit: limit)) ?? []).map { head + $0.text }
    }
}
