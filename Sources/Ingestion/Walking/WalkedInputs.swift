/// What an `InputWalker` found.
public struct WalkedInputs: Sendable, Hashable {
    /// Files to read: arguments in their order, the files of a folder byte-wise by relative path, none twice.
    public var files: [InputFile] = []
    /// Arguments, folders and files that cannot be read.
    public var skipped: [SkippedInput] = []
    /// Where was looked, or should have been: one place for each argument that names a file, a folder or a pattern.
    public var places: [WalkedPlace] = []
    /// How many files of walked folders were passed over because their extension is of no known format, by extension
    /// (lower case, without the dot; empty for none). For a hint when nothing was found.
    public var otherExtensions: [String: Int] = [:]
    /// Folders that were not entered, because they look as they did; their files are not among ``files``.
    package var kept: [WalkSeal.Folder] = []
    /// Where the walk looked, and how that looked: a new file would be found there.
    package var seal = WalkSeal()

    /// Nothing found yet.
    public init() {}

    /// How many files the folders have that were not entered.
    package var keptCount: Int { kept.reduce(0) { $0 + $1.fileCount } }
}

/// A file, folder or record that was not read, and why.
public struct SkippedInput: Sendable, Hashable, CustomStringConvertible {
    /// The file or folder, or the argument that named nothing.
    public var path: String
    /// The 1-based line, when one record was skipped and not the whole file.
    public var line: Int?
    /// What is wrong and, where there is one, the way out.
    public var reason: String
    /// How many records it stands for: more than 1 when those that come after it are only counted.
    public var count: Int

    /// Names what was skipped.
    package init(path: String, line: Int? = nil, reason: String, count: Int = 1) {
        self.path = path
        self.line = line
        self.reason = reason
        self.count = count
    }

    /// `path:line: reason`, the shape editors can jump to.
    public var description: String {
        let place = line.map { "\(path):\($0): \(reason)" } ?? "\(path): \(reason)"
        return count > 1 ? "\(place) (and \(count - 1) more records)" : place
    }
}
