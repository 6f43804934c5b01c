/// One file to read, as found by an `InputWalker`.
public struct InputFile: Sendable, Hashable {
    /// Absolute path without `.` and `..`, or `-` and a name for standard input.
    public var path: String
    /// Path below the folder it was found in; the file's name when the file itself was asked for. It names documents
    /// that have no id of their own.
    public var relativePath: String
    /// Size in bytes on disk (before decompression); 0 for standard input.
    public var size: Int64
    /// Time of the last modification in nanoseconds since 1970; 0 for standard input.
    public var modificationTime: Int64
    /// Time of the last change of the file or its entry in nanoseconds since 1970, which programs cannot set back; 0 for
    /// standard input.
    public var changeTime: Int64
    /// Number of the file on its device, 0 for standard input.
    public var node: UInt64
    /// Whether a symbolic link led to it.
    public var isLinked: Bool
    /// The format its name tells, or nil when its contents must tell.
    public var format: DocumentFormat?

    /// Describes a file without looking at it.
    public init(
        path: String, relativePath: String, size: Int64 = 0, modificationTime: Int64 = 0, changeTime: Int64 = 0,
        node: UInt64 = 0, isLinked: Bool = false, format: DocumentFormat? = nil
    ) {
        self.path = path
        self.relativePath = relativePath
        self.size = size
        self.modificationTime = modificationTime
        self.changeTime = changeTime
        self.node = node
        self.isLinked = isLinked
        self.format = format
    }

    /// Standard input under a name; its documents are called `NAME`, `NAME:2` and so on.
    public static func standardInput(named name: String = "stdin") -> InputFile {
        InputFile(path: name == "stdin" ? "-" : "-" + name, relativePath: name)
    }

    /// Whether this is standard input, which can be read once and has no size.
    public var isStandardInput: Bool { path.utf8.first == UInt8(ascii: "-") }
}

extension InputFile {
    /// A database with what waits in its log: its size, and the times of what was changed last.
    package var withDatabaseLog: InputFile {
        var file = self
        // Without a log there is nothing to add.
        guard !isStandardInput, let log = try? FileStatus(of: path + "-wal"), log.size > 0 else { return file }
        file.size += log.size
        file.modificationTime = max(modificationTime, log.modificationTime)
        file.changeTime = max(changeTime, log.changeTime)
        return file
    }

    /// A file that was looked at.
    init(path: String, relativePath: String, status: FileStatus, isLinked: Bool, format: DocumentFormat?) {
        self.init(
            path: path, relativePath: relativePath, size: status.size, modificationTime: status.modificationTime,
            changeTime: status.changeTime, node: status.identity.node, isLinked: isLinked, format: format)
    }
}
