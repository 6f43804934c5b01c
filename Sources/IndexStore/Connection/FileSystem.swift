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
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
        throw errno == ENOSPC
            ? .diskFull(path: path) : .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
}

/// Puts `path` in the place of `target` at once, and makes that durable.
func rename(_ path: String, to target: String) throws(IndexError) {
    guard renameInPlace(path, target) == 0 else {
        throw .unreadable(path: target, reason: String(cString: strerror(errno)))
    }
    let folder = FilePath(target).removingLastComponent()
    try synchronize(folder.isEmpty ? "." : folder.string)
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
