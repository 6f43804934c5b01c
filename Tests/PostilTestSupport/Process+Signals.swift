import Foundation

extension Process {
    /// Starts the process with no signal blocked or ignored, as a shell at a terminal does.
    ///
    /// A child inherits both from the thread that starts it. Tests run on Dispatch's threads, which block all signals; a shell
    /// that waits for its own children would never hear of their end then. And a shell that runs the tests in the background
    /// has them ignore the interrupt, as `nohup` has them ignore the hangup.
    public func start() throws {
        for number in [SIGHUP, SIGINT, SIGQUIT] { signal(number, SIG_DFL) }
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try run()
    }
}
