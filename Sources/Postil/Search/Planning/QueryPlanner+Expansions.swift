import QueryLanguage
import Ranking
import TextAnalysis

extension QueryPlanner {
    /// All expansions weigh as one term that occurs in as many documents as they do together, or a share of that; a rare
    /// misspelling would otherwise outweigh the word itself.
    ///
    /// - Parameter isKnown: Whether other fields have the word, so that there is nothing to say if texts have not.
    mutating func match(
        expansions: [NearTerms.Term], of word: Query.Word, _ context: Context, isKnown: Bool
    ) throws -> EvaluationPlan.Match? {
        guard !expansions.isEmpty else {
            if isKnown { return .any([]) }
            if word.kind == .prefix {
                try tellNoBeginning(word)
            } else {
                hint(word.range, "no word of the index matches “\(word.text)~”")
            }
            return .any([])
        }
        let frequency = try expansions.reduce(0) { $0 + (try dictionary.documentFrequency(of: $1.term)) }
        let weight =
            context.boost * BM25.inverseDocumentFrequency(min(frequency, statistics.documentCount), in: statistics)
        let weighted = expansions.map { (term: $0.term, weight: weight * $0.share) }
        return .any(builder.numbers(ofDistinctTerms: weighted, fields: context.fields).map { .leaf($0) })
    }

    /// The beginning of a compound or name (`mesa-opt*`, `2.10.*`): terms that begin as its joined form does, or its parts in a
    /// row with a term that begins as the last one does.
    mutating func match(
        beginning: AnalysedText, of word: Query.Word, _ context: Context, isKnown: Bool
    ) throws -> EvaluationPlan.Match? {
        var alternatives: [EvaluationPlan.Match] = []
        if beginning.words.count == 1, let joined = beginning.words[0].joined {
            for term in try expansions(of: joined, limit: QueryPlanner.nameExpansionLimit) {
                alternatives.append(try leaf(term, context))
            }
        }
        let last = beginning.terms.count - 1
        for term in try expansions(of: beginning.terms[last], limit: QueryPlanner.nameExpansionLimit) {
            alternatives.append(
                try phrase(Array(beginning.terms[..<last]) + [term], beginning.offsets, context))
        }
        return alternatives.isEmpty
            ? try match(expansions: [], of: word, context, isKnown: isKnown) : Self.any(alternatives)
    }

    /// Terms that begin so: all, or of more than `limit` those that stand most often in texts.
    private func terms(beginningWith letters: [UInt8], limit: Int) throws -> (terms: [[UInt8]], isCut: Bool) {
        let first = try dictionary.terms(withPrefix: letters, limit: limit + 1)
        guard first.count > limit else { return (first, false) }
        return (try dictionary.longestTerms(withPrefix: letters, limit: limit), true)
    }

    /// Terms that begin so, and the stems of words that do.
    private func expansions(of letters: [UInt8], limit: Int) throws -> [[UInt8]] {
        let terms = try terms(beginningWith: letters, limit: limit).terms
        let stems = try prefixStems.stems(behind: letters, by: analyzer).filter {
            try !terms.contains($0) && dictionary.documentFrequency(of: $0) > 0
        }
        return terms + stems
    }

    /// Terms are stems, so that `optimization*` looks for terms beginning so, for the stem of `optimization`, and for stems
    /// of longer words (``PrefixStems``).
    mutating func prefixExpansions(of word: Query.Word, _ beginning: AnalysedText) throws -> [[UInt8]] {
        guard let letters = beginning.terms.first else { return [] }
        var (expansions, isCut) = try terms(beginningWith: letters, limit: QueryPlanner.expansionLimit)
        if isCut {
            hint(
                word.range,
                "“\(word.text)*” stands for more than \(QueryPlanner.expansionLimit) words; "
                    + "only the most frequent of them are searched: write more letters")
        }
        let whole = AnalysedText(word.text, by: analyzer).terms
        guard whole.count == 1 else { return expansions }
        let isInIndex = { [dictionary] in try dictionary.documentFrequency(of: $0) > 0 }
        let isListed = whole[0].starts(with: letters) && (!isCut || expansions.contains(whole[0]))
        if try !isListed && isInIndex(whole[0]) { expansions.append(whole[0]) }
        let stems = try prefixStems.stems(behind: letters, by: analyzer).filter { $0 != whole[0] }.filter(isInIndex)
        if expansions.isEmpty, !stems.isEmpty {
            let names = stems.map { "“\(String(decoding: $0, as: UTF8.self))”" }.joined(separator: ", ")
            hint(
                word.range,
                "“\(word.text)*” reaches beyond the stem of such words; all words of the stem \(names) are searched")
        }
        return expansions + stems
    }
}
