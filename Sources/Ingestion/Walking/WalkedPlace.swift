/// A part of the file system that a walk looked at, or was asked to look at: whatever lies there and was not found is gone.
public struct WalkedPlace: Sendable, Hashable {
    /// What an argument stood for.
    enum Extent: Sendable, Hashable {
        case file
        case folder
        /// What a pattern matches below ``WalkedPlace/path``.
        case matches(GlobPattern)
        /// A file or a folder; nothing is there that could tell.
        case either
    }

    /// Absolute path of the file, of the folder, or of the folder before a pattern's first wildcard.
    public let path: String
    let extent: Extent
    /// How many files were found there.
    public let fileCount: Int
    /// How many of them are as they were, since the folders that they lie in look so.
    package let keptCount: Int

    /// Whether nothing is at the path: a folder that was moved, a volume that is not mounted, a mistyped name.
    public let isMissing: Bool

    init(path: String, _ extent: Extent, fileCount: Int, keptCount: Int = 0, isMissing: Bool = false) {
        self.path = path
        self.extent = extent
        self.fileCount = fileCount
        self.keptCount = keptCount
        self.isMissing = isMissing
    }

    /// Whether it is one file, which says nothing of any other; what lay below a folder of its name is not there any more.
    public var isFile: Bool { extent == .file }

    /// Whether it is a folder that is there.
    package var isFolder: Bool { extent == .folder && !isMissing }

    /// Whether a file with this absolute path would have been found here. Paths are compared byte by byte, as file systems do.
    public func covers(_ file: String) -> Bool {
        // Where a folder is now, the file that it has replaced would have been.
        if file.utf8.elementsEqual(path.utf8) { return extent == .file || extent == .either || extent == .folder }
        let folder = path == "/" ? path : path + "/"
        guard file.utf8.starts(with: folder.utf8) else { return false }
        switch extent {
        case .file: return false
        case .folder, .either: return true
        case .matches(let pattern):
            let parts = file.utf8.dropFirst(folder.utf8.count).split(separator: UInt8(ascii: "/"))
            let names = parts.map { Substring($0) }
            // A pattern that matches a folder takes all that is below it.
            return (1...max(1, names.count)).contains { pattern.matches(names.prefix($0)) }
        }
    }
}
