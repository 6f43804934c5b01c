import Foundation

/// What the tests are built with by `Scripts/sanitize`.
public enum Sanitizer {
    /// Whether that is the address or the thread sanitizer, whose notes take several bytes for each byte of memory.
    public static let isOn = dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil

    /// The variables of the environment that tell sanitizers what to do, for programs that tests run.
    public static let options = ProcessInfo.processInfo.environment.filter {
        ["ASAN_OPTIONS", "TSAN_OPTIONS"].contains($0.key)
    }
}
