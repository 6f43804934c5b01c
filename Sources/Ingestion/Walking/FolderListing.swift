#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif
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
    /// Names that are no UTF-8, each byte of them that is no ASCII as `\xE9`.
    private(set) var unreadableNames: [String] = []

    /// How it all looked.
    private(set) var seal = FolderSeal()

    /// Lists a folder. `.git` is left out, since git's own files are nobody's texts.
    ///
    /// - Parameter index: The index that is written. Its files are left out, since each run changes them.
    init(of folder: String, apartFrom index: IndexPlace? = nil) throws(Errno) {
        var names = UnsortedNames()
        let ownName = index?.name(in: folder)
        try FolderEntries.forEach(in: folder) { entry in
            if let ownName, IndexPlace.isOf(ownName, entry.name) { return }
            seal.add(entry)
            guard Self.isText(entry.name) else {
                unreadableNames.append(Self.escaped(entry.name))
                return
            }
            switch entry.content {
            case .own(let status): names.add(entry.name, status, isLink: false)
            case .link(_, let status): names.add(entry.name, status, isLink: true)
            case .unseen(let error):
                unseen.append(Unseen(name: String(decoding: entry.name, as: UTF8.self), error: error))
            }
        }
        items = names.sorted()
        unreadableNames.sort()
        unseen.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private static func isText(_ name: UnsafeRawBufferPointer) -> Bool {
        name.allSatisfy { $0 < 0x80 } || String(validating: name, as: UTF8.self) != nil
    }

    private static func escaped(_ name: UnsafeRawBufferPointer) -> String {
        name.reduce(into: "") { text, byte in
            text += byte < 0x80 ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
        }
    }

    /// Lists folders, many of them on all cores.
    static func all(of folders: [String], apartFrom index: IndexPlace? = nil) -> [Result<FolderListing, Errno>] {
        ParallelMap.run(folders, share: foldersPerThread) { folder in
            do throws(Errno) {
                return .success(try FolderListing(of: folder, apartFrom: index))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Fewer are listed sooner than a thread is started.
    static let foldersPerThread = 8
}

/// The names in a folder while they are put in order: in one piece of memory, since they are compared more often than they are read.
private struct UnsortedNames {
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
