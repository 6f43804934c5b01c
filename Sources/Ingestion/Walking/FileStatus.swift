#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif
import SystemPackage

/// What the file system says about a path.
package struct FileStatus: Sendable {
    /// A file's place on its device: equal for every path that leads to it.
    struct Identity: Hashable, Sendable {
        var device: UInt64
        var node: UInt64
    }

    enum Kind: Sendable { case file, folder, link, other }

    var kind: Kind
    var identity: Identity
    /// How many names it has.
    var linkCount: Int
    var size: Int64
    var modificationTime: Int64
    /// When the file's data or its entry changed last, in nanoseconds since 1970; nobody can set it back.
    var changeTime: Int64

    /// Asks for the file that `path` leads to, or for a symbolic link itself when links are not followed.
    init(of path: String, followingLinks: Bool = true) throws(Errno) {
        var status = stat()
        let result = followingLinks ? stat(path, &status) : lstat(path, &status)
        guard result == 0 else { throw Errno(rawValue: errno) }
        self.init(status)
    }

    /// Asks for what has a name in an open folder.
    init(of name: UnsafePointer<CChar>, in folder: CInt, followingLinks: Bool) throws(Errno) {
        var status = stat()
        guard fstatat(folder, name, &status, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else {
            throw Errno(rawValue: errno)
        }
        self.init(status)
    }

    private init(_ status: stat) {
        kind = Self.kind(status)
        identity = Identity(device: UInt64(truncatingIfNeeded: status.st_dev), node: UInt64(status.st_ino))
        linkCount = Int(status.st_nlink)
        size = Int64(status.st_size)
        #if canImport(Darwin)
            let (time, change) = (status.st_mtimespec, status.st_ctimespec)
        #else
            let (time, change) = (status.st_mtim, status.st_ctim)
        #endif
        modificationTime = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        changeTime = Int64(change.tv_sec) * 1_000_000_000 + Int64(change.tv_nsec)
    }

    /// What is read of pipes, sockets and devices: nothing, since they may have no end.
    static let notAFile = "is a pipe, socket or device and no file; give its text on standard input, as -"

    private static func kind(_ status: stat) -> Kind {
        switch status.st_mode & mode_t(S_IFMT) {
        case mode_t(S_IFREG): .file
        case mode_t(S_IFDIR): .folder
        case mode_t(S_IFLNK): .link
        default: .other
        }
    }

    /// What an open descriptor leads to; nil when it is none.
    static func kind(of descriptor: CInt) -> Kind? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? kind(status) : nil
    }

    /// Whether the kernel makes up what lies on a device (/proc, /sys and the like): texts of nobody, and without end.
    static func isMadeUp(device: UInt64) -> Bool { madeUpDevices.contains(device) }

    private static let madeUpDevices: Set<UInt64> = {
        let paths = ["/proc", "/sys", "/sys/kernel/debug", "/sys/kernel/tracing", "/sys/fs/cgroup", "/dev/pts"]
        // Where one of them is an ordinary folder, it is on the root's device.
        return Set(paths.compactMap(device)).subtracting(["/"].compactMap(device))
    }()

    private static func device(of path: String) -> UInt64? {
        do { return try FileStatus(of: path).identity.device } catch { return nil }
    }

    /// What `path` leads to, or nil when there is nothing to be seen.
    static func kind(of path: String) -> Kind? {
        do { return try FileStatus(of: path).kind } catch { return nil }
    }

    /// Whether anything is at a path. A path that could not be looked at is ``Presence/unknown``, not absent.
    package static func presence(of path: String) -> Presence {
        do {
            _ = try FileStatus(of: path, followingLinks: false)
            return .present
        } catch {
            return error == .noSuchFileOrDirectory || error == .notDirectory ? .absent : .unknown
        }
    }

    /// Whether a folder is at the path.
    package static func isFolder(_ path: String) -> Bool { kind(of: path) == .folder }

    /// The path with all symbolic links followed; nil when nothing is there.
    package static func real(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// Whose rights decide on what can be looked at.
    package static var user: UInt32 { geteuid() }

    /// What can be said of a path.
    package enum Presence: Sendable { case present, absent, unknown }

    /// `path` made absolute by the current folder, without `.`, `..` and doubled slashes.
    ///
    /// Symbolic links stay as they are, except in a path with `..`: what that means depends on where links lead.
    package static func absolute(_ path: String) -> String {
        let full: String
        if path.hasPrefix("/") {
            full = path
        } else {
            let folder = getcwd(nil, 0)
            defer { free(folder) }
            full = (folder.map { String(cString: $0) } ?? "") + "/" + path
        }
        if full.split(separator: "/").contains(".."), let real = realpath(full, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        var parts: [Substring] = []
        for part in full.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
