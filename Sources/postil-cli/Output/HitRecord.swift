/// One hit as it is printed, in any format.
struct HitRecord: Sendable, Equatable {
    /// 1 for the best hit of the query.
    var rank: Int
    var id: String
    var score: Double
    var title: String
    var author: String?
    var date: String?
    var url: String?
    var tags: [String] = []
    /// The file it came from.
    var source: String?
    var snippet: SnippetRecord?
    /// How the score came about, if asked for.
    var explanation: ExplanationRecord?
    /// Rank of the better hit that has the same text.
    var duplicateOf: Int?
}

/// A passage of a document with the words that matched.
struct SnippetRecord: Sendable, Equatable {
    var text: String
    /// Unicode scalars of `text`, in order and apart.
    var highlights: [Range<Int>]
}
