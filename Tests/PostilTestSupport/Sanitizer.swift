import Foundation

/// What the tests are built with by `Scripts/sanitize`.
public enum Sanitizer {
    /// Whether that is the thread sanitizer, which maps a file of its own when a program begins.
    public static let seesThreads = dlsym(nil, "__tsan_init") != nil

    /// Whether that is any, whose notes take several bytes for each byte of memory.
    public static let isOn = seesThreads || dlsym(nil, "__asan_init") != nil

    /// The variables of the environment that tell sanitizers what to do, for programs that tests run.
    public static let options = ProcessInfo.processInfo.environment.filter {
        ["ASAN_OPTIONS", "TSAN_OPTIONS"].contains($0.key)
    }
}
