extension AnalyzerSpecification {
    /// Whether apostrophes separate words: everywhere but in English, whose stemmer takes possessives off.
    package var cutsAtApostrophes: Bool { self != .english }

    /// Whether diacritics go before the stemmer: these know no letters outside ASCII.
    package var stripsBeforeStemming: Bool {
        switch kind {
        case .snowball(let algorithm): ["english", "porter", "lovins"].contains(algorithm)
        case .none, .fts5: true
        }
    }
}
