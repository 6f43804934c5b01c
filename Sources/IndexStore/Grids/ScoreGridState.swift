import FTS5Format

/// How the score tables stand to FTS5's index; answers are right in any case.
enum ScoreGridState: Hashable, CustomStringConvertible {
    /// They are of its present state, and answer.
    case current
    /// They are of another state: somebody else has written to it.
    case outdated
    /// There cannot be any: an FTS5 has written the index that knows more than this version does.
    case unsupported(FTS5UnsupportedFeature)

    /// What is the matter.
    var what: String {
        switch self {
        case .current: "score grids are of the present index"
        case .outdated: "score grids are not of the present index, so that queries are slow"
        case .unsupported(let feature):
            "the inverted index uses \(feature), which this version of Postil does not know, so that queries are slow"
        }
    }

    /// What to do.
    var wayOut: String {
        switch self {
        case .current: "nothing is to be done"
        case .outdated: "make them with `postil optimize`"
        case .unsupported: "use a newer Postil, or rebuild the index with `postil index --rebuild`"
        }
    }

    var description: String { "\(what); \(wayOut)" }
}
