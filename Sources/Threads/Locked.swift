import Foundation

/// State that threads share, each alone with it for a moment.
///
/// `Synchronization.Mutex`, but one that the thread sanitizer can follow on Linux. Where threads wait for a `Mutex`, they meet in code
/// of the standard library that is not instrumented, so that each wait is reported as a race, to whoever uses Postil. The sanitizer
/// knows the POSIX mutex in Foundation's lock. What the compiler checks is the same.
package final class Locked<State>: @unchecked Sendable {
    // Safety: only reached between `lock()` and `unlock()` of `lock`, and leaves `withLock` only as `sending` allows.
    private nonisolated(unsafe) var state: State
    private let lock = NSLock()

    /// Guards `state`.
    package init(_ state: consuming sending State) { self.state = state }

    /// Runs `body` alone. It must not come back to the same lock.
    package func withLock<Value, Failure>(_ body: (inout sending State) throws(Failure) -> sending Value)
        throws(Failure)
        -> sending Value
    {
        lock.lock()
        defer { lock.unlock() }
        return try body(&state)
    }
}
