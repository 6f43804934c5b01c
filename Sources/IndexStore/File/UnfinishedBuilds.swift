import Threads

/// The files that this process is building indexes in.
public enum UnfinishedBuilds {
    private static let paths = Locked<Set<String>>([])

    static func insert(_ path: String) { paths.withLock { _ = $0.insert(path) } }

    static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    /// Removes the files, for a program that is told to stop and ends after this. Builds that go on fail.
    public static func discard() {
        paths.withLock { for path in $0 { _ = unlinkFile(path) } }
    }
}
