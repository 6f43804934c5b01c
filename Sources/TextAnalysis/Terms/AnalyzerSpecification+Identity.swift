extension AnalyzerSpecification {
    /// The ``Analyzer/identity`` that an analyzer made from this has; for FTS5's own tokenizers, whose behaviour is SQLite's
    /// business, the name.
    ///
    /// - Throws: `AnalyzerError` when the analyzer cannot be made.
    public var identity: String {
        get throws(AnalyzerError) {
            if case .fts5 = kind { name } else { try TextAnalyzer(self).identity }
        }
    }

    /// Whether words become stems, so that a term can be shorter than every word it stands for.
    public var isStemming: Bool {
        switch kind {
        case .none: false
        case .snowball: true
        case .fts5(let tokenizer): tokenizer.split(separator: " ").first == "porter"
        }
    }
}
