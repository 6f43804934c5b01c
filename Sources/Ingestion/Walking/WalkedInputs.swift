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

    /// Nothing found yet.
    public init() {}
}
