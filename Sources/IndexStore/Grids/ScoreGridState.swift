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

    var description: String {
        switch self {
        case .current: what
        case .outdated: "\(what); optimizing the index makes them anew"
        case .unsupported: "\(what); a newer version does, and a rebuilt index has none of it"
        }
    }
}
