import Threads

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The files that this process is building indexes in.
public enum UnfinishedBuilds {
    private static let paths = Locked<Set<String>>([])

    /// The same for a handler of signals, which may not wait for a lock nor ask for memory. One index is built at a time by a command,
    /// in a file and with a lock.
    // Safety: written under the lock of `paths`, and read in a handler after which the process ends.
    nonisolated(unsafe) private static let names = {
        let names = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: nameCount)
        names.initialize(repeating: nil, count: nameCount)
        return names
    }()
    private static let nameCount = 8

    static func insert(_ path: String) {
        paths.withLock { paths in
            guard paths.insert(path).inserted, let free = (0..<nameCount).first(where: { names[$0] == nil }) else {
                return
            }
            names[free] = strdup(path)
        }
    }

    static func remove(_ path: String) {
        paths.withLock { paths in
            guard paths.remove(path) != nil else { return }
            for place in 0..<nameCount {
                guard let name = names[place], strcmp(name, path) == 0 else { continue }
                names[place] = nil
                free(name)
            }
        }
    }

    /// Removes the files, for a program that is told to stop and ends after this. Builds that go on fail.
    public static func discard() {
        paths.withLock { for path in $0 { _ = unlinkFile(path) } }
    }

    /// Removes the files from within a handler of a signal that ends the process. It must have been called before the first, which does
    /// nothing then but make room.
    package static func discardInHandler() {
        for place in 0..<nameCount { if let name = names[place] { unlink(name) } }
    }
}
