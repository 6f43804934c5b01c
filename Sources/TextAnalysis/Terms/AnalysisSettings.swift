/// What differs between walks over a text.
struct AnalysisSettings {
    /// Whether apostrophes separate words (l'alignement, Ankara'da); English keeps them for its stemmer.
    var cutsAtApostrophes: Bool
    /// Whether characters of unspaced scripts are put beside their bigrams: for documents, so that a query for one
    /// character finds them.
    var emitsCharacters: Bool
}
