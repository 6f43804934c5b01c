import Documents
import SystemPackage
import Threads

/// Where a walk looked, and a hash of how that looked. When it looks the same again, another walk would find the same files, none of which
/// has changed; so a run can be spared.
///
/// What has to look the same: of each folder that was entered the names in it, and of each file size, times and number on the device; of
/// other folders and of what symbolic links lead to, that it is the same one. To see that takes one `stat` a file, and less than half the
/// time of a walk.
package struct WalkSeal: Sendable, Hashable {
    /// Absolute paths of the folders that were entered.
    package private(set) var folders: [String] = []
    /// Absolute paths that were looked at by themselves: files, and places of ignore files above a folder.
    package private(set) var names: [String] = []
    /// The hashes of them all, added up: their order does not matter.
    package private(set) var sum: UInt64 = 0

    /// Nothing looked at.
    package init() {}

    /// What was looked at once.
    package init(folders: [String], names: [String], sum: UInt64) {
        self.folders = folders
        self.names = names
        self.sum = sum
    }

    /// Takes in a folder that was entered, or was to be.
    mutating func add(folder: String, _ listing: Result<FolderListing, Errno>) {
        folders.append(folder)
        sum &+= Self.hash(ofFolder: folder, listing.map(\.seal))
    }

    /// Takes in what is at a path, or why nothing can be seen there.
    mutating func add(name path: String, _ status: Result<FileStatus, Errno>) {
        names.append(path)
        sum &+= Self.hash(path, status)
    }

    /// Takes in what is at a path now.
    mutating func add(name path: String) { add(name: path, Self.status(of: path)) }

    package static func += (left: inout WalkSeal, right: WalkSeal) {
        left.folders += right.folders
        left.names += right.names
        left.sum &+= right.sum
    }

    /// Whether all looks as it did.
    ///
    /// - Parameter index: The index that is written.
    package func holds(apartFrom index: IndexPlace?) -> Bool {
        let hashes = ParallelMap.run(folders, share: FolderListing.foldersPerThread) { folder in
            let path = folder == "/" ? folder : folder + "/"
            do throws(Errno) {
                return Self.hash(ofFolder: folder, .success(try FolderSeal(of: path, apartFrom: index)))
            } catch {
                return Self.hash(ofFolder: folder, .failure(error))
            }
        }
        return hashes.reduce(0, &+) &+ names.reduce(0) { $0 &+ Self.hash($1, Self.status(of: $1)) } == sum
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
    ///   - index: The index that is written.
    init(of folder: String, apartFrom index: IndexPlace?) throws(Errno) {
        let own = index?.name(in: folder)
        var seal = FolderSeal()
        try FolderEntries.forEach(in: folder) { seal.add($0, apartFrom: own) }
        self = seal
    }

    /// Takes in an entry.
    ///
    /// - Parameter index: The name of the index, where it lies in the folder. Its files change with each run.
    mutating func add(_ entry: FolderEntries.Entry, apartFrom index: [UInt8]?) {
        if let index, IndexPlace.isOf(index, entry.name) { return }
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
