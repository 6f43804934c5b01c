import Documents
import SystemPackage
import Threads

/// Where a walk looked, and a hash of how each place looked. When all look the same again, another walk would find the same files, none
/// of which has changed; so a run can be spared. Where some folders look otherwise, only these are walked: see ``KeptFolders``.
///
/// What has to look the same: of each folder that was entered the names in it, and of each file size, times and number on the device; of
/// other folders and of what symbolic links lead to, that it is the same one. To see that takes one `stat` a file, and less than half the
/// time of a walk.
package struct WalkSeal: Sendable, Hashable {
    /// A folder that was entered.
    package struct Folder: Sendable, Hashable {
        /// Absolute.
        package let path: String
        /// Hash of how it looked.
        package let sum: UInt64
        /// How many files were taken that lie in it.
        package let fileCount: Int
        /// What else there is about it.
        package var contents: Contents

        /// Names what was seen of a folder.
        package init(path: String, sum: UInt64, fileCount: Int, contents: Contents) {
            (self.path, self.sum, self.fileCount, self.contents) = (path, sum, fileCount, contents)
        }
    }

    /// What in a folder matters to others, or to each run.
    package struct Contents: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Ignore files, which hold for all folders below.
        package static let rules = Contents(rawValue: 1)
        /// Symbolic links: what they lead to may be what another folder has.
        package static let links = Contents(rawValue: 2)
        /// Something that each run says, of a file that cannot be read or is passed over.
        package static let remarks = Contents(rawValue: 4)
    }

    /// The folders that were entered.
    package private(set) var folders: [Folder] = []
    /// Absolute paths that were looked at by themselves: files, and places of ignore files above a folder.
    package private(set) var names: [String] = []
    /// The hashes of those, added up: their order does not matter.
    package private(set) var nameSum: UInt64 = 0

    /// Nothing looked at.
    package init() {}

    /// What was looked at once.
    package init(folders: [Folder], names: [String], nameSum: UInt64) {
        self.folders = folders
        self.names = names
        self.nameSum = nameSum
    }

    /// Whether symbolic links were met.
    package var hasLinks: Bool { folders.contains { $0.contents.contains(.links) } }

    /// Takes in a folder that was entered, or was to be.
    mutating func add(
        folder: String, _ listing: Result<FolderListing, Errno>, fileCount: Int = 0, contents: Contents = []
    ) {
        let sum = Self.hash(ofFolder: folder, listing.map(\.seal))
        folders.append(Folder(path: folder, sum: sum, fileCount: fileCount, contents: contents))
    }

    /// Takes in a folder that looks as it did.
    mutating func add(_ folder: Folder) { folders.append(folder) }

    /// Takes in what is at a path, or why nothing can be seen there.
    mutating func add(name path: String, _ status: Result<FileStatus, Errno>) {
        names.append(path)
        nameSum &+= Self.hash(path, status)
    }

    /// Takes in what is at a path now.
    mutating func add(name path: String) { add(name: path, Self.status(of: path)) }

    /// Notes that each run says something of files or folders at some paths, or in these.
    package mutating func noteRemarks(at paths: Set<String>) {
        guard !paths.isEmpty else { return }
        let places = paths.union(paths.map { $0[..<($0.lastIndex(of: "/") ?? $0.startIndex)] }.map(String.init))
        for index in folders.indices where places.contains(folders[index].path) {
            folders[index].contents.insert(.remarks)
        }
    }

    package static func += (left: inout WalkSeal, right: WalkSeal) {
        left.folders += right.folders
        left.names += right.names
        left.nameSum &+= right.nameSum
    }

    /// The paths of the folders that look otherwise than they did; nil where something that was looked at by itself does.
    ///
    /// - Parameter index: The index that is written.
    package func changedFolders(apartFrom index: IndexPlace?) -> Set<String>? {
        guard names.reduce(0, { $0 &+ Self.hash($1, Self.status(of: $1)) }) == nameSum else { return nil }
        let hashes = ParallelMap.run(folders, share: FolderListing.foldersPerThread) { folder in
            let path = folder.path == "/" ? "/" : folder.path + "/"
            do throws(Errno) {
                return Self.hash(ofFolder: folder.path, .success(try FolderSeal(of: path, apartFrom: index)))
            } catch {
                return Self.hash(ofFolder: folder.path, .failure(error))
            }
        }
        return Set(zip(folders, hashes).lazy.filter { $0.sum != $1 }.map(\.0.path))
    }

    private static func hash(ofFolder folder: String, _ seal: Result<FolderSeal, Errno>) -> UInt64 {
        var hash = ChangeHash()
        hash.mix(folder)
        switch seal {
        case .success(let seal): hash.mix(seal.sum)
        case .failure(let error): hash.mix(UInt64(bitPattern: Int64(error.rawValue)))
        }
        return hash.value
    }

    private static func hash(_ path: String, _ status: Result<FileStatus, Errno>) -> UInt64 {
        var hash = ChangeHash()
        hash.mix(path)
        switch status {
        case .success(let status): hash.mix(status)
        case .failure(let error): hash.mix(UInt64(bitPattern: Int64(error.rawValue)))
        }
        return hash.value
    }

    private static func status(of path: String) -> Result<FileStatus, Errno> {
        do throws(Errno) { return .success(try FileStatus(of: path)) } catch { return .failure(error) }
    }
}

/// How the entries of a folder look: the sum of their hashes, since a folder tells them in whatever order.
struct FolderSeal: Sendable {
    private(set) var sum: UInt64 = 0

    /// A folder of nothing.
    init() {}

    /// Looks at a folder.
    ///
    /// - Parameters:
    ///   - folder: Its path, with a slash at its end.
    ///   - index: The index that is written. Its files are left out, since each run changes them.
    init(of folder: String, apartFrom index: IndexPlace?) throws(Errno) {
        let own = index?.name(in: folder)
        var seal = FolderSeal()
        try FolderEntries.forEach(in: folder) { entry in
            if let own, IndexPlace.isOf(own, entry.name) { return }
            seal.add(entry)
        }
        self = seal
    }

    /// Takes in an entry.
    mutating func add(_ entry: FolderEntries.Entry) {
        var hash = ChangeHash()
        hash.mix(entry.name)
        switch entry.content {
        case .own(let status): hash.mix(status)
        case .link(let link, let status):
            hash.mix(link)
            hash.mix(status)
        case .unseen(let error): hash.mix(UInt64(bitPattern: Int64(error.rawValue)))
        }
        sum &+= hash.value
    }
}

extension ChangeHash {
    /// Mixes in what tells whether something is another one, or has changed. A folder's times do not: what has changed is seen in it.
    fileprivate mutating func mix(_ status: FileStatus) {
        mix(status.identity.device)
        mix(status.identity.node)
        switch status.kind {
        case .folder: mix(1)
        case .file, .link, .other:
            mix(status.kind == .file ? 2 : 3)
            mix(UInt64(bitPattern: status.size))
            mix(UInt64(bitPattern: status.modificationTime))
            mix(UInt64(bitPattern: status.changeTime))
            mix(UInt64(bitPattern: Int64(status.linkCount)))
        }
    }
}
