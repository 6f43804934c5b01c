import QueryLanguage
import Ranking
import TextAnalysis

extension QueryPlanner {
    /// `=word`: a document matches that has the word as it is written. Its score is that of the term, which other words of the stem
    /// in the same document share.
    mutating func match(written word: Query.Word, _ context: Context) throws -> EvaluationPlan.Match? {
        var plain = word
        plain.kind = .plain
        var strict = context
        strict.isStrict = true
        guard let match = try match(plain, strict) else { return nil }
        guard let documents = try documentsWithWord(word.text, context.fields) else { return match }
        if documents.isEmpty, missing.isEmpty {
            hint(
                word.range, "no document has “\(word.text)” written so; \(word.text) without = finds words of its stem")
        }
        return .all([match, .filter(builder.number(of: documents))])
    }
}
