import Benchmark

/// Every benchmark checks its answer against one found in another way, and fails when they differ.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .instructions, .referenceRatio],
        warmupIterations: Scale.current.pick(tiny: 0, full: 1),
        maxDuration: .seconds(2),
        maxIterations: Scale.current.pick(tiny: 1, full: 1_000),
        thresholds: [.instructions: .tolerance(percent: 5), .referenceRatio: .tolerance(percent: 20)])
    registerAnalysis()
    registerPostings()
    registerRanking()
    registerIndex()
    // A run that fails ends early, and not always with an error status: who sees this one knows that all have run.
    if Scale.current == .tiny { register("Last benchmark", expecting: 1) { 1 } }
}
