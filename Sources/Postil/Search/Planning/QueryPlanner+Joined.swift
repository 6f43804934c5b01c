import QueryLanguage
import Ranking
import TextAnalysis

extension QueryPlanner {
    /// Most words of a phrase of which some may be written together: each row of words takes an analysis and a look into the
    /// index.
    private static let joinedPhraseLimit = 6

    /// A phrase with some of its words written together, as an identifier has them: `"right split pane"` is in `rightSplit.pane`,
    /// `"xml http request"` in `XMLHttpRequest`, `"python 3.11"` in *Python3.11* and `"5.5 mm"` in *5.5mm*.
    ///
    /// An identifier has its parts and the whole at one position. The whole alone is not enough: `"in formation"` is not in
    /// *information*.
    mutating func joinedPhrases(_ phrase: Query.Phrase, _ analysed: AnalysedText, _ context: Context) throws
        -> [EvaluationPlan.Match]
    {
        let terms = analysed.terms
        guard (2...QueryPlanner.joinedPhraseLimit).contains(terms.count),
            analysed.words.allSatisfy({ $0.unsigned == nil }), analysed.offsets == Array(terms.indices)
        else { return [] }
        let text = Array(phrase.text.utf8)
        /// Whether nothing but white space stands behind a term. Pairs of ideographs overlap.
        func isBeforeBlank(_ place: Int) -> Bool {
            let (end, start) = (analysed.ranges[place].upperBound, analysed.ranges[place + 1].lowerBound)
            return end < start && text[end..<start].allSatisfy { $0 <= 0x20 }
        }
        var together: [(places: Range<Int>, whole: [UInt8])] = []
        for first in terms.indices {
            var end = first + 1
            while end < terms.count, isBeforeBlank(end - 1) {
                end += 1
                let joined = analysed.ranges[first..<end].map { String(decoding: text[$0], as: UTF8.self) }.joined()
                let whole = AnalysedText(joined, by: analyzer)
                guard whole.terms.count == 1, whole.words[0].unsigned == nil,
                    try dictionary.documentFrequency(of: whole.terms[0]) > 0
                else { continue }
                together.append((first..<end, whole.terms[0]))
            }
        }
        var rows = together.map { [$0] }
        // Several in one phrase, as of `Claude3.5Sonnet`: the first ones that do not share a word.
        var apart: [(places: Range<Int>, whole: [UInt8])] = []
        for one in together where one.places.lowerBound >= apart.last?.places.upperBound ?? 0 { apart.append(one) }
        if apart.count > 1 { rows.append(apart) }
        return try rows.map { row in
            // The whole at the position of all its parts.
            var (all, offsets, position) = ([[UInt8]](), [Int](), 0)
            for place in terms.indices {
                if let one = row.first(where: { $0.places.lowerBound == place }) {
                    all.append(one.whole)
                    offsets.append(position)
                }
                all.append(terms[place])
                offsets.append(position)
                if !row.contains(where: { $0.places.dropLast().contains(place) }) { position += 1 }
            }
            return try self.phrase(all, offsets, context)
        }
    }
}
