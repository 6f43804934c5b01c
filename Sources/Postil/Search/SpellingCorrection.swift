import TextAnalysis

/// Finds the word that was meant by one that no document has.
///
/// The index has stems, and people mistype words: *corrigibilty* is two edits from *corrigibility* and seven from its stem. So stems
/// that the word nearly begins with are completed by the usual endings, and the nearest word that the stemmer takes back to its
/// stem is the one that was meant; of equally near ones that of the most frequent stem.
struct SpellingCorrection {
    let analyzer: any Analyzer
    let dictionary: any TermDictionary

    /// Shorter words are near too many others.
    private static let shortestWord = 4
    /// Words of more letters may have two edits.
    private static let longestOfOneEdit = 5
    /// Candidates whose stem is looked up, the nearest first.
    private static let checkedCandidates = 64

    /// What English adds to stems, the empty ending first.
    private static let endings: [[Unicode.Scalar]] = [
        "", "e", "s", "es", "ed", "er", "ers", "ing", "ings", "ion", "ions", "ation", "ations", "ational", "ication",
        "ications", "ment", "ments", "ness", "able", "ably", "ability", "abilities", "ible", "ibly", "ibility",
        "ibilities", "al", "ally", "ality", "alities", "ive", "ively", "ivity", "ity", "ities", "ize", "izes", "ized",
        "izing", "izer", "izers", "ization", "izations", "ise", "ises", "ised", "ising", "iser", "isers", "isation",
        "isations", "ism", "isms", "ist", "ists", "or", "ors", "ent", "ently", "ant", "antly", "ence", "ences", "ance",
        "ances", "ency", "encies", "ancy", "y", "ies", "ied", "ly", "ful", "fully", "fulness", "less", "ous", "ously",
        "ate", "ates", "ated", "ating", "ator", "ators", "atory", "ify", "ifies", "ified", "ic", "ics", "ical",
        "ically",
        "en", "ened", "ening", "ure", "ures", "ature", "th",
    ].map { Array($0.unicodeScalars) }

    /// The word that was meant; nil when none is near.
    ///
    /// - Complexity: A walk over the terms that begin with one of the word's first two letters, and over all terms when none of
    ///   those is near.
    func nearest(to word: String) throws -> String? {
        let folded = AnalysedText(word, by: analyzer, for: .prefix).terms
        guard folded.count == 1 else { return nil }
        let letters = Array(String(decoding: folded[0], as: UTF8.self).unicodeScalars)
        guard letters.count >= Self.shortestWord else { return nil }
        let beginnings = Set(letters.prefix(2)).map { Array(String($0).utf8) }
        return try nearest(to: letters, amongTermsBeginning: beginnings)
            ?? nearest(to: letters, amongTermsBeginning: [[]])
    }

    private func nearest(to letters: [Unicode.Scalar], amongTermsBeginning beginnings: [[UInt8]]) throws -> String? {
        let limit = letters.count <= Self.longestOfOneEdit ? 1 : 2
        var candidates: [(word: [Unicode.Scalar], distance: Int, frequency: Int, stem: [UInt8])] = []
        let seconds = letters.prefix(2).compactMap { String($0).utf8.first }
        for beginning in beginnings {
            for term in try dictionary.terms(withPrefix: beginning, limit: Int.max) {
                // Only the first letter can be missing or another one, or the walk over all terms would take too long.
                guard !beginning.isEmpty || term.dropFirst().first.map(seconds.contains) ?? false else { continue }
                let stem = Array(String(decoding: term, as: UTF8.self).unicodeScalars)
                guard stem.count >= 3, stem.count <= letters.count + limit,
                    EditDistance.isBeginning(stem, of: letters, within: limit)
                else { continue }
                var frequency: Int?
                for ending in Self.endings where abs(stem.count + ending.count - letters.count) <= limit {
                    let candidate = stem + ending
                    guard let distance = (0...limit).first(where: { EditDistance.isWithin($0, candidate, letters) })
                    else { continue }
                    let known = try frequency ?? dictionary.documentFrequency(of: term)
                    frequency = known
                    if known > 0 { candidates.append((candidate, distance, known, term)) }
                }
            }
        }
        candidates.sort {
            ($0.distance, -$0.frequency, $0.word.count, $0.stem.description)
                < ($1.distance, -$1.frequency, $1.word.count, $1.stem.description)
        }
        for candidate in candidates.prefix(Self.checkedCandidates) {
            let text = String(String.UnicodeScalarView(candidate.word))
            if AnalysedText(text, by: analyzer).terms == [candidate.stem] { return text }
        }
        return nil
    }
}
