#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif
import Foundation
import SystemPackage
import Threads

/// What lies in one folder, looked at and nothing more: so several folders can be listed at once.
struct FolderListing: Sendable {
    /// Something that lies there, under a name that is UTF-8.
    struct Item: Sendable {
        let name: String
        /// What it is, or what the symbolic link leads to.
        let status: FileStatus
        let isLink: Bool
    }

    /// Something there of which nothing can be said.
    struct Unseen: Sendable {
        let name: String
        let error: Errno
    }

    /// By name, byte by byte, a folder as if its name ended with a slash: so that what is met in this order is met in that of
    /// paths.
    private(set) var items: [Item] = []
    private(set) var unseen: [Unseen] = []
    /// How many names are no UTF-8.
    private(set) var unreadableNames = 0

    /// Lists a folder. `.git` is left out, since git's own files are nobody's texts.
    init(of folder: String) throws(Errno) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        guard let stream = fdopendir(descriptor) else {
            let error = Errno(rawValue: errno)
            close(descriptor)
            throw error
        }
        defer { closedir(stream) }
        var names = NameList()
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw Errno(rawValue: errno) }
                break
            }
            // The name ends with a zero, and is passed on as it lies there: a path of its own would be walked from the root again.
            withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) { name in
                    let bytes = UnsafeRawBufferPointer(start: name, count: strlen(name))
                    if bytes.elementsEqual(".".utf8) || bytes.elementsEqual("..".utf8)
                        || bytes.elementsEqual(".git".utf8)
                    {
                        return
                    }
                    guard String(validating: bytes, as: UTF8.self) != nil else {
                        unreadableNames += 1
                        return
                    }
                    do throws(Errno) {
                        let link = try FileStatus(of: name, in: descriptor, followingLinks: false)
                        let isLink = link.kind == .link
                        names.add(
                            bytes, isLink ? try FileStatus(of: name, in: descriptor, followingLinks: true) : link,
                            isLink: isLink)
                    } catch {
                        unseen.append(Unseen(name: String(decoding: bytes, as: UTF8.self), error: error))
                    }
                }
            }
        }
        items = names.sorted()
        unseen.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Lists folders, many of them on all cores.
    static func all(of folders: [String]) -> [Result<FolderListing, Errno>] {
        let threads = min(ProcessInfo.processInfo.activeProcessorCount, folders.count / foldersPerThread)
        guard threads > 1 else { return folders.map(listing) }
        let work = Monitor(Listings(folders: folders))
        for _ in 1..<threads {
            work.change { $0.workers += 1 }
            let isStarted = DetachedThread.start {
                list(work)
                work.change { $0.workers -= 1 }
            }
            // Where there is no room for a thread, the others do its work.
            if !isStarted { work.change { $0.workers -= 1 } }
        }
        list(work)
        return work.wait { $0.workers == 0 ? $0.done.sorted { $0.first < $1.first }.flatMap(\.listings) : nil }
    }

    /// Fewer are listed sooner than a thread is started.
    private static let foldersPerThread = 8

    /// Folders that are listed at once by several threads.
    private struct Listings {
        let folders: [String]
        /// The first that nobody has taken.
        var next = 0
        var done: [(first: Int, listings: [Result<FolderListing, Errno>])] = []
        /// Threads beside the caller's that are still at work.
        var workers = 0
    }

    private static func list(_ work: Monitor<Listings>) {
        while true {
            let taken = work.change { state in
                let first = state.next
                state.next = min(state.folders.count, first + foldersPerThread)
                return (first: first, folders: state.folders[first..<state.next])
            }
            guard !taken.folders.isEmpty else { return }
            let listings = taken.folders.map(listing)
            work.change { $0.done.append((taken.first, listings)) }
        }
    }

    private static func listing(of folder: String) -> Result<FolderListing, Errno> {
        do throws(Errno) { return .success(try FolderListing(of: folder)) } catch { return .failure(error) }
    }
}

/// The names in a folder while they are put in order: in one piece of memory, since they are compared more often than they are read.
private struct NameList {
    private struct Name {
        let start: Int
        /// Without the slash of a folder.
        let count: Int
        let end: Int
        let status: FileStatus
        let isLink: Bool
    }

    private var bytes: [UInt8] = []
    private var names: [Name] = []

    mutating func add(_ name: UnsafeRawBufferPointer, _ status: FileStatus, isLink: Bool) {
        let start = bytes.count
        bytes.append(contentsOf: name)
        if status.kind == .folder { bytes.append(UInt8(ascii: "/")) }
        names.append(Name(start: start, count: name.count, end: bytes.count, status: status, isLink: isLink))
    }

    func sorted() -> [FolderListing.Item] {
        bytes.withUnsafeBytes { bytes in
            // Safety: each name's places are those of `bytes` where it was added; an empty list has none.
            func key(_ name: Name) -> UnsafeRawBufferPointer {
                UnsafeRawBufferPointer(rebasing: bytes[name.start..<name.end])
            }
            func precedes(_ left: Name, _ right: Name) -> Bool {
                let (left, right) = (key(left), key(right))
                guard let one = left.baseAddress, let other = right.baseAddress else { return left.count < right.count }
                let order = memcmp(one, other, min(left.count, right.count))
                return order != 0 ? order < 0 : left.count < right.count
            }
            return names.sorted(by: precedes).map { name in
                FolderListing.Item(
                    name: String(decoding: bytes[name.start..<name.start + name.count], as: UTF8.self),
                    status: name.status, isLink: name.isLink)
            }
        }
    }
}
