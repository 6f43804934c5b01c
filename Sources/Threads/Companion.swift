/// Work on a thread of its own beside that of the caller.
package enum Companion {
    /// Runs `other` on another thread while the caller's runs `own`, and gives what both gave. Where there is no room for a thread, one
    /// comes after the other.
    package static func run<Other: Sendable, Own, Failure>(
        _ other: @escaping @Sendable () -> Other, beside own: () throws(Failure) -> Own
    ) throws(Failure) -> (Other, Own) {
        let result = Monitor<Other?>(nil)
        let isStarted = DetachedThread.start {
            let value = other()
            result.change { $0 = value }
        }
        guard isStarted else { return (other(), try own()) }
        let value = Result(catching: own)
        let beside = result.wait { $0 }
        return (beside, try value.get())
    }
}
