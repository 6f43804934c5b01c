import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

// The three calls that make a replacement of a file durable, which swift-system does not have yet.

/// Removes a file; whether it is gone.
func unlinkFile(_ path: String) -> Bool { unlink(path) == 0 || errno == ENOENT }

/// Forces a file's content to the disk.
func synchronize(_ path: String) throws(IndexError) {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw IndexError(errno, path: path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw IndexError(errno, path: path) }
}

/// Puts `path` in the place of `target` at once, and makes that durable.
func rename(_ path: String, to target: String) throws(IndexError) {
    guard renameInPlace(path, target) == 0 else { throw IndexError(errno, path: target) }
    let folder = FilePath(target).removingLastComponent()
    try synchronize(folder.isEmpty ? "." : folder.string)
}

/// What is at a path, as far as an index cares. Asked of the folder; the file is not opened (see ``IndexFileHeader``).
enum FileKind {
    case none, folder, other
    /// With its size.
    case file(bytes: Int64)

    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            self = .none
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: self = .folder
        case S_IFREG: self = .file(bytes: Int64(status.st_size))
        default: self = .other
        }
    }
}

/// The path of the file that symbolic links lead to from a path, be it there or not. SQLite keeps its files beside that one, and so
/// does a build: links that lead to one index then mean one index.
func followingLinks(_ path: String) -> String {
    var path = path
    // Linux itself follows as many.
    for _ in 0..<40 {
        let target = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer -> String? in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlink(path, start, buffer.count)
            return count > 0 ? String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
        }
        guard let target else { break }
        path = FilePath(path).removingLastComponent().pushing(FilePath(target)).string
    }
    return path
}

/// Whether the file may be written to.
func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

/// What changes when somebody writes to a file or puts another in its place.
struct FileStamp: Equatable {
    private let node: UInt64
    /// Its bytes.
    let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    /// Of the file at a path; nil if there is none.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
            let modified = status.st_mtimespec
        #else
            let modified = status.st_mtim
        #endif
        node = UInt64(status.st_ino)
        size = Int64(status.st_size)
        seconds = modified.tv_sec
        nanoseconds = modified.tv_nsec
    }
}

/// Lets the thread rest.
func sleepThread(_ duration: Duration) { usleep(UInt32(max(0, duration / .microseconds(1)))) }

extension IndexError {
    /// Why an index cannot be written to.
    static func notWritable(_ path: String) -> IndexError {
        let file = followingLinks(path)
        let files = ["-wal", "-shm"].map { file + $0 }.filter { FilePath($0).exists && !isWritable($0) }
        return files.isEmpty || !isWritable(path) ? .readOnly(path: path) : .lockedOut(path: path, files: files)
    }

    /// What the system's error number says about a file.
    init(_ code: Int32, path: String) {
        switch code {
        case ENOENT: self = .notFound(path: path)
        case EACCES, EPERM, EROFS: self = .readOnly(path: path)
        case ENOSPC, EDQUOT: self = .diskFull(path: path)
        default: self = .unreadable(path: path, reason: String(cString: strerror(code)))
        }
    }
}

private func renameInPlace(_ old: String, _ new: String) -> Int32 {
    #if canImport(Glibc)
        Glibc.rename(old, new)
    #elseif canImport(Musl)
        Musl.rename(old, new)
    #else
        Darwin.rename(old, new)
    #endif
}
