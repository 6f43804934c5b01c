#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The lock that SQLite takes on a file, taken without SQLite: for a file that it cannot read any more.
///
/// SQLite's readers lock 510 bytes from 0x40000002 on, writers also the two before them (https://www.sqlite.org/src, `os.h`:
/// `PENDING_BYTE`). Who has them all is the only one who has the file open in WAL mode or uses it otherwise.
struct FileLock {
    private let descriptor: Int32
    private static let first = 0x4000_0000
    private static let count = 512

    /// The lock; nil when somebody has the file open.
    ///
    /// Closing a descriptor of a file takes away all locks that the process has on it. So when somebody has it, who may be
    /// this process itself, the descriptor stays open.
    static func exclusive(_ path: String) throws(IndexError) -> FileLock? {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw IndexError(errno, path: path) }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = off_t(first)
        lock.l_len = off_t(count)
        #if canImport(Darwin)
            let command = F_SETLK
        #else
            // F_OFD_SETLK of Linux, which Swift does not import: a lock of the descriptor, which also meets those of this process.
            let command: Int32 = 37
        #endif
        return fcntl(descriptor, command, &lock) == 0 ? FileLock(descriptor: descriptor) : nil
    }

    /// Gives the lock back.
    func release() { close(descriptor) }
}
