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
    private static let englishEndings: [[UInt8]] = {
        let endings = [
            "isations", "izations", "ized", "ings", "isms", "ously", "ful", "fully", "lessness", "als", "alities",
            "ables", "ibles", "ibly", "ors", "ents", "ants", "atively", "ationally",
            "ites",
        ]
        return Set(endings.flatMap { ending in ending.indices.map { String(ending[$0...]) } }).sorted().map {
            Array($0.utf8)
        }
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
        var found: Set<[UInt8]> = []
        switch rule {
        case .none: break
        case .english:
            // What was typed may be all of the word: `GPUs`, `1990s`.
            takeStems(of: letters, by: analyzer, shortest: 0, notBeginningWith: letters, into: &found)
            guard isWord else { break }
            // Colour begins with colou, but stands as color in the index.
            let american = EnglishSpellings.americanWords(behind: letters).map { Array($0.utf8) }
            var words = Array(american.joined(separator: [UInt8(ascii: " ")]))
            for beginning in [letters] + american {
                for ending in PrefixStems.englishEndings {
                    words.append(UInt8(ascii: " "))
                    words += beginning
                    words += ending
                }
            }
            takeStems(
                of: words, by: analyzer, shortest: PrefixStems.shortestStem, notBeginningWith: letters, into: &found)
        case .shortening(let most):
            let shortest = max(PrefixStems.shortestStem, letters.count - most)
            for length in shortest..<max(shortest, letters.count) { found.insert(Array(letters[..<length])) }
        }
        return found.sorted {
            $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1)
        }
    }

    /// Adds the stems of words that have at least `shortest` bytes and do not begin with the letters, as most do.
    private func takeStems(
        of words: [UInt8], by analyzer: any Analyzer, shortest: Int, notBeginningWith letters: [UInt8],
        into found: inout Set<[UInt8]>
    ) {
        words.withUnsafeBufferPointer { words in
            analyzer.analyze(words, for: .query) { token in
                guard !token.isColocated, token.term.count >= shortest, !token.term.starts(with: letters) else {
                    return
                }
                found.insert(Array(token.term))
            }
        }
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
