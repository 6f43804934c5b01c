import QueryLanguage
import Ranking
import TextAnalysis

extension QueryPlanner {
    /// Most words of a phrase of which two may be written together: each pair takes an analysis and a look into the index.
    private static let joinedPhraseLimit = 6

    /// A phrase with two of its words written together, as an identifier has them: `"right split pane"` is in `rightSplit.pane`.
    ///
    /// An identifier has its parts and the whole at one position. The whole alone is not enough: `"in formation"` is not in
    /// *information*.
    mutating func joinedPhrases(_ phrase: Query.Phrase, _ analysed: AnalysedText, _ context: Context) throws
        -> [EvaluationPlan.Match]
    {
        let words = phrase.text.split(whereSeparator: \.isWhitespace)
        let terms = analysed.terms
        guard (2...QueryPlanner.joinedPhraseLimit).contains(words.count), terms.count == words.count,
            analysed.everyTerm.count == terms.count
        else { return [] }
        return try (1..<words.count).compactMap { second in
            let whole = AnalysedText(String(words[second - 1] + words[second]), by: analyzer)
            guard whole.isPlain, try dictionary.documentFrequency(of: whole.terms[0]) > 0 else { return nil }
            let first = second - 1
            let row = terms[..<first] + [whole.terms[0]] + terms[first...]
            let offsets = Array(0..<first) + [first, first, first] + terms.indices.dropFirst(second + 1).map { $0 - 1 }
            return try self.phrase(Array(row), offsets, context)
        }
    }
}
