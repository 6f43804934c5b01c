/// One file to read, as found by an `InputWalker`.
public struct InputFile: Sendable, Hashable {
    /// Absolute path without `.` and `..`, or `-` for standard input.
    public var path: String
    /// Path below the folder it was found in; the file's name when the file itself was asked for. It names documents
    /// that have no id of their own.
    public var relativePath: String
    /// Size in bytes on disk (before decompression); 0 for standard input.
    public var size: Int64
    /// Time of the last modification in nanoseconds since 1970; 0 for standard input.
    public var modificationTime: Int64
    /// The format its name tells, or nil when its contents must tell.
    public var format: DocumentFormat?

    /// Describes a file without looking at it.
    public init(
        path: String, relativePath: String, size: Int64 = 0, modificationTime: Int64 = 0, format: DocumentFormat? = nil
    ) {
        self.path = path
        self.relativePath = relativePath
        self.size = size
        self.modificationTime = modificationTime
        self.format = format
    }

    /// Standard input; its documents are named `stdin`, `stdin:2` and so on.
    public static let standardInput = InputFile(path: "-", relativePath: "stdin")

    /// Whether this is standard input, which can be read once and has no size.
    public var isStandardInput: Bool { path == "-" }
}
