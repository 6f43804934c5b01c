import Benchmark
import Foundation

extension BenchmarkMetric {
    /// Time of the work in thousandths of the time of ``ReferenceLoop``, run just before it.
    ///
    /// Absolute times differ from machine to machine and from hour to hour; both sides of this ratio change together.
    static var referenceRatio: BenchmarkMetric { .custom("Time / reference loop, thousandths") }
}

extension BenchmarkThresholds {
    /// The median may grow by so much before a comparison of two baselines fails.
    static func tolerance(percent: Double) -> BenchmarkThresholds { BenchmarkThresholds(relative: [.p50: percent]) }
}

/// Integer work in registers and the first-level cache that no optimizer can take away: always the same.
enum ReferenceLoop {
    private static let rounds: UInt64 = 200_000

    /// Runs the loop and returns how long it took.
    static func measure(_ clock: ContinuousClock) -> Duration {
        clock.measure {
            var table = [UInt64](repeating: 1, count: 512)
            var state: UInt64 = 0x9E37_79B9_7F4A_7C15
            for round in 0..<rounds {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                table[Int(state & 511)] &+= state ^ round
            }
            blackHole(table)
        }
    }
}

/// Fails a benchmark. Run by hand, the program would go on and end well; tests run it so, so there it stops.
func fail(_ benchmark: Benchmark, _ reason: String) {
    benchmark.error(reason)
    guard Scale.current == .tiny else { return }
    FileHandle.standardError.write(Data((reason + "\n").utf8))
    exit(EXIT_FAILURE)
}

/// Registers a benchmark of `work`, which must return `expected`.
///
/// - Parameter prepare: Runs before each measured run, unmeasured.
func register<Answer: Equatable>(
    _ name: String, expecting expected: Answer, prepare: @escaping () throws -> Void = {},
    _ work: @escaping () throws -> Answer
) {
    let clock = ContinuousClock()
    Benchmark(name) { (benchmark: Benchmark) throws -> Void in
        try prepare()
        let reference = ReferenceLoop.measure(clock)
        let start = clock.now
        benchmark.startMeasurement()
        let answer = try work()
        benchmark.stopMeasurement()
        let spent = clock.now - start
        benchmark.measurement(.referenceRatio, Int(spent / reference * 1000))
        if answer != expected { fail(benchmark, "\(name): the answer is \(answer), expected \(expected)") }
    }
}
