/// How far a search for duplicates has come.
public enum DuplicateSearchProgress: Sendable, Hashable, CustomStringConvertible {
    /// This many of so many documents have been read.
    case reading(Int, of: Int)
    /// Documents of equal sketches are compared: this many pairs up to now.
    case comparing(Int)

    /// For a progress line.
    public var description: String {
        switch self {
        case .reading(let count, let total): "\(count) of \(total) documents read"
        case .comparing(let pairs): "\(pairs) pairs compared"
        }
    }
}
