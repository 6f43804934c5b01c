import Foundation

/// How much work the benchmarks do.
enum Scale {
    /// Enough to see that the answers are right: for tests.
    case tiny
    /// Enough to measure.
    case full

    /// `tiny` when `POSTIL_BENCHMARKS=tiny` is set.
    static let current: Scale =
        ProcessInfo.processInfo.environment["POSTIL_BENCHMARKS"] == "tiny" ? .tiny : .full

    /// One of two numbers.
    func pick(tiny: Int, full: Int) -> Int { self == .tiny ? tiny : full }
}
