/// A file as it was when it was last read, to be looked for in another place.
package struct RememberedFile: Sendable {
    /// Its path below the place that it was read in, from a slash on; empty when the file itself was that place.
    var subpath: String
    var size: Int64
    var modificationTime: Int64
    var node: UInt64
    /// Hash of its content.
    var contentHash: UInt64

    /// Describes a file.
    package init(subpath: String, size: Int64, modificationTime: Int64, node: UInt64, contentHash: UInt64) {
        self.subpath = subpath
        self.size = size
        self.modificationTime = modificationTime
        self.node = node
        self.contentHash = contentHash
    }

    /// Whether it is the file at `path` now, under another name: a renamed file keeps its number on the device.
    func wasRenamed(to path: String) -> Bool {
        guard let status = Self.status(of: path), status.size == size else { return false }
        return status.identity.node == node && status.modificationTime == modificationTime
    }

    /// Whether the file at `path` has its content.
    func hasContent(ofFileAt path: String) -> Bool {
        guard let status = Self.status(of: path), status.size == size else { return false }
        let file = InputFile(path: path, relativePath: path, status: status, isLinked: false, format: nil)
        // What cannot be read is not known to be the same.
        return (try? ContentHash.of(file)) == contentHash
    }

    private static func status(of path: String) -> FileStatus? {
        do {
            let status = try FileStatus(of: path)
            return status.kind == .file ? status : nil
        } catch { return nil }
    }
}

/// Looks for a folder or file that is not where it was any more.
package struct MovedPlace {
    private let path: String
    private let files: [RememberedFile]

    /// Files that are looked for: with more than half of these in their places, a folder is taken for the one that was.
    private static let sample = 16
    /// Names that are looked at in a folder.
    private static let mostNames = 4096

    /// - Parameters:
    ///   - path: Where the place was.
    ///   - files: What was read there.
    package init(path: String, files: [RememberedFile]) {
        self.path = path
        let telling = files.filter { $0.size > 0 }.sorted { $0.subpath.utf8.lexicographicallyPrecedes($1.subpath.utf8) }
        let step = max(1, telling.count / Self.sample)
        self.files = stride(from: 0, to: telling.count, by: step).prefix(Self.sample).map { telling[$0] }
    }

    /// Where it is, if it or a folder around it was renamed: beside its old name, by the numbers that files keep. A copy has
    /// other numbers, so that one beside an unmounted volume is not taken for it.
    ///
    /// - Complexity: Looks at the names in one folder, and at up to 16 files for each.
    package func afterRenaming() -> String? {
        let parts = path.split(separator: "/")
        // The first part that is not there is the one that was renamed.
        var folder = ""
        guard
            let missing = parts.indices.first(where: { index in
                let next = folder + "/" + parts[index]
                if FileStatus.presence(of: next) == .absent { return true }
                folder = next
                return false
            })
        else { return nil }
        let end = parts[(missing + 1)...].map { "/" + $0 }.joined()
        return Self.names(in: folder.isEmpty ? "/" : folder).lazy.map { "\(folder)/\($0)\(end)" }
            .first { place in isMost { $0.wasRenamed(to: place + $0.subpath) } }
    }

    /// Where it is, if that is `folder` or a folder in it, by what the files say.
    ///
    /// - Complexity: Reads up to 16 files of the size that is looked for, in each folder.
    package func within(_ folder: String) -> String? {
        ([folder] + Self.names(in: folder).lazy.map { "\(folder)/\($0)" }).first { place in
            isMost { $0.wasRenamed(to: place + $0.subpath) || $0.hasContent(ofFileAt: place + $0.subpath) }
        }
    }

    /// Whether more than half of the files are as `isThere` says; asks no further than it has to.
    private func isMost(_ isThere: (RememberedFile) -> Bool) -> Bool {
        var missing = 0
        for file in files where !isThere(file) {
            missing += 1
            if 2 * missing >= files.count { return false }
        }
        return !files.isEmpty
    }

    private static func names(in folder: String) -> [String] {
        // Where nothing can be seen nothing is found.
        do { return try FolderListing(of: folder).items.prefix(mostNames).map(\.name) } catch { return [] }
    }
}
