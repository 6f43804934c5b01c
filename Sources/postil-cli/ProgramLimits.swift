import Postil

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What the system lets the process have, and what it cannot do without.
///
/// Swift ends a process that gets no memory, and so do libraries that get no descriptor, in the middle of whatever it does. So a
/// process that has too little of either says so before it begins.
enum ProgramLimits {
    /// Open files: three standard ones, an index with its log and its lock, the file that is read, and what the system's libraries
    /// take for signals, timers and locales.
    private static let leastDescriptors = 32
    /// Bytes of address space that an index run of small files takes, with as much again for its texts.
    private static let leastForIndexing = 512 << 20
    /// The same for all else.
    private static let leastForOthers = 192 << 20
    /// Commands that read a collection or make an index anew.
    private static let indexing = ["index", "watch", "attach", "check", "optimize", "bench", "duplicates"]

    /// Throws ``UsageError`` where there is too little.
    static func require(for command: String?) throws {
        var descriptors = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        if getrlimit(resource, &descriptors) == 0, descriptors.rlim_cur < rlim_t(leastDescriptors) {
            throw UsageError(
                "only \(descriptors.rlim_cur) files may be open at a time; \(leastDescriptors) are needed (`ulimit -n`)"
            )
        }
        let least = command.map(indexing.contains) ?? false ? leastForIndexing : leastForOthers
        let limit = AddressSpace.limit
        if limit < least {
            throw UsageError(
                "only \(limit >> 20) MB of address space may be used; \(least >> 20) are needed (`ulimit -v`)")
        }
    }
}
