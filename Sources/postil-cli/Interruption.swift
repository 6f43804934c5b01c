import Dispatch
import Postil
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

    /// Runs `body`. If the process is told to stop meanwhile, removes what is being built, says so, and ends by the same
    /// signal, as shells and `make` want it. An update need not be undone: SQLite never shows a transaction that was not
    /// committed. A signal that was ignored before, as `nohup` does with one, stays so.
    static func handled<Value>(cleanUp: @escaping @Sendable () -> Void = {}, _ body: () throws -> Value) rethrows
        -> Value
    {
        let sources = signals.filter { !isIgnored($0) }.map { number in
            // Otherwise the process ends before the handler runs.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
            source.setEventHandler { stop(number, cleanUp) }
            source.activate()
            return (number, source)
        }
        defer {
            for (number, source) in sources {
                source.cancel()
                signal(number, SIG_DFL)
            }
        }
        return try body()
    }

    private static func stop(_ number: Int32, _ cleanUp: () -> Void) {
        UnfinishedBuilds.discard()
        cleanUp()
        // Over the line that shows how far the run has come.
        let beginning = isatty(FileDescriptor.standardError.rawValue) == 1 ? "\r\u{1B}[K" : ""
        Messages.print(beginning + "postil: interrupted; nothing that was unfinished is kept")
        signal(number, SIG_DFL)
        // Dispatch's own threads take no signals.
        var mask = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, number)
        pthread_sigmask(SIG_UNBLOCK, &mask, nil)
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
