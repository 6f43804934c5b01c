/// What a text is analysed for.
public enum AnalysisPurpose: Sendable {
    /// The text goes into the index.
    case document
    /// The text is (part of) a query.
    case query
    /// The last token of the text is the beginning of a word (`opti*`): it is folded but not stemmed.
    case prefix
}
