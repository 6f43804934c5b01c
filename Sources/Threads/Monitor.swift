import Foundation

/// State that threads share, each alone with it for a moment, and wait for each other on (Hoare's monitor).
package final class Monitor<State>: @unchecked Sendable {
    // Safety: only reached between `lock()` and `unlock()` of `condition`.
    private var state: State
    private let condition = NSCondition()

    /// Guards `state`.
    package init(_ state: State) { self.state = state }

    /// Runs `body` alone; whoever waits then looks again.
    package func change<Value>(_ body: (inout State) throws -> Value) rethrows -> Value {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        return try body(&state)
    }

    /// Waits until `body` gives a value.
    package func wait<Value>(for body: (inout State) throws -> Value?) rethrows -> Value {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let value = try body(&state) { return value }
            condition.wait()
        }
    }
}
