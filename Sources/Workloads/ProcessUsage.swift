#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What this process has used so far, all threads together.
public struct ProcessUsage: Sendable, Hashable {
    /// Time on a processor, in user and system mode.
    public var cpuSeconds: Double
    /// The most memory that was resident at once, in bytes.
    public var peakBytes: Int

    /// The usage at this moment; see getrusage(2).
    public static var current: ProcessUsage {
        var usage = rusage()
        // Cannot fail: the selector is valid and the structure is ours.
        getrusage(ownProcess, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        #if canImport(Darwin)
            let unit = 1  // Darwin counts bytes, Linux kibibytes.
        #else
            let unit = 1024
        #endif
        return ProcessUsage(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peakBytes: highWaterMark ?? usage.ru_maxrss * unit)
    }

    /// Starts a new peak, where the system can (Linux, /proc/self/clear_refs); else the peak is that of the process' life.
    public static func resetPeak() {
        guard let file = fopen("/proc/self/clear_refs", "w") else { return }
        fputs("5", file)
        fclose(file)
    }

    /// RUSAGE_SELF, which one header declares as a number and another as an enumeration.
    private static let ownProcess: Int32 = 0

    /// Linux' VmHWM, which follows ``resetPeak()`` as getrusage's figure does not.
    private static var highWaterMark: Int? {
        guard let file = fopen("/proc/self/status", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if text.hasPrefix("VmHWM:") {
                return text.split { !$0.isNumber }.first.flatMap { Int($0) }.map { $0 * 1024 }
            }
        }
        return nil
    }
}
