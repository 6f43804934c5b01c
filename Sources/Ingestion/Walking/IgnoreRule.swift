/// One line of an ignore file, with git's meaning (gitignore(5), "PATTERN FORMAT").
///
/// Examples: `*.log` at any depth, `/build` in the file's own folder only, `notes/` folders only, `!keep.md` takes back,
/// `a/**/b` any depth between, `\#x` a name that starts with `#`.
struct IgnoreRule: Hashable, Sendable {
    /// Whether the line takes back what an earlier one ignored.
    let isNegated: Bool
    private let isForFoldersOnly: Bool
    private let isAnchored: Bool
    private let pattern: GlobPattern

    /// Reads one line; nil for blank lines and comments.
    init?(line: some StringProtocol) {
        var text = Substring(line)
        while let last = text.last, last.isWhitespace || last == "\r" {
            // A trailing blank counts when it is escaped.
            if last == " ", text.dropLast().hasSuffix("\\") { break }
            text.removeLast()
        }
        if text.isEmpty || text.hasPrefix("#") { return nil }
        isNegated = text.hasPrefix("!")
        if isNegated { text.removeFirst() }
        isForFoldersOnly = text.hasSuffix("/")
        if isForFoldersOnly { text.removeLast() }
        if text.isEmpty { return nil }
        isAnchored = text.contains("/")
        pattern = GlobPattern(text)
    }

    /// Whether the rule speaks about an entry, given by the components of its path below the ignore file's folder.
    func matches(_ path: ArraySlice<Substring>, isFolder: Bool) -> Bool {
        if isForFoldersOnly, !isFolder { return false }
        return pattern.matches(isAnchored ? path : path.suffix(1))
    }

    /// False when the rule says nothing of an entry with this name, whose bytes are all in ASCII.
    func mayMatch(_ name: [UInt8]) -> Bool { pattern.mayMatch(last: name) }
}
