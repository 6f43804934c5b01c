import Postil
import Reports
import Threads
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The wish of somebody that a command which goes on for ever should end: Ctrl-C, `kill`, or a terminal that is closed. It has then
/// done what it was asked for, and its exit status is 0.
final class StopSignal: Sendable {
    private struct State {
        var isWorking = false
        var isRaised = false
    }

    private let state = Locked(State())
    /// Has something to read once the signal has come.
    private let descriptor: Int32
    private let input: Int32

    /// Why a wait is over.
    enum Wakeup { case stopped, readable, timeout }

    init() throws {
        let ends = try FileDescriptor.pipe()
        (descriptor, input) = (ends.readEnd.rawValue, ends.writeEnd.rawValue)
        for end in [descriptor, input] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = Interruption.handle { [self] _ in raise() }
    }

    /// Runs `body`, which may be broken off at any point: a signal that comes meanwhile removes what is being built and ends the
    /// process. A transaction that was not committed is never seen.
    func breaking<Value>(off body: () throws -> Value) rethrows -> Value {
        state.withLock { $0.isWorking = true }
        defer { state.withLock { $0.isWorking = false } }
        return try body()
    }

    /// Waits until the signal comes, or something can be read from `other`, or the time is over.
    func wait(for other: Int32?, atMost timeout: Duration?) -> Wakeup {
        let deadline = timeout.map { ContinuousClock.now + $0 }
        while true {
            var ends = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
            if let other { ends.append(pollfd(fd: other, events: Int16(POLLIN), revents: 0)) }
            let left = deadline.map { max(0, Int32(min((($0 - .now) / .milliseconds(1)).rounded(.up), 1e9))) }
            let count = poll(&ends, nfds_t(ends.count), left ?? -1)
            if ends[0].revents != 0 { return .stopped }
            if count > 0 { return .readable }
            if count == 0, left != nil, deadline.map({ $0 <= .now }) == true { return .timeout }
        }
    }

    private func raise() {
        let isWorking = state.withLock { state in
            guard !state.isRaised else { return false }
            state.isRaised = true
            return state.isWorking
        }
        guard isWorking else {
            _ = write(input, "!", 1)
            return
        }
        UnfinishedBuilds.discard()
        // Over the line that shows how far the run has come.
        let beginning = isatty(FileDescriptor.standardError.rawValue) == 1 ? "\r\u{1B}[K" : ""
        Messages.print(beginning + "postil: stopped in the middle of a run; nothing that was unfinished is kept")
        _exit(0)
    }
}
