import IndexStore
import QueryLanguage
import Ranking
import TextAnalysis

extension QueryPlanner {
    /// What a word that is the whole query stands for beside itself: the contractions that it is a half of, which hardly
    /// weigh beside the word, and the number of a publication whose address was pasted, as texts name it.
    mutating func otherForms(of word: Query.Word) throws -> [EvaluationPlan.Match] {
        var others: [EvaluationPlan.Match] = []
        if let publication = Publication(addressed: word.text) {
            others.append(contentsOf: try known(publication.text, Context()))
        }
        var faint = Context()
        faint.boost = QueryPlanner.contractionShare
        for whole in EnglishContractions.wholes(of: word.text) {
            others.append(contentsOf: try known(whole, faint))
        }
        if !others.isEmpty { forgetMissingWords() }
        return others
    }

    /// The leaf of a word, or of the phrase that a name is; empty where a term of it is in no document, or where the
    /// analyzer has no term for a contraction.
    private mutating func known(_ text: String, _ context: Context) throws -> [EvaluationPlan.Match] {
        let analysed = AnalysedText(text, by: analyzer)
        guard analysed.isPlain || context.boost == 1, !analysed.terms.isEmpty,
            try analysed.terms.allSatisfy({ try dictionary.documentFrequency(of: $0) > 0 })
        else { return [] }
        return [try phrase(analysed.terms, analysed.offsets, context)]
    }

    /// Whoever looks for *Don* does not mean *don't*.
    private static let contractionShare = 0.1
}
