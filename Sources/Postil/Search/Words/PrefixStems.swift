import TextAnalysis

/// Stems that stand for words beginning with some letters although they do not begin so themselves: the index has *corrig*
/// where a text has *corrigibility*, which `corrigibil*` is to find.
///
/// The letters are completed by endings, and what the stemmer makes of that are the stems. So a stem is found only if a
/// word of that stem can begin so: `universit*` is *univers*, and `universx*` is nothing.
struct PrefixStems {
    private let rule: Rule

    private enum Rule {
        /// Words are not stemmed.
        case none
        /// The letters are completed by ``englishEndings`` and stemmed.
        case english
        /// In languages without a list of endings: up to so many letters are left away, and the index says which stems
        /// there are.
        case shortening(by: Int)
    }

    /// Stems that have fewer letters say too little of a word: *act* of `acti*`.
    private static let shortestStem = 4

    /// Each with all that is left of it when the letters reach into it: `isations`, `sations`, … `s`. On the words of 30,000
    /// abstracts, cut everywhere, they find every stem, and 2 of 25 they find are of no word there that begins so.
    private static let englishEndings: [String] = {
        let endings = [
            "isations", "izations", "ized", "ings", "isms", "ously", "ful", "fully", "lessness", "als", "alities",
            "ables", "ibles", "ibly", "ors", "ents", "ants", "atively", "ationally",
            "ites",
        ]
        return Set(endings.flatMap { ending in ending.indices.map { String(ending[$0...]) } }).sorted()
    }()

    /// The rule for an analyzer.
    init(_ specification: AnalyzerSpecification) {
        if !specification.isStemming {
            rule = .none
        } else if specification.isEnglish {
            rule = .english
        } else {
            rule = .shortening(by: 3)
        }
    }

    /// Whether a word may begin so and have a stem that ``stems(behind:by:)`` does not give.
    var mayMissSome: Bool { if case .shortening = rule { true } else { false } }

    /// Whether a word without its accents may have another stem than with them: in all languages but English.
    var knowsAccents: Bool { mayMissSome }

    /// The stems, some of which the index may not have, longest first; none that begin with the letters.
    ///
    /// - Parameter letters: As they stand in terms: folded and not stemmed.
    /// - Complexity: Analyses some seventy words.
    func stems(behind letters: [UInt8], by analyzer: any Analyzer) -> [[UInt8]] {
        let isWord = letters.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        let isFigure = letters.allSatisfy { $0 < 0x80 } && letters.last == UInt8(ascii: "s")
        guard isWord || isFigure else { return [] }
        var stems: Set<[UInt8]> = []
        // What was typed may be all of the word: `GPUs`, `1990s`.
        var own: Set<[UInt8]> = []
        switch rule {
        case .none: break
        case .english:
            let text = String(decoding: letters, as: UTF8.self)
            own = Set(AnalysedText(text, by: analyzer).terms)
            guard isWord else { break }
            // Colour begins with colou, but stands as color in the index.
            let american = EnglishSpellings.americanWords(behind: letters)
            let words = american + ([text] + american).flatMap { word in PrefixStems.englishEndings.map { word + $0 } }
            stems = Set(AnalysedText(words.joined(separator: " "), by: analyzer).terms)
        case .shortening(let most):
            for length in max(0, letters.count - most)..<letters.count { stems.insert(Array(letters[..<length])) }
        }
        return stems.filter { $0.count >= PrefixStems.shortestStem }.union(own).filter { !$0.starts(with: letters) }
            .sorted { ($1.count, $0.description) < ($0.count, $1.description) }
    }
}

extension AnalyzerSpecification {
    /// Whether words are taken as English ones.
    fileprivate var isEnglish: Bool {
        switch kind {
        case .none: false
        case .snowball(let algorithm): ["english", "porter", "lovins"].contains(algorithm)
        case .fts5: isStemming
        }
    }
}
