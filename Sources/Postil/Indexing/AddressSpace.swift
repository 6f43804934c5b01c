#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How much memory the system lets this process ask for.
package enum AddressSpace {
    /// Bytes that buffers may take so that the rest of a run has enough: an eighth of the limit on the address space (`ulimit -v`),
    /// beyond which asking for memory fails and ends the process; `Int.max` without a limit.
    static var roomForBuffers: Int { limit == .max ? .max : limit / 8 }

    /// Threads that there is room for: each needs a stack, and an arena of the allocator's, 64 MB of which nobody else can use.
    static var roomForThreads: Int { limit == .max ? .max : max(1, limit / (256 << 20)) }

    /// The limit in bytes; `Int.max` without one.
    package static var limit: Int {
        var limit = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_AS.rawValue)
        #else
            let resource = RLIMIT_AS
        #endif
        guard getrlimit(resource, &limit) == 0, let bytes = Int(exactly: limit.rlim_cur) else { return .max }
        return bytes
    }
}
