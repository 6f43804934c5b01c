#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A thread that nobody joins.
///
/// Foundation's `Thread` says nothing when the system has no room for another one, so that whoever counts on it waits for ever.
package enum DetachedThread {
    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Begins a thread; false when there is no room for it, and `body` is not run.
    ///
    /// - Parameter stackBytes: A multiple of the size of a page.
    package static func start(stackBytes: Int = 8 << 20, _ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackBytes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let context = Unmanaged.passRetained(Body(body))
        #if canImport(Darwin)
            var thread: pthread_t?
            let main: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { context in
                // Safety: the retained body that `start` gave, once.
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }
        #else
            var thread = pthread_t()
            let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
                // Safety: the retained body that `start` gave, once.
                if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }
        #endif
        guard pthread_create(&thread, &attributes, main, context.toOpaque()) == 0 else {
            context.release()
            return false
        }
        return true
    }
}
