import Foundation
import Postil
import Threads
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What happens when somebody stops a command that writes: Ctrl-C, `kill`, or a terminal that is closed.
enum Interruption {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]
    /// What ends a process that gets no memory, or has a fault of its own.
    private static let faults = [SIGABRT, SIGBUS, SIGILL, SIGSEGV, SIGTRAP]

    /// Removes what is being built, says what can be said, and lets the signal end the process: all by calls that POSIX allows there.
    private static let discardAndEnd: @convention(c) (Int32) -> Void = { number in
        UnfinishedBuilds.discardInHandler()
        let message: StaticString =
            "postil: error: ended by a fault: its own, or a lack of memory; nothing that was unfinished is kept\n"
        _ = write(2, message.utf8Start, message.utf8CodeUnitCount)
        signal(number, SIG_DFL)
        raise(number)
    }

    /// Runs `body`. If the process is told to stop meanwhile, removes what is being built, says so, and ends by the same
    /// signal, as shells and `make` want it. An update need not be undone: SQLite never shows a transaction that was not
    /// committed. A signal that was ignored before, as `nohup` does with one, stays so.
    static func handled<Value>(cleanUp: @escaping @Sendable () -> Void = {}, _ body: () throws -> Value) rethrows
        -> Value
    {
        let handled = handle { stop($0, cleanUp) }
        UnfinishedBuilds.discardInHandler()
        for number in faults { signal(number, discardAndEnd) }
        defer { leave(handled + faults) }
        return try body()
    }

    /// Has `handler` called on another thread when the process is told to stop, in place of its end, from the moment this returns.
    /// Signals that are ignored stay so.
    ///
    /// - Parameter others: Further signals to handle.
    /// - Returns: The signals, for ``leave(_:)``.
    @discardableResult
    static func handle(also others: [Int32] = [], _ handler: @escaping @Sendable (Int32) -> Void) -> [Int32] {
        SignalPipe.take(handler)
        let handled = (signals + others).filter { !isIgnored($0) }
        for number in handled { signal(number, SignalPipe.note) }
        return handled
    }

    /// Lets signals end the process again.
    static func leave(_ handled: [Int32]) {
        for number in handled { signal(number, SIG_DFL) }
    }

    private static func stop(_ number: Int32, _ cleanUp: () -> Void) {
        UnfinishedBuilds.discard()
        cleanUp()
        // Over the line that shows how far the run has come.
        let beginning = isatty(FileDescriptor.standardError.rawValue) == 1 ? "\r\u{1B}[K" : ""
        Messages.print(beginning + "postil: interrupted; nothing that was unfinished is kept")
        end(by: number)
    }

    /// Ends the process as the signal would have, had nobody handled it.
    static func end(by number: Int32) {
        signal(number, SIG_DFL)
        raise(number)
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        #if canImport(Darwin)
            let handler = action.__sigaction_u.__sa_handler
        #else
            let handler = action.__sigaction_handler.sa_handler
        #endif
        // Safety: both are function pointers, which are compared and not called.
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}

/// Takes signals out of their handlers, in which hardly anything may be done, to a thread that may do all.
///
/// Sources of Dispatch do the same, but begin at some time after they have been activated; a signal before that is lost, or ends the
/// process.
private enum SignalPipe {
    /// Where handlers write the number of their signal.
    nonisolated(unsafe) private static var input: Int32 = -1
    private static let handler = Locked<(@Sendable (Int32) -> Void)?>(nil)
    /// Begun once, and never ended.
    private static let isOpen: Bool = {
        guard let ends = try? FileDescriptor.pipe() else { return false }
        for end in [ends.readEnd, ends.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        input = ends.writeEnd.rawValue
        Thread.detachNewThread {
            var number: UInt8 = 0
            while true {
                let count = read(ends.readEnd.rawValue, &number, 1)
                if count == 1 { handler.withLock { $0 }?(Int32(number)) }
                if count == 0 || count < 0 && errno != EINTR { return }
            }
        }
        return true
    }()

    /// Has signals handled in this way from now on.
    static func take(_ new: @escaping @Sendable (Int32) -> Void) {
        handler.withLock { $0 = new }
        precondition(isOpen, "no pipe: \(Errno(rawValue: errno))")
    }

    /// The handler: a single call, which POSIX allows there.
    // Safety: `input` is set before any signal has this handler, and never again.
    static let note: @convention(c) (Int32) -> Void = { number in
        let before = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(SignalPipe.input, &byte, 1)
        errno = before
    }
}
