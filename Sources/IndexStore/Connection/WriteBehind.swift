import Dispatch
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Has the system write a growing file to the disk while it is being filled, so that the sync at its end has little left
/// to wait for. Promises nothing: only that sync does.
///
/// Closing any descriptor of a file takes the process's locks on it away, so ``stop()`` comes after SQLite has closed it.
final class WriteBehind: @unchecked Sendable {
    // Safety: `started` and `isOpen` are only reached on `queue`, or when nobody else has this object any more; the rest is constant.
    private let descriptor: FileDescriptor
    private let queue = DispatchQueue(label: "postil.write-behind", qos: .utility)
    private let timer: any DispatchSourceTimer
    private var isOpen = true
    /// Bytes of the file of which writing has begun.
    private var started: Int64 = 0

    /// Bytes that are begun with at a time.
    private static let step = Int64(16 << 20)
    /// Time between two looks at the file; it grows by some megabytes meanwhile.
    private static let interval = DispatchTimeInterval.milliseconds(20)

    /// Looks after the file at `path`, which exists.
    init(_ path: String) throws {
        descriptor = try FileDescriptor.open(FilePath(path), .readWrite)
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now(), repeating: Self.interval)
        // A build that fails lets go of this while a look at its file may be due.
        timer.setEventHandler { [weak self] in self?.advance() }
        timer.activate()
    }

    deinit {
        timer.cancel()
        // What a failed build leaves is removed, so that nobody holds a lock on it.
        if isOpen { try? descriptor.close() }
    }

    /// Lets the file alone.
    func stop() throws {
        timer.cancel()
        try queue.sync {
            isOpen = false
            try descriptor.close()
        }
    }

    private func advance() {
        // A failed look or write costs only time at the end.
        guard !timer.isCancelled, let size = try? descriptor.seek(offset: 0, from: .end), size - started >= Self.step
        else { return }
        started = size
        _ = fdatasync(descriptor.rawValue)
    }
}
