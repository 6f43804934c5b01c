/// What is wrong in a profile, and where.
public struct ProfileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, or the name of a profile that is compiled in.
    public var path: String
    /// 1-based line in it, when known.
    public var line: Int?
    /// What is wrong and what would be right.
    public var message: String

    /// Says what is wrong and where.
    public init(path: String, line: Int?, message: String) {
        self.path = path
        self.line = line
        self.message = message
    }

    /// `path:line: message`.
    public var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(message)" }
}
