import QueryLanguage
import Ranking
import TextAnalysis

extension QueryPlanner {
    /// Most words of a phrase of which some may be written together: each row of words takes an analysis and a look into the
    /// index.
    private static let joinedPhraseLimit = 6
    /// Most words that one identifier is written together of.
    private static let joinedWordLimit = 4

    /// A phrase with some of its words written together, as an identifier has them: `"right split pane"` is in `rightSplit.pane`,
    /// and `"xml http request"` in `XMLHttpRequest`.
    ///
    /// An identifier has its parts and the whole at one position. The whole alone is not enough: `"in formation"` is not in
    /// *information*.
    mutating func joinedPhrases(_ phrase: Query.Phrase, _ analysed: AnalysedText, _ context: Context) throws
        -> [EvaluationPlan.Match]
    {
        let words = phrase.text.split(whereSeparator: \.isWhitespace)
        let terms = analysed.terms
        guard (2...QueryPlanner.joinedPhraseLimit).contains(words.count), terms.count == words.count,
            analysed.words.allSatisfy({ $0.parts.count == 1 && $0.unsigned == nil })
        else { return [] }
        var found: [EvaluationPlan.Match] = []
        for length in 2...min(words.count, QueryPlanner.joinedWordLimit) {
            for first in 0...words.count - length {
                let together = first..<first + length
                let whole = AnalysedText(words[together].joined(), by: analyzer)
                guard whole.terms.count == 1, whole.words[0].unsigned == nil,
                    try dictionary.documentFrequency(of: whole.terms[0]) > 0
                else { continue }
                // The whole at the position of all its parts.
                let row = terms[..<first] + [whole.terms[0]] + terms[first...]
                let offsets =
                    Array(0..<first) + Array(repeating: first, count: length + 1)
                    + terms.indices.dropFirst(together.upperBound).map { $0 - length + 1 }
                found.append(try self.phrase(Array(row), offsets, context))
            }
        }
        return found
    }
}
