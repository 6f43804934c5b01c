/// A file, folder or record that was not read, and why.
public struct SkippedInput: Sendable, Hashable, CustomStringConvertible {
    /// The file or folder, or the argument that named nothing.
    public var path: String
    /// The 1-based line, when one record was skipped and not the whole file.
    public var line: Int?
    /// What is wrong and, where there is one, the way out.
    public var reason: String

    /// Names what was skipped.
    public init(path: String, line: Int? = nil, reason: String) {
        self.path = path
        self.line = line
        self.reason = reason
    }

    /// `path:line: reason`, the shape editors can jump to.
    public var description: String {
        if let line { return "\(path):\(line): \(reason)" }
        return "\(path): \(reason)"
    }
}
