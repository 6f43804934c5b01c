import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The right to put a new file where an index is or will be: one build at a time has it, in whatever process.
///
/// A build holds it from before it makes its file until that is in its place. Those who update an index look whether somebody
/// holds it once their own transaction is open (``isHeld(forIndexAt:)``), so that no commit is lost under a file that comes in
/// behind it.
///
/// It is an `flock` on `INDEX.lock`. The holder removes that file before it lets go; whoever then has the lock on a file that
/// is no longer at the path tries again. A killed holder leaves the file and no lock, and the next run takes both.
final class BuildLock {
    private let path: String
    private let descriptor: Int32

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    static func path(forIndexAt path: String) -> String { path + ".lock" }

    /// Takes the lock.
    ///
    /// - Throws: ``IndexError/beingBuilt(path:)`` when somebody else still has it after `patience`.
    static func take(forIndexAt index: String, patience: Patience) throws -> BuildLock {
        try patience.wait(for: .build(path: index)) {
            try take(forIndexAt: index)
        }
    }

    /// Whether another build is under way. What a killed one has left is removed.
    static func isHeld(forIndexAt index: String) throws -> Bool {
        guard FilePath(path(forIndexAt: index)).exists || FilePath(IndexFile.buildingPath(index)).exists else {
            return false
        }
        guard let lock = try take(forIndexAt: index) else { return true }
        defer { lock.release() }
        try IndexFile.discardBuilding(index)
        return false
    }

    /// The lock; nil when somebody else has it.
    private static func take(forIndexAt index: String) throws -> BuildLock? {
        let path = path(forIndexAt: index)
        while true {
            let descriptor = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw IndexError(errno, path: index) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                if isAt(path, descriptor) { return BuildLock(path: path, descriptor: descriptor) }
                close(descriptor)
                continue
            }
            let code = errno
            close(descriptor)
            switch code {
            case EINTR: continue
            case EWOULDBLOCK: return nil
            default: throw IndexError(code, path: index)
            }
        }
    }

    private static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
        var held = stat()
        var named = stat()
        return fstat(descriptor, &held) == 0 && stat(path, &named) == 0 && held.st_ino == named.st_ino
            && held.st_dev == named.st_dev
    }

    /// Lets others build. Once.
    func release() {
        // Before the lock goes, so that nobody takes it on a file that is then removed.
        _ = unlinkFile(path)
        close(descriptor)
    }
}
