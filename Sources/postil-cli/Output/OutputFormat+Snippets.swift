extension OutputFormat {
    /// Whether passages are printed; where they are not, none need be looked for.
    var showsSnippets: Bool {
        switch self {
        case .text, .json, .jsonl, .csv: true
        case .trec, .ids: false
        }
    }
}
