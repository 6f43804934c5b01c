import TextAnalysis

/// The terms of a piece of query text.
struct AnalysedText {
    /// One term for each position, in order.
    private(set) var terms: [[UInt8]] = []
    /// Distance of each term from the first.
    private(set) var offsets: [Int] = []
    /// Joined forms of compounds (`mesaoptimizer` for `mesa-optimizer`).
    private(set) var joined: [[UInt8]] = []

    /// Analyses the text as a document's would be, so that joined forms are there too.
    init(_ text: String, by analyzer: any Analyzer, for purpose: AnalysisPurpose = .document) {
        var text = text
        var first: Int?
        text.withUTF8 { bytes in
            analyzer.analyze(bytes, for: purpose) { token in
                guard !token.isColocated else { return joined.append(Array(token.term)) }
                terms.append(Array(token.term))
                offsets.append(token.position - (first ?? token.position))
                first = first ?? token.position
            }
        }
    }
}
