/// What SQLite said when the FTS5 baseline failed.
public struct FTS5BaselineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The baseline's file.
    public var path: String
    /// SQLite's message.
    public var reason: String

    /// `/tmp/x/fts5.db (the FTS5 baseline): disk I/O error`.
    public var description: String { "\(path) (the FTS5 baseline): \(reason)" }
}
